"""Timestamps as whole units since 1970, as parameters for time windows count them."""

from __future__ import annotations

import datetime as dt
import re
import time
from email.utils import parsedate_to_datetime

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(\d+)S)?\Z")


def from_datetime(timestamp: dt.datetime, per_second: int) -> int:
    """Return the number of whole units from the epoch to a timestamp, rounded down."""
    return round(timestamp.timestamp() * 1_000_000) * per_second // 1_000_000


def to_datetime(count: int, per_second: int) -> dt.datetime:
    """Return the UTC timestamp at which a unit begins."""
    whole, rest = divmod(count, per_second)
    return dt.datetime.fromtimestamp(whole, dt.UTC) + dt.timedelta(seconds=rest / per_second)


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


def subtract_duration(count: int, duration: str, per_second: int) -> int | None:
    """Return a count minus an ISO 8601 duration, or None if it is malformed or before year 1.

    The duration consists of years, months, weeks, days and seconds. A day that the resulting month
    does not have becomes the last day of that month.
    """
    match = _DURATION.match(duration)
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days, seconds = (int(part or 0) for part in match.groups())
    timestamp = to_datetime(count, per_second)
    month = timestamp.year * 12 + timestamp.month - 1 - years * 12 - months
    year, month = divmod(month, 12)
    try:
        last_day = (
            dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)
        ).day
        timestamp = timestamp.replace(year=year, month=month + 1, day=min(timestamp.day, last_day))
        timestamp -= dt.timedelta(weeks=weeks, days=days, seconds=seconds)
    except (OverflowError, ValueError):
        return None
    return from_datetime(timestamp, per_second)
