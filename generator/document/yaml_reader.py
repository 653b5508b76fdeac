"""YAML texts as events, read by libyaml's parser and resolved by the core schema of YAML 1.2.

The parser's own rules are those of 1.1, where `on` is true and `1:30` a number.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from generator.document.positions import Event, Place, UnreadableError, place_of

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_ODD_BREAK = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
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


def yaml_events(text: str) -> Iterator[Event]:
    """Give the events of a YAML text.

    Raises:
        UnreadableError: If it is no YAML, or holds what JSON has not.
    """
    place_at = _places(text)
    try:
        documents = 0
        for event in yaml.parse(text, Loader=_Loader):
            place = place_at(event.start_mark)
            if isinstance(event, yaml.ScalarEvent):
                value = _scalar(event, place)
                yield Event("scalar", place, event.value, value, event.anchor)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                _check_tag(event.tag, {"map", "seq"}, place)
                kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
                yield Event(kind, place, anchor=event.anchor)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                yield Event("end", place)
            elif isinstance(event, yaml.AliasEvent):
                yield Event("alias", place, event.anchor or "")
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = "keep one document in a file: remove what follows '---'"
                    raise UnreadableError("S101", place, "a second document starts here", hint)
    except yaml.MarkedYAMLError as error:
        found = error.problem_mark or error.context_mark
        place = place_at(found) if found else (1, 1)
        what = ", ".join(filter(None, [error.context, error.problem]))
        hint = "check the indentation, quotes and brackets here and in the line above"
        raise UnreadableError("S101", place, f"this is not YAML: {what}", hint) from None
    except yaml.reader.ReaderError as error:
        place = place_of(text, _first_unprintable(text))
        hint = "remove the character, or write it as an escape in double quotes"
        raise UnreadableError("S101", place, f"this is not YAML: {error.reason}", hint) from None


def _places(text: str) -> Callable[[Any], Place]:
    """Give what tells the place of a mark; a line ends where editors end it.

    The parser ends lines at further characters, and may say that the end is in a line behind it.
    """
    ends = [match.start() for match in re.finditer("\n", text)]
    is_odd = _ODD_BREAK.search(text) is not None

    def place_at(mark: Any) -> Place:
        line, column = mark.line, mark.column
        if is_odd or line > len(ends):
            line = bisect_left(ends, mark.index)
            column = mark.index - (ends[line - 1] + 1 if line else 0)
        return line + 1, column + 1

    return place_at


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
            value = int(text, 0)
            str(value)  # Read it does, however long it is; written it could not be.
            return value
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
