"""State of a walk that is read again after a disagreement."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from losant_audit_log._runtime.core import epoch
from losant_audit_log._runtime.paging.page_data import Fetched, PageData
from losant_audit_log._runtime.walks.by_time.progress import state_after
from losant_audit_log._runtime.walks.by_time.reconciliation import expiry_limit
from losant_audit_log._runtime.walks.checkpoint import WalkState
from losant_audit_log._runtime.walks.steps import Batch, Fetch
from tests.support.accounting import HORIZON, reconciliation_at_noon, state, timeline
from tests.support.drifting_log import DAY, HOUR, NOON, SECOND

LIMIT = HORIZON + 4 * DAY
OVERLAP = 3 * SECOND
END = state(
    end=NOON,
    clock=NOON,
    pinned_by="server",
    position=HORIZON + HOUR,
    ids=("old",),
    total=21,
    tail=((HORIZON, 1),),
    known=HORIZON + 1,
    lost=1,
    seen=20,
    older=6,
    first=NOON - 1,
    last=HORIZON + HOUR,
    overlap=OVERLAP,
    late={"first": NOON - OVERLAP, "last": NOON - 1},
)
"""The end of a walk through a log, six entries of which expire within days."""

BEGIN = state(
    end=NOON,
    clock=NOON,
    pinned_by="server",
    new_from=NOON - OVERLAP,
    older=0,
    first=NOON - 1,
    last=HORIZON + HOUR,
    overlap=OVERLAP,
    late=END.late,
)
"""The begin of the second reading, apart from its span and the number of expected entries."""


def with_changes(before: WalkState, **changes: Any) -> WalkState:
    return msgspec.structs.replace(before, **changes)


def read_again(at: WalkState, total: int | None) -> tuple[WalkState, list[dict[str, Any]]]:
    """Return the state, and the arguments of requests; each response reports a total."""
    steps, requests = reconciliation_at_noon().read_again(at), list[dict[str, Any]]()
    answer: Fetched[Any] | None = None
    while True:
        try:
            step = steps.send(answer) if answer else next(steps)
        except StopIteration as ended:
            return ended.value, requests
        assert isinstance(step, Fetch)
        requests.append(step.arguments)
        answer = Fetched(PageData([], total=total), None, 0)


@pytest.mark.parametrize("total", [0, 5, 6])
def test_entries_that_expire_within_days_are_counted_and_not_read_again(total: int) -> None:
    found, [request] = read_again(END, total)
    assert found == with_changes(BEGIN, lower=LIMIT, expected=20 - 2 - 6)
    assert (request["start"], request["end"]) == (None, LIMIT - 1)


@pytest.mark.parametrize("total", [None, 7])
def test_walk_without_all_entries_that_expire_within_days_is_not_read_again(
    total: int | None,
) -> None:
    assert read_again(END, total)[0] == END


@pytest.mark.parametrize(
    "changes",
    [
        {"older": None},
        {"overlap": NOON - LIMIT},
        {"undated": ("id",)},
        {"undated": ("id",), "start": NOON - DAY, "last": NOON - DAY},
        {"clock": NOON - 3 * DAY},
    ],
)
def test_walk_that_cannot_be_compared_is_not_read_again(changes: dict[str, Any]) -> None:
    at = with_changes(END, **changes)
    assert read_again(at, 6) == (at, [])


def test_overlap_may_begin_right_after_the_entries_that_expire_within_days() -> None:
    found, [_] = read_again(with_changes(END, overlap=NOON - LIMIT - 1), 6)
    assert (found.lower, found.new_from) == (LIMIT, LIMIT + 1)


def test_walk_of_which_nothing_expires_is_read_again_whole() -> None:
    recent = {"start": NOON - DAY, "last": NOON - DAY, "older": 0}
    found, requests = read_again(with_changes(END, **recent), 6)
    assert found == with_changes(BEGIN, **recent, expected=20 - 2)
    assert requests == []


def test_third_reading_expects_as_many_entries_as_the_first_one() -> None:
    again = with_changes(BEGIN, lower=LIMIT, expected=12, seen=15, older=11)
    assert read_again(again, 6) == (with_changes(again, seen=0, older=0), [])


ENDED = {"clock": NOON, "end": NOON, "pinned_by": "server"}
AGAIN = {**ENDED, "expected": 9, "new_from": NOON - OVERLAP}


@pytest.mark.parametrize(
    ("before", "times", "older"),
    [
        ({**ENDED, "older": 1}, [LIMIT + 1, LIMIT], 1),
        ({**ENDED, "older": 1}, [LIMIT, LIMIT - 1, LIMIT - 2], 3),
        ({**ENDED, "older": 1, "start": 5, "lower": 5}, [LIMIT - 1, 4], 3),
        ({**ENDED, "older": None}, [LIMIT - 1, LIMIT - 2], None),
        ({**AGAIN, "older": 2}, [NOON, NOON - OVERLAP, NOON - OVERLAP - 1], 3),
        ({**AGAIN, "older": 2, "start": LIMIT, "lower": LIMIT}, [LIMIT, LIMIT - 1], 4),
        ({**AGAIN, "older": 2, "start": 5, "lower": LIMIT}, [LIMIT + 1, LIMIT, LIMIT - 1], 4),
        ({**AGAIN, "older": 2, "lower": LIMIT}, [LIMIT + 1, LIMIT, LIMIT - 1], 4),
        ({**AGAIN, "older": None}, [LIMIT, LIMIT - 1], None),
    ],
)
@pytest.mark.parametrize("descending", [True, False])
def test_entries_are_counted_up_to_those_that_expire_within_days_or_to_the_overlap(
    before: dict[str, Any], times: list[int], older: int | None, *, descending: bool
) -> None:
    at = times if descending else times[::-1]
    timestamps = [epoch.to_datetime(each, 1000) for each in at]
    batch = Batch([*at], [*map(str, at)], timestamps)
    state_ = state(**before, ascending=not descending)
    found = state_after(timeline(descending=descending), state_, batch, len(at))
    assert found.older == older


def test_nothing_expires_without_a_retention_period() -> None:
    assert expiry_limit(timeline(retention=""), END) == 0
