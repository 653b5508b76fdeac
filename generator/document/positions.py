"""Data with the place of every node, built from the events of a parser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.document.diagnostics import Diagnostic, Location, Severity
from generator.document.json_values import JsonObject, is_array, is_object

DEEPEST = 180  # levels; real documents stay below 60, and Python reads no 200 brackets
LARGEST = 5_000_000  # nodes, those behind an alias counted as often as it is used

Place = tuple[int, int]  # line and column, both from 1


class UnreadableError(Exception):
    """A place where a text is not readable."""

    def __init__(self, code: str, place: Place, message: str, hint: str, reading: str = "") -> None:
        """Keep what a diagnostic needs, but for the file's name."""
        super().__init__(message)
        self.code, self.place, self.message, self.hint = code, place, message, hint
        self.reading = reading

    def in_file(self, name: str) -> Diagnostic:
        """Give the diagnostic for a file."""
        place = Location(name, *self.place)
        return Diagnostic(self.code, Severity.ERROR, place, self.message, self.hint, self.reading)


@dataclass(frozen=True)
class Tree:
    """Containers and the places of what is in them."""

    root: Any
    marks: dict[int, dict[str | int, tuple[Place, Place]]]  # id of container: key: key, value
    problems: tuple[UnreadableError, ...]


class Event(NamedTuple):
    """A step of a parser: something starts, ends, stands there, or is referred to."""

    kind: str  # scalar, mapping, sequence, end, alias
    place: Place
    text: str = ""  # a scalar as written, which is what a key is; an alias's name
    value: Any = None  # a scalar as data
    anchor: str | None = None


class _Open(NamedTuple):
    """A container that is being filled."""

    node: Any
    marks: dict[str | int, tuple[Place, Place]]
    anchor: str | None


_MERGE = "<<"
_SURROGATE = re.compile("[\ud800-\udfff]")


def compose(events: Iterable[Event], *, merges: bool = False) -> Tree:
    """Build data and places from events; problems that do not stop the reading are collected.

    Args:
        events: The events.
        merges: Whether the key `<<` brings in the members of other objects, as in YAML 1.1.
    """
    composer = _Composer(merges=merges)
    for event in events:
        composer.take(event)
    return composer.tree()


class _Composer:
    """Builds containers as events come."""

    def __init__(self, *, merges: bool) -> None:
        self._merges = merges
        self._top: list[Any] = []
        self._stack = [_Open(self._top, {}, None)]
        self._keys: list[tuple[str, Place] | None] = [None]
        self._marks: dict[int, dict[str | int, tuple[Place, Place]]] = {}
        self._sizes: dict[int, int] = {}
        self._anchors: dict[str, Any] = {}
        self._problems: list[UnreadableError] = []

    def tree(self) -> Tree:
        return Tree(self._top[0] if self._top else None, self._marks, tuple(self._problems))

    def take(self, event: Event) -> None:
        current = self._stack[-1]
        if event.kind == "end":
            self._close(event.place)
        elif is_object(current.node) and self._keys[-1] is None:
            self._take_key(event, current)
        elif event.kind in {"mapping", "sequence"}:
            self._open(event, current)
        else:
            self._add(current, self._leaf(event), event.place)

    def _take_key(self, event: Event, current: _Open) -> None:
        if event.kind != "scalar":
            hint = "give a plain text as the key"
            raise UnreadableError("S101", event.place, "a key must be a text", hint)
        self._check_text(event.text, event.place)
        if event.text in current.marks:
            message = f"the key {event.text!r} stands here a second time"
            hint = f"remove it, or the one in line {current.marks[event.text][0][0]}"
            reading = "the last one counts"
            self._problems.append(UnreadableError("S102", event.place, message, hint, reading))
        self._keys[-1] = (event.text, event.place)

    def _leaf(self, event: Event) -> Any:
        if event.kind == "alias":
            if event.text not in self._anchors:
                hint = f"mark a finished node with '&{event.text}' above this line"
                raise UnreadableError("S103", event.place, f"unknown alias {event.text!r}", hint)
            return self._anchors[event.text]
        if isinstance(event.value, str):
            self._check_text(event.value, event.place)
        if event.anchor:
            self._anchors[event.anchor] = event.value
        return event.value

    def _check_text(self, text: str, place: Place) -> None:
        if _SURROGATE.search(text):
            message, hint = "half of a surrogate pair stands here", "write the whole character"
            self._problems.append(UnreadableError("S101", place, message, hint))

    def _open(self, event: Event, current: _Open) -> None:
        if len(self._stack) > DEEPEST:
            raise too_deep(event.place)
        node: Any = {} if event.kind == "mapping" else []
        self._add(current, node, event.place)
        self._stack.append(_Open(node, {}, event.anchor))
        self._keys.append(None)

    def _close(self, place: Place) -> None:
        self._keys.pop()
        closed = self._stack.pop()
        node = closed.node
        if self._merges and is_object(node) and _MERGE in node:
            _merge(node, closed.marks)
        self._marks[id(node)] = closed.marks
        size = 1 + sum(self._sizes.get(id(child), 1) for child in children(node))
        if size > LARGEST:
            hint = "write the parts out, or use $ref, which is not copied"
            message = f"aliases multiply this document to over {LARGEST:,} nodes"
            raise UnreadableError("S103", place, message, hint)
        self._sizes[id(node)] = size
        if closed.anchor:
            self._anchors[closed.anchor] = node

    def _add(self, container: _Open, node: Any, place: Place) -> None:
        key = self._keys[-1]
        self._keys[-1] = None
        if key is None:
            container.marks[len(container.node)] = (place, place)
            container.node.append(node)
        else:
            container.marks[key[0]] = (key[1], place)
            container.node[key[0]] = node


def _merge(node: JsonObject, marks: dict[str | int, tuple[Place, Place]]) -> None:
    """Put the members of other objects in the place of `<<`; own members and earlier ones count."""
    brought = node[_MERGE]
    others = brought if is_array(brought) else [brought]
    if not all(is_object(each) for each in others):
        return
    del node[_MERGE]
    place = marks.pop(_MERGE)
    for other in others:
        for key, value in other.items():
            if key not in node:
                node[key] = value
                marks[key] = place


def too_deep(place: Place) -> UnreadableError:
    """Make the error for a document that is nested too deeply."""
    message = f"the document is nested deeper than {DEEPEST} levels"
    return UnreadableError("S104", place, message, "move inner parts into components")


def children(node: object) -> Iterable[Any]:
    """Give what is directly in a container."""
    if is_object(node):
        return node.values()
    return node if is_array(node) else ()


def place_of(text: str, offset: int) -> Place:
    """Give line and column of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
