"""What is learned by a look at the oldest entries, newest first."""

from __future__ import annotations

import pytest

from losant_audit_log._runtime.walks.by_time.reconciliation import Reconciliation
from losant_audit_log._runtime.walks.checkpoint import WalkState
from tests.support.accounting import HORIZON, LATEST, dated, state
from tests.support.drifting_log import DAY, HOUR, NOON, YEAR

LAST = HORIZON + DAY
"""The last time on the page that is about to be handed out."""

OLD = HORIZON + YEAR // 12
"""The oldest entry of a log of which a twelfth of the retention is missing, and no more."""


def told(unread: int | None, account: Reconciliation | None = None) -> Reconciliation:
    """Give an account to which the page said how many entries are still to be read."""
    account = account or dated()
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
    """Look at the oldest entries, whose times are given."""
    return told(unread).probe_result(at, times, LAST, gone=gone, is_all=is_all)


def test_the_entries_are_counted_by_their_times() -> None:
    noted = look(state(total=20), [HORIZON, HORIZON, HORIZON + 5])
    assert noted.tail == ((HORIZON, 2), (HORIZON + 5, 1))


def test_if_there_are_no_others_all_are_known_up_to_the_end_of_the_page() -> None:
    noted = look(state(total=20), [HORIZON, LAST])
    assert noted.known == LAST + 1
    assert noted.tail == ((HORIZON, 1), (LAST, 1))


@pytest.mark.parametrize("time", [HORIZON + 5, LAST])
def test_else_there_may_be_others_of_the_last_time(time: int) -> None:
    noted = look(state(total=20), [HORIZON, HORIZON + 3, time], is_all=False)
    assert noted.known == time
    assert noted.tail == ((HORIZON, 1), (HORIZON + 3, 1))
    assert look(state(total=20), [HORIZON, time, time], is_all=False).tail == ((HORIZON, 1),)


@pytest.mark.parametrize("is_all", [True, False])
def test_if_none_is_that_old_it_is_known_that_there_is_none(*, is_all: bool) -> None:
    noted = look(state(total=20), [], is_all=is_all)
    assert noted.known == LAST + 1
    assert noted.tail == ()


def test_the_first_moment_of_all_is_a_time_as_others() -> None:
    assert look(state(total=20), [0, 5]).tail == ((0, 1), (5, 1))


def test_they_fit_into_a_checkpoint() -> None:
    noted = look(state(total=100), [HORIZON + n for n in range(100)])
    assert len(noted.tail) <= 24
    assert sum(count for _, count in noted.tail) == 100


class TestTheFirstLook:
    """What is gone between the first page and the look."""

    @pytest.mark.parametrize(("gone", "promised"), [(0, 20), (1, 19), (20, 0)])
    def test_an_old_log_is_taken_to_have_lost_it_to_time(self, gone: int, promised: int) -> None:
        assert look(state(total=20), [OLD], gone=gone).total == promised

    def test_what_was_given_was_promised(self) -> None:
        assert look(state(total=23, seen=3), [OLD], gone=1).total == 22

    def test_what_came_late_is_promised_by_the_next_page(self) -> None:
        assert look(state(total=20), [OLD], gone=-1).total == 20

    @pytest.mark.parametrize(("unread", "gone"), [(None, 0), (20, None), (None, None)])
    def test_if_nobody_counted_what_is_there_next_is_promised(
        self, unread: int | None, gone: int | None
    ) -> None:
        assert look(state(total=20), [OLD], unread=unread, gone=gone).total is None

    def test_in_a_younger_log_nothing_expires(self) -> None:
        assert look(state(total=20), [OLD + 1], gone=1).total == 20

    def test_a_log_whose_entries_are_all_younger_than_the_page_is_as_old_as_the_page(self) -> None:
        assert look(state(total=20), [], gone=1).total == 19
        assert told(20).probe_result(state(total=20), [], OLD + 1, gone=1, is_all=True).total == 20

    @pytest.mark.parametrize(("start", "promised"), [(LATEST - 1, 19), (LATEST, 20)])
    def test_from_a_start_that_is_younger_than_the_retention_nothing_expires(
        self, start: int, promised: int
    ) -> None:
        assert look(state(total=20, start=start), [OLD], gone=1).total == promised

    def test_an_entry_at_the_start_is_there_still_so_none_expired(self) -> None:
        at = state(total=20, start=HORIZON, position=NOON)
        assert look(at, [HORIZON], gone=1).total == 20
        assert look(at, [HORIZON + 1], gone=1).total == 19

    def test_nothing_is_lost_for_certain(self) -> None:
        assert look(state(total=20, lost=2), [OLD], gone=5).lost == 2

    def test_an_account_that_was_told_nothing_counts_nothing(self) -> None:
        noted = dated().probe_result(state(total=20), [OLD], LAST, gone=0, is_all=True)
        assert noted.total is None


