"""Reconciliation of returned and promised entries at the end of a walk."""

from __future__ import annotations

import msgspec
import pytest

from losant_audit_log import IncompleteWalkError
from losant_audit_log._runtime.walks.by_time.reconciliation import Reconciliation
from losant_audit_log._runtime.walks.checkpoint import WalkState
from tests.support.accounting import (
    HORIZON,
    LATEST,
    finish_requests,
    new_reconciliation,
    reconciliation_at_noon,
    state,
)
from tests.support.drifting_log import DAY, NOON, SECOND, YEAR

OLD = HORIZON + YEAR // 12
"""The last entry of a log of which a twelfth of the retention is missing, and no more."""


def mismatch_message(account: Reconciliation, at: WalkState, *left: int) -> str:
    """Finish a reconciliation that does not balance; return its error message."""
    with pytest.raises(IncompleteWalkError) as raised:
        finish_requests(account, at, *left)
    return str(raised.value)


def finish_with_expiry(account: Reconciliation, at: WalkState) -> None:
    """Finish a reconciliation that balances because entries expired.

    Behind the last returned entry, the walk looks for others, which would expire before it.
    """
    requests = finish_requests(account, at)
    assert [each.arguments["end"] for each in requests] == (
        [] if at.position is None else [at.position - 1]
    )


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("total", "seen"), [(20, 20), (20, 21), (None, 20), (0, 0)])
def test_complete_walk_needs_no_request(total: int | None, seen: int, *, descending: bool) -> None:
    at = state(total=total, seen=seen, position=OLD, first=NOON)
    assert finish_requests(reconciliation_at_noon(descending=descending), at, 5) == []


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("seen", [18, 19])
def test_missing_entries_that_cannot_have_expired_raise(seen: int, *, descending: bool) -> None:
    at = state(total=20, seen=seen, position=NOON, first=NOON, start=NOON - DAY)
    expected = f"{20 - seen} of 20 reported entries were not returned"
    assert mismatch_message(reconciliation_at_noon(descending=descending), at) == expected


@pytest.mark.parametrize(("seen", "missing"), [(21, 2), (20, 2), (19, 2), (17, 3)])
def test_lost_entries_raise_even_if_late_entries_were_added(seen: int, missing: int) -> None:
    """All missing entries may have expired, except those that are certainly lost."""
    at = state(total=20, seen=seen, lost=2, position=OLD, first=NOON)
    assert mismatch_message(reconciliation_at_noon(), at).startswith(
        f"{missing} of 20 reported entries "
    )


def test_single_lost_entry_raises() -> None:
    assert mismatch_message(reconciliation_at_noon(), state(total=20, seen=20, lost=1)).startswith(
        "1 of 20 reported entries "
    )
    assert mismatch_message(
        reconciliation_at_noon(), state(total=20, seen=19, lost=1, position=OLD)
    ).startswith("1 of 20 reported ")


@pytest.mark.parametrize("descending", [True, False])
def test_service_without_a_retention_loses_nothing_to_expiry(*, descending: bool) -> None:
    account = reconciliation_at_noon(descending=descending, retention="")
    mismatch_message(account, state(total=20, seen=19))
    mismatch_message(account, state(total=20, seen=19, known=0, tail=((0, 1),), position=0))


