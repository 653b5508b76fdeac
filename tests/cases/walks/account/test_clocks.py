"""When the retention begins: by the service's clock, as far as it is known."""

from __future__ import annotations

import pytest

from losant_audit_log import IncompleteWalkError
from losant_audit_log._runtime.walks.by_time.reconciliation import Reconciliation
from tests.support.accounting import HORIZON, accounted, dated
from tests.support.drifting_log import DAY, HOUR, MINUTE, NOON, SECOND, DriftingLog


def begins_at(account: Reconciliation, horizon: int) -> None:
    """Hold that the service keeps what is of a time, and nothing that is older."""
    account.check_retention(horizon, "start")
    with pytest.raises(IncompleteWalkError):
        account.check_retention(horizon - 1, "start")


def test_the_time_is_what_the_service_says_it_is() -> None:
    assert accounted().note_clock(NOON + HOUR) == NOON + HOUR


def test_else_what_the_local_clock_says() -> None:
    assert accounted().note_clock(None) == NOON


@pytest.mark.parametrize("descending", [True, False])
def test_without_a_date_the_retention_is_counted_by_the_local_clock(*, descending: bool) -> None:
    account = accounted(descending=descending)
    account.note_clock(None)
    begins_at(account, HORIZON)


@pytest.mark.parametrize("ahead", [-HOUR, -1, 0, 1, HOUR])
def test_with_a_date_it_is_counted_by_the_clock_of_the_service(ahead: int) -> None:
    account = accounted()
    account.note_clock(NOON + ahead)
    begins_at(account, HORIZON + ahead)


def test_it_goes_on_while_nothing_is_answered(clock: DriftingLog) -> None:
    account = accounted()
    account.note_clock(NOON + HOUR)
    clock.now += MINUTE
    begins_at(account, HORIZON + HOUR + MINUTE)


def test_an_answer_without_a_date_leaves_what_is_known_of_the_clock() -> None:
    account = accounted()
    account.note_clock(NOON + HOUR)
    account.note_clock(None)
    begins_at(account, HORIZON + HOUR)


def test_the_last_date_counts() -> None:
    account = accounted()
    account.note_clock(NOON + HOUR)
    account.note_clock(NOON + DAY)
    begins_at(account, HORIZON + DAY)


def test_a_window_may_count_in_seconds() -> None:
    account = accounted(per_second=1)
    assert account.note_clock(None) == NOON // SECOND
    begins_at(account, HORIZON // SECOND)


def test_who_asks_for_what_is_not_kept_is_told_since_when_it_is() -> None:
    with pytest.raises(IncompleteWalkError) as raised:
        dated().check_retention(HORIZON - 1, "start")
    assert str(raised.value) == (
        "start is before the retention period of the service, which begins at "
        "2025-03-05 12:00:00.789000+00:00"
    )


def test_the_beginning_of_the_log_is_kept_whenever_it_is() -> None:
    dated().check_retention(None, "start")


def test_a_service_without_a_retention_keeps_all() -> None:
    dated(retention="").check_retention(0, "start")