class TestAnotherLook:
    """What is gone since the look before, which is known by the times of the oldest."""

    AT = state(
        total=40,
        seen=10,
        tail=((HORIZON - 9, 2), (HORIZON - 1, 1), (HORIZON + 1, 4), (HORIZON + 5, 3)),
        known=HORIZON + 9,
    )
    """Ten were given, and ten of the thirty others have been looked at."""

    def test_what_is_older_than_the_oldest_has_passed(self) -> None:
        noted = look(self.AT, [HORIZON + 1, HORIZON + 5], gone=3, unread=30)
        assert noted.tail == ((HORIZON - 9, 3), (HORIZON + 1, 4), (HORIZON + 5, 3))
        assert noted.known == LAST + 1

    def test_what_was_not_looked_at_before_is_added(self) -> None:
        times = [HORIZON - 9, HORIZON + 8, HORIZON + 9, HORIZON + 9, HORIZON + 12]
        noted = look(self.AT, times, unread=30)
        assert noted.tail == (*self.AT.tail, (HORIZON + 9, 2), (HORIZON + 12, 1))

    @pytest.mark.parametrize("oldest", [HORIZON - 10, HORIZON - 9])
    def test_if_the_oldest_is_there_still_none_has_passed(self, oldest: int) -> None:
        assert look(self.AT, [oldest], unread=30).tail == self.AT.tail

    def test_all_may_have_passed(self) -> None:
        noted = look(self.AT, [HORIZON + 9], gone=10, unread=30)
        assert noted.tail == ((HORIZON - 9, 10), (HORIZON + 9, 1))
        assert noted.total == 40
        assert noted.lost == 0

    @pytest.mark.parametrize(("gone", "lost"), [(2, 0), (3, 0), (4, 1), (6, 3)])
    def test_whatever_else_is_missing_was_lost(self, gone: int, lost: int) -> None:
        noted = look(self.AT, [HORIZON + 1], gone=gone, unread=30)
        assert noted.lost == lost
        assert noted.total == 40

    def test_what_was_missing_on_the_page_is_missing_still(self) -> None:
        assert look(self.AT, [HORIZON + 1], gone=3, unread=28).lost == 2

    def test_what_was_lost_before_is_not_forgotten(self) -> None:
        at = state(total=40, seen=10, tail=self.AT.tail, known=self.AT.known, lost=2)
        assert look(at, [HORIZON + 1], gone=4, unread=30).lost == 2

    @pytest.mark.parametrize(("unread", "gone"), [(None, 5), (30, None)])
    def test_if_nobody_counted_nobody_knows_what_is_missing(
        self, unread: int | None, gone: int | None
    ) -> None:
        noted = look(self.AT, [HORIZON + 1], gone=gone, unread=unread)
        assert noted.lost == 0
        assert noted.total == 40

    def test_of_no_entries_none_is_lost(self) -> None:
        assert look(state(total=0, known=HORIZON), [HORIZON], unread=0).lost == 0

    def test_if_the_retention_overtook_what_was_known_only_what_is_there_is_promised(self) -> None:
        noted = look(self.AT, [HORIZON + 10], gone=12, unread=30)
        assert noted.total == 28
        assert noted.lost == 0
        assert noted.tail == ((HORIZON + 10, 1),)

    @pytest.mark.parametrize(
        ("known", "promised"), [(LATEST - 1, 25), (LATEST, 30), (LATEST + 1, 30)]
    )
    def test_what_is_younger_than_the_retention_did_not_expire(
        self, known: int, promised: int
    ) -> None:
        at = state(total=30, tail=((HORIZON - 9, 2),), known=known)
        assert look(at, [LATEST + 2], gone=5, unread=30).total == promised

    def test_then_those_that_have_passed_are_kept(self) -> None:
        at = state(total=30, tail=((HORIZON - 9, 2), (HORIZON - 8, 1)), known=LATEST)
        noted = look(at, [LATEST + 1], gone=3, unread=30)
        assert noted.tail == ((HORIZON - 9, 3), (LATEST + 1, 1))

    def test_one_that_is_gone_before_it_could_expire_has_not_passed(self) -> None:
        """Of those that are older than the oldest, one is too young, by the clock."""
        tail = ((HORIZON - HOUR, 2), (LATEST - 1, 1), (LATEST, 1), (HORIZON + HOUR, 1))
        at = state(total=30, tail=tail, known=HORIZON + HOUR)
        noted = look(at, [HORIZON + HOUR], gone=4, unread=30)
        assert noted.tail == ((HORIZON - HOUR, 3), (HORIZON + HOUR, 1), (HORIZON + HOUR, 1))
        assert noted.lost == 1
