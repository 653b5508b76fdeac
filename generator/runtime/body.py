"""Reading an answer's body: decoded here, so that its size is bounded before it is in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from .errors import APIConnectionError, ResponseDecodeError

ACCEPT_ENCODING = "gzip, deflate"
_GZIP_OR_ZLIB = 47  # zlib's number for "either header, largest window"
_RAW_DEFLATE = -15
_PIECE = 1 << 20  # bytes that one step of decompression may give


class Body:
    """Collects the chunks of a body and undoes its content encoding.

    Args:
        encoding: The Content-Encoding header.
        limit: The most bytes that the decoded body may have.
    """

    __slots__ = ("_chunks", "_decoder", "_limit", "_size")

    def __init__(self, encoding: str, limit: int) -> None:
        """Choose the decoder.

        Raises:
            ResponseDecodeError: If the encoding is one that was not asked for.
        """
        self._chunks: list[bytes] = []
        self._size = 0
        self._limit = limit
        self._decoder: _Inflater | None = None
        encoding = encoding.strip().lower()
        if encoding in {"gzip", "x-gzip", "deflate"}:
            self._decoder = _Inflater()
        elif encoding not in {"", "identity"}:
            message = f"the answer is encoded as {encoding!r}, which was not asked for"
            raise ResponseDecodeError(message)

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk as it came over the wire.

        Raises:
            ResponseDecodeError: If the decoded body is too large, or does not decode.
        """
        if self._decoder is None:
            self._keep(chunk)
        else:
            for piece in self._decoder.pieces(chunk):
                self._keep(piece)

    def finish(self) -> bytes:
        """Give the whole decoded body.

        Raises:
            APIConnectionError: If the compressed body ended early.
        """
        if self._decoder is not None and not self._decoder.is_complete:
            raise APIConnectionError("the answer's compressed body ended early")
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._limit:
            self._chunks.clear()
            message = f"the answer is larger than max_response_bytes, {self._limit} bytes"
            raise ResponseDecodeError(message)
        self._chunks.append(piece)


class _Inflater:
    """Undoes gzip, and both things that servers call deflate, in bounded pieces."""

    __slots__ = ("_inflate", "_started")

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._started = False

    @property
    def is_complete(self) -> bool:
        return self._inflate.eof or not self._started

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        piece = b""
        while chunk or len(piece) == _PIECE:
            piece = self._next(chunk)
            yield piece
            chunk = self._inflate.unconsumed_tail
            if self._inflate.eof and self._inflate.unused_data:  # Another gzip member follows.
                chunk = self._inflate.unused_data
                self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)

    def _next(self, chunk: bytes) -> bytes:
        try:
            piece = self._inflate.decompress(chunk, _PIECE)
        except zlib.error:
            if self._started:
                raise ResponseDecodeError("the answer's compressed body is damaged") from None
            self._started = True
            self._inflate = zlib.decompressobj(_RAW_DEFLATE)
            return self._next(chunk)
        self._started = True
        return piece
