# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Checks and error messages that the schemas of arguments share."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import msgspec

from ..core.errors import InvalidArgumentError
from ..models.model import Model, to_wire

_LONGEST = 40  # characters of an invalid value in an error message


NAIVE = "expected a timezone-aware datetime, for example with tzinfo=datetime.UTC"
"""The reason for rejecting a naive datetime."""


def require_timezone(value: dt.datetime, where: str) -> None:
    """Raise an error if a datetime is naive."""
    if value.utcoffset() is None:
        raise validation_error(where, value, NAIVE)


def timestamp_text(value: dt.datetime, where: str) -> str:
    """Return a timestamp as an RFC 3339 string.

    Raises:
        InvalidArgumentError: If it has no time zone.
    """
    require_timezone(value, where)
    text: str = msgspec.to_builtins(value)
    return text


def is_multiple(value: float, of: float) -> bool:
    """Whether a number is a multiple of another, within floating-point precision."""
    if isinstance(value, int) and isinstance(of, int):
        return value % of == 0
    try:
        quotient = value / of
        return math.isclose(quotient, round(quotient), rel_tol=1e-15, abs_tol=1e-9)
    except OverflowError:  # The int exceeds the range of float, so the server has to decide.
        return True


def wire_members(model: Model, where: str) -> dict[str, Any]:
    """Return the JSON data of a model, whose fields may have values of any type."""
    try:
        members: dict[str, Any] = to_wire(model)
    except (TypeError, ValueError):
        raise validation_error(where, model, "expected fields with JSON values") from None
    return members


def member_name(key: object, where: str) -> str:
    """Validate and return the name of an object's member."""
    if not isinstance(key, str):
        raise InvalidArgumentError(f"{where}: expected str member names, got {type_name(key)}")
    return str(key)


def type_name(value: object) -> str:
    """Return the name of a value's type; `None` for None."""
    return "None" if value is None else type(value).__name__


def format_values(values: Any) -> str:
    """Return values as a comma-separated list, for a message."""
    return ", ".join(repr(value) for value in values)


def validation_error(where: str, value: object, reason: str) -> InvalidArgumentError:
    """Return the error for an invalid value; the reason is such as `expected at least 1`."""
    return InvalidArgumentError(f"{where}: {reason}, got {_short_repr(value)}")


def wrong_type(where: str, value: object, expected: str) -> InvalidArgumentError:
    """Return the error for a value of a wrong type; `expected` is such as `a str`."""
    kind = "" if value is None else f" ({type_name(value)})"
    return InvalidArgumentError(f"{where}: expected {expected}, got {_short_repr(value)}{kind}")


def _short_repr(value: object) -> str:
    """Return the `repr` of a value, abbreviated if it is long."""
    try:
        text = repr(value)
    except ValueError:  # Python limits the number of digits in the conversion of an int.
        return "a number with too many digits"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
