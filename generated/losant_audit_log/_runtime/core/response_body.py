# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Reading an answer's body: decoded here, so that its size is bounded before it is in memory."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator

from . import http
from .errors import APIConnectionError, ResponseDecodeError

ACCEPT_ENCODING = "gzip, deflate"
_GZIP = 31  # zlib's numbers for what is around the compressed data
_ZLIB = 15
_NOTHING = -15
_PIECE = 1 << 20  # bytes that one step of decompression may give


class DeadlineError(Exception):
    """The call's deadline passed."""


class Body:
    """Collects the chunks of a body and undoes its content encoding.

    A body that turned out to be bad is read to its end all the same, but not kept: the connection
    can be used again then, and no half-read stream is left behind. Only one that is too large as it
    comes is left at once.

    Args:
        headers: The headers of the answer.
        limit: The most bytes that the decoded body may have.
        ends: When the call's deadline is, by the monotonic clock, or None.
        is_success: Whether the body is what was asked for. Of an error, a body that cannot be read
            is left out: the status tells what went wrong.
    """

    __slots__ = (
        "_chunks",
        "_decoder",
        "_ends",
        "_fault",
        "_is_success",
        "_limit",
        "_most",
        "_received",
        "_size",
    )

    def __init__(
        self, headers: http.Headers, limit: int, ends: float | None, *, is_success: bool
    ) -> None:
        """Choose the decoder.

        Raises:
            ResponseDecodeError: If the body is announced to be too large.
        """
        self._chunks: list[bytes] = []
        self._size = 0
        self._received = 0
        self._limit = self._most = limit
        self._ends = ends
        self._is_success = is_success
        self._fault = ""
        self._decoder: Inflater | None = None
        encoding = headers.get("content-encoding", "").strip().lower()
        if encoding not in {"", "identity"}:
            self._decoder = Inflater(is_gzip=encoding != "deflate")
            self._most += limit // 256 + 1024  # What does not compress grows a little.
            if encoding not in {"gzip", "x-gzip", "deflate"}:
                self._fault = f"the answer is encoded as {encoding[:40]!r}, which was not asked for"
        length = headers.get("content-length", "")
        if length.isdecimal() and len(length) < 20 and int(length) > self._most:
            raise too_large(limit)

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk as it came over the wire.

        Raises:
            ResponseDecodeError: If the body is too large before it is decoded.
            DeadlineError: If it took too long.
        """
        if self._ends is not None and time.monotonic() > self._ends:
            raise DeadlineError
        self._received += len(chunk)
        if self._received > self._most:
            self._chunks.clear()
            raise too_large(self._limit)
        if self._decoder is None:
            self._chunks.append(chunk)
        elif not self._fault and self._size <= self._limit:
            self._decompress(self._decoder, chunk)

    def finish(self) -> bytes:
        """Give the whole decoded body.

        Raises:
            ResponseDecodeError: If it is too large, or does not decode.
            APIConnectionError: If the compressed body ended early.
        """
        if self._size > self._limit:
            raise too_large(self._limit)
        if self._fault and self._is_success:
            raise ResponseDecodeError(self._fault)
        if self._fault:
            return b""
        if self._received and self._decoder is not None and not self._decoder.is_complete:
            raise APIConnectionError("the answer's compressed body ended early")
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
            self._fault = "the answer's compressed body is damaged"


def too_large(limit: int) -> ResponseDecodeError:
    """Make the error for a body that is larger than the client takes."""
    return ResponseDecodeError(f"the answer is larger than max_response_bytes, {limit} bytes")


class Inflater:
    """Undoes gzip, and both things that servers call deflate, in bounded pieces."""

    __slots__ = ("_inflate", "_is_gzip", "_start")

    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._start = b""
        self._inflate = zlib.decompressobj(_GZIP) if is_gzip else None

    @property
    def is_complete(self) -> bool:
        """Whether the compressed data has come to its end."""
        return self._inflate is not None and self._inflate.eof

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Decompress a chunk.

        Raises:
            zlib.error: If it is damaged.
        """
        if self._inflate is None:  # Two bytes tell zlib's header from bare compressed data.
            self._start += chunk
            if len(self._start) < 2:
                return
            first, second = self._start[:2]
            has_header = first & 15 == 8 and (first << 8 | second) % 31 == 0
            self._inflate = zlib.decompressobj(_ZLIB if has_header else _NOTHING)
            chunk = self._start
        piece = b""
        while chunk or len(piece) == _PIECE:
            piece = self._inflate.decompress(chunk, _PIECE)
            if piece:
                yield piece
            chunk = self._inflate.unconsumed_tail
            if self._inflate.eof and self._inflate.unused_data:
                if not self._is_gzip:
                    raise zlib.error("there is more after the end")
                chunk = self._inflate.unused_data  # Another gzip member follows.
                self._inflate = zlib.decompressobj(_GZIP)
