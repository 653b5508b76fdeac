# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Timestamps as whole units since 1970, as time windows count them."""

from __future__ import annotations

import datetime as dt
import time
from email.utils import parsedate_to_datetime

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_FIRST = (dt.datetime.min.replace(tzinfo=dt.UTC) - _EPOCH) // _MICROSECOND
_LAST = (dt.datetime.max.replace(tzinfo=dt.UTC) - _EPOCH) // _MICROSECOND


def from_datetime(timestamp: dt.datetime, per_second: int) -> int:
    """Return the number of whole units from the epoch to a timestamp, rounded down."""
    return (timestamp - _EPOCH) // _MICROSECOND * per_second // 1_000_000


def to_datetime(count: int, per_second: int) -> dt.datetime:
    """Return the UTC timestamp at which a unit begins, or the nearest one that Python has."""
    microseconds = min(max(count * 1_000_000 // per_second, _FIRST), _LAST)
    return _EPOCH + dt.timedelta(microseconds=microseconds)


def now(per_second: int) -> int:
    """Return the current time of the local clock, in units since the epoch."""
    return time.time_ns() * per_second // 1_000_000_000


def from_http_date(text: str | None, per_second: int) -> int | None:
    """Parse a Date header; None if it is missing or malformed."""
    if not text:
        return None
    try:
        timestamp = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return from_datetime(timestamp, per_second) if timestamp.tzinfo is not None else None
