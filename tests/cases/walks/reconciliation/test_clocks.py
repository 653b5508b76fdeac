"""Begin of the retention by the service's or the local clock."""

from __future__ import annotations

import pytest

from losant_audit_log import IncompleteWalkError
from losant_audit_log._runtime.walks.by_time.reconciliation import Reconciliation
from tests.support.accounting import (
    HORIZON,
    LATEST,
    new_reconciliation,
    reconciliation_at_noon,
)
from tests.support.drifting_log import DAY, HOUR, MINUTE, NOON, SECOND, DriftingLog


def begins_at(account: Reconciliation, horizon: int, per_second: int = SECOND) -> None:
    """Check that the service keeps entries of a time, within the precision of a Date header."""
    account.check_retention(horizon - 10 * per_second, "start")
    with pytest.raises(IncompleteWalkError):
        account.check_retention(horizon - 10 * per_second - 1, "start")


def test_current_time_is_the_date_of_the_service() -> None:
    assert new_reconciliation().note_clock(NOON + HOUR) == NOON + HOUR


def test_current_time_without_a_date_is_the_local_clock() -> None:
    assert new_reconciliation().note_clock(None) == NOON


@pytest.mark.parametrize("descending", [True, False])
def test_retention_without_a_date_is_measured_by_the_local_clock(*, descending: bool) -> None:
    account = new_reconciliation(descending=descending)
    account.note_clock(None)
    begins_at(account, HORIZON)


@pytest.mark.parametrize("ahead", [-HOUR, -1, 0, 1, HOUR])
def test_retention_with_a_date_is_measured_by_the_service_clock(ahead: int) -> None:
    account = new_reconciliation()
    account.note_clock(NOON + ahead)
    begins_at(account, HORIZON + ahead)


def test_service_clock_advances_between_responses(clock: DriftingLog) -> None:
    account = new_reconciliation()
    account.note_clock(NOON + HOUR)
    clock.now += MINUTE
    begins_at(account, HORIZON + HOUR + MINUTE)


def test_response_without_a_date_keeps_the_known_service_clock() -> None:
    account = new_reconciliation()
    account.note_clock(NOON + HOUR)
    account.note_clock(None)
    begins_at(account, HORIZON + HOUR)


def test_last_date_of_the_service_takes_precedence() -> None:
    account = new_reconciliation()
    account.note_clock(NOON + HOUR)
    account.note_clock(NOON + DAY)
    begins_at(account, HORIZON + DAY)


def test_window_in_seconds_measures_the_retention_in_seconds() -> None:
    account = new_reconciliation(per_second=1)
    assert account.note_clock(None) == NOON // SECOND
    begins_at(account, HORIZON // SECOND, per_second=1)


def test_start_before_the_retention_raises_with_the_begin_of_the_retention() -> None:
    with pytest.raises(IncompleteWalkError) as raised:
        reconciliation_at_noon().check_retention(HORIZON - 10 * SECOND - 1, "start")
    assert str(raised.value) == (
        "start is before the retention period of the service, which begins at "
        "2025-03-05 12:00:00.789000+00:00; pass a later start, or retention=... if the service "
        "keeps entries for longer"
    )


@pytest.mark.parametrize("tolerance", [0, 5, 2 * 86_400])
def test_start_may_be_before_the_retention_by_the_tolerance(tolerance: int) -> None:
    earliest = HORIZON - tolerance * SECOND
    reconciliation_at_noon().check_retention(earliest, "start", tolerance)
    with pytest.raises(IncompleteWalkError):
        reconciliation_at_noon().check_retention(earliest - 1, "start", tolerance)


def test_open_start_is_never_before_the_retention() -> None:
    reconciliation_at_noon().check_retention(None, "start")


def test_service_without_a_retention_keeps_every_start() -> None:
    reconciliation_at_noon(retention="").check_retention(0, "start")


def test_entries_may_expire_until_the_latest_time_of_the_clocks() -> None:
    account = reconciliation_at_noon()
    assert account.may_expire(LATEST - 1)
    assert not account.may_expire(LATEST)
    assert not reconciliation_at_noon(retention="").may_expire(0)
