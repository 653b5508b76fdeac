# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The bounds of a time span, compared before anything is sent.

A service returns an empty list for a span that ends before it starts, which reads as "nothing
happened".
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import msgspec

from ..arguments.timestamps import to_epoch
from ..core.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

_MICROSECONDS = 1_000_000


class TimeSpan(msgspec.Struct, frozen=True):
    """The parameters for the bounds of a time span.

    Attributes:
        start: The parameter for the start.
        end: The parameter for the end.
        per_second: The number of units in a second, if they are numbers.
    """

    start: str
    end: str
    per_second: int = 1

    def check(self, arguments: Mapping[str, Any]) -> None:
        """Raise if the span ends before it starts.

        Args:
            arguments: The operation's arguments by name. Invalid ones are not reported here.

        Raises:
            InvalidArgumentError: If it does.
        """
        given = arguments.get(self.start), arguments.get(self.end)
        first, last = (_instant(each, self.per_second) for each in given)
        if first is not None and last is not None and first > last:
            start, end = map(_time_text, given)
            raise InvalidArgumentError(
                f"{self.start}: after {self.end}: {self.start}={start} and {self.end}={end}; "
                "exchange them"
            )


def _instant(value: object, per_second: int) -> int | None:
    """Return a bound in microseconds since 1970; None if it is missing or invalid."""
    if isinstance(value, str):
        value = _parse(value)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)
    if isinstance(value, dt.datetime):
        is_aware = value.utcoffset() is not None
        return to_epoch(value, _MICROSECONDS, round_up=False) if is_aware else None
    return value * _MICROSECONDS // per_second if isinstance(value, int) else None


def _parse(text: str) -> dt.date | None:
    """Parse an RFC 3339 timestamp or date; None if it is neither."""
    for kind in (dt.datetime, dt.date):
        try:
            return msgspec.convert(text, kind)
        except msgspec.ValidationError:
            continue
    return None


def _time_text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else repr(value)
