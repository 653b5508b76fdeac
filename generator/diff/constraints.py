"""Comparison of constraints: tightened or loosened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any

# Values with which a constraint allows every value.
_WITHOUT_EFFECT: dict[str, tuple[Any, ...]] = {
    "minLength": (0,),
    "minItems": (0,),
    "minProperties": (0,),
    "multipleOf": (0,),
    "uniqueItems": (False,),
    "pattern": ("", "^", "$", ".*", "^.*", "(?:)", "[\\s\\S]*", "^[\\s\\S]*$", "^[\\S\\s]*$"),
}
_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_PAIRS = {
    "minimum": "exclusiveMinimum",
    "exclusiveMinimum": "minimum",
    "maximum": "exclusiveMaximum",
    "exclusiveMaximum": "maximum",
}


class Verdict(Enum):
    """The direction in which a constraint changed."""

    TIGHTENED = "tightened"
    LOOSENED = "loosened"


def verdicts(
    old: Mapping[str, Any], new: Mapping[str, Any], *, is_integer: bool = False
) -> Iterator[tuple[str, Any, Any, Verdict]]:
    """Iterate over the constraints that changed: keyword, old and new value, verdict.

    Args:
        old: The old constraints by keyword.
        new: The new constraints by keyword.
        is_integer: Whether every value is an integer.
    """
    before, after = effective(old, is_integer=is_integer), effective(new, is_integer=is_integer)
    for keyword in sorted({*before, *after}):
        was, now = before.get(keyword), after.get(keyword)
        if was == now:
            continue
        pair = _PAIRS.get(keyword)
        if pair is not None and (pair in before) != (pair in after):
            # The bound changed its keyword: the new keyword alone states the change.
            if now is None:
                continue
            looser = _strictness(after, keyword) < _strictness(before, keyword)
            yield keyword, before[pair] if looser else None, now, _verdict(is_looser=looser)
            continue
        yield keyword, was, now, _verdict(is_looser=_is_looser(keyword, was, now))


def effective(constraints: Mapping[str, Any], *, is_integer: bool = False) -> dict[str, Any]:
    """Return the constraints that have an effect, with one bound on each side.

    Args:
        constraints: The constraints by keyword.
        is_integer: Whether every value is an integer.
    """
    found = {
        keyword: _in_order(keyword, value)
        for keyword, value in constraints.items()
        if value is not None and not _has_no_effect(keyword, value)
    }
    if is_integer:
        if "multipleOf" in found and _is_multiple(1, found["multipleOf"]):
            del found["multipleOf"]
        for keyword, inclusive, step in (
            ("exclusiveMinimum", "minimum", 1),
            ("exclusiveMaximum", "maximum", -1),
        ):
            value = found.get(keyword)
            if isinstance(value, int):
                bounds = [found.pop(keyword) + step, found.get(inclusive, value + step)]
                found[inclusive] = max(bounds) if step > 0 else min(bounds)
    for inclusive, exclusive, sign in (
        ("minimum", "exclusiveMinimum", 1),
        ("maximum", "exclusiveMaximum", -1),
    ):
        if inclusive in found and exclusive in found:
            is_weaker = sign * found[inclusive] <= sign * found[exclusive]
            del found[inclusive if is_weaker else exclusive]
    return found


def _has_no_effect(keyword: str, value: Any) -> bool:
    return any(value == each for each in _WITHOUT_EFFECT.get(keyword, ()))


def _in_order(keyword: str, value: Any) -> Any:
    """Return the value of a constraint, with the names of properties in alphabetical order."""
    match keyword:
        case "required":
            return tuple(sorted({*value}))
        case "dependentRequired":
            return tuple((name, tuple(sorted({*others}))) for name, others in sorted(value))
        case _:
            return value


def _strictness(constraints: Mapping[str, Any], keyword: str) -> tuple[Any, int]:
    """Return a bound that sorts by strictness: the value, then whether it is excluded."""
    is_lower = keyword.endswith("inimum")
    inclusive, exclusive = (
        ("minimum", "exclusiveMinimum") if is_lower else ("maximum", "exclusiveMaximum")
    )
    sign = 1 if is_lower else -1
    if inclusive in constraints:
        return sign * constraints[inclusive], 0
    return sign * constraints[exclusive], 1


def _verdict(*, is_looser: bool) -> Verdict:
    return Verdict.LOOSENED if is_looser else Verdict.TIGHTENED


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
    if keyword == "required":
        return {*now} <= {*was}
    if keyword == "dependentRequired":
        return _dependencies(now) <= _dependencies(was)
    return keyword == "multipleOf" and _is_multiple(was, now)


def _dependencies(constraint: tuple[tuple[str, tuple[str, ...]], ...]) -> set[tuple[str, str]]:
    """Return the pairs of a property and another that it requires."""
    return {(name, other) for name, others in constraint for other in others}


def _is_multiple(value: float, of: float) -> bool:
    """Whether a number is a multiple of another, both as they are written in decimals."""
    return Fraction(repr(value)) % Fraction(repr(of)) == 0
