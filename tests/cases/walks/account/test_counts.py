"""What a page says of the number of entries: what is promised, and what is lost for certain."""

from __future__ import annotations

import pytest

from tests.support.accounting import HORIZON, LATEST, dated, state
from tests.support.drifting_log import DAY, NOON

YOUNG = HORIZON + DAY
"""A time at which nothing expires yet."""


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("seen", "promised"), [(0, 20), (3, 23)])
def test_the_first_answer_promises_what_is_there(
    seen: int, promised: int, *, descending: bool
) -> None:
    noted = dated(descending=descending).count_unread(state(seen=seen), 20, YOUNG)
    assert noted.total == promised
    assert noted.lost == 0


def test_it_may_be_nothing() -> None:
    assert dated().count_unread(state(), 0, None).total == 0


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("unread", "promised"), [(15, 20), (16, 21), (20, 25)])
def test_more_than_that_came_late_and_are_promised_from_then_on(
    unread: int, promised: int, *, descending: bool
) -> None:
    at = state(total=20, seen=5, start=YOUNG)
    noted = dated(descending=descending).count_unread(at, unread, YOUNG)
    assert noted.total == promised
    assert noted.lost == 0


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize(("unread", "lost"), [(15, 0), (14, 1), (0, 15)])
def test_fewer_than_that_are_lost_where_nothing_expires(
    unread: int, lost: int, *, descending: bool
) -> None:
    at = state(total=20, seen=5, start=YOUNG, position=NOON)
    noted = dated(descending=descending).count_unread(at, unread, YOUNG)
    assert noted.total == 20
    assert noted.lost == lost


def test_what_was_lost_before_is_not_forgotten() -> None:
    at = state(total=20, seen=5, start=YOUNG, lost=3)
    assert dated().count_unread(at, 14, YOUNG).lost == 3
    assert dated().count_unread(at, 16, YOUNG).lost == 3


@pytest.mark.parametrize("alive", [None, HORIZON])
def test_an_answer_that_does_not_say_changes_nothing(alive: int | None) -> None:
    at = state(total=20, seen=5, start=YOUNG, lost=1, position=NOON)
    assert dated().count_unread(at, None, alive) == at


def test_a_service_without_a_retention_loses_nothing_to_it() -> None:
    for descending in (True, False):
        account = dated(descending=descending, retention="")
        at = state(total=20, seen=5, start=0, position=0)
        assert account.count_unread(at, 14, YOUNG).lost == 1


