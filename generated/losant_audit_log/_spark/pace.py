# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Shares of a rate limit, which tasks keep without communication."""

from __future__ import annotations

import time
from threading import Event
from typing import NamedTuple


class Share(NamedTuple):
    """The share of one task in a rate limit.

    Attributes:
        pause: Seconds between the starts of its requests.
        phase: Seconds after each multiple of `pause` of the wall clock at which it may begin, so
            that tasks alternate.
    """

    pause: float
    phase: float


def shares(rate: float | None, tasks: int) -> list[Share | None]:
    """Divide a number of requests per second among tasks."""
    if rate is None:
        return [None] * tasks
    return [Share(tasks / rate, number / rate) for number in range(tasks)]


class Pace(Event):
    """An event that delays each attempt of a call, retries included, to keep a share.

    The client asks before each step of a call whether the event is set. The first request waits for
    a whole pause: the task may be a retry of one that sent a request just before it failed.
    """

    def __init__(self, share: Share) -> None:
        """Begin at the next turn of the share that is at least one pause away."""
        super().__init__()
        self._pause = share.pause
        late = (time.time() - share.phase) % share.pause
        self._next = time.monotonic() + 2 * share.pause - late
        self._before = self._next

    def is_set(self) -> bool:
        """Wait until the next step is due."""
        now = time.monotonic()
        if now < self._next:
            time.sleep(self._next - now)
        self._before = self._next
        self._next = max(now, self._next) + self._pause
        return False

    def wait(self, timeout: float | None = None) -> bool:
        """Wait before a retry, without using up the share."""
        self._next = self._before
        time.sleep(timeout or 0)
        return False
