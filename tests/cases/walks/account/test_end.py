"""What was given against what was promised, at the end."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from losant_audit_log import IncompleteWalkError
from losant_audit_log._runtime.walks.by_time.reconciliation import Reconciliation
from losant_audit_log._runtime.walks.checkpoint import WalkState
from tests.support.accounting import HORIZON, LATEST, accounted, dated, settled, state
from tests.support.drifting_log import DAY, NOON, SECOND, YEAR

OLD = HORIZON + YEAR // 12
"""The last entry of a log of which a twelfth of the retention is missing, and no more."""


def missed(account: Reconciliation, at: WalkState, total: int | None = None) -> str:
    """Settle an account that does not balance; give what is said of it."""
    with pytest.raises(IncompleteWalkError) as raised:
        settled(account, at, total)
    return str(raised.value)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("total", "seen"), [(20, 20), (20, 21), (None, 20), (0, 0)])
def test_if_all_was_given_nothing_is_asked(
    total: int | None, seen: int, *, descending: bool
) -> None:
    at = state(total=total, seen=seen, position=OLD, first=NOON)
    assert settled(dated(descending=descending), at, 100) == []


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("seen", [18, 19])
def test_what_is_missing_and_cannot_have_expired_was_lost(seen: int, *, descending: bool) -> None:
    at = state(total=20, seen=seen, position=NOON, first=NOON, start=NOON - DAY)
    expected = f"{20 - seen} of 20 reported entries were not returned"
    assert missed(dated(descending=descending), at) == expected


@pytest.mark.parametrize(("seen", "missing"), [(21, 2), (20, 2), (19, 2), (17, 3)])
def test_what_was_lost_is_missing_even_if_others_came_late(seen: int, missing: int) -> None:
    """All that is missing may have expired, but for what is lost for certain."""
    at = state(total=20, seen=seen, lost=2, position=OLD, first=NOON)
    assert missed(dated(), at).startswith(f"{missing} of 20 reported entries ")


def test_one_that_is_lost_is_too_many() -> None:
    assert missed(dated(), state(total=20, seen=20, lost=1)).startswith("1 of 20 reported entries ")
    assert missed(dated(), state(total=20, seen=19, lost=1, position=OLD)).startswith(
        "1 of 20 reported "
    )


@pytest.mark.parametrize("descending", [True, False])
def test_a_service_without_a_retention_loses_nothing_to_it(*, descending: bool) -> None:
    account = dated(descending=descending, retention="")
    missed(account, state(total=20, seen=19))
    missed(account, state(total=20, seen=19, known=0, tail=((0, 1),), position=0))


class TestWhatWasLookedAt:
    """What is left of the oldest entries that have passed the retention has expired."""

    @pytest.mark.parametrize("last", [LATEST - 1, LATEST - 2])
    def test_those_that_have_passed_it_may_be_missing(self, last: int) -> None:
        at = state(total=20, seen=17, tail=((HORIZON, 2), (last, 1)), known=LATEST, position=NOON)
        assert settled(dated(), at) == []

    def test_those_that_have_not_may_not(self) -> None:
        at = state(total=20, seen=17, tail=((HORIZON, 2), (LATEST, 1)), known=OLD, position=NOON)
        missed(dated(), at)

    def test_no_more_may_be_missing_than_were_left(self) -> None:
        at = state(total=20, seen=17, tail=((HORIZON, 2),), known=OLD, position=NOON)
        missed(dated(), at)

    def test_by_the_local_clock_those_of_a_day_may_have_passed(self) -> None:
        account = accounted()
        account.note_clock(None)
        tail = ((HORIZON + DAY - 1, 1), (HORIZON + DAY, 1))
        at = state(total=20, seen=19, tail=tail, known=OLD, position=NOON)
        assert settled(account, at) == []
        missed(account, state(total=20, seen=18, tail=tail, known=OLD, position=NOON))

    def test_by_the_clock_of_the_service_those_of_two_seconds(self) -> None:
        account = accounted(per_second=1)
        account.note_clock(NOON // SECOND)
        tail = ((HORIZON // SECOND + 1, 1), (HORIZON // SECOND + 2, 1))
        at = state(total=20, seen=19, tail=tail, known=OLD, position=NOON)
        assert settled(account, at) == []
        missed(account, state(total=20, seen=18, tail=tail, known=OLD, position=NOON))

    @pytest.mark.parametrize(("time", "is_before"), [(-1, True), (0, True), (1, False)])
    def test_one_that_was_given_was_there_so_all_behind_it_were(
        self, time: int, *, is_before: bool
    ) -> None:
        """Others of its moment may have expired."""
        position = HORIZON + 50
        at = state(total=20, seen=19, tail=((position + time, 1),), known=LATEST, position=position)
        if is_before:
            assert settled(dated(), at) == []
        else:
            missed(dated(), at)

    def test_if_nothing_was_given_all_may_be_missing_that_have_passed(self) -> None:
        at = state(total=3, tail=((HORIZON, 2), (LATEST - 1, 1)), known=LATEST)
        assert settled(dated(), at) == []
        missed(dated(), state(total=4, tail=((HORIZON, 2), (LATEST - 1, 1)), known=LATEST))


class TestWhatWasNot:
    """What lies behind the entries that were looked at."""

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
    def test_it_may_have_expired_if_the_retention_has_overtaken_it(
        self, known: int, position: int | None, *, has_expired: bool
    ) -> None:
        """What is younger than the last one that was given has not."""
        at = state(total=20, seen=10, known=known, position=position)
        if has_expired:
            assert settled(dated(), at) == []
        else:
            missed(dated(), at)

    def test_from_an_old_log_that_was_read_before_a_look_anything_may_have(self) -> None:
        assert settled(dated(), state(total=20, seen=10, position=OLD)) == []
        assert settled(dated(), state(total=20)) == []

    def test_from_a_younger_log_nothing_has(self) -> None:
        missed(dated(), state(total=20, seen=10, position=OLD + 1))

    def test_nor_since_a_start_that_is_younger_than_the_retention(self) -> None:
        missed(dated(), state(total=20, seen=10, position=OLD, start=LATEST))
        assert settled(dated(), state(total=20, seen=10, position=OLD, start=LATEST - 1)) == []


class TestOldestFirst:
    """What expired is not promised any more when it is counted, so nothing else is explained."""

    def test_what_is_missing_behind_the_last_one_was_lost(self) -> None:
        at = state(total=20, seen=10, position=HORIZON, end=HORIZON)
        missed(dated(descending=False), at)

    @pytest.mark.parametrize("known", [None, OLD])
    def test_the_oldest_are_not_looked_at(self, known: int | None) -> None:
        at = state(total=20, seen=19, tail=((HORIZON, 1),), known=known, position=HORIZON)
        missed(dated(descending=False), at)

    def test_if_nothing_was_given_all_of_an_old_span_may_have_expired(self) -> None:
        account = dated(descending=False)
        assert settled(account, state(total=20, end=LATEST - 1)) == []
        missed(account, state(total=20, end=LATEST))
        missed(account, state(total=20))


class TestWhatIsThereStill:
    """What expired is not there any more; so if more is there than was given, it was left out."""

    AT = state(total=20, seen=10, position=OLD, first=NOON, known=HORIZON)

    @pytest.mark.parametrize(
        ("begin", "start"), [({}, None), ({"start": OLD}, OLD), ({"start": OLD, "lower": 9}, 8)]
    )
    def test_the_span_is_asked_for_once_more_from_its_first_entry_on(
        self, begin: dict[str, int], start: int | None
    ) -> None:
        at = msgspec.structs.replace(self.AT, **begin)
        (asked,) = settled(dated(size=7), at, 10)
        assert asked.arguments == {
            "start": start,
            "end": NOON,
            "page": 0,
            "per_page": 7,
            "sort_field": "creationDate",
            "sort_direction": "desc",
        }
        assert asked.url == ""

    @pytest.mark.parametrize("total", [None, 0, 9, 10])
    def test_if_no_more_is_there_all_is_explained(self, total: int | None) -> None:
        assert len(settled(dated(), self.AT, total)) == 1

    def test_if_more_is_there_it_was_not_given(self) -> None:
        expected = "10 of 20 reported entries were not returned"
        assert missed(dated(), self.AT, 11) == expected

    @pytest.mark.parametrize("ends", [{"position": OLD}, {}])
    def test_nothing_is_asked_where_nothing_was_given(self, ends: dict[str, Any]) -> None:
        assert settled(dated(), state(total=20, seen=0, known=HORIZON, **ends), 10) == []

    def test_nor_oldest_first(self) -> None:
        at = state(total=20, end=HORIZON, first=NOON)
        assert settled(dated(descending=False), at, 100) == []
