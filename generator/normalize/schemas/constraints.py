"""Constraints of schemas, as in OpenAPI 3.1 and with Python patterns."""

from __future__ import annotations

from typing import Any

from ...document.json_values import JsonObject, array_at, is_object
from ...openapi.patterns import python_pattern

_KEYWORDS = {
    "string": ("pattern", "minLength", "maxLength"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("minItems", "maxItems", "uniqueItems"),
    "object": ("minProperties", "maxProperties", "dependentRequired"),
}
_BOOLEAN = frozenset({"uniqueItems", "exclusiveMinimum", "exclusiveMaximum"})
_COUNTS = frozenset(
    {"minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"}
)


def constraints_of(value: JsonObject, kind: str) -> tuple[tuple[str, Any], ...]:
    """Return the constraints of a type; boolean exclusive bounds of OpenAPI 3.0 become numbers."""
    found: dict[str, Any] = {
        keyword: value[keyword]
        for keyword in _KEYWORDS.get(kind, ())
        if keyword in value and _is_valid(keyword, value[keyword])
    }
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        is_old = isinstance(found.get(exclusive), bool)
        if is_old and found.pop(exclusive) and bound in found:
            found[exclusive] = found.pop(bound)
    if "dependentRequired" in found:
        found["dependentRequired"] = _dependent(found["dependentRequired"])
    if "pattern" in found:
        found["pattern"] = python_pattern(str(found["pattern"]))
    return tuple((keyword, value) for keyword, value in found.items() if value is not None)


def _is_valid(keyword: str, value: Any) -> bool:
    """Whether a keyword has a valid value; the lint reports invalid ones."""
    if keyword == "pattern":
        return isinstance(value, str)
    if keyword == "dependentRequired":
        return is_object(value)
    if isinstance(value, bool):
        return keyword in _BOOLEAN
    if keyword in _COUNTS:
        return isinstance(value, int) and value >= 0
    return isinstance(value, int | float) and (keyword != "multipleOf" or value > 0)


def _dependent(value: JsonObject) -> tuple[tuple[str, tuple[str, ...]], ...] | None:
    """Return the names that each name requires; None if there are none."""
    found = {
        name: tuple(each for each in array_at(value, name) if isinstance(each, str))
        for name in value
    }
    return tuple((name, each) for name, each in found.items() if each) or None
