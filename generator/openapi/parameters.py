"""Parameters: locations, styles and header names."""

from __future__ import annotations

import re

from ..runtime.core.headers import TOKEN

STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
    "querystring": (),
}
"""The styles allowed in each location, the default first.

OpenAPI 3.2 has the style `cookie`, and the location `querystring`: a media type encodes its value.
"""

LOCATIONS = tuple(STYLES)

_TOKEN = re.compile(TOKEN, re.ASCII)


def default_style(location: str) -> str:
    """Return the style of a parameter without `style`; empty if its location has none."""
    return next(iter(STYLES[location]), "")


def keeps_reserved(location: str, version: tuple[int, int]) -> bool:
    """Whether `allowReserved` has an effect in a location; since OpenAPI 3.2 also in paths."""
    return location == "query" or (location == "path" and version >= (3, 2))


def parameter_key(name: str, location: str) -> tuple[str, str]:
    """Return the key of a parameter: name and location; header names are case-insensitive."""
    return (name.lower() if location == "header" else name), location


def is_token(text: str) -> bool:
    """Whether a string is a token of RFC 9110, such as the name of a header."""
    return _TOKEN.fullmatch(text) is not None
