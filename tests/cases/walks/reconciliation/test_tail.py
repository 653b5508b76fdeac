"""Removal of returned entries from the groups of the oldest entries."""

from __future__ import annotations

import datetime as dt

import pytest

from losant_audit_log._runtime.core import epoch
from losant_audit_log._runtime.walks.by_time.reconciliation import remove_from_tail
from tests.support.accounting import HORIZON, timeline

TIMELINE = timeline()
TAIL = ((HORIZON + 10, 2), (HORIZON + 20, 3), (HORIZON + 30, 1))
KNOWN = HORIZON + 40


def timestamps_after_begin(*times: int) -> list[dt.datetime]:
    """Return timestamps of returned entries, in milliseconds after the begin of the retention."""
    return [epoch.to_datetime(HORIZON + each, 1000) for each in times]


@pytest.mark.parametrize(
    ("time", "left"),
    [
        (10, (1, 3, 1)),
        (19, (1, 3, 1)),
        (20, (2, 2, 1)),
        (21, (2, 2, 1)),
        (29, (2, 2, 1)),
        (30, (2, 3, 0)),
        (39, (2, 3, 0)),
        (40, (2, 3, 1)),
        (41, (2, 3, 1)),
    ],
)
def test_returned_entry_is_removed_from_the_group_that_covers_its_timestamp(
    time: int, left: tuple[int, ...]
) -> None:
    taken = remove_from_tail(TIMELINE, TAIL, KNOWN, timestamps_after_begin(time))
    assert [count for _, count in taken] == [*left]
    assert [each for each, _ in taken] == [each for each, _ in TAIL]


def test_late_entry_older_than_every_group_is_removed_from_the_oldest() -> None:
    assert remove_from_tail(TIMELINE, TAIL, KNOWN, timestamps_after_begin(9))[0] == (
        HORIZON + 10,
        1,
    )


def test_entries_younger_than_the_probe_are_not_removed() -> None:
    taken = remove_from_tail(TIMELINE, TAIL, KNOWN, timestamps_after_begin(50, 41, 40, 25, 21, 10))
    assert [count for _, count in taken] == [1, 1, 1]


def test_group_counts_never_become_negative() -> None:
    taken = remove_from_tail(TIMELINE, TAIL, KNOWN, timestamps_after_begin(35, 35, 35, 20))
    assert [count for _, count in taken] == [2, 2, 0]


@pytest.mark.parametrize(("tail", "known"), [((), KNOWN), (TAIL, None), ((), None)])
def test_nothing_is_removed_without_a_probe(
    tail: tuple[tuple[int, int], ...], known: int | None
) -> None:
    assert remove_from_tail(TIMELINE, tail, known, timestamps_after_begin(10)) == tail
