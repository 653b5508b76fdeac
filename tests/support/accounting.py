"""Reconciliations of walks through a log that is kept for a year."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from losant_audit_log._runtime.core import epoch
from losant_audit_log._runtime.paging.page_data import Fetched, PageData
from losant_audit_log._runtime.walks.by_time.reconciliation import Reconciliation
from losant_audit_log._runtime.walks.by_time.timeline import Timeline
from losant_audit_log._runtime.walks.checkpoint import WalkState
from losant_audit_log._runtime.walks.steps import Fetch
from losant_audit_log.resources.audit_logs import LIST_PAGES
from tests.support.drifting_log import DAY, NOON, SECOND, YEAR

HORIZON: Final = NOON - YEAR
"""The time of the oldest entries that the service keeps."""

LATEST: Final = HORIZON + 2 * DAY + 10 * SECOND
"""The time of the oldest entries that cannot have expired, as far as a Date header is right."""


def timeline(
    *,
    descending: bool = True,
    retention: str = "P1Y",
    per_second: int = 1000,
    size: int | None = None,
) -> Timeline:
    """Return the order of a walk through a log that is kept for a year."""
    assert LIST_PAGES.window is not None
    window = msgspec.structs.replace(LIST_PAGES.window, retention=retention, per_second=per_second)
    return Timeline(LIST_PAGES, window, descending, size)


def new_reconciliation(
    *,
    descending: bool = True,
    retention: str = "P1Y",
    per_second: int = 1000,
    size: int | None = None,
) -> Reconciliation:
    """Open an account that has not heard the clock of the service yet."""
    return Reconciliation(
        timeline(descending=descending, retention=retention, per_second=per_second, size=size)
    )


def reconciliation_at_noon(
    *, descending: bool = True, retention: str = "P1Y", size: int | None = None
) -> Reconciliation:
    """Make a reconciliation that has received the date of the service, which is noon."""
    account = new_reconciliation(descending=descending, retention=retention, size=size)
    account.note_clock(NOON)
    return account


def state(**fields: Any) -> WalkState:
    """Make the state of a walk."""
    return WalkState(walk="", **fields)


def finish_requests(account: Reconciliation, at: WalkState, *left: int | None) -> list[Fetch]:
    """Finish a reconciliation; return its requests, with entries at some epochs in a response.

    An epoch of None is an entry without a timestamp, on a page of such entries only.
    """
    requests: list[Fetch] = []
    steps = account.finish(at)
    answer: Fetched[Any] | None = None
    while True:
        try:
            step = steps.send(answer)
        except StopIteration:
            return requests
        assert isinstance(step, Fetch)
        requests.append(step)
        timestamps = [epoch.to_datetime(each, 1000) for each in left if each is not None]
        data: PageData[Any] = PageData([*left], timestamps=timestamps or None)
        answer = Fetched(data, None, 0)