class TestProbedEntries:
    """Of the oldest entries that were probed, those past the retention may have expired."""

    @pytest.mark.parametrize("last", [LATEST - 1, LATEST - 2])
    def test_entries_past_the_retention_may_be_missing(self, last: int) -> None:
        at = state(total=20, seen=17, tail=((HORIZON, 2), (last, 1)), known=LATEST, position=NOON)
        finish_with_expiry(reconciliation_at_noon(), at)

    def test_entries_within_the_retention_may_not_be_missing(self) -> None:
        at = state(total=20, seen=17, tail=((HORIZON, 2), (LATEST, 1)), known=OLD, position=NOON)
        mismatch_message(reconciliation_at_noon(), at)

    def test_more_missing_entries_than_expired_ones_raise(self) -> None:
        at = state(total=20, seen=17, tail=((HORIZON, 2),), known=OLD, position=NOON)
        mismatch_message(reconciliation_at_noon(), at)

    def test_local_clock_allows_expiry_three_days_early(self) -> None:
        """Two days for the length of a year, and one for the clock."""
        account = new_reconciliation()
        account.note_clock(None)
        tail = ((HORIZON + 3 * DAY - 1, 1), (HORIZON + 3 * DAY, 1))
        at = state(total=20, seen=19, tail=tail, known=OLD, position=NOON)
        finish_with_expiry(account, at)
        mismatch_message(account, state(total=20, seen=18, tail=tail, known=OLD, position=NOON))

    def test_service_clock_allows_expiry_two_days_and_ten_seconds_early(self) -> None:
        account = new_reconciliation(per_second=1)
        account.note_clock(NOON // SECOND)
        tail = ((LATEST // SECOND - 1, 1), (LATEST // SECOND, 1))
        at = state(total=20, seen=19, tail=tail, known=OLD, position=NOON)
        finish_with_expiry(account, at)
        mismatch_message(account, state(total=20, seen=18, tail=tail, known=OLD, position=NOON))

    @pytest.mark.parametrize(("time", "is_before"), [(-1, True), (0, True), (1, False)])
    def test_entries_behind_a_returned_entry_have_not_expired(
        self, time: int, *, is_before: bool
    ) -> None:
        """Others with the same timestamp may have expired."""
        position = HORIZON + 50
        at = state(total=20, seen=19, tail=((position + time, 1),), known=LATEST, position=position)
        if is_before:
            finish_with_expiry(reconciliation_at_noon(), at)
        else:
            mismatch_message(reconciliation_at_noon(), at)

    def test_all_entries_past_the_retention_may_be_missing_if_none_was_returned(self) -> None:
        at = state(total=3, tail=((HORIZON, 2), (LATEST - 1, 1)), known=LATEST)
        finish_with_expiry(reconciliation_at_noon(), at)
        mismatch_message(
            reconciliation_at_noon(),
            state(total=4, tail=((HORIZON, 2), (LATEST - 1, 1)), known=LATEST),
        )


class TestEntriesBehindTheProbe:
    """Entries behind those that were probed."""

    @pytest.mark.parametrize(
        ("known", "position", "has_expired"),
        [
            (LATEST - 1, NOON, True),
            (LATEST, NOON, False),
            (HORIZON, HORIZON, True),
            (HORIZON, HORIZON + 1, True),
            (HORIZON, HORIZON - 1, False),
            (HORIZON, None, True),
            (LATEST, None, False),
        ],
    )
    def test_unprobed_entries_may_have_expired_if_the_retention_passed_the_probe(
        self, known: int, position: int | None, *, has_expired: bool
    ) -> None:
        """No entry younger than the last returned one has expired."""
        at = state(total=20, seen=10, known=known, position=position)
        if has_expired:
            finish_with_expiry(reconciliation_at_noon(), at)
        else:
            mismatch_message(reconciliation_at_noon(), at)

    def test_any_entry_of_an_old_log_may_have_expired_before_a_probe(self) -> None:
        finish_with_expiry(reconciliation_at_noon(), state(total=20, seen=10, position=OLD))
        finish_with_expiry(reconciliation_at_noon(), state(total=20))

    def test_entries_of_a_younger_log_have_not_expired(self) -> None:
        mismatch_message(reconciliation_at_noon(), state(total=20, seen=10, position=OLD + 1))

    def test_entries_since_a_start_within_the_retention_have_not_expired(self) -> None:
        mismatch_message(
            reconciliation_at_noon(), state(total=20, seen=10, position=OLD, start=LATEST)
        )
        finish_with_expiry(
            reconciliation_at_noon(), state(total=20, seen=10, position=OLD, start=LATEST - 1)
        )


class TestOldestFirst:
    """Expired entries leave the promise when they are counted; nothing else is explained."""

    def test_missing_entries_behind_the_last_one_raise(self) -> None:
        at = state(total=20, seen=10, position=HORIZON, end=HORIZON)
        mismatch_message(reconciliation_at_noon(descending=False), at)

    @pytest.mark.parametrize("known", [None, OLD])
    def test_ascending_walk_ignores_probed_entries(self, known: int | None) -> None:
        at = state(total=20, seen=19, tail=((HORIZON, 1),), known=known, position=HORIZON)
        mismatch_message(reconciliation_at_noon(descending=False), at)

    def test_whole_old_span_may_have_expired_if_nothing_was_returned(self) -> None:
        account = reconciliation_at_noon(descending=False)
        assert finish_requests(account, state(total=20, end=LATEST - 1)) == []
        mismatch_message(account, state(total=20, end=LATEST))
        mismatch_message(account, state(total=20))


class TestLookBehind:
    """Expired entries are gone; if one exists behind the last returned one, some were left out."""

    AT = state(total=20, seen=10, position=OLD, first=NOON, known=HORIZON)

    @pytest.mark.parametrize(
        ("begin", "start"), [({}, None), ({"start": OLD}, OLD), ({"start": OLD, "lower": 9}, 8)]
    )
    def test_request_covers_the_span_behind_the_last_entry(
        self, begin: dict[str, int], start: int | None
    ) -> None:
        at = msgspec.structs.replace(self.AT, **begin)
        (requests,) = finish_requests(reconciliation_at_noon(size=7), at)
        assert requests.arguments == {
            "start": start,
            "end": OLD - 1,
            "page": 0,
            "per_page": 7,
            "sort_field": "creationDate",
            "sort_direction": "desc",
        }
        assert requests.url == ""

    @pytest.mark.parametrize("left", [(), (OLD,), (OLD + 1, OLD), (None,)])
    def test_no_older_entry_explains_the_difference(self, left: tuple[int | None, ...]) -> None:
        """A service may return the last entry again, by its bounds, or undated ones beside it."""
        assert len(finish_requests(reconciliation_at_noon(), self.AT, *left)) == 1

    @pytest.mark.parametrize("left", [(OLD - 1,), (OLD, OLD - 1), (HORIZON,)])
    def test_older_entry_raises(self, left: tuple[int, ...]) -> None:
        expected = "10 of 20 reported entries were not returned"
        assert mismatch_message(reconciliation_at_noon(), self.AT, *left) == expected

    def test_nothing_is_requested_if_no_entry_was_returned(self) -> None:
        assert (
            finish_requests(reconciliation_at_noon(), state(total=20, seen=0, known=HORIZON), 10)
            == []
        )

    def test_nothing_is_requested_in_an_ascending_walk(self) -> None:
        at = state(total=20, end=HORIZON, first=NOON)
        assert finish_requests(reconciliation_at_noon(descending=False), at, 100) == []
