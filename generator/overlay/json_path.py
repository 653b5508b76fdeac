"""JSONPath (RFC 9535); the only module that imports its library."""

from __future__ import annotations

from typing import Any, TypeAlias

import jsonpath_rfc9535
from jsonpath_rfc9535 import JSONPathError, JSONPathQuery

from ..document.json_values import Pointer

Query: TypeAlias = JSONPathQuery


class MalformedPathError(Exception):
    """An invalid JSONPath; the message has the reason."""


def parse(text: str) -> Query:
    """Parse a JSONPath.

    Raises:
        MalformedPathError: If the text is malformed.
    """
    try:
        return jsonpath_rfc9535.compile(text)
    except JSONPathError as error:
        raise MalformedPathError(str(error).partition("\n")[0]) from None


def select(query: Query, data: Any) -> list[Pointer]:
    """Return the JSON Pointers of the values that a JSONPath selects, each once."""
    return list(dict.fromkeys(tuple(each.location) for each in query.find(data)))
