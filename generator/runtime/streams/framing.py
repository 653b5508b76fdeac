"""Framing of streams: server-sent events, JSON lines and JSON text sequences."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ..core.errors import APIConnectionError, ResponseDecodeError
from ..core.response_body import too_large

_ANY_BREAK = re.compile(rb"\r\n|\n|\r")
_TRUNCATED = "the response ended in the middle of an item"


class Frame(msgspec.Struct, frozen=True):
    """An undecoded item.

    Attributes:
        data: The bytes of the item, or the data of an event.
        name: The event type; empty for other items.
        id: The id of the last event that had one.
        retry: The reconnection time of the event in milliseconds, if it has one.
    """

    data: bytes
    name: str = ""
    id: str = ""
    retry: int | None = None


class Framing:
    """Splits a body into items of limited size."""

    def __init__(self, limit: int) -> None:
        """Start a new body.

        Args:
            limit: The maximum size of an item in bytes.
        """
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Add the next chunk of the body and iterate over the items that it completes.

        Raises:
            ResponseDecodeError: If an item is too large or malformed.
        """
        raise NotImplementedError  # Subclasses implement it.

    def finish(self) -> Iterator[Frame]:
        """End the body and iterate over the last item, if any.

        Raises:
            APIConnectionError: If the body ended in the middle of an item.
        """
        raise NotImplementedError  # Subclasses implement it.

    def _split(self, chunk: bytes, breaks: re.Pattern[bytes]) -> list[bytes]:
        """Return the complete parts between breaks, and keep the rest for the next chunk."""
        first, *further = breaks.split(chunk)
        self._keep(first)
        if not further:
            return []
        *between, rest = further
        pieces = [b"".join(self._parts), *between]
        self._parts, self._size = [], 0
        self._keep(rest)
        return pieces

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise too_large(self._limit)
        if part:
            self._parts.append(part)


class LineFraming(Framing):
    """One JSON value per line; empty lines are ignored."""

    _BREAK = re.compile(rb"\n")

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Iterate over the lines that a chunk completes."""
        for line in self._split(chunk, self._BREAK):
            if line.strip():
                yield Frame(line)

    def finish(self) -> Iterator[Frame]:
        """Iterate over the last line, which needs no line break if it is complete."""
        line = b"".join(self._parts)
        if line.strip():
            _check_complete(line)
            yield Frame(line)


class SequenceFraming(Framing):
    """A JSON text sequence (RFC 7464): a separator before each value and a line break after it.

    The line break shows that a number is not truncated.
    """

    _SEPARATOR = re.compile(rb"\x1e")

    def __init__(self, limit: int) -> None:
        """Start a new body; see `Framing`."""
        super().__init__(limit)
        self._has_begun = False

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Iterate over the values that a chunk completes."""
        for value in self._split(chunk, self._SEPARATOR):
            yield from self._value(value)
            self._has_begun = True

    def finish(self) -> Iterator[Frame]:
        """Iterate over the last value."""
        yield from self._value(b"".join(self._parts))

    def _value(self, value: bytes) -> Iterator[Frame]:
        if not value.strip():
            return
        if not self._has_begun:
            message = "the JSON text sequence has data before the first separator"
            raise ResponseDecodeError(message, content=value)
        if value[-1:] not in b'\n\r\t }]"':
            raise APIConnectionError(_TRUNCATED)
        _check_complete(value)
        yield Frame(value)


class EventFraming(Framing):
    """Server-sent events: lines with fields, and an empty line after each event."""

    def __init__(self, limit: int) -> None:
        """Start a new body; see `Framing`."""
        super().__init__(limit)
        self._ends_in_return = False
        self._is_first = True
        self._data: list[bytes] = []
        self._data_size = 0
        self._name = self._id = ""
        self._retry: int | None = None
        self._has_fields = False

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Iterate over the events that a chunk completes."""
        if self._ends_in_return:  # It could be the first half of a CRLF.
            chunk = b"\r" + chunk
        self._ends_in_return = chunk.endswith(b"\r")
        if self._ends_in_return:
            chunk = chunk[:-1]
        for line in self._split(chunk, _ANY_BREAK):
            yield from self._line(line)

    def finish(self) -> Iterator[Frame]:
        """Iterate over the last event; without an empty line after it, it is truncated."""
        if self._ends_in_return:
            for line in self._split(b"\r", _ANY_BREAK):
                yield from self._line(line)
        if self._parts or self._has_fields:
            raise APIConnectionError(_TRUNCATED)

    def _line(self, line: bytes) -> Iterator[Frame]:
        if self._is_first:
            self._is_first = False
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line:
            if self._data:
                data = b"\n".join(self._data)
                yield Frame(data, self._name or "message", self._id, self._retry)
            self._data, self._data_size, self._name = [], 0, ""
            self._retry, self._has_fields = None, False
            return
        field, _, value = line.partition(b":")
        if field:  # A line that starts with a colon is a comment.
            self._field(field, value.removeprefix(b" "))

    def _field(self, field: bytes, value: bytes) -> None:
        self._has_fields = True
        if field == b"data":
            self._data_size += len(value)
            if self._data_size > self._limit:
                raise too_large(self._limit)
            self._data.append(value)
        elif field == b"event":
            self._name = _text(value)
        elif field == b"id" and b"\0" not in value:
            self._id = _text(value)
        elif field == b"retry" and value.isdigit() and len(value) < 12:
            self._retry = int(value)


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise ResponseDecodeError("the stream is not UTF-8", content=value) from None


def _check_complete(value: bytes) -> None:
    """Raise an error if a value at the end of the body is truncated.

    Other malformed values pass: decoding the item raises their error.
    """
    try:
        msgspec.json.decode(value, type=msgspec.Raw)
    except RecursionError:
        return
    except msgspec.DecodeError as error:
        if "truncated" in str(error):
            raise APIConnectionError(_TRUNCATED) from None
