"""Whether a limit lets through more than another, or less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems"})
_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems"})
_NONE_IF_FALSE = frozenset({"multipleOf", "uniqueItems"})


class Verdict(Enum):
    """What became of a limit."""

    TIGHTENED = "tightened"
    LOOSENED = "loosened"


def verdicts(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any, Verdict]]:
    """Give each keyword whose limit changed, with both limits."""
    for keyword in sorted({*old, *new}):
        was, now = _limit(old, keyword), _limit(new, keyword)
        if was != now:
            looser = _is_looser(keyword, was, now)
            yield keyword, was, now, Verdict.LOOSENED if looser else Verdict.TIGHTENED


def _limit(limits: Mapping[str, Any], keyword: str) -> Any:
    """Give a limit; None if there is none, or one that everything keeps."""
    limit = limits.get(keyword)
    return None if keyword in _NONE_IF_FALSE and not limit else limit


def _is_looser(keyword: str, was: Any, now: Any) -> bool:
    """Whether everything that was let through still is; of two patterns nobody can tell."""
    if now is None:
        return True
    if was is None:
        return False
    if keyword in _LOWER:
        return bool(now < was)
    if keyword in _UPPER:
        return bool(now > was)
    return keyword == "multipleOf" and bool(was % now == 0)
