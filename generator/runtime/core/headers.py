"""Validation of headers and query parameters in mappings of strings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .errors import InvalidArgumentError
from .guards import is_mapping

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
"""Pattern of a token of RFC 9110: a header name, or either half of a media type."""

_RESERVED = frozenset({"authorization", "host", "content-length", "transfer-encoding"})


def read_string_mapping(value: Any, name: str) -> Mapping[str, str]:
    """Validate the argument `name`, which maps strings to strings.

    Raises:
        InvalidArgumentError: If the value is not a mapping, or a key or value is not a str.
    """
    if not is_mapping(value):
        raise InvalidArgumentError(f"{name}: expected a mapping, got {type(value).__name__}")
    for key, each in value.items():
        if not isinstance(key, str) or not isinstance(each, str):
            raise InvalidArgumentError(f"{name}: {key!r} and its value must both be a str")
    return value


def read_headers(value: Any, name: str) -> dict[str, str]:
    """Validate the headers in the argument `name`, and return them with unique lowercase names.

    Raises:
        InvalidArgumentError: If HTTP does not allow a header, only the client may set it, or two
            names differ only in case.
    """
    result: dict[str, str] = {}
    for key, each in read_string_mapping(value, name).items():
        lower = key.lower()
        if lower in _RESERVED:
            raise InvalidArgumentError(f"{name}: only the client sets the header {key!r}; omit it")
        is_allowed = each.isascii() and each.isprintable() and each.strip() == each
        if not is_allowed or not re.fullmatch(TOKEN, key):
            raise InvalidArgumentError(f"{name}: the header {key!r} has an invalid character")
        if lower in result:
            raise InvalidArgumentError(
                f"{name}: {key!r} is passed twice; header names are case-insensitive"
            )
        result[lower] = each
    return result
