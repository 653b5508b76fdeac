"""Totals of pages: promised entries and certainly lost ones."""

from __future__ import annotations

import pytest

from tests.support.accounting import HORIZON, LATEST, reconciliation_at_noon, state
from tests.support.drifting_log import DAY, NOON

YOUNG = HORIZON + 30 * DAY
"""A time at which nothing expires yet."""


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("seen", "promised"), [(0, 20), (3, 23)])
def test_first_total_promises_the_unread_entries(
    seen: int, promised: int, *, descending: bool
) -> None:
    noted = reconciliation_at_noon(descending=descending).count_unread(state(seen=seen), 20, YOUNG)
    assert noted.total == promised
    assert noted.lost == 0


def test_first_total_may_be_zero() -> None:
    assert reconciliation_at_noon().count_unread(state(), 0, None).total == 0


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("unread", "promised"), [(15, 20), (16, 21), (20, 25)])
def test_larger_total_adds_late_entries_to_the_promise(
    unread: int, promised: int, *, descending: bool
) -> None:
    at = state(total=20, seen=5, start=YOUNG)
    noted = reconciliation_at_noon(descending=descending).count_unread(at, unread, YOUNG)
    assert noted.total == promised
    assert noted.lost == 0


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("unread", "lost"), [(15, 0), (14, 1), (0, 15)])
def test_smaller_total_means_lost_entries_where_nothing_expires(
    unread: int, lost: int, *, descending: bool
) -> None:
    at = state(total=20, seen=5, start=YOUNG, position=NOON)
    noted = reconciliation_at_noon(descending=descending).count_unread(at, unread, YOUNG)
    assert noted.total == 20
    assert noted.lost == lost


@pytest.mark.parametrize(("most", "lost"), [(None, 1), (14, 1), (15, 0), (16, 0)])
def test_smaller_total_loses_only_what_the_most_unread_entries_leave(
    most: int | None, lost: int
) -> None:
    at = state(total=20, seen=5, start=YOUNG)
    assert reconciliation_at_noon().count_unread(at, 14, YOUNG, most).lost == lost


def test_earlier_lost_entries_stay_counted() -> None:
    at = state(total=20, seen=5, start=YOUNG, lost=3)
    assert reconciliation_at_noon().count_unread(at, 14, YOUNG).lost == 3
    assert reconciliation_at_noon().count_unread(at, 16, YOUNG).lost == 3


@pytest.mark.parametrize("alive", [None, HORIZON])
def test_response_without_a_total_changes_nothing(alive: int | None) -> None:
    at = state(total=20, seen=5, start=YOUNG, lost=1, position=NOON)
    assert reconciliation_at_noon().count_unread(at, None, alive) == at


def test_service_without_a_retention_loses_nothing_to_expiry() -> None:
    for descending in (True, False):
        account = reconciliation_at_noon(descending=descending, retention="")
        at = state(total=20, seen=5, start=0, position=0)
        assert account.count_unread(at, 14, YOUNG).lost == 1
        known = state(total=20, seen=5, start=0, position=0, known=10)
        assert account.count_unread(known, 14, YOUNG).lost == 1


