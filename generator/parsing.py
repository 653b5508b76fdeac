"""YAML 1.2 and JSON texts, read into plain data with the place of every node.

YAML is read event by event with libyaml's parser and resolved here by the core schema of 1.2: the
parser's own rules are those of 1.1, where `on` is true and `1:30` a number. JSON is read by the
standard library, and looked over a second time only when a place in it is asked for.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from generator.diagnostics import Diagnostic, Location, Severity
from generator.json_types import Pointer, is_array, is_object

DEEPEST = 200  # levels; real documents stay below 60, and every stage recurses over them
LARGEST = 5_000_000  # nodes, those behind an alias counted as often as it is used

Place = tuple[int, int]  # line and column, both from 1


@dataclass(frozen=True)
class Tree:
    """Containers and the places of what is in them."""

    root: Any
    marks: dict[int, dict[str | int, tuple[Place, Place]]]  # id of container: key: key, value
    problems: tuple[UnreadableError, ...]


@dataclass(frozen=True)
class Parsed:
    """A text that was read.

    Attributes:
        text: The text itself.
        data: What it says; None if it could not be read.
        problems: Why it could not be read.
    """

    text: str
    data: Any
    problems: tuple[Diagnostic, ...]
    _compose: Callable[[], Tree] = field(repr=False)

    @cached_property
    def _tree(self) -> Tree:
        return self._compose()

    def place(self, pointer: Pointer, *, key: bool = False) -> Place:
        """Give line and column of a node, or of the nearest one above it that exists."""
        node, place = self._tree.root, (1, 1)
        for part in pointer:
            marks = self._tree.marks.get(id(node), {})
            if part not in marks:
                break
            key_place, value_place = marks[part]
            place = key_place if key else value_place
            node = node[part]
        return place


class UnreadableError(Exception):
    """A place where a text is not readable."""

    def __init__(self, code: str, place: Place, message: str, hint: str) -> None:
        """Keep what a diagnostic needs, but for the file's name."""
        super().__init__(message)
        self.code, self.place, self.message, self.hint = code, place, message, hint

    def in_file(self, name: str) -> Diagnostic:
        """Give the diagnostic for a file."""
        place = Location(name, *self.place)
        return Diagnostic(self.code, Severity.ERROR, place, self.message, self.hint)


def parse(content: bytes, name: str) -> Parsed:
    """Read a YAML or JSON file.

    Args:
        content: The file's bytes, UTF-8.
        name: The file's name for diagnostics.

    Returns:
        The data, or the problems that stopped it from being read.
    """
    text = content.decode("utf-8-sig", errors="replace")
    problems: tuple[UnreadableError, ...]
    try:
        _check_encoding(content)
        if text.lstrip()[:1] in {"{", "["}:
            data = _read_json(text)
            suspicious = _MAYBE_REPEATED in data or _SURROGATE_ESCAPE.search(text)
            tree = _compose(_json_events(text)) if suspicious else None
            data = data[_DATA]
        else:
            tree = _compose(_yaml_events(text))
            data = tree.root
        problems = tree.problems if tree else ()
    except UnreadableError as problem:
        data, tree, problems = None, _NOTHING, (problem,)
    located = tuple(each.in_file(name) for each in problems)
    return Parsed(text, data, located, lambda: tree or _compose(_json_events(text)))


_NOTHING = Tree(None, {}, ())


def _check_encoding(content: bytes) -> None:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", errors="replace")
        place = _place_of(before, len(before))
        raise UnreadableError("S101", place, "this is not UTF-8", "save it as UTF-8") from None


def _place_of(text: str, offset: int) -> Place:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


# --- trees ----------------------------------------------------------------------------------------


class _Event(NamedTuple):
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


_SURROGATE = re.compile("[\ud800-\udfff]")


def _compose(events: Iterable[_Event]) -> Tree:
    """Build data and places from events; problems that do not stop the reading are collected."""
    composer = _Composer()
    for event in events:
        composer.take(event)
    return composer.tree()


