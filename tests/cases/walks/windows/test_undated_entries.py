"""Undated entries at any position among others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.windows import Service

ENTRIES = {id_: 10 * number for number, id_ in enumerate("abcdefgh", 1)}
NO_TIME = "no entry has a timestamp, so the list cannot be walked by time"


@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("most", range(1, 8))
def test_leading_undated_entries_are_returned_once_in_any_resumed_walk(
    most: int, *, ascending: bool
) -> None:
    """Undated entries are read with the next page, but a resumed walk reads them again."""
    first = "abcde" if ascending else "hgfed"
    service = Service(ENTRIES, size=2, undated=first)
    course = service.walk_entries(most=most, ascending=ascending)
    rest = service.walk_entries(begin=course.state)
    assert rest.error is None
    given = [*course.ids, *rest.ids]
    assert given == sorted(ENTRIES, reverse=not ascending)
    assert rest.state.entries == len(ENTRIES)


def test_ids_of_undated_entries_are_stored_in_the_state() -> None:
    state = Service(ENTRIES, size=10, undated="hgd").walk_entries(most=2).state
    assert (state.position, state.ids, state.undated) == (None, (), ("h", "g"))
    state = Service(ENTRIES, size=10, undated="hgd").walk_entries(most=5).state
    assert (state.position, state.ids, state.undated) == (50, ("e", "d"), ("h", "g", "d"))


@pytest.mark.parametrize("ascending", [False, True])
def test_undated_entry_at_a_bound_is_not_lost(*, ascending: bool) -> None:
    """The requested span is a unit wider, and the neighbor is outside of the walk."""
    entries = {"out": 19, "low": 20, "in": 25, "high": 30, "over": 31}
    service = Service(entries, size=10, undated=["low", "high"])
    span: dict[str, Any] = {"start": 20, "lower": 20, "end": 30, "upper": 30}
    course = service.walk_entries(pinned_by="end", ascending=ascending, **span)
    assert sorted(course.ids) == ["high", "in", "low"]


@pytest.mark.parametrize("ascending", [False, True])
def test_log_of_undated_entries_is_read_by_page_numbers(*, ascending: bool) -> None:
    service = Service(ENTRIES, size=3, undated=ENTRIES)
    course = service.walk_entries(ascending=ascending)
    order = sorted(ENTRIES, reverse=not ascending)
    assert course.ids == order
    assert course.state.undated == tuple(order)
    assert service.requests[:3] == [(None, None, page) for page in range(3)]
    assert course.state.pages == len(service.requests)


@pytest.mark.parametrize("ascending", [False, True])
def test_pages_of_undated_entries_are_read_within_their_window(*, ascending: bool) -> None:
    service = Service(ENTRIES, size=2, undated="cdef")
    course = service.walk_entries(ascending=ascending)
    assert course.ids == sorted(ENTRIES, reverse=not ascending)
    behind = [n for n, (_, _, page) in enumerate(service.requests) if page]
    assert behind
    assert all(service.requests[n][:2] == service.requests[n - 1][:2] for n in behind)


@pytest.mark.parametrize("size", [1, 2])
def test_undated_entry_in_a_dense_timestamp_is_returned(size: int) -> None:
    crowd = {**dict.fromkeys("abcde", 50), "z": 60}
    service = Service(crowd, size=size, undated="c")
    course = service.walk_entries()
    assert sorted(course.ids) == sorted(crowd)
    assert course.state.undated == ("c",)


@pytest.mark.parametrize("number", [20, 21])
def test_too_many_undated_entries_in_a_row_raise(number: int) -> None:
    """The end of a page of undated entries is unknown."""
    entries = {f"{n:02}": n + 100 for n in range(number)}
    service = Service(entries, size=number, undated=entries)
    course = service.walk_entries()
    if number == 20:
        assert len(course.ids) == number
    else:
        assert str(course.error) == NO_TIME


@pytest.mark.parametrize("number", [20, 21])
def test_too_many_undated_entries_before_a_dated_one_raise(number: int) -> None:
    entries = {f"{n:02}": n + 100 for n in range(number + 1)}
    service = Service(entries, size=number, undated=[*entries][1:])
    course = service.walk_entries()
    if number == 20:
        assert len(course.ids) == number + 1
    else:
        assert str(course.error) == NO_TIME


def test_undated_newest_entry_moves_the_end_later() -> None:
    """Oldest first, the end is a day later, certainly behind the entry."""
    service = Service(ENTRIES, size=3, undated="h")
    course = service.walk_entries(ascending=True)
    assert course.ids == list("abcdefgh")
    assert course.state.end == 1_000 + 86_400 * 1_000


def test_end_follows_from_dated_entries_if_the_oldest_are_undated() -> None:
    """Undated entries are read with the next page before the end is set."""
    service = Service(ENTRIES, size=2, undated="ab", clock=None)
    course = service.walk_entries(ascending=True)
    assert course.ids == list("abcdefgh")
    assert course.state.end == ENTRIES["h"] + 1


@pytest.mark.parametrize("seed", range(20))
def test_unstable_order_without_a_total_is_read_until_nothing_is_new(seed: int) -> None:
    """A short page may be the last one: its timestamp is read until nothing is new."""
    crowd = {f"{seed} {n}": 50 for n in range(7)}
    service = Service(crowd, size=5, reported_size=10, says_total=False, is_unstable=True)
    course = service.walk_entries()
    assert sorted(course.ids) == sorted(crowd)
