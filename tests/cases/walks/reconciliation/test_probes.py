"""Effects of a probe of the oldest entries in a descending walk."""

from __future__ import annotations

import pytest

from losant_audit_log._runtime.walks.by_time.reconciliation import Reconciliation
from losant_audit_log._runtime.walks.checkpoint import WalkState
from tests.support.accounting import HORIZON, LATEST, reconciliation_at_noon, state
from tests.support.drifting_log import DAY, HOUR, NOON, YEAR

LAST = HORIZON + 10 * DAY
"""The last time on the page that is about to be handed out."""

OLD = HORIZON + YEAR // 12
"""The oldest entry of a log of which a twelfth of the retention is missing, and no more."""


def unread_account(unread: int | None, account: Reconciliation | None = None) -> Reconciliation:
    """Return a reconciliation that knows the total of the page."""
    account = account or reconciliation_at_noon()
    account.count_unread(state(), unread, LAST)
    return account


def look(
    at: WalkState,
    times: list[int],
    *,
    unread: int | None = 20,
    gone: int | None = 0,
    is_all: bool = True,
) -> WalkState:
    """Probe the oldest entries, with these timestamps."""
    return unread_account(unread).probe_result(at, times, LAST, gone=gone, is_all=is_all)


def test_probed_entries_are_grouped_by_timestamp() -> None:
    noted = look(state(total=20), [HORIZON, HORIZON, HORIZON + 5])
    assert noted.tail == ((HORIZON, 2), (HORIZON + 5, 1))


def test_complete_probe_covers_everything_up_to_the_page() -> None:
    noted = look(state(total=20), [HORIZON, LAST])
    assert noted.known == LAST + 1
    assert noted.tail == ((HORIZON, 1), (LAST, 1))


@pytest.mark.parametrize("time", [HORIZON + 5, LAST])
def test_incomplete_probe_excludes_its_last_timestamp(time: int) -> None:
    noted = look(state(total=20), [HORIZON, HORIZON + 3, time], is_all=False)
    assert noted.known == time
    assert noted.tail == ((HORIZON, 1), (HORIZON + 3, 1))
    assert look(state(total=20), [HORIZON, time, time], is_all=False).tail == ((HORIZON, 1),)


@pytest.mark.parametrize("is_all", [True, False])
def test_empty_probe_covers_everything_up_to_the_page(*, is_all: bool) -> None:
    noted = look(state(total=20), [], is_all=is_all)
    assert noted.known == LAST + 1
    assert noted.tail == ()


def test_timestamp_zero_is_grouped_like_any_other() -> None:
    assert look(state(total=20), [0, 5]).tail == ((0, 1), (5, 1))


def test_probed_groups_fit_into_a_checkpoint() -> None:
    noted = look(state(total=100), [HORIZON + n for n in range(100)])
    assert len(noted.tail) <= 24
    assert sum(count for _, count in noted.tail) == 100


class TestFirstProbe:
    """Entries that disappear between the first page and the first probe."""

    @pytest.mark.parametrize(("gone", "promised"), [(0, 20), (1, 19), (20, 0)])
    def test_missing_entries_of_an_old_log_are_taken_as_expired(
        self, gone: int, promised: int
    ) -> None:
        assert look(state(total=20), [OLD], gone=gone).total == promised

    def test_returned_entries_stay_promised(self) -> None:
        assert look(state(total=23, seen=3), [OLD], gone=1).total == 22

    def test_late_entries_are_promised_by_the_next_page(self) -> None:
        assert look(state(total=20), [OLD], gone=-1).total == 20

    @pytest.mark.parametrize(("unread", "gone"), [(None, 0), (20, None), (None, None)])
    def test_promise_is_reset_if_the_total_is_missing(
        self, unread: int | None, gone: int | None
    ) -> None:
        assert look(state(total=20), [OLD], unread=unread, gone=gone).total is None

    def test_missing_entries_of_a_younger_log_stay_promised(self) -> None:
        assert look(state(total=20), [OLD + 1], gone=1).total == 20

    def test_empty_probe_takes_the_oldest_entry_of_the_page_as_the_age_of_the_log(self) -> None:
        assert look(state(total=20), [], gone=1).total == 19
        assert (
            unread_account(20).probe_result(state(total=20), [], OLD + 1, gone=1, is_all=True).total
            == 20
        )

    @pytest.mark.parametrize(("start", "promised"), [(LATEST - 1, 19), (LATEST, 20)])
    def test_start_within_the_retention_excludes_expiry(self, start: int, promised: int) -> None:
        assert look(state(total=20, start=start), [OLD], gone=1).total == promised

    def test_existing_entry_at_the_start_excludes_expiry(self) -> None:
        at = state(total=20, start=HORIZON, position=NOON)
        assert look(at, [HORIZON], gone=1).total == 20
        assert look(at, [HORIZON + 1], gone=1).total == 19

    def test_promise_is_reset_if_undated_entries_may_be_counted_twice(self) -> None:
        account = reconciliation_at_noon()
        account.count_unread(state(undated=("u",)), 20, LAST)
        noted = account.probe_result(state(total=20), [OLD], LAST, gone=0, is_all=True)
        assert noted.total is None

    def test_first_probe_adds_no_lost_entries(self) -> None:
        assert look(state(total=20, lost=2), [OLD], gone=5).lost == 2

    def test_probe_without_a_known_total_has_no_promise(self) -> None:
        noted = reconciliation_at_noon().probe_result(
            state(total=20), [OLD], LAST, gone=0, is_all=True
        )
        assert noted.total is None


