"""Parameters: locations, styles and header names."""

from __future__ import annotations

import re

from ..runtime.core.headers import TOKEN

STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
"""The styles allowed in each location, the default first."""

LOCATIONS = tuple(STYLES)

_TOKEN = re.compile(TOKEN, re.ASCII)


def default_style(location: str) -> str:
    """Return the style of a parameter without `style`."""
    return STYLES[location][0]


def parameter_key(name: str, location: str) -> tuple[str, str]:
    """Return what identifies a parameter: name and location; names of headers have no case."""
    return (name.lower() if location == "header" else name), location


def is_token(text: str) -> bool:
    """Whether a string is a token of RFC 9110, such as the name of a header."""
    return _TOKEN.fullmatch(text) is not None
