"""Parameters on the wire: paths and query strings.

Values are JSON already; here they become text. Everything but the unreserved characters of RFC 3986
is percent-encoded, so that no value can change the shape of a URL.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from .errors import InvalidArgumentError
from .guards import is_mapping, is_sequence
from .operation import Parameter


def path_segment(value: Any, where: str) -> str:
    """Encode a value as one piece of a path.

    Raises:
        InvalidArgumentError: If the value is empty, or one that URLs treat as a step in the path.
    """
    text = value if isinstance(value, str) else scalar(value)
    if text in {"", ".", ".."}:
        raise InvalidArgumentError(f"{where}: {text!r} cannot be part of a path")
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        raise _not_text(where) from None


def query_pairs(parameter: Parameter, value: Any) -> Iterator[tuple[str, str]]:
    """Give the names and values that a query parameter becomes, not yet percent-encoded."""
    name = parameter.wire_name
    if parameter.style == "deepObject":
        yield from _deep(name, value, parameter)
    elif is_sequence(value):
        if parameter.explode:
            yield from ((name, scalar(item)) for item in value)
        elif value:
            yield name, ",".join(scalar(item) for item in value)
    elif is_mapping(value):
        if parameter.explode:
            yield from ((str(key), scalar(each)) for key, each in value.items())
        elif value:
            parts = (part for pair in value.items() for part in pair)
            yield name, ",".join(scalar(part) for part in parts)
    else:
        yield name, scalar(value)


def query_string(pairs: list[tuple[str, str]]) -> str:
    """Join names and values, percent-encoded.

    Raises:
        InvalidArgumentError: If one of them is no text.
    """
    try:
        return "&".join([f"{quote(name, safe='')}={quote(each, safe='')}" for name, each in pairs])
    except UnicodeEncodeError:
        raise _not_text(" or ".join(sorted({ascii(name) for name, _ in pairs}))) from None


def scalar(value: Any) -> str:
    """Write a JSON value that is no list and no object as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return "" if value is None else str(value)
    except ValueError:  # Python writes no int of thousands of digits.
        raise InvalidArgumentError("a number has too many digits") from None


def _deep(name: str, value: Any, parameter: Parameter) -> Iterator[tuple[str, str]]:
    """Write an object with brackets.

    An empty object or list would vanish, and with it a condition that the caller meant to set, so
    it is refused.
    """
    if (is_mapping(value) or is_sequence(value)) and not value:
        place = f"{parameter.name}{name.removeprefix(parameter.wire_name)}"
        message = f"{place}: it is empty, and would be sent as if it were not there"
        raise InvalidArgumentError(message)
    if is_mapping(value):
        for key, each in value.items():
            yield from _deep(f"{name}[{key}]", each, parameter)
    elif is_sequence(value):
        for index, each in enumerate(value):
            bracket = {"indices": f"[{index}]", "brackets": "[]", "repeat": ""}[parameter.arrays]
            yield from _deep(f"{name}{bracket}", each, parameter)
    else:
        yield name, scalar(value)


def _not_text(where: str) -> InvalidArgumentError:
    return InvalidArgumentError(f"{where}: half a surrogate pair is no text and cannot be sent")
