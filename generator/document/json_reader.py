"""JSON files: data by the standard library, and events with positions."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator
from typing import Any

from .positions import (
    DEEPEST,
    Event,
    Position,
    UnreadableError,
    children,
    position_at,
    too_deep,
    too_long,
)

_TOKEN = re.compile(r'[{}\[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+')
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_decode_token = json.JSONDecoder(strict=False).decode


def read_json(text: str) -> tuple[Any, bool]:
    """Parse JSON.

    Returns:
        The data, and whether it may contain duplicate keys or lone surrogates, whose positions only
        `json_events` finds.

    Raises:
        UnreadableError: If the text is not JSON.
    """
    is_suspicious = _SURROGATE_ESCAPE.search(text) is not None

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal is_suspicious
        result = dict(pairs)
        is_suspicious = is_suspicious or len(result) != len(pairs)
        return result

    def number(digits: str) -> float:
        value = float(digits)
        if not math.isfinite(value):
            message = f"expected a finite JSON number, got {digits}"
            hint = "write a smaller number, or null"
            raise UnreadableError("S101", _position_of(re.escape(digits), text), message, hint)
        return value

    try:
        data: Any = json.loads(
            text, object_pairs_hook=members, parse_constant=number, parse_float=number
        )
    except json.JSONDecodeError as error:
        position = (error.lineno, error.colno)
        hint = "correct the syntax at this position or just before it"
        raise UnreadableError("S101", position, f"invalid JSON: {error.msg}", hint) from None
    except RecursionError:
        raise too_deep((1, 1)) from None
    except ValueError:  # A number with more digits than Python converts.
        digits = sys.get_int_max_str_digits()
        position = _position_of(rf"-?\d{{{digits + 1},}}", text)
        raise too_long(position) from None
    level = [data]
    for _ in range(DEEPEST):
        level = [child for node in level for child in children(node)]
    if level:
        raise too_deep((1, 1))
    return data, is_suspicious


def _position_of(pattern: str, text: str) -> Position:
    """Return the position of the first token that begins with a pattern of a number.

    The token may continue after the number, as in `1e999-0`.
    """
    tokens = _TOKEN.finditer(text)
    return position_at(text, next(each.start() for each in tokens if re.match(pattern, each[0])))


def json_events(text: str) -> Iterator[Event]:
    """Iterate over the events of a text that `read_json` accepted."""
    line, start_of_line, scanned = 1, 0, 0
    for match in _TOKEN.finditer(text):
        offset, token = match.start(), match.group()
        newlines = text.count("\n", scanned, offset)
        if newlines:
            line += newlines
            start_of_line = text.rfind("\n", scanned, offset) + 1
        scanned = offset
        position = (line, offset - start_of_line + 1)
        if token in {"}", "]"}:
            yield Event("end", position)
        elif token in {"{", "["}:
            yield Event("mapping" if token == "{" else "sequence", position)
        elif token[0] == '"':
            value = _decode_token(token)
            yield Event("scalar", position, value, value)
        elif token not in {",", ":"}:
            yield Event("scalar", position, token, _decode_token(token))
