"""Offsets of a stream: how far all logs were read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from ..core.epoch import to_datetime
from ..core.errors import InvalidArgumentError


def fingerprint(resource: str, logs: Iterable[tuple[str, ...]]) -> str:
    """Return a fingerprint of the logs of a list, in any order."""
    text = "\n".join([resource, *sorted("/".join(each) for each in logs)])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def offset(until: int, logs: str) -> dict[str, Any]:
    """Return the offset at a time in milliseconds, of logs with a fingerprint."""
    return {"until": until, "logs": logs}


def iso(time: int) -> str:
    """Format a time in milliseconds for a message."""
    return to_datetime(time, 1000).isoformat()


def until(given: Mapping[str, Any], logs: str, option: str) -> int:
    """Return the time of an offset in milliseconds.

    Args:
        given: The offset.
        logs: The fingerprint of the logs.
        option: The name of the option with the logs.

    Raises:
        InvalidArgumentError: If the offset belongs to other logs, whose entries would be missing.
    """
    time: int = given["until"]
    if given["logs"] != logs:
        message = (
            f"{option}: the checkpoint belongs to other logs, which were read until {iso(time)}; "
            "start a stream with a new checkpointLocation and this start, and read what added logs "
            "have before it as a batch"
        )
        raise InvalidArgumentError(message)
    return time


def batch_end(begin: int, most: int, size: int) -> int:
    """Return the end of the last whole slice of a batch of limited duration, at least of one slice.

    Args:
        begin: The start of the batch in milliseconds.
        most: The maximum duration.
        size: The size of a slice.
    """
    return max((begin + most) // size, begin // size + 1) * size


def available(now: int, lag: int, size: int, end: int | None) -> int:
    """Return the end of the last whole slice that is older than the lag, at most the end.

    Args:
        now: The current time in milliseconds.
        lag: The age at which entries are read.
        size: The size of a slice.
        end: The end of the stream, or None.
    """
    latest = now - lag
    return end if end is not None and end <= latest else latest // size * size