class _Composer:
    """Builds containers as events come."""

    def __init__(self) -> None:
        self._top: list[Any] = []
        self._stack = [_Open(self._top, {}, None)]
        self._keys: list[tuple[str, Place] | None] = [None]
        self._marks: dict[int, dict[str | int, tuple[Place, Place]]] = {}
        self._sizes: dict[int, int] = {}
        self._anchors: dict[str, Any] = {}
        self._problems: list[UnreadableError] = []

    def tree(self) -> Tree:
        return Tree(self._top[0] if self._top else None, self._marks, tuple(self._problems))

    def take(self, event: _Event) -> None:
        current = self._stack[-1]
        if event.kind == "end":
            self._close(event.place)
        elif is_object(current.node) and self._keys[-1] is None:
            self._take_key(event, current)
        elif event.kind in {"mapping", "sequence"}:
            self._open(event, current)
        else:
            self._add(current, self._leaf(event), event.place)

    def _take_key(self, event: _Event, current: _Open) -> None:
        if event.kind != "scalar":
            hint = "give a plain text as the key"
            raise UnreadableError("S101", event.place, "a key must be a text", hint)
        if event.text in current.marks:
            message = f"the key {event.text!r} stands here a second time"
            hint = f"remove it, or the one in line {current.marks[event.text][0][0]}"
            self._problems.append(UnreadableError("S102", event.place, message, hint))
        self._keys[-1] = (event.text, event.place)

    def _leaf(self, event: _Event) -> Any:
        if event.kind == "alias":
            if event.text not in self._anchors:
                hint = f"mark a finished node with '&{event.text}' above this line"
                raise UnreadableError("S103", event.place, f"unknown alias {event.text!r}", hint)
            return self._anchors[event.text]
        if isinstance(event.value, str) and _SURROGATE.search(event.value):
            message, hint = "half of a surrogate pair stands here", "write the whole character"
            self._problems.append(UnreadableError("S101", event.place, message, hint))
        if event.anchor:
            self._anchors[event.anchor] = event.value
        return event.value

    def _open(self, event: _Event, current: _Open) -> None:
        if len(self._stack) > DEEPEST:
            raise _too_deep(event.place)
        node: Any = {} if event.kind == "mapping" else []
        self._add(current, node, event.place)
        self._stack.append(_Open(node, {}, event.anchor))
        self._keys.append(None)

    def _close(self, place: Place) -> None:
        self._keys.pop()
        closed = self._stack.pop()
        node = closed.node
        self._marks[id(node)] = closed.marks
        size = 1 + sum(self._sizes.get(id(child), 1) for child in _children(node))
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


def _too_deep(place: Place) -> UnreadableError:
    message = f"the document is nested deeper than {DEEPEST} levels"
    return UnreadableError("S104", place, message, "move inner parts into components")


# --- JSON -----------------------------------------------------------------------------------------

_JSON_TOKEN = re.compile(r'[{}\[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+')
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_DATA, _MAYBE_REPEATED = "data", "maybe repeated"
_decode_token = json.JSONDecoder(strict=False).decode


def _read_json(text: str) -> dict[str, Any]:
    """Give the data under `_DATA`, and `_MAYBE_REPEATED` if an object lost members."""
    found: dict[str, Any] = {}

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) != len(pairs):
            found[_MAYBE_REPEATED] = True
        return result

    def number(digits: str) -> float:
        value = float(digits)
        if not math.isfinite(value):
            place = _place_of(text, text.find(digits))
            message = f"{digits} is no number that JSON has"
            raise UnreadableError("S101", place, message, "write a smaller number, or null")
        return value

    try:
        found[_DATA] = json.loads(
            text, object_pairs_hook=members, parse_constant=number, parse_float=number
        )
    except json.JSONDecodeError as error:
        place = (error.lineno, error.colno)
        hint = "mend the JSON here, or just before this place"
        raise UnreadableError("S101", place, f"this is not JSON: {error.msg}", hint) from None
    except RecursionError:
        raise _too_deep((1, 1)) from None
    except ValueError as error:  # A number with more digits than Python reads.
        raise UnreadableError("S101", (1, 1), str(error), "shorten the number") from None
    level = [found[_DATA]]
    for _ in range(DEEPEST):
        level = [child for node in level for child in _children(node)]
    if level:
        raise _too_deep((1, 1))
    return found


