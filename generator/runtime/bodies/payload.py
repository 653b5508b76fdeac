"""Encoded request bodies: in memory, or read while they are sent."""

from __future__ import annotations

import inspect
import io
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import IO, Any, TypeAlias, TypeGuard

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping

FileContent: TypeAlias = bytes | IO[bytes] | Iterable[bytes] | AsyncIterable[bytes]
"""Bytes, a file opened in binary mode, or an iterable of bytes.

Only `AsyncClient` accepts an asynchronous iterable. Files and iterables are read during sending; a
file from its current position. A failed call is retried only if they can be read again from there.
"""

_CHUNK = 1 << 16  # bytes


def is_bytes(value: object) -> TypeGuard[bytes | bytearray | memoryview[int]]:
    """Whether a value is a bytes-like object."""
    return isinstance(value, bytes | bytearray | memoryview)


def is_async_iterable(value: object) -> TypeGuard[AsyncIterable[Any]]:
    """Whether a value can be iterated over with `async for`."""
    return isinstance(value, AsyncIterable)


class ByteSource:
    """Bytes that are read during sending.

    Attributes:
        size: The number of bytes; None if it is unknown before reading.
    """

    def __init__(self, given: Any, where: str) -> None:
        """Validate a file or iterable without reading it.

        Args:
            given: The file or iterable.
            where: The argument's name.

        Raises:
            InvalidArgumentError: If bytes cannot be read from it.
        """
        self.size: int | None = None
        self._given: Any = given
        self._where = where
        self._start: int | None = None
        self._is_begun = False
        if is_async_iterable(given):
            return
        if hasattr(given, "read"):
            self._measure_file(given)
        elif not hasattr(given, "__iter__") or is_mapping(given):
            raise _wrong_content(where, type(given).__name__)

    @property
    def is_spent(self) -> bool:
        """Whether reading began and cannot be repeated."""
        if not self._is_begun or self._start is not None:
            return False
        begin = getattr(self._given, "__aiter__", None) or getattr(self._given, "__iter__", None)
        return hasattr(self._given, "read") or begin is None or begin() is self._given

    def check_synchronous(self) -> None:
        """Reject an asynchronous iterable before anything is sent.

        Raises:
            InvalidArgumentError: If it is an asynchronous iterable.
        """
        if is_async_iterable(self._given):
            message = f"{self._where}: an asynchronous iterable requires AsyncClient"
            raise InvalidArgumentError(message)

    def chunks(self) -> Iterator[bytes]:
        """Iterate over the bytes from the start.

        Raises:
            InvalidArgumentError: If reading fails.
        """
        found = self._pieces()
        while True:
            try:
                chunk = next(found, None)
            except InvalidArgumentError:  # An item does not match its schema.
                raise
            except Exception as error:
                raise self._unreadable(error) from error
            if chunk is None:
                return
            yield self._bytes(chunk)

    async def async_chunks(self) -> AsyncIterator[bytes]:
        """Iterate over the bytes from the start without blocking other tasks.

        Raises:
            InvalidArgumentError: If reading fails.
        """
        if is_async_iterable(self._given):
            self._is_begun = True
            found = aiter(self._given)
            while True:
                try:
                    chunk = await anext(found, None)
                except InvalidArgumentError:
                    raise
                except Exception as error:
                    raise self._unreadable(error) from error
                if chunk is None:
                    return
                yield self._bytes(chunk)
        elif hasattr(self._given, "read"):
            import anyio

            found_chunks = self.chunks()
            while (chunk := await anyio.to_thread.run_sync(next, found_chunks, None)) is not None:
                yield chunk
        else:
            for chunk in self.chunks():
                yield chunk

    def _measure_file(self, file: Any) -> None:
        """Store the current position of a file and the number of bytes after it."""
        is_text = isinstance(file, io.TextIOBase) or inspect.iscoroutinefunction(file.read)
        if is_text or getattr(file, "closed", False):
            message = (
                f"{self._where}: expected an open file in binary mode, such as open(path, 'rb')"
            )
            raise InvalidArgumentError(message)
        try:
            start: int = file.tell()
            end: int = file.seek(0, io.SEEK_END)
            file.seek(start)
            self._start, self.size = start, max(end - start, 0)
        except (AttributeError, OSError, TypeError, ValueError):
            self._start = self.size = None  # Not seekable, such as a pipe.

    def _pieces(self) -> Iterator[Any]:
        self._is_begun = True
        if not hasattr(self._given, "read"):
            yield from self._given
            return
        if self._start is not None:
            self._given.seek(self._start)
        left = self.size
        while left is None or left > 0:
            chunk = self._given.read(_CHUNK if left is None else min(_CHUNK, left))
            if not chunk:
                return
            left = None if left is None else left - len(chunk)
            yield chunk

    def _bytes(self, chunk: object) -> bytes:
        if isinstance(chunk, bytes):
            return chunk
        if is_bytes(chunk):
            return bytes(chunk)
        kind = type(chunk).__name__
        raise InvalidArgumentError(f"{self._where}: expected chunks of bytes, got {kind}")

    def _unreadable(self, error: Exception) -> InvalidArgumentError:
        what = f"{type(error).__name__}: {error}"
        return InvalidArgumentError(f"{self._where}: could not be read: {what}")


class Payload(msgspec.Struct, frozen=True, eq=False):
    """An encoded request body.

    Attributes:
        content_type: The value of the `Content-Type` header.
        pieces: The bytes and sources that the body consists of, in order.
    """

    content_type: str
    pieces: tuple[bytes | ByteSource, ...]

    @property
    def size(self) -> int | None:
        """The number of bytes; None if it is unknown before reading."""
        sizes = [len(each) if isinstance(each, bytes) else each.size for each in self.pieces]
        known = [size for size in sizes if size is not None]
        return sum(known) if len(known) == len(sizes) else None

    @property
    def is_spent(self) -> bool:
        """Whether it cannot be sent again, because a part was read and can be read only once."""
        return any(isinstance(each, ByteSource) and each.is_spent for each in self.pieces)

    def content(self, *, is_async: bool) -> bytes | Iterator[bytes] | AsyncIterator[bytes]:
        """Return the bytes, or an iterator that reads them during sending.

        Raises:
            InvalidArgumentError: If a part is an asynchronous iterable and `is_async` is false.
        """
        if all(isinstance(each, bytes) for each in self.pieces):
            return b"".join(each for each in self.pieces if isinstance(each, bytes))
        if is_async:
            return self._async_chunks()
        for each in self.pieces:
            if isinstance(each, ByteSource):
                each.check_synchronous()
        return self._chunks()

    def _chunks(self) -> Iterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                yield from piece.chunks()

    async def _async_chunks(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                async for chunk in piece.async_chunks():
                    yield chunk

    def __repr__(self) -> str:
        """Return the media type and the size without the content."""
        return f"Payload({self.content_type!r}, {self.size} bytes)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Return the fields that pretty-printers may show."""
        return [("content_type", self.content_type), ("size", self.size)]


def piece(given: Any, where: str) -> bytes | ByteSource:
    """Return bytes, or a source of bytes for a file or an iterable.

    Raises:
        InvalidArgumentError: If the value is neither bytes nor a file nor an iterable.
    """
    if is_bytes(given):
        return bytes(given)
    if given is None or isinstance(given, str):
        raise _wrong_content(where, "None" if given is None else "str")
    return ByteSource(given, where)


def _wrong_content(where: str, kind: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"{where}: expected bytes or a file in binary mode, got {kind}")
