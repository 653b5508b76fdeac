"""Timestamps and durations of the command line."""

from __future__ import annotations

import datetime as dt
import re

from .usage import UsageError

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)([smhd])", re.ASCII)


def read_time(text: str, flag: str, now: dt.datetime) -> dt.datetime:
    """Parse a timestamp: ISO 8601 with a UTC offset, a date (UTC), `now`, or an age.

    Raises:
        UsageError: If the text is invalid.
    """
    if text == "now":
        return now
    seconds = _seconds(text)
    try:
        if seconds is not None:
            return now - dt.timedelta(seconds=seconds)
        timestamp = dt.datetime.fromisoformat(text)
        if len(text) <= len("2026-11-26"):  # A date, also without hyphens or of a week.
            return timestamp.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"{flag}: {text!r} is not a timestamp; write 2026-11-26T08:00:00Z, 2026-11-26, now, "
            "or an age: 90s, 15m, 6h, 7d"
        ) from None
    if timestamp.tzinfo is None:
        raise UsageError(f"{flag}: {text!r} has no UTC offset; write {text}Z for UTC")
    return timestamp


def read_duration(text: str, flag: str) -> dt.timedelta:
    """Parse a duration.

    Raises:
        UsageError: If the text is invalid.
    """
    seconds = _seconds(text)
    try:
        if seconds is not None:
            return dt.timedelta(seconds=seconds)
    except OverflowError:
        pass
    raise UsageError(f"{flag}: {text!r} is not a duration; write 90s, 15m, 6h or 7d")


def duration_text(duration: dt.timedelta) -> str:
    """Return a duration in words, such as `364 days 3 hours`."""
    seconds, words = abs(int(duration.total_seconds())), list[str]()
    for unit in ("day", "hour", "minute"):
        count, seconds = divmod(seconds, _UNITS[unit[0]])
        words += [f"{count} {unit}{'' if count == 1 else 's'}"] if count else []
    return ("-" if duration < dt.timedelta() else "") + (" ".join(words[:2]) or "0 minutes")


def _seconds(text: str) -> float | None:
    found = _DURATION.fullmatch(text)
    return float(found[1]) * _UNITS[found[2]] if found else None
