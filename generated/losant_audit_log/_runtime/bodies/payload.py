# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""What a request carries: bytes in memory, and bytes that are read while they are sent."""

from __future__ import annotations

import inspect
import io
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import IO, Any, TypeAlias

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.guards import is_async_iterable, is_bytes, is_mapping

FileContent: TypeAlias = bytes | IO[bytes] | Iterable[bytes] | AsyncIterable[bytes]
"""Bytes, a file that is open for reading bytes, or an iterable of bytes.

An asynchronous iterable is only for `AsyncClient`. Files and iterables are read while they are
sent, from where they stand. A call is tried again only if they can be read again from there.
"""

_CHUNK = 1 << 16  # bytes


class Source:
    """Bytes that are read while they are sent.

    Attributes:
        size: How many there are; None if only reading tells.
    """

    def __init__(self, given: Any, where: str) -> None:
        """Look at what was given, without reading it.

        Args:
            given: What a program passed.
            where: The argument's name.

        Raises:
            InvalidArgumentError: If no bytes can be read from it.
        """
        self.size: int | None = None
        self._given: Any = given
        self._where = where
        self._start: int | None = None
        self._is_begun = False
        if is_async_iterable(given):
            return
        if hasattr(given, "read"):
            self._look_at_file(given)
        elif not hasattr(given, "__iter__") or is_mapping(given):
            kind = type(given).__name__
            raise InvalidArgumentError(f"{where}: bytes or an open file are needed, not {kind}")

    @property
    def is_spent(self) -> bool:
        """Whether it was read from, and cannot be read again."""
        if not self._is_begun or self._start is not None:
            return False
        begin = getattr(self._given, "__aiter__", None) or getattr(self._given, "__iter__", None)
        return hasattr(self._given, "read") or begin is None or begin() is self._given

    def check_synchronous(self) -> None:
        """Refuse, before anything is sent, what has to be awaited.

        Raises:
            InvalidArgumentError: If it is an asynchronous iterable.
        """
        if is_async_iterable(self._given):
            message = f"{self._where}: only AsyncClient can send an asynchronous iterable"
            raise InvalidArgumentError(message)

    def chunks(self) -> Iterator[bytes]:
        """Read from the start.

        Raises:
            InvalidArgumentError: If that fails.
        """
        found = self._pieces()
        while True:
            try:
                chunk = next(found, None)
            except Exception as error:
                raise self._unreadable(error) from error
            if chunk is None:
                return
            yield self._bytes(chunk)

    async def async_chunks(self) -> AsyncIterator[bytes]:
        """Read from the start, without holding up other tasks.

        Raises:
            InvalidArgumentError: If that fails.
        """
        if is_async_iterable(self._given):
            self._is_begun = True
            found = aiter(self._given)
            while True:
                try:
                    chunk = await anext(found, None)
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

    def _look_at_file(self, file: Any) -> None:
        """Remember where a file stands, and see how much follows."""
        is_text = isinstance(file, io.TextIOBase) or inspect.iscoroutinefunction(file.read)
        if is_text or getattr(file, "closed", False):
            message = f"{self._where}: a file is needed that is open for reading bytes"
            raise InvalidArgumentError(message)
        try:
            start: int = file.tell()
            end: int = file.seek(0, io.SEEK_END)
            file.seek(start)
            self._start, self.size = start, max(end - start, 0)
        except (AttributeError, OSError, TypeError, ValueError):
            self._start = self.size = None  # A pipe, or something like one.

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
        raise InvalidArgumentError(f"{self._where}: it must give bytes, not {kind}")

    def _unreadable(self, error: Exception) -> InvalidArgumentError:
        what = f"{type(error).__name__}: {error}"
        return InvalidArgumentError(f"{self._where}: it could not be read: {what}")


class Payload(msgspec.Struct, frozen=True, eq=False):
    """The body of a request, ready to be sent.

    Attributes:
        content_type: Its media type, as the header says it.
        pieces: What it consists of.
    """

    content_type: str
    pieces: tuple[bytes | Source, ...]

    @property
    def size(self) -> int | None:
        """How many bytes it has; None if only reading tells."""
        sizes = [len(each) if isinstance(each, bytes) else each.size for each in self.pieces]
        known = [size for size in sizes if size is not None]
        return sum(known) if len(known) == len(sizes) else None

    @property
    def is_spent(self) -> bool:
        """Whether it cannot be sent again, because a part of it can be read only once."""
        return any(isinstance(each, Source) and each.is_spent for each in self.pieces)

    def content(self, *, is_async: bool) -> bytes | Iterator[bytes] | AsyncIterator[bytes]:
        """Give the bytes, or what reads them while they are sent.

        Raises:
            InvalidArgumentError: If a synchronous client cannot read them.
        """
        if all(isinstance(each, bytes) for each in self.pieces):
            return b"".join(each for each in self.pieces if isinstance(each, bytes))
        if is_async:
            return self._async_chunks()
        for each in self.pieces:
            if isinstance(each, Source):
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
        """Show type and size, not the content."""
        return f"Payload({self.content_type!r}, {self.size} bytes)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Show the same to printers that look into objects."""
        return [("content_type", self.content_type), ("size", self.size)]


def piece(given: Any, where: str) -> bytes | Source:
    """Take bytes, or what gives bytes when it is read.

    Raises:
        InvalidArgumentError: If it is something else.
    """
    if is_bytes(given):
        return bytes(given)
    if given is None or isinstance(given, str):
        kind = "None" if given is None else "str"
        raise InvalidArgumentError(f"{where}: bytes or an open file are needed, not {kind}")
    return Source(given, where)
