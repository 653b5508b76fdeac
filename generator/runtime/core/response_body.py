"""Bounded decompression of response bodies: the limit precedes the memory."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator

from . import http
from .errors import APIConnectionError, ResponseDecodeError

ACCEPT_ENCODING = "gzip, deflate"
_GZIP = 31  # zlib's `wbits`, which select the format around the compressed data
_ZLIB = 15
_RAW = -15
_PIECE = 1 << 20  # bytes that one step of decompression may return


class DeadlineError(Exception):
    """The call's deadline passed."""


class ResponseBody:
    """Collects the chunks of a response body and decodes its content encoding.

    A body that proves invalid is still read to its end, but discarded, so that the connection can
    be reused and no partially read stream remains. Only a body that exceeds the limit before it is
    decoded is abandoned at once.

    Args:
        headers: The response headers.
        limit: The maximum size of the decoded body in bytes.
        ends: The deadline of the call on the monotonic clock, or None.
        is_success: Whether the response is a success. The body of an error response is dropped if
            it cannot be decoded: the status code explains the failure.
    """

    def __init__(
        self, headers: http.Headers, limit: int, ends: float | None, *, is_success: bool
    ) -> None:
        """Choose the decoder.

        Raises:
            ResponseDecodeError: If the `Content-Length` exceeds the limit.
        """
        self._chunks: list[bytes] = []
        self._size = 0
        self._received = 0
        self._limit = self._encoded_limit = limit
        self._ends = ends
        self._is_success = is_success
        self._fault = ""
        self._decoder: Inflater | None = None
        encoding = headers.get("content-encoding", "").strip().lower()
        if encoding not in {"", "identity"}:
            self._decoder = Inflater(is_gzip=encoding != "deflate")
            self._encoded_limit += limit // 256 + 1024  # Incompressible data grows a little.
            if encoding not in {"gzip", "x-gzip", "deflate"}:
                name = repr(encoding) if len(encoding) < 16 else "with a long name"
                self._fault = f"the response has an unaccepted Content-Encoding {name}"

        length = headers.get("content-length", "")
        if length.isdecimal() and len(length) < 20 and int(length) > self._encoded_limit:
            raise too_large(limit)

    def feed(self, chunk: bytes) -> None:
        """Add the next chunk, still encoded.

        Raises:
            ResponseDecodeError: If the body exceeds the limit before it is decoded.
            DeadlineError: If the deadline has passed.
        """
        if self._ends is not None and time.monotonic() > self._ends:
            raise DeadlineError
        self._received += len(chunk)
        if self._received > self._encoded_limit:
            self._chunks.clear()
            raise too_large(self._limit)
        if self._decoder is None:
            self._chunks.append(chunk)
        elif not self._fault and self._size <= self._limit:
            self._decompress(self._decoder, chunk)

    def finish(self) -> bytes:
        """Return the complete decoded body.

        Raises:
            ResponseDecodeError: If it is too large or cannot be decoded.
            APIConnectionError: If the compressed body is truncated.
        """
        if self._size > self._limit:
            raise too_large(self._limit)
        if self._fault and self._is_success:
            raise ResponseDecodeError(self._fault)
        if self._fault:
            return b""
        if self._received and self._decoder is not None and not self._decoder.is_complete:
            raise APIConnectionError("the response's compressed body is truncated")
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)

    def _decompress(self, decoder: Inflater, chunk: bytes) -> None:
        try:
            for piece in decoder.pieces(chunk):
                self._size += len(piece)
                if self._size > self._limit:
                    self._chunks.clear()
                    return
                self._chunks.append(piece)
        except zlib.error:
            self._chunks.clear()
            self._fault = "the response's compressed body is damaged"


def too_large(limit: int) -> ResponseDecodeError:
    """Return the error for a body that exceeds the limit."""
    error = ResponseDecodeError(f"the response is larger than max_response_bytes, {limit} bytes")
    error.is_too_large = True
    return error


class Inflater:
    """Decompresses gzip and deflate, with or without a zlib header, in bounded pieces."""

    __slots__ = ("_inflate", "_is_gzip", "_start")

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._start = b""
        self._inflate = zlib.decompressobj(_GZIP) if is_gzip else None

    @property
    def is_complete(self) -> bool:
        """Whether the end of the compressed data was reached."""
        return self._inflate is not None and self._inflate.eof

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Decompress a chunk.

        Raises:
            zlib.error: If the data is corrupt.
        """
        if self._inflate is None:  # Two bytes distinguish a zlib header from raw deflate data.
            self._start += chunk
            if len(self._start) < 2:
                return
            first, second = self._start[:2]
            has_header = first & 15 == 8 and (first << 8 | second) % 31 == 0
            self._inflate = zlib.decompressobj(_ZLIB if has_header else _RAW)
            chunk = self._start
        piece = b""
        while chunk or len(piece) == _PIECE:
            piece = self._inflate.decompress(chunk, _PIECE)
            if piece:
                yield piece
            chunk = self._inflate.unconsumed_tail
            if self._inflate.eof and self._inflate.unused_data:
                if not self._is_gzip:
                    raise zlib.error("data follows the end of the deflate stream")
                chunk = self._inflate.unused_data  # Another gzip member follows.
                self._inflate = zlib.decompressobj(_GZIP)