class TestNewestFirst:
    """Newest first, the entries that may expire are the last ones."""

    @pytest.mark.parametrize("alive", [HORIZON, NOON])
    def test_smaller_total_before_the_first_probe_loses_nothing_for_certain(
        self, alive: int
    ) -> None:
        """However young the oldest entry of a page is, the log may have older ones."""
        noted = reconciliation_at_noon().count_unread(state(total=20, seen=5), 10, alive)
        assert noted.total == 20
        assert noted.lost == 0

    @pytest.mark.parametrize(("unread", "lost"), [(13, 0), (12, 0), (11, 1)])
    def test_entries_past_the_retention_may_have_expired_after_a_probe(
        self, unread: int, lost: int
    ) -> None:
        at = state(
            total=20, seen=5, tail=((HORIZON, 3), (YOUNG, 4)), known=YOUNG + 1, position=NOON
        )
        assert reconciliation_at_noon().count_unread(at, unread, YOUNG + 2).lost == lost

    @pytest.mark.parametrize(("alive", "lost"), [(1, 0), (0, 2), (-1, 2)])
    def test_entries_not_older_than_one_on_the_page_have_not_expired(
        self, alive: int, lost: int
    ) -> None:
        tail = ((HORIZON, 3), (HORIZON + 10, 2))
        at = state(total=20, seen=5, tail=tail, known=YOUNG, position=NOON)
        assert reconciliation_at_noon().count_unread(at, 10, HORIZON + 10 + alive).lost == lost

    @pytest.mark.parametrize(
        ("known", "alive", "lost"),
        [
            (LATEST - 1, LATEST, 0),
            (LATEST - 1, LATEST - 1, 5),
            (LATEST - 1, LATEST - 2, 5),
            (LATEST, LATEST + 1, 5),
            (HORIZON, HORIZON + 1, 0),
            (HORIZON, HORIZON, 5),
            (HORIZON, HORIZON - 1, 5),
        ],
    )
    def test_entries_behind_the_probed_ones_may_have_expired_if_the_retention_passed_them(
        self, known: int, alive: int, lost: int
    ) -> None:
        """No entry has expired that is not older than an existing one."""
        at = state(total=20, seen=5, known=known, position=NOON)
        noted = reconciliation_at_noon().count_unread(at, 10, alive)
        assert noted.total == 20
        assert noted.lost == lost

    @pytest.mark.parametrize(("start", "lost"), [(LATEST - 1, 0), (LATEST, 5)])
    def test_start_within_the_retention_excludes_expiry_before_the_first_probe(
        self, start: int, lost: int
    ) -> None:
        at = state(total=20, seen=5, start=start, position=NOON)
        assert reconciliation_at_noon().count_unread(at, 10, YOUNG).lost == lost

    def test_probed_entries_decide_about_expiry_wherever_the_span_begins(self) -> None:
        at = state(total=20, seen=5, start=HORIZON, known=YOUNG, position=NOON)
        assert reconciliation_at_noon().count_unread(at, 10, YOUNG + 1).lost == 5

    @pytest.mark.parametrize(
        ("position", "lost"), [(None, 0), (HORIZON + 1, 0), (HORIZON, 0), (HORIZON - 1, 5)]
    )
    def test_last_returned_entry_decides_about_expiry_on_an_empty_page(
        self, position: int | None, lost: int
    ) -> None:
        at = state(total=5, known=HORIZON, position=position)
        assert reconciliation_at_noon().count_unread(at, 0, None).lost == lost

    def test_missing_total_keeps_the_promise_despite_expiry(self) -> None:
        at = state(total=20, seen=5, known=HORIZON, position=NOON)
        assert reconciliation_at_noon().count_unread(at, None, HORIZON + 1).total == 20


class TestOldestFirst:
    """Oldest first, the entries that may expire are the next ones."""

    @pytest.mark.parametrize(
        ("position", "promised", "lost"),
        [(LATEST - 1, 15, 0), (LATEST, 20, 5), (HORIZON - DAY, 15, 0)],
    )
    def test_ascending_promise_shrinks_only_if_the_last_returned_entry_may_have_expired(
        self, position: int, promised: int, lost: int
    ) -> None:
        noted = reconciliation_at_noon(descending=False).count_unread(
            state(total=20, seen=5, position=position), 10, YOUNG
        )
        assert noted.total == promised
        assert noted.lost == lost

    def test_ascending_promise_is_kept_while_the_last_returned_entry_exists(self) -> None:
        at = state(total=20, seen=5, position=HORIZON)
        assert reconciliation_at_noon(descending=False).count_unread(at, 10, HORIZON).lost == 5
        assert reconciliation_at_noon(descending=False).count_unread(at, 10, HORIZON + 1).lost == 0

    def test_ascending_promise_is_kept_for_a_span_within_the_retention(self) -> None:
        at = state(total=20, start=YOUNG, end=NOON)
        noted = reconciliation_at_noon(descending=False).count_unread(at, 19, YOUNG + 1)
        assert noted.total == 20
        assert noted.lost == 1

    @pytest.mark.parametrize(
        ("end", "promised", "lost"), [(LATEST - 1, 5, 0), (LATEST, 20, 15), (NOON, 20, 15)]
    )
    def test_ascending_promise_shrinks_if_the_whole_span_may_have_expired(
        self, end: int, promised: int, lost: int
    ) -> None:
        at = state(total=20, seen=5, position=HORIZON - DAY, end=end)
        noted = reconciliation_at_noon(descending=False).count_unread(at, 0, None)
        assert noted.total == promised
        assert noted.lost == lost

    def test_ascending_promise_is_reset_if_expiry_was_possible_without_a_total(self) -> None:
        at = state(total=20, seen=5, position=HORIZON)
        assert reconciliation_at_noon(descending=False).count_unread(at, None, YOUNG).total is None
        assert reconciliation_at_noon(descending=False).count_unread(at, None, HORIZON).total == 20
