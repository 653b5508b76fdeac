"""Data with the position of every node, built from parser events."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from .diagnostics import Diagnostic, Location, Severity
from .json_values import JsonObject, Pointer, is_array, is_object

DEEPEST = 180  # levels; real documents have under 60, and Python compiles under 200 brackets
LARGEST = 5_000_000  # nodes; the target of an alias counts once for each use

Position = tuple[int, int]  # line and column, both counted from 1
Positions = dict[str | int, tuple[Position, Position]]  # of the key and the value, by key or index


class UnreadableError(Exception):
    """A problem of syntax at a position."""

    def __init__(
        self, code: str, position: Position, message: str, hint: str, reading: str = ""
    ) -> None:
        """Store the parts of a diagnostic, except the name of the file."""
        super().__init__(message)
        self.code, self.position, self.message, self.hint = code, position, message, hint
        self.reading = reading

    def in_file(self, name: str) -> Diagnostic:
        """Return the diagnostic for a file."""
        location = Location(name, *self.position)
        return Diagnostic(
            self.code, Severity.ERROR, location, self.message, self.hint, self.reading
        )


@dataclass(frozen=True)
class Tree:
    """Data and the positions of the keys and values in its containers."""

    root: Any
    positions: dict[int, Positions]  # by the id of the container
    problems: tuple[UnreadableError, ...]

    def position(self, pointer: Pointer, *, key: bool = False) -> Position:
        """Return line and column of a node, or of its nearest ancestor that exists."""
        node, position = self.root, (1, 1)
        for part in pointer:
            positions = self.positions.get(id(node), {})
            if part not in positions:
                break
            key_position, value_position = positions[part]
            position = key_position if key else value_position
            node = node[part]
        return position


class Event(NamedTuple):
    """A parser event: a scalar, an alias, or the start or the end of a container."""

    kind: str  # scalar, mapping, sequence, end, alias
    position: Position
    text: str = ""  # the source text of a scalar, which keys use; the name of an alias
    value: Any = None  # the resolved value of a scalar
    anchor: str | None = None
    is_plain: bool = False  # whether a scalar of YAML has neither quotes nor a tag


class _Open(NamedTuple):
    """A container whose end event has not come yet."""

    node: Any
    positions: Positions
    anchor: str | None


_MERGE = "<<"
_MERGED = f"\0{_MERGE}"  # the key while its object is open; a quoted one is an ordinary key
_SURROGATE = re.compile("[\ud800-\udfff]")


def compose(events: Iterable[Event], *, merges: bool = False) -> Tree:
    """Build data and positions from events; problems that do not stop parsing are collected.

    Args:
        events: The events.
        merges: Whether the key `<<` merges the members of other objects, as in YAML 1.1.
    """
    composer = _Composer(merges=merges)
    for event in events:
        composer.handle(event)
    return composer.tree()


class _Composer:
    """Builds containers from events."""

    def __init__(self, *, merges: bool) -> None:
        self._merges = merges
        self._top: list[Any] = []
        self._stack = [_Open(self._top, {}, None)]
        self._keys: list[tuple[str, Position] | None] = [None]
        self._positions: dict[int, Positions] = {}
        self._sizes: dict[int, int] = {}
        self._anchors: dict[str, Any] = {}
        self._problems: list[UnreadableError] = []

    def tree(self) -> Tree:
        return Tree(self._top[0] if self._top else None, self._positions, tuple(self._problems))

    def handle(self, event: Event) -> None:
        current = self._stack[-1]
        if event.kind == "end":
            self._close(event.position)
        elif is_object(current.node) and self._keys[-1] is None:
            self._handle_key(event, current)
        elif event.kind in {"mapping", "sequence"}:
            self._open(event, current)
        else:
            self._add(current, self._leaf(event), event.position)

    def _handle_key(self, event: Event, current: _Open) -> None:
        if event.kind != "scalar":
            hint = "write a string as the key"
            raise UnreadableError("S101", event.position, "a key must be a string", hint)
        self._check_text(event.text, event.position)
        key = _MERGED if self._merges and event.is_plain and event.text == _MERGE else event.text
        if key in current.positions:
            message = f"duplicate key {event.text!r}"
            hint = f"remove it, or the first one in line {current.positions[key][0][0]}"
            reading = "the last one is used"
            self._problems.append(UnreadableError("S102", event.position, message, hint, reading))
        self._keys[-1] = (key, event.position)

    def _leaf(self, event: Event) -> Any:
        if event.kind == "alias":
            if event.text not in self._anchors:
                hint = f"define the anchor '&{event.text}' above this line"
                if any(each.anchor == event.text for each in self._stack):
                    hint = "write a $ref: an alias cannot be inside of its own anchor"
                raise UnreadableError("S103", event.position, f"unknown alias {event.text!r}", hint)
            return self._anchors[event.text]
        if isinstance(event.value, str):
            self._check_text(event.value, event.position)
        if event.anchor:
            self._anchors[event.anchor] = event.value
        return event.value

    def _check_text(self, text: str, position: Position) -> None:
        if _SURROGATE.search(text):
            message, hint = "lone surrogate in a string", "write the whole character"
            self._problems.append(UnreadableError("S101", position, message, hint))

    def _open(self, event: Event, current: _Open) -> None:
        if len(self._stack) > DEEPEST:
            raise too_deep(event.position)
        node: Any = {} if event.kind == "mapping" else []
        self._add(current, node, event.position)
        self._stack.append(_Open(node, {}, event.anchor))
        self._keys.append(None)

    def _close(self, position: Position) -> None:
        self._keys.pop()
        closed = self._stack.pop()
        node = closed.node
        if is_object(node) and _MERGED in node:
            _merge(node, closed.positions)
        self._positions[id(node)] = closed.positions
        size = 1 + sum(self._sizes.get(id(child), 1) for child in children(node))
        if size > LARGEST:
            hint = "replace aliases by $ref, which is not expanded"
            message = f"aliases expand the document to more than {LARGEST:,} nodes"
            raise UnreadableError("S103", position, message, hint)
        self._sizes[id(node)] = size
        if closed.anchor:
            self._anchors[closed.anchor] = node

    def _add(self, container: _Open, node: Any, position: Position) -> None:
        key = self._keys[-1]
        self._keys[-1] = None
        if key is None:
            container.positions[len(container.node)] = (position, position)
            container.node.append(node)
        else:
            container.positions[key[0]] = (key[1], position)
            container.node[key[0]] = node


def _merge(node: JsonObject, positions: Positions) -> None:
    """Replace `<<` by the members of other objects; own members and earlier objects win."""
    merged, position = node.pop(_MERGED), positions.pop(_MERGED)
    others = merged if is_array(merged) else [merged]
    if not all(is_object(each) for each in others):
        node[_MERGE], positions[_MERGE] = merged, position
        return
    for other in others:
        for key, value in other.items():
            if key not in node:
                node[key] = value
                positions[key] = position


def too_deep(position: Position) -> UnreadableError:
    """Build the error for a document that is nested too deeply."""
    message = f"the document is nested deeper than {DEEPEST} levels"
    return UnreadableError("S104", position, message, "move nested parts to components")


def too_long(position: Position) -> UnreadableError:
    """Build the error for a number with more digits than Python converts."""
    message = f"a number has more than {sys.get_int_max_str_digits()} digits"
    return UnreadableError("S101", position, message, "shorten the number")


def children(node: object) -> Iterable[Any]:
    """Return the values that a container holds directly."""
    if is_object(node):
        return node.values()
    return node if is_array(node) else ()


def position_at(text: str, offset: int) -> Position:
    """Return line and column of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
