"""Lines of an archive: an entry's bytes, with its id and timestamp."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import msgspec

from ..paging.entry_decoding import replace_surrogates
from ..paging.envelope import envelope_type, pointer_tokens, value_at
from .times import to_datetime, to_milliseconds

FIRST = to_datetime(1)  # earlier timestamps mean none
_Timestamp = Annotated[dt.datetime, msgspec.Meta(tz=True)]
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"|[][{}"]|[^][{}"]+', re.DOTALL)
_OPENING, _CLOSING = {b"[", b"{"}, {b"]", b"}"}


class Line(msgspec.Struct, frozen=True, order=True, gc=False):
    """A line, ordered by timestamp and id.

    Attributes:
        time: The timestamp of the entry.
        id: The id of the entry.
        content: The bytes of the entry.
    """

    time: dt.datetime
    id: str
    content: bytes

    @property
    def milliseconds(self) -> int:
        """The timestamp of the entry in milliseconds, rounded down."""
        return to_milliseconds(self.time)


class LineReader:
    """A reader of the id and the timestamp of entries."""

    def __init__(self, id_pointer: str, time_pointer: str) -> None:
        """Store the JSON Pointers of the id and the timestamp."""
        self._id, self._time = id_pointer, time_pointer
        fields: dict[tuple[str, ...], Any] = {
            pointer_tokens(id_pointer): str,
            pointer_tokens(time_pointer): _Timestamp,
        }
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(envelope_type(fields))
        self._depth = max(map(len, fields))

    def read(self, content: bytes) -> Line | None:
        """Return a line; None if the entry has no id, or no timestamp since 1970."""
        try:
            return self._read(content, content)
        except msgspec.ValidationError:
            return None
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, OverflowError):
            readable = replace_surrogates(_shallow(content, self._depth))
        try:
            line = self._read(readable, content)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, OverflowError):
            return None
        # Different ids would become equal.
        return None if line is None or "\ufffd" in line.id else line

    def lines(self, contents: Iterable[bytes]) -> Iterator[Line]:
        """Iterate over the lines of the entries with an id and a timestamp."""
        return (line for line in map(self.read, contents) if line is not None)

    def _read(self, readable: bytes, content: bytes) -> Line | None:
        entry = self._decoder.decode(readable)
        if self._depth == 1:
            time, id_ = entry.f1, entry.f0
        else:
            time, id_ = value_at(entry, self._time), value_at(entry, self._id)
        return Line(time, id_, content) if time >= FIRST else None


def _shallow(content: bytes, depth: int) -> bytes:
    """Return JSON with empty arrays and objects below a depth, which any stack can hold."""
    kept, level = list[bytes](), 0
    for token in _TOKENS.findall(content):
        level -= token in _CLOSING
        if level <= depth:
            kept.append(token)
        level += token in _OPENING
    return b"".join(kept)


def flatten(content: bytes) -> bytes:
    """Return an entry as one line, with spaces instead of line breaks."""
    return content.replace(b"\n", b" ").replace(b"\r", b" ")


def join_lines(lines: list[bytes]) -> bytes:
    """Return the contents of a file with these lines."""
    return b"\n".join([*lines, b""])


def split_lines(content: bytes) -> list[bytes]:
    """Return the lines of a file.

    Raises:
        ValueError: If the last line has no line break.
    """
    lines = content.split(b"\n")
    if lines.pop():
        raise ValueError("the last line has no line break")
    return lines
