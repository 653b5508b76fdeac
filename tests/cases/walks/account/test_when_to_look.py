"""When the oldest entries are asked for: once where they may expire, again before they do."""

from __future__ import annotations

import pytest

from tests.support.accounting import HORIZON, accounted, dated, state
from tests.support.drifting_log import DAY, HOUR, NOON, SECOND

NEAR = HORIZON + HOUR + 2 * SECOND
"""An hour before the retention, with two seconds for the dates of answers."""


def test_they_are_asked_for_where_the_log_is_walked_from_its_beginning() -> None:
    assert dated().must_probe(state(total=20), NOON)


def test_not_where_nothing_expires() -> None:
    assert not dated(retention="").must_probe(state(total=20), NOON)


def test_not_oldest_first_where_they_come_next() -> None:
    assert not dated(descending=False).must_probe(state(total=20), HORIZON)


def test_not_where_no_total_is_told_that_could_be_missed() -> None:
    assert not dated().must_probe(state(), NOON)


def test_a_total_of_none_is_one_too() -> None:
    assert dated().must_probe(state(total=0), NOON)


@pytest.mark.parametrize(("start", "is_near"), [(NEAR - 1, True), (NEAR, True), (NEAR + 1, False)])
def test_not_where_all_that_is_read_is_far_younger(start: int, *, is_near: bool) -> None:
    assert dated().must_probe(state(total=20, start=start), NOON) is is_near


@pytest.mark.parametrize("late", [0, 1])
def test_a_day_earlier_where_only_the_local_clock_is_known(late: int) -> None:
    account = accounted()
    account.note_clock(None)
    start = HORIZON + HOUR + DAY + late
    assert account.must_probe(state(total=20, start=start), NOON) is (not late)


@pytest.mark.parametrize("late", [0, 1])
def test_in_the_units_of_the_window(late: int) -> None:
    account = accounted(per_second=1)
    account.note_clock(NOON // SECOND)
    at = state(total=20, start=HORIZON // SECOND + 3_602 + late)
    assert account.must_probe(at, NOON // SECOND) is (not late)


@pytest.mark.parametrize(("known", "is_near"), [(NEAR - 1, True), (NEAR, True), (NEAR + 1, False)])
def test_again_when_the_retention_nears_what_is_known(known: int, *, is_near: bool) -> None:
    assert dated().must_probe(state(total=20, known=known), NOON) is is_near


def test_what_is_known_counts_wherever_the_span_begins() -> None:
    assert not dated().must_probe(state(total=20, start=HORIZON, known=NEAR + 1), NOON)


@pytest.mark.parametrize(("last", "is_read"), [(-1, False), (0, True), (1, True)])
def test_not_when_all_that_is_still_to_be_read_is_known(last: int, *, is_read: bool) -> None:
    assert dated().must_probe(state(total=20, known=HORIZON), HORIZON + last) is is_read


def test_a_start_says_nothing_of_what_is_behind_it() -> None:
    assert dated().must_probe(state(total=20, start=HORIZON), HORIZON - 1)


@pytest.mark.parametrize(
    ("known", "is_half_past"), [(9, True), (10, True), (11, True), (12, False)]
)
def test_again_when_half_of_what_was_kept_apart_has_expired(
    known: int, *, is_half_past: bool
) -> None:
    """From the oldest, 10 before the retention, the middle is at it, or half a unit behind."""
    at = state(total=20, tail=((HORIZON - 10, 3), (HORIZON, 5)), known=HORIZON + known)
    assert dated().must_probe(at, NOON) is is_half_past
