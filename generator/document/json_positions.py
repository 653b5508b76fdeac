"""Positions in a JSON text, each found when it is asked for."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .json_values import Pointer
from .positions import Position

_BETWEEN = re.compile(r"[\s,:]*")
_scan = json.JSONDecoder().raw_decode


class JsonPositions:
    """The positions of the nodes of a text in which `read_json` found no problem.

    Few nodes of a document have diagnostics. Containers beside the way to them are skipped by the
    parser of the standard library, each once for every container that it is inside of.

    Args:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        """Store the text, of which nothing is read yet."""
        self._text = text
        self._containers: dict[int, _Container] = {}

    def position(self, pointer: Pointer, *, key: bool = False) -> Position:
        """Return line and column of a node, or of its nearest ancestor that exists."""
        found, value = None, _next(self._text, 0)
        for part in pointer:
            if value not in self._containers:
                self._containers[value] = _Container(self._text, value)
            offsets = self._containers[value].find(part)
            if offsets is None:
                break
            found, value = offsets[0 if key else 1], offsets[1]
        return (1, 1) if found is None else self._line_and_column(found)

    @cached_property
    def _lines(self) -> list[int]:
        """The offsets of the first characters of the lines."""
        return [0, *(each.end() for each in re.finditer("\n", self._text))]

    def _line_and_column(self, offset: int) -> Position:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


_Offsets = tuple[int, int]  # the offsets of a key and a value


@dataclass(slots=True)
class _Container:
    """The offsets of the members or items of a container, as far as they are known."""

    text: str
    start: int
    _known: dict[str | int, _Offsets] = field(default_factory=dict[str | int, _Offsets])
    _rest: Iterator[tuple[str | int, _Offsets]] = field(init=False)

    def __post_init__(self) -> None:
        self._rest = _members(self.text, self.start)

    def find(self, part: str | int) -> _Offsets | None:
        """Return the offsets of a key and its value; None if it does not exist."""
        while part not in self._known:
            following = next(self._rest, None)
            if following is None:
                return None
            self._known[following[0]] = following[1]
        return self._known[part]


def _members(text: str, start: int) -> Iterator[tuple[str | int, _Offsets]]:
    """Iterate over the keys or indices of a container, with their offsets."""
    if text[start] not in "{[":
        return
    is_object, index = text[start] == "{", 0
    offset = _next(text, start + 1)
    while text[offset] not in "}]":
        key: str | int = index
        value = offset
        if is_object:
            key, end = _scan(text, offset)
            value = _next(text, end)
        yield key, (offset, value)
        offset = _next(text, _scan(text, value)[1])
        index += 1


def _next(text: str, offset: int) -> int:
    """Return the offset of the next key, value or end of a container."""
    match = _BETWEEN.match(text, offset)
    return match.end() if match else offset
