"""Constraints of schemas, as in OpenAPI 3.1 and with Python patterns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...document.json_values import JsonObject, array_at, is_array, is_object
from ...openapi.patterns import python_pattern

_KEYWORDS = {
    "string": ("pattern", "minLength", "maxLength"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("minItems", "maxItems", "uniqueItems"),
    "object": ("minProperties", "maxProperties", "dependentRequired", "required"),
}
_BOOLEAN = frozenset({"uniqueItems", "exclusiveMinimum", "exclusiveMaximum"})
_COUNTS = frozenset(
    {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"}
)


def constraints_of(value: JsonObject, kind: str) -> tuple[tuple[str, Any], ...]:
    """Return the constraints of a type; boolean exclusive bounds of OpenAPI 3.0 become numbers."""
    found: dict[str, Any] = {
        keyword: int(value[keyword]) if keyword in _COUNTS else value[keyword]
        for keyword in _KEYWORDS.get(kind, ())
        if keyword in value and _is_valid(keyword, value[keyword])
    }
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        is_old = isinstance(found.get(exclusive), bool)
        if is_old and found.pop(exclusive) and bound in found:
            found[exclusive] = found.pop(bound)
    if "dependentRequired" in found:
        found["dependentRequired"] = _dependent(found["dependentRequired"])
    if "required" in found:
        names = dict.fromkeys(each for each in found["required"] if isinstance(each, str))
        found["required"] = tuple(names) or None
    if "pattern" in found:
        found["pattern"] = python_pattern(str(found["pattern"]))
    return tuple((keyword, value) for keyword, value in found.items() if value is not None)


def untyped_constraints(value: JsonObject) -> tuple[tuple[str, Any], ...]:
    """Return the constraints of a schema without a type; each applies to values of its type."""
    kinds = ("string", "number", "array", "object")
    return tuple(each for kind in kinds for each in constraints_of(value, kind))


def constraints_of_members(
    constraints: Iterable[tuple[str, Any]], *, least: int, most: int | None
) -> tuple[tuple[str, Any], ...]:
    """Return the constraints of an object with known members that have an effect.

    Args:
        constraints: The constraints of an object.
        least: The number of members that each object has.
        most: The number of members that an object may have; None for any number.
    """
    found = dict(constraints)
    found.pop("required", None)
    if found.get("minProperties", 0) <= least:
        found.pop("minProperties", None)
    if most is not None and found.get("maxProperties", 0) >= most:
        found.pop("maxProperties", None)
    return tuple(found.items())


def only_for(constraints: Iterable[tuple[str, Any]], kind: str) -> tuple[tuple[str, Any], ...]:
    """Return the constraints that apply to values of a type."""
    return tuple(each for each in constraints if each[0] in _KEYWORDS[kind])


def _is_valid(keyword: str, value: Any) -> bool:
    """Whether a keyword has a valid value; the lint reports invalid ones."""
    if keyword == "pattern":
        return isinstance(value, str)
    if keyword == "required":
        return is_array(value)
    if keyword == "dependentRequired":
        return is_object(value)
    if isinstance(value, bool):
        return keyword in _BOOLEAN
    if keyword in _COUNTS:
        return isinstance(value, int | float) and value >= 0 and value == int(value)
    return isinstance(value, int | float) and (keyword != "multipleOf" or value > 0)


def _dependent(value: JsonObject) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    """Return the names that each name requires; None without any."""
    found = {
        name: tuple(each for each in array_at(value, name) if isinstance(each, str))
        for name in value
    }
    return tuple((name, each) for name, each in found.items() if each) or None
