"""Comparison of constraints: tightened or loosened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems"})
_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems"})
_NONE_IF_FALSE = frozenset({"multipleOf", "uniqueItems"})


class Verdict(Enum):
    """The direction in which a constraint changed."""

    TIGHTENED = "tightened"
    LOOSENED = "loosened"


def verdicts(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any, Verdict]]:
    """Iterate over the constraints that changed: keyword, old and new value, verdict."""
    for keyword in sorted({*old, *new}):
        was, now = _constraint(old, keyword), _constraint(new, keyword)
        if was != now:
            looser = _is_looser(keyword, was, now)
            yield keyword, was, now, Verdict.LOOSENED if looser else Verdict.TIGHTENED


def _constraint(constraints: Mapping[str, Any], keyword: str) -> Any:
    """Return the value of a constraint, or None if it is missing or has no effect."""
    value = constraints.get(keyword)
    return None if keyword in _NONE_IF_FALSE and not value else value


def _is_looser(keyword: str, was: Any, now: Any) -> bool:
    """Whether all values that were allowed still are; patterns cannot be compared."""
    if now is None:
        return True
    if was is None:
        return False
    if keyword in _LOWER:
        return bool(now < was)
    if keyword in _UPPER:
        return bool(now > was)
    return keyword == "multipleOf" and bool(was % now == 0)
