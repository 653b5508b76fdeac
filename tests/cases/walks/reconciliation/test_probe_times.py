"""Times at which the oldest entries are probed."""

from __future__ import annotations

import pytest

from tests.support.accounting import HORIZON, new_reconciliation, reconciliation_at_noon, state
from tests.support.drifting_log import DAY, HOUR, NOON, SECOND

NEAR = HORIZON + HOUR + 10 * SECOND
"""An hour before the retention, with ten seconds for the dates of answers."""


def test_probe_is_needed_for_a_walk_from_the_beginning_of_the_log() -> None:
    assert reconciliation_at_noon().must_probe(state(total=20), NOON)


def test_probe_is_not_needed_where_nothing_expires() -> None:
    assert not reconciliation_at_noon(retention="").must_probe(state(total=20), NOON)


def test_probe_is_not_needed_in_an_ascending_walk() -> None:
    assert not reconciliation_at_noon(descending=False).must_probe(state(total=20), HORIZON)


def test_probe_is_not_needed_without_a_total() -> None:
    assert not reconciliation_at_noon().must_probe(state(), NOON)


def test_probe_is_needed_with_a_total_of_zero() -> None:
    assert reconciliation_at_noon().must_probe(state(total=0), NOON)


@pytest.mark.parametrize(("start", "is_near"), [(NEAR - 1, True), (NEAR, True), (NEAR + 1, False)])
def test_probe_is_not_needed_for_a_start_far_within_the_retention(
    start: int, *, is_near: bool
) -> None:
    assert reconciliation_at_noon().must_probe(state(total=20, start=start), NOON) is is_near


@pytest.mark.parametrize("late", [0, 1])
def test_probe_is_needed_a_day_earlier_with_the_local_clock_only(late: int) -> None:
    account = new_reconciliation()
    account.note_clock(None)
    start = HORIZON + HOUR + DAY + late
    assert account.must_probe(state(total=20, start=start), NOON) is (not late)


@pytest.mark.parametrize("late", [0, 1])
def test_probe_is_decided_in_the_unit_of_the_window(late: int) -> None:
    account = new_reconciliation(per_second=1)
    account.note_clock(NOON // SECOND)
    at = state(total=20, start=HORIZON // SECOND + 3_610 + late)
    assert account.must_probe(at, NOON // SECOND) is (not late)


@pytest.mark.parametrize(("known", "is_near"), [(NEAR - 1, True), (NEAR, True), (NEAR + 1, False)])
def test_probe_is_repeated_when_the_retention_approaches_the_probed_entries(
    known: int, *, is_near: bool
) -> None:
    assert reconciliation_at_noon().must_probe(state(total=20, known=known), NOON) is is_near


def test_probed_entries_decide_wherever_the_span_begins() -> None:
    assert not reconciliation_at_noon().must_probe(
        state(total=20, start=HORIZON, known=NEAR + 1), NOON
    )


@pytest.mark.parametrize(("last", "is_read"), [(-1, False), (0, True), (1, True)])
def test_probe_is_not_repeated_if_every_unread_entry_is_covered(
    last: int, *, is_read: bool
) -> None:
    assert (
        reconciliation_at_noon().must_probe(state(total=20, known=HORIZON), HORIZON + last)
        is is_read
    )


def test_start_behind_the_position_does_not_prevent_a_probe() -> None:
    assert reconciliation_at_noon().must_probe(state(total=20, start=HORIZON), HORIZON - 1)


@pytest.mark.parametrize(
    ("known", "is_half_past"), [(9, True), (10, True), (11, True), (12, False)]
)
def test_probe_is_repeated_when_half_of_the_separate_groups_have_expired(
    known: int, *, is_half_past: bool
) -> None:
    """From 10 before the retention, the middle is at its begin or half a unit after."""
    at = state(total=20, tail=((HORIZON - 10, 3), (HORIZON, 5)), known=HORIZON + known)
    assert reconciliation_at_noon().must_probe(at, NOON) is is_half_past
