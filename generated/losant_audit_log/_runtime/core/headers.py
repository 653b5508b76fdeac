# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Mappings of strings that are given as arguments: headers and queries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .errors import InvalidArgumentError
from .guards import is_mapping

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


_RESERVED = frozenset({"authorization", "host", "content-length", "transfer-encoding"})


def texts(given: Any, name: str) -> Mapping[str, str]:
    """Read an argument that maps texts to texts.

    Raises:
        InvalidArgumentError: If it is anything else.
    """
    if not is_mapping(given):
        raise InvalidArgumentError(f"{name}: a mapping is needed, not {type(given).__name__}")
    for key, value in given.items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise InvalidArgumentError(f"{name}: {key!r} and its value must both be a str")
    return given


def headers(given: Any, name: str) -> dict[str, str]:
    """Read an argument that holds headers; their names become lower case, so that none is twice.

    Raises:
        InvalidArgumentError: If HTTP does not allow one, or the client alone sets it.
    """
    result: dict[str, str] = {}
    for key, value in texts(given, name).items():
        lower = key.lower()
        if lower in _RESERVED:
            raise InvalidArgumentError(f"the header {key!r} is set by the client alone")
        is_allowed = value.isascii() and value.isprintable() and value.strip() == value
        if not is_allowed or not _HEADER_NAME.fullmatch(key):
            raise InvalidArgumentError(f"the header {key!r} holds a character that is not allowed")
        result[lower] = value
    return result
