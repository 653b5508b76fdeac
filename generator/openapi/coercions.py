"""Coercion of values of a wrong type that have one sensible reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..document.json_values import JsonObject, is_array, is_object
from .notation import Alternative
from .schema_types import type_of

_NUMBER = re.compile(r"[-+]?[0-9]{1,18}(\.[0-9]{1,18})?", re.ASCII)
_FLAGS = {"true": True, "false": False}


def coerce(value: object, alternatives: Sequence[Alternative]) -> Any:
    """Return a value converted to one of the expected types; None if it has no clear meaning.

    Args:
        value: The value.
        alternatives: The expected types.
    """
    for wanted in alternatives:
        found: Any = _as_scalar(value, wanted.json)
        if wanted.json == "array":
            found = _as_list(value, wanted.members)
        elif wanted.kind:
            found = _as_object(value, wanted.kind)
        elif wanted.json == "object":
            found = _as_map(value, wanted.members)
        if found is not None:
            return found
    return None


def _as_scalar(value: object, wanted: str) -> bool | float | str | None:
    if wanted == "boolean" and isinstance(value, str):
        return _FLAGS.get(value.strip().lower())
    if wanted in {"integer", "number"} and isinstance(value, str):
        found = _NUMBER.fullmatch(value.strip())
        if found and not found[1]:
            return int(found[0])
        return float(found[0]) if found and wanted == "number" else None
    if wanted == "string" and isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return None


def _as_list(value: object, members: Sequence[Alternative]) -> list[Any] | None:
    """Wrap a single item in a list."""
    if is_array(value) or (is_object(value) and any(each.json == "any" for each in members)):
        return None
    if any(each.fits(value) for each in members):
        return [value]
    inner = coerce(value, members)
    return None if inner is None else [inner]


def _as_object(value: object, kind: str) -> JsonObject | None:
    """Wrap a string in an object, as the value of the field that the object needs most."""
    if not isinstance(value, str):
        return None
    if kind == "Schema":
        return {"type": value} if type_of(value) else None
    field = {"Server": "url", "Response": "description", "Tag": "name"}.get(kind)
    return {field: value} if field else None


def _as_map(value: object, members: Sequence[Alternative]) -> JsonObject | None:
    """Join a list of one-member maps; turn a list of media types into a map of empty objects."""
    if not is_array(value) or not value:
        return None
    if all(is_object(each) and len(each) == 1 for each in value):
        return {key: member for each in value for key, member in each.items()}
    if any(each.kind == "MediaType" for each in members) and all(
        isinstance(each, str) for each in value
    ):
        return {each: {} for each in value}
    return None
