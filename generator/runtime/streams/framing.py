"""Where one item of a stream ends and the next begins: events, lines, and text sequences."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from ..core.errors import APIConnectionError, ResponseDecodeError
from ..core.response_body import too_large

_ANY_BREAK = re.compile(rb"\r\n|\n|\r")
_CUT = "the answer ended in the middle of an item"


class Frame(msgspec.Struct, frozen=True):
    """An item as it came.

    Attributes:
        data: Its bytes.
        name: The kind of an event; empty for other items.
        id: The id of the last event that had one.
        retry: Milliseconds to wait before connecting again, if an event said so.
    """

    data: bytes
    name: str = ""
    id: str = ""
    retry: int | None = None


class Framing:
    """Cuts a body into items, each of which may have so many bytes."""

    def __init__(self, limit: int) -> None:
        """Begin a body."""
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Take the next piece of the body, and give the items that it completes.

        Raises:
            ResponseDecodeError: If an item is too large, or is none.
        """
        raise NotImplementedError  # Each kind has its own.

    def finish(self) -> Iterator[Frame]:
        """Take the end of the body, and give the item that it completes, if there is one.

        Raises:
            APIConnectionError: If the body ended in the middle of an item.
        """
        raise NotImplementedError  # Each kind has its own.

    def _split(self, chunk: bytes, breaks: re.Pattern[bytes]) -> list[bytes]:
        """Give the complete pieces between breaks, and keep the rest."""
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
    """One JSON value a line; empty lines mean nothing."""

    _BREAK = re.compile(rb"\n")

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Give the lines that a piece completes."""
        for line in self._split(chunk, self._BREAK):
            if line.strip():
                yield Frame(line)

    def finish(self) -> Iterator[Frame]:
        """Give the last line, which needs no break behind it if it is whole."""
        line = b"".join(self._parts)
        if line.strip():
            _check_whole(line)
            yield Frame(line)


class SequenceFraming(Framing):
    """A JSON text sequence (RFC 7464): a separator before each value, and a line break behind it.

    The line break shows that a number was not cut.
    """

    _SEPARATOR = re.compile(rb"\x1e")

    def __init__(self, limit: int) -> None:
        """Begin a body."""
        super().__init__(limit)
        self._has_begun = False

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Give the values that a piece completes."""
        for value in self._split(chunk, self._SEPARATOR):
            yield from self._value(value)
            self._has_begun = True

    def finish(self) -> Iterator[Frame]:
        """Give the last value."""
        yield from self._value(b"".join(self._parts))

    def _value(self, value: bytes) -> Iterator[Frame]:
        if not value.strip():
            return
        if not self._has_begun:
            message = "there is something before the first separator of the sequence"
            raise ResponseDecodeError(message, content=value)
        if value[-1:] not in b'\n\r\t }]"':
            raise APIConnectionError(_CUT)
        _check_whole(value)
        yield Frame(value)


class EventFraming(Framing):
    """Server-sent events: lines with fields, and an empty line behind each event."""

    def __init__(self, limit: int) -> None:
        """Begin a body."""
        super().__init__(limit)
        self._ends_in_return = False
        self._is_first = True
        self._data: list[bytes] = []
        self._data_size = 0
        self._name = self._id = ""
        self._retry: int | None = None
        self._has_fields = False

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Give the events that a piece completes."""
        if self._ends_in_return:  # What follows tells whether it was half of a line break.
            chunk = b"\r" + chunk
        self._ends_in_return = chunk.endswith(b"\r")
        if self._ends_in_return:
            chunk = chunk[:-1]
        for line in self._split(chunk, _ANY_BREAK):
            yield from self._line(line)

    def finish(self) -> Iterator[Frame]:
        """Give the last event; one without the empty line behind it was cut."""
        if self._ends_in_return:
            for line in self._split(b"\r", _ANY_BREAK):
                yield from self._line(line)
        if self._parts or self._has_fields:
            raise APIConnectionError(_CUT)

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


def _check_whole(value: bytes) -> None:
    """Tell a value that was cut, at the end of the body, from one that is damaged."""
    try:
        msgspec.json.decode(value, type=msgspec.Raw)
    except RecursionError:
        return  # Whoever reads it says so.
    except msgspec.DecodeError as error:
        if "truncated" in str(error):
            raise APIConnectionError(_CUT) from None
