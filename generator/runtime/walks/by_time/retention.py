"""The retention period of a service, as an ISO 8601 duration."""

from __future__ import annotations

import datetime as dt
import re

from ...core.epoch import from_datetime, to_datetime

_DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?\Z"
)


def subtract_duration(count: int, duration: str, per_second: int) -> int | None:
    """Return an epoch minus an ISO 8601 duration, or None if it is malformed or before year 1.

    A day that the resulting month does not have becomes the last day of that month.

    Args:
        count: The epoch.
        duration: The duration, of whole numbers.
        per_second: The number of units in a second.
    """
    match = _DURATION.match(duration)
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days, hours, minutes, seconds = (
        int(each or 0) for each in match.groups()
    )
    timestamp = to_datetime(count, per_second)
    year, month = divmod(timestamp.year * 12 + timestamp.month - 1 - years * 12 - months, 12)
    try:
        after = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
        day = min(timestamp.day, (after - dt.timedelta(days=1)).day)
        begin = timestamp.replace(year=year, month=month + 1, day=day) - dt.timedelta(
            weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
        )
    except (OverflowError, ValueError):
        return None
    return from_datetime(begin, per_second)
