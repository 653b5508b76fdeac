# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""What the checks of arguments share: small questions, and the error that they end in."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from ..models.model import Model

_SHOWN = 40  # characters of a wrong value in an error text


def to_epoch(moment: dt.datetime, per_second: int, *, round_up: bool) -> int:
    """Count units since 1970, exactly, without floating point."""
    since = moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    microseconds = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    scaled = microseconds * per_second
    return -(-scaled // 1_000_000) if round_up else scaled // 1_000_000


def need_zone(value: dt.datetime, where: str) -> None:
    """Refuse a moment without a time zone."""
    if value.utcoffset() is None:
        raise refusal(where, value, "a datetime needs a time zone, such as datetime.UTC")


def is_multiple(value: float, of: float) -> bool:
    """Whether a number is a multiple of another, but for rounding."""
    if isinstance(value, int) and isinstance(of, int):
        return value % of == 0
    try:
        quotient = value / of
        return math.isclose(quotient, round(quotient), rel_tol=1e-15, abs_tol=1e-9)
    except OverflowError:  # No float is so large: who knows what it would be rounded to.
        return True


def is_same(one: Any, other: Any) -> bool:
    """Whether two values are the same in JSON, where 1 is 1.0 and neither is true."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if is_mapping(one) and is_mapping(other):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    if is_sequence(one) and is_sequence(other):
        return len(one) == len(other) and all(map(is_same, one, other))
    return bool(one == other)


def wire_members(model: Model, where: str) -> dict[str, Any]:
    """Give the wire form of a model, which a program may have filled with anything."""
    try:
        return model.to_dict()
    except (AttributeError, TypeError, ValueError):
        raise refusal(where, model, "it holds a value that is no JSON") from None


def member_name(key: object, where: str) -> str:
    """Check the name of an object's member."""
    if not isinstance(key, str):
        kind = kind_of(key)
        raise InvalidArgumentError(f"{where}: the name of a member must be a str, not {kind}")
    return str(key)


def kind_of(value: object) -> str:
    """Give the name of a value's type, as a reader knows it."""
    return "None" if value is None else type(value).__name__


def listed(values: Any) -> str:
    """List values for a message."""
    return ", ".join(repr(value) for value in values)


def refusal(where: str, value: object, reason: str) -> InvalidArgumentError:
    """Make the error for a value that the document forbids."""
    try:
        shown = repr(value)
    except ValueError:  # Python writes no int of thousands of digits.
        shown = "this number"
    if len(shown) > _SHOWN:
        shown = f"{shown[:_SHOWN]}..."
    return InvalidArgumentError(f"{where}: {shown} is refused: {reason}")