class TestNewestFirst:
    """The entries that may expire are the last ones."""

    @pytest.mark.parametrize("alive", [HORIZON, NOON])
    def test_before_the_first_look_nobody_can_tell(self, alive: int) -> None:
        """However young the oldest entry of a page is, the log's may be older."""
        noted = dated().count_unread(state(total=20, seen=5), 10, alive)
        assert noted.total == 20
        assert noted.lost == 0

    @pytest.mark.parametrize(("unread", "lost"), [(13, 0), (12, 0), (11, 1)])
    def test_after_it_those_that_have_passed_may_have_expired(self, unread: int, lost: int) -> None:
        at = state(
            total=20, seen=5, tail=((HORIZON, 3), (YOUNG, 4)), known=YOUNG + 1, position=NOON
        )
        assert dated().count_unread(at, unread, YOUNG + 2).lost == lost

    @pytest.mark.parametrize(("alive", "lost"), [(1, 0), (0, 0), (-1, 2)])
    def test_of_those_none_has_that_is_younger_than_one_on_the_page(
        self, alive: int, lost: int
    ) -> None:
        tail = ((HORIZON, 3), (HORIZON + 10, 2))
        at = state(total=20, seen=5, tail=tail, known=YOUNG, position=NOON)
        assert dated().count_unread(at, 10, HORIZON + 10 + alive).lost == lost

    @pytest.mark.parametrize(
        ("known", "alive", "lost"),
        [
            (LATEST - 1, LATEST, 0),
            (LATEST - 1, LATEST - 1, 0),
            (LATEST - 1, LATEST - 2, 5),
            (LATEST, LATEST + 1, 5),
            (HORIZON, HORIZON + 1, 0),
            (HORIZON, HORIZON, 0),
            (HORIZON, HORIZON - 1, 5),
        ],
    )
    def test_those_behind_what_is_known_may_have_when_the_retention_overtook_it(
        self, known: int, alive: int, lost: int
    ) -> None:
        """None has that is younger than one that is there still; others of its moment may have."""
        at = state(total=20, seen=5, known=known, position=NOON)
        noted = dated().count_unread(at, 10, alive)
        assert noted.total == 20
        assert noted.lost == lost

    @pytest.mark.parametrize(("start", "lost"), [(LATEST - 1, 0), (LATEST, 5)])
    def test_before_the_first_look_a_start_is_all_that_is_known(
        self, start: int, lost: int
    ) -> None:
        at = state(total=20, seen=5, start=start, position=NOON)
        assert dated().count_unread(at, 10, YOUNG).lost == lost

    def test_after_it_what_is_known_counts_wherever_the_span_begins(self) -> None:
        at = state(total=20, seen=5, start=HORIZON, known=YOUNG, position=NOON)
        assert dated().count_unread(at, 10, YOUNG + 1).lost == 5

    @pytest.mark.parametrize(
        ("position", "lost"), [(None, 0), (HORIZON + 1, 0), (HORIZON, 0), (HORIZON - 1, 5)]
    )
    def test_on_an_empty_page_the_last_one_given_is_the_oldest_that_was_there(
        self, position: int | None, lost: int
    ) -> None:
        at = state(total=5, known=HORIZON, position=position)
        assert dated().count_unread(at, 0, None).lost == lost

    def test_what_is_not_counted_stays_promised_even_then(self) -> None:
        at = state(total=20, seen=5, known=HORIZON, position=NOON)
        assert dated().count_unread(at, None, HORIZON + 1).total == 20


class TestOldestFirst:
    """What may expire is what comes next."""

    @pytest.mark.parametrize(
        ("position", "promised", "lost"),
        [(LATEST - 1, 15, 0), (LATEST, 20, 5), (HORIZON - DAY, 15, 0)],
    )
    def test_only_if_the_retention_has_passed_the_last_one_given(
        self, position: int, promised: int, lost: int
    ) -> None:
        noted = dated(descending=False).count_unread(
            state(total=20, seen=5, position=position), 10, YOUNG
        )
        assert noted.total == promised
        assert noted.lost == lost

    def test_nothing_has_while_the_last_one_given_is_there_still(self) -> None:
        at = state(total=20, seen=5, position=HORIZON)
        assert dated(descending=False).count_unread(at, 10, HORIZON).lost == 5
        assert dated(descending=False).count_unread(at, 10, HORIZON + 1).lost == 0

    def test_nothing_has_where_the_span_is_too_young(self) -> None:
        at = state(total=20, start=YOUNG, end=NOON)
        noted = dated(descending=False).count_unread(at, 19, YOUNG + 1)
        assert noted.total == 20
        assert noted.lost == 1

    @pytest.mark.parametrize(
        ("end", "promised", "lost"), [(LATEST - 1, 5, 0), (LATEST, 20, 15), (NOON, 20, 15)]
    )
    def test_if_nothing_is_left_all_of_the_span_may_have_expired(
        self, end: int, promised: int, lost: int
    ) -> None:
        at = state(total=20, seen=5, position=HORIZON - DAY, end=end)
        noted = dated(descending=False).count_unread(at, 0, None)
        assert noted.total == promised
        assert noted.lost == lost

    def test_if_nobody_counted_what_is_there_next_is_promised(self) -> None:
        at = state(total=20, seen=5, position=HORIZON)
        assert dated(descending=False).count_unread(at, None, YOUNG).total is None
        assert dated(descending=False).count_unread(at, None, HORIZON).total == 20
