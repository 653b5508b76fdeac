"""Timestamps of an archive: milliseconds since 1970, and days in UTC."""

from __future__ import annotations

import datetime as dt
import time

from ..core.errors import InvalidArgumentError

DAY = 86_400_000
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MILLISECOND = dt.timedelta(milliseconds=1)


def now() -> int:
    """Return the time of the local clock in milliseconds."""
    return time.time_ns() // 1_000_000


def to_milliseconds(timestamp: dt.datetime) -> int:
    """Return the milliseconds since 1970, rounded down."""
    return (timestamp - EPOCH) // _MILLISECOND


def to_bounds(start: dt.datetime | None, end: dt.datetime | None) -> tuple[int | None, int | None]:
    """Return the bounds of a time span in milliseconds since 1970.

    Raises:
        InvalidArgumentError: If one has no time zone, or the start is after the end.
    """
    for name, each in (("start", start), ("end", end)):
        if each is not None and each.tzinfo is None:
            raise InvalidArgumentError(f"{name}: expected a timezone-aware datetime, got {each!r}")
    if start is not None and end is not None and start > end:
        raise InvalidArgumentError(f"start: {start} is after end, {end}; pass an earlier start")
    first, last = (None if each is None else to_milliseconds(each) for each in (start, end))
    return first, last


def to_datetime(milliseconds: int) -> dt.datetime:
    """Return the timestamp in UTC."""
    return EPOCH + milliseconds * _MILLISECOND


def to_text(milliseconds: int) -> str:
    """Return `YYYY-MM-DDTHH:MM:SS.mmmZ`."""
    return to_datetime(milliseconds).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def from_text(text: str) -> int:
    """Parse `YYYY-MM-DDTHH:MM:SS.mmmZ`.

    Raises:
        ValueError: If the text has another format.
    """
    milliseconds = to_milliseconds(dt.datetime.fromisoformat(text))
    if to_text(milliseconds) != text:
        raise ValueError(f"expected YYYY-MM-DDTHH:MM:SS.mmmZ, got {text!r}")
    return milliseconds


def day_of(milliseconds: int) -> int:
    """Return the start of the day."""
    return milliseconds // DAY * DAY


def day_name(milliseconds: int) -> str:
    """Return the day as `YYYY-MM-DD`."""
    return to_datetime(milliseconds).date().isoformat()
