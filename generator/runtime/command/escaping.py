"""Escaping of received text for terminals and spreadsheets."""

from __future__ import annotations

import re

# Control characters, and those that reorder or hide text: soft hyphen, zero-width and
# bidirectional characters, separators of lines, variation selectors, tags and the byte order mark.
_HIDDEN = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f"
    "\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb"
    "\\U000e0000-\\U000e0fff\\ud800-\\udfff]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def visible(text: str, keep: str = "") -> str:
    """Return a string with escaped control, bidirectional and zero-width characters.

    Args:
        text: The text.
        keep: The control characters that are not escaped.
    """
    return _HIDDEN.sub(lambda found: _escape(found[0], keep), text)


def _escape(char: str, keep: str) -> str:
    """Return the escape of a character, as JSON writes it."""
    if char in keep:
        return char
    number = ord(char)
    if number > 0xFFFF:
        number -= 0x10000
        return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
    return f"\\u{number:04x}"


def without_formula(cell: str) -> str:
    """Return a cell of CSV that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
