# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Timestamps and durations in options, as milliseconds."""

from __future__ import annotations

import datetime as dt
import re

from .._runtime.core.epoch import from_datetime

DAY = 86_400_000
_UNITS = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": DAY}
_DURATION = re.compile(r"(\d{1,9})([smhd])", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_time(text: str) -> int | None:
    """Parse a timestamp with a UTC offset, or a date, in milliseconds; None if it is invalid."""
    try:
        timestamp = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if _DATE.fullmatch(text):
        timestamp = timestamp.replace(tzinfo=dt.UTC)
    if timestamp.tzinfo is None:
        return None
    return from_datetime(timestamp, 1000)


def read_duration(text: str) -> int | None:
    """Parse a duration such as `90s`, `15m`, `6h` or `7d`; None if it is invalid."""
    found = _DURATION.fullmatch(text)
    return int(found[1]) * _UNITS[found[2]] if found else None