def _children(node: object) -> Iterable[Any]:
    if is_object(node):
        return node.values()
    return node if is_array(node) else ()


def _json_events(text: str) -> Iterator[_Event]:
    """Give the events of a text that is known to be JSON."""
    line, start_of_line, scanned = 1, 0, 0
    for match in _JSON_TOKEN.finditer(text):
        offset, token = match.start(), match.group()
        newlines = text.count("\n", scanned, offset)
        if newlines:
            line += newlines
            start_of_line = text.rfind("\n", scanned, offset) + 1
        scanned = offset
        place = (line, offset - start_of_line + 1)
        if token in {"}", "]"}:
            yield _Event("end", place)
        elif token in {"{", "["}:
            yield _Event("mapping" if token == "{" else "sequence", place)
        elif token[0] == '"':
            value = _decode_token(token)
            yield _Event("scalar", place, value, value)
        elif token not in {",", ":"}:
            yield _Event("scalar", place, token, _decode_token(token))


# --- YAML -----------------------------------------------------------------------------------------

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULL = frozenset({"null", "Null", "NULL", "~", ""})
_BOOLEAN = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_TAG = "tag:yaml.org,2002:"


def _yaml_events(text: str) -> Iterator[_Event]:
    try:
        documents = 0
        for event in yaml.parse(text, Loader=_Loader):
            mark: Any = event.start_mark
            place = (mark.line + 1, mark.column + 1)
            if isinstance(event, yaml.ScalarEvent):
                value = _scalar(event, place)
                yield _Event("scalar", place, event.value, value, event.anchor)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                _check_tag(event.tag, {"map", "seq"}, place)
                kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
                yield _Event(kind, place, anchor=event.anchor)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                yield _Event("end", place)
            elif isinstance(event, yaml.AliasEvent):
                yield _Event("alias", place, event.anchor or "")
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = "keep one document in a file: remove what follows '---'"
                    raise UnreadableError("S101", place, "a second document starts here", hint)
    except yaml.MarkedYAMLError as error:
        found = error.problem_mark or error.context_mark
        place = (found.line + 1, found.column + 1) if found else (1, 1)
        what = ", ".join(filter(None, [error.context, error.problem]))
        hint = "check the indentation, quotes and brackets here and in the line above"
        raise UnreadableError("S101", place, f"this is not YAML: {what}", hint) from None
    except yaml.reader.ReaderError as error:
        place = _place_of(text, _first_unprintable(text))
        hint = "remove the character, or write it as an escape in double quotes"
        raise UnreadableError("S101", place, f"this is not YAML: {error.reason}", hint) from None


def _first_unprintable(text: str) -> int:
    match = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    return match.start() if match else 0


def _check_tag(tag: str | None, known: set[str], place: Place) -> None:
    if tag is not None and tag != "!" and tag.removeprefix(_TAG) not in known:
        message = f"the tag {tag!r} means nothing in an OpenAPI document"
        raise UnreadableError("S101", place, message, "remove the tag")


def _scalar(event: yaml.ScalarEvent, place: Place) -> Any:
    """Resolve a scalar by the core schema of YAML 1.2."""
    _check_tag(event.tag, {"str", "int", "float", "bool", "null"}, place)
    text = event.value
    if event.tag in {f"{_TAG}str", "!"} or not (event.implicit[0] or event.tag):
        return text
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    try:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _OCTAL.fullmatch(text) or _HEXADECIMAL.fullmatch(text):
            return int(text, 0)
        if _FLOAT.fullmatch(text) and math.isinf(float(text)):
            raise UnreadableError("S101", place, f"{text} is too large", "write a smaller number")
        if _FLOAT.fullmatch(text):
            return float(text)
    except ValueError as error:  # A number with more digits than Python reads.
        raise UnreadableError("S101", place, str(error), "shorten the number") from None
    if _NO_NUMBER.fullmatch(text):
        hint = "write a number, or quote the text"
        raise UnreadableError("S101", place, f"{text} is no JSON value", hint)
    return text
