# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Schemas of arguments that are timestamps and dates."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

import msgspec

from .schemas import NumberConstraints, Schema
from .validation import require_timezone, timestamp_text, validation_error, wrong_type


class DateTime(Schema, frozen=True, kw_only=True):
    """A timestamp with a time zone, as an RFC 3339 string."""

    def to_wire(self, value: Any, where: str) -> str:
        """Validate a datetime or a string, and return the RFC 3339 string."""
        if isinstance(value, str):
            try:  # Without the digits that, rounded up, may lie behind the year 9999.
                timestamp = msgspec.convert(re.sub(r"(?<=\.\d{6})\d+", "", value), dt.datetime)
            except msgspec.ValidationError:
                raise validation_error(where, value, "expected an RFC 3339 date-time") from None
            require_timezone(timestamp, where)
            return str(value)
        if not isinstance(value, dt.datetime):
            raise wrong_type(where, value, "a timezone-aware datetime")
        return timestamp_text(value, where)


class Date(Schema, frozen=True, kw_only=True):
    """A date as an RFC 3339 string."""

    def to_wire(self, value: Any, where: str) -> str:
        """Validate a date or a string, and return the RFC 3339 string."""
        if isinstance(value, str):
            try:
                dt.date.fromisoformat(value)
            except ValueError:
                raise validation_error(where, value, "expected a date such as 2024-01-31") from None
            return str(value)
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            raise wrong_type(where, value, "a date")
        return value.isoformat()


class EpochTime(NumberConstraints, frozen=True, kw_only=True):
    """A timestamp as a number of units since 1970-01-01T00:00:00Z.

    Attributes:
        per_second: The number of units in a second; 1000 for milliseconds.
        round_up: Whether a timestamp between two units is rounded up instead of down.
    """

    kind: ClassVar[str] = "integer"

    per_second: int = 1000
    round_up: bool = False

    def to_wire(self, value: Any, where: str) -> int:
        """Validate and return the count; a timezone-aware datetime is rounded to a whole unit."""
        if isinstance(value, dt.datetime):
            require_timezone(value, where)
            count = to_epoch(value, self.per_second, round_up=self.round_up)
        elif isinstance(value, int) and not isinstance(value, bool):
            count = int(value)
        else:
            raise wrong_type(where, value, "a timezone-aware datetime or an int")
        self.check_constraints(count, where)
        return count


def to_epoch(timestamp: dt.datetime, per_second: int, *, round_up: bool) -> int:
    """Return the number of units since 1970, computed exactly, without floating point."""
    since = timestamp - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    scaled = ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * per_second
    return -(-scaled // 1_000_000) if round_up else scaled // 1_000_000