class TestRepeatedProbe:
    """Entries that disappear between two probes, determined by the oldest timestamps."""

    AT = state(
        total=40,
        seen=10,
        tail=((HORIZON - 9, 2), (HORIZON - 1, 1), (HORIZON + 1, 4), (HORIZON + 5, 3)),
        known=HORIZON + 9,
    )
    """Ten were given, and ten of the thirty others have been looked at."""

    def test_groups_older_than_the_oldest_entry_are_joined_as_past(self) -> None:
        noted = look(self.AT, [HORIZON + 1, HORIZON + 5], gone=3, unread=30)
        assert noted.tail == ((HORIZON - 9, 3), (HORIZON + 1, 4), (HORIZON + 5, 3))
        assert noted.known == LAST + 1

    def test_newly_probed_entries_are_added(self) -> None:
        times = [HORIZON - 9, HORIZON + 8, HORIZON + 9, HORIZON + 9, HORIZON + 12]
        noted = look(self.AT, times, unread=30)
        assert noted.tail == (*self.AT.tail, (HORIZON + 9, 2), (HORIZON + 12, 1))

    @pytest.mark.parametrize("oldest", [HORIZON - 10, HORIZON - 9])
    def test_existing_oldest_entry_keeps_the_groups_unchanged(self, oldest: int) -> None:
        assert look(self.AT, [oldest], unread=30).tail == self.AT.tail

    def test_all_groups_may_be_past(self) -> None:
        noted = look(self.AT, [HORIZON + 9], gone=10, unread=30)
        assert noted.tail == ((HORIZON - 9, 10), (HORIZON + 9, 1))
        assert noted.total == 40
        assert noted.lost == 0

    @pytest.mark.parametrize(("gone", "lost"), [(2, 0), (3, 0), (4, 1), (6, 3)])
    def test_missing_entries_beyond_the_past_ones_are_lost(self, gone: int, lost: int) -> None:
        noted = look(self.AT, [HORIZON + 1], gone=gone, unread=30)
        assert noted.lost == lost
        assert noted.total == 40

    def test_missing_entries_of_the_page_stay_lost(self) -> None:
        assert look(self.AT, [HORIZON + 1], gone=3, unread=28).lost == 2

    def test_earlier_lost_entries_stay_counted(self) -> None:
        at = state(total=40, seen=10, tail=self.AT.tail, known=self.AT.known, lost=2)
        assert look(at, [HORIZON + 1], gone=4, unread=30).lost == 2

    @pytest.mark.parametrize(("unread", "gone"), [(None, 5), (30, None)])
    def test_missing_total_adds_no_lost_entries(self, unread: int | None, gone: int | None) -> None:
        noted = look(self.AT, [HORIZON + 1], gone=gone, unread=unread)
        assert noted.lost == 0
        assert noted.total == 40

    def test_probe_of_an_empty_log_adds_no_lost_entries(self) -> None:
        assert look(state(total=0, known=HORIZON), [HORIZON], unread=0).lost == 0

    def test_promise_becomes_the_existing_entries_if_the_retention_passed_the_probe(self) -> None:
        noted = look(self.AT, [HORIZON + 10], gone=12, unread=30)
        assert noted.total == 28
        assert noted.lost == 0
        assert noted.tail == ((HORIZON + 10, 1),)

    @pytest.mark.parametrize(
        ("known", "promised"), [(LATEST - 1, 25), (LATEST, 30), (LATEST + 1, 30)]
    )
    def test_entries_within_the_retention_stay_promised(self, known: int, promised: int) -> None:
        at = state(total=30, tail=((HORIZON - 9, 2),), known=known)
        assert look(at, [LATEST + 2], gone=5, unread=30).total == promised

    def test_past_groups_are_kept_if_the_retention_has_not_passed_the_probe(self) -> None:
        at = state(total=30, tail=((HORIZON - 9, 2), (HORIZON - 8, 1)), known=LATEST)
        noted = look(at, [LATEST + 1], gone=3, unread=30)
        assert noted.tail == ((HORIZON - 9, 3), (LATEST + 1, 1))

    def test_entry_that_disappeared_before_its_expiry_is_lost(self) -> None:
        """Of the entries older than the oldest, one is too young to expire, by the clock."""
        tail = ((HORIZON - HOUR, 2), (LATEST - 1, 1), (LATEST, 1), (HORIZON + 5 * DAY, 1))
        at = state(total=30, tail=tail, known=HORIZON + 5 * DAY)
        noted = look(at, [HORIZON + 5 * DAY], gone=4, unread=30)
        assert noted.tail == ((HORIZON - HOUR, 3), (HORIZON + 5 * DAY, 1), (HORIZON + 5 * DAY, 1))
        assert noted.lost == 1


def test_entries_that_expire_with_their_page_are_not_lost() -> None:
    """A later probe found nothing, not even the entries of the page before it."""
    account, at = (
        reconciliation_at_noon(),
        state(total=22, seen=20, known=HORIZON, position=HORIZON + 1),
    )
    account.count_unread(at, 2, HORIZON)
    noted = account.probe_result(at, [], HORIZON, gone=2, is_all=True)
    assert noted.lost == 0
    assert noted.total == 20
