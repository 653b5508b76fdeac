"""Keywords that limit a value, in the form that arguments are checked by."""

from __future__ import annotations

from typing import Any

from generator.document.json_values import JsonObject
from generator.openapi.patterns import python_pattern

_LIMITS = {
    "string": ("pattern", "minLength", "maxLength"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("minItems", "maxItems", "uniqueItems"),
}
_BOOLEAN = frozenset({"uniqueItems", "exclusiveMinimum", "exclusiveMaximum"})
_COUNTS = frozenset({"minLength", "maxLength", "minItems", "maxItems"})


def limits(value: JsonObject, kind: str) -> tuple[tuple[str, Any], ...]:
    """Give the keywords that limit a value; OpenAPI 3.0's exclusive bounds as 3.1 has them."""
    found: dict[str, Any] = {
        keyword: value[keyword]
        for keyword in _LIMITS.get(kind, ())
        if keyword in value and _can_limit(keyword, value[keyword])
    }
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        is_old = isinstance(found.get(exclusive), bool)
        if is_old and found.pop(exclusive) and bound in found:
            found[exclusive] = found.pop(bound)
    if "pattern" in found:
        found["pattern"] = python_pattern(str(found["pattern"]))
    return tuple((keyword, limit) for keyword, limit in found.items() if limit is not None)


def _can_limit(keyword: str, limit: Any) -> bool:
    """Whether a keyword has a value that says something; the lint names those that do not."""
    if keyword == "pattern":
        return isinstance(limit, str)
    if isinstance(limit, bool):
        return keyword in _BOOLEAN
    if keyword in _COUNTS:
        return isinstance(limit, int) and limit >= 0
    return isinstance(limit, int | float)
