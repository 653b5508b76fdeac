# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Moments as whole units since 1970, which is how windows of time are asked for."""

from __future__ import annotations

import datetime as dt
import re
import time
from email.utils import parsedate_to_datetime

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?\Z")


def units(moment: dt.datetime, per_second: int) -> int:
    """Give the unit that a moment lies in."""
    return round(moment.timestamp() * 1_000_000) * per_second // 1_000_000


def moment(count: int, per_second: int) -> dt.datetime:
    """Give the moment at which a unit begins."""
    whole, rest = divmod(count, per_second)
    return dt.datetime.fromtimestamp(whole, dt.UTC) + dt.timedelta(seconds=rest / per_second)


def now(per_second: int) -> int:
    """Give the unit that the local clock says it is."""
    return time.time_ns() * per_second // 1_000_000_000


def http_date(text: str | None, per_second: int) -> int | None:
    """Read a Date header; None if there is none or it is none."""
    if not text:
        return None
    try:
        read = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return units(read, per_second) if read.tzinfo is not None else None


def horizon(count: int, duration: str, per_second: int) -> int | None:
    """Give the unit that lies a duration of ISO 8601 before another; None if there is none."""
    match = _DURATION.match(duration)
    if match is None or not any(match.groups()):
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    instant = moment(count, per_second)
    month = instant.year * 12 + instant.month - 1 - years * 12 - months
    year, month = divmod(month, 12)
    last_day = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    instant = instant.replace(year=year, month=month + 1, day=min(instant.day, last_day))
    return units(instant - dt.timedelta(weeks=weeks, days=days), per_second)
