"""YAML files as events: parsed by libyaml, with scalars of YAML 1.2.

The parser's own resolution is that of YAML 1.1, where `on` is true and `1:30` is a number.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from .positions import Event, Position, UnreadableError, position_at, too_long

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_OTHER_LINE_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_NULL = frozenset({"null", "Null", "NULL", "~", ""})
_BOOLEAN = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NON_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_TAG = "tag:yaml.org,2002:"


def yaml_events(text: str) -> Iterator[Event]:
    """Iterate over the events of a YAML text.

    Raises:
        UnreadableError: If the text is not YAML, or has values that JSON does not have.
    """
    position_at_mark = _mark_positions(text)
    try:
        documents = 0
        for event in yaml.parse(text, Loader=_Loader):
            position = position_at_mark(event.start_mark)
            if isinstance(event, yaml.ScalarEvent):
                value = _scalar(event, position)
                is_plain = bool(event.implicit[0])
                yield Event("scalar", position, event.value, value, event.anchor, is_plain)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                _check_tag(event.tag, {"map", "seq"}, position)
                kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
                yield Event(kind, position, anchor=event.anchor)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                yield Event("end", position)
            elif isinstance(event, yaml.AliasEvent):
                yield Event("alias", position, event.anchor or "")
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = "keep one document per file: remove '---' and everything after it"
                    message = "the file contains a second YAML document"
                    raise UnreadableError("S101", position, message, hint)
    except yaml.MarkedYAMLError as error:
        found = error.problem_mark or error.context_mark
        position = position_at_mark(found) if found else (1, 1)
        what = ", ".join(filter(None, [error.context, error.problem]))
        hint = "check the indentation, quotes and brackets in this line and the line above"
        raise UnreadableError("S101", position, f"invalid YAML: {what}", hint) from None
    except yaml.reader.ReaderError as error:
        position = position_at(text, _first_unprintable(text))
        hint = "remove the character, or write it as an escape in double quotes"
        raise UnreadableError("S101", position, f"invalid YAML: {error.reason}", hint) from None


def _mark_positions(text: str) -> Callable[[Any], Position]:
    """Return a function from a parser mark to a position, with lines as editors count them.

    The parser ends lines at more characters, and may locate the end of the text one line too far.
    """
    ends = [match.start() for match in re.finditer("\n", text)]
    has_other_breaks = _OTHER_LINE_BREAK.search(text) is not None

    def position_at_mark(mark: Any) -> Position:
        line, column = mark.line, mark.column
        if has_other_breaks or line > len(ends):
            line = bisect_left(ends, mark.index)
            column = mark.index - (ends[line - 1] + 1 if line else 0)
        return line + 1, column + 1

    return position_at_mark


def _first_unprintable(text: str) -> int:
    match = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    return match.start() if match else 0


def _check_tag(tag: str | None, known: set[str], position: Position) -> None:
    if tag is not None and tag != "!" and tag.removeprefix(_TAG) not in known:
        message = f"unsupported YAML tag {tag!r}"
        raise UnreadableError("S101", position, message, "remove the tag")


def _scalar(event: yaml.ScalarEvent, position: Position) -> Any:
    """Resolve a scalar by the core schema of YAML 1.2."""
    _check_tag(event.tag, {"str", "int", "float", "bool", "null"}, position)
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
            value = int(text, 0)
            str(value)  # Python parses it at any length, but formats it only up to a limit.
            return value
        if _FLOAT.fullmatch(text) and math.isinf(float(text)):
            raise UnreadableError(
                "S101", position, f"{text} is too large", "write a smaller number"
            )
        if _FLOAT.fullmatch(text):
            return float(text)
    except ValueError:  # A number with more digits than Python converts.
        raise too_long(position) from None
    if _NON_FINITE.fullmatch(text):
        hint = "write a finite number, or quote the string"
        raise UnreadableError("S101", position, f"expected a finite number, got {text}", hint)
    return text
