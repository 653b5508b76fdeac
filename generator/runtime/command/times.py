"""Times and durations as they are written on a command line."""

from __future__ import annotations

import datetime as dt
import re

from .usage import UsageError

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)([smhd])", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_time(text: str, flag: str, now: dt.datetime) -> dt.datetime:
    """Return a moment: ISO 8601 with a zone, a date (UTC), `now`, or a duration back from now.

    Raises:
        UsageError: If the text is none of these.
    """
    if text == "now":
        return now
    seconds = _seconds(text)
    try:
        if seconds is not None:
            return now - dt.timedelta(seconds=seconds)
        moment = dt.datetime.fromisoformat(text)
        if _DATE.fullmatch(text):
            return moment.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{flag}: {text!r} is not a time; write 2026-11-26T08:00:00Z, 2026-11-26, now, or how "
            "long ago: 90s, 15m, 6h, 7d"
        ) from None
    if moment.tzinfo is None:
        raise UsageError(f"{flag}: {text!r} has no time zone; write {text}Z if it is UTC")
    return moment


def read_duration(text: str, flag: str) -> dt.timedelta:
    """Return a duration.

    Raises:
        UsageError: If the text is none.
    """
    seconds = _seconds(text)
    try:
        if seconds is not None:
            return dt.timedelta(seconds=seconds)
    except OverflowError:
        pass
    raise UsageError(f"{flag}: {text!r} is not a duration; write 90s, 15m, 6h or 7d")


def _seconds(text: str) -> float | None:
    found = _DURATION.fullmatch(text)
    return float(found[1]) * _UNITS[found[2]] if found else None
