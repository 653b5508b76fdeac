"""Check of a page against its request, and its new entries."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from losant_audit_log._runtime.core import epoch
from losant_audit_log._runtime.paging.page_data import PageData
from losant_audit_log._runtime.walks.by_time.page_check import (
    Examination,
    examine_page,
    mark_suppressed,
    new_entries,
)
from losant_audit_log._runtime.walks.by_time.reading import WindowReader
from losant_audit_log._runtime.walks.by_time.span import (
    PageRequest,
    first_request,
    requested_start,
)
from losant_audit_log._runtime.walks.by_time.timeline import Timeline
from losant_audit_log._runtime.walks.checkpoint import WalkState
from losant_audit_log._runtime.walks.steps import Batch
from tests.support.windows import KEPT, PAGES

DESCENDING = Timeline(PAGES, KEPT, descending=True, size=None)
ASCENDING = Timeline(PAGES, KEPT, descending=False, size=None)


def page(entries: dict[str, int], **fields: Any) -> PageData[Any]:
    """Return a page with an entry for each id and epoch."""
    timestamps = [epoch.to_datetime(time, 1000) for time in entries.values()]
    data: PageData[Any] = PageData([*entries], ids=[*entries], timestamps=timestamps)
    return msgspec.structs.replace(data, **fields)


def examine(
    data: PageData[Any], timeline: Timeline = DESCENDING, number: int = 0, **state: Any
) -> Examination:
    return examine_page(timeline, WalkState(walk="", **state), data, PageRequest(None, number))


@pytest.mark.parametrize(
    ("timeline", "times", "last"), [(DESCENDING, (30, 10), 10), (ASCENDING, (10, 30), 30)]
)
def test_the_oldest_and_the_last_entry_are_found(
    timeline: Timeline, times: tuple[int, int], last: int
) -> None:
    found = examine(page(dict(zip("ab", times, strict=True))), timeline)
    assert (found.oldest, found.last) == (10, last)


@pytest.mark.parametrize(("position", "expected"), [(50, 50), (None, 99)])
def test_a_page_without_timestamps_takes_the_position_or_the_end(
    position: int | None, expected: int
) -> None:
    data = page({"a": 0}, timestamps=None, undated=frozenset({0}))
    found = examine(data, position=position, end=99)
    assert (found.last, found.batch.timestamps) == (expected, [epoch.to_datetime(expected, 1000)])


@pytest.mark.parametrize(("first", "number", "unread"), [(0, 2, 3), (1, 3, 3), (1, 1, 7)])
def test_entries_on_earlier_pages_are_not_unread(first: int, number: int, unread: int) -> None:
    pagination = msgspec.structs.replace(PAGES, first=first)
    timeline = Timeline(pagination, KEPT, descending=True, size=None)
    data = page({"a": 30, "b": 20}, total=7, size=2)
    assert examine(data, timeline, number).unread == unread


@pytest.mark.parametrize("is_plain", [True, False])
def test_new_entries_are_as_plain_as_their_page(*, is_plain: bool) -> None:
    data = page({"a": 30}, is_plain=is_plain)
    assert data.timestamps is not None
    batch = new_entries(DESCENDING, WalkState(walk=""), data, data.timestamps)
    assert batch.is_plain is is_plain


def test_entries_of_earlier_walks_and_those_outside_the_span_are_both_suppressed() -> None:
    timestamps = [epoch.to_datetime(time, 1000) for time in (40, 30, 20)]
    batch = Batch([*"abc"], [*"abc"], timestamps)
    state = WalkState(walk="", lower=25)
    assert mark_suppressed(DESCENDING, state, {"b": 0}.keys(), batch).suppressed == {1, 2}


@pytest.mark.parametrize(("undated", "suppressed"), [("", {0, 2}), ("c", {0}), ("b", {0, 2})])
def test_entries_before_a_follow_are_suppressed_but_not_those_of_an_unknown_time(
    undated: str, suppressed: set[int]
) -> None:
    timestamps = [epoch.to_datetime(time, 1000) for time in (40, 30, 20)]
    places = frozenset("abc".index(each) for each in undated)
    batch = Batch([*"abc"], [*"abc"], timestamps, undated=places)
    state = WalkState(walk="", new_from=30)
    assert mark_suppressed(DESCENDING, state, {"a": 0}.keys(), batch).suppressed == suppressed


def test_known_entries_are_not_among_the_most_that_can_be_unread() -> None:
    data = page({"a": 30, "b": 20}, total=7, size=2)
    assert examine(data, position=30, ids=("a",)).most == 6
    assert examine(page({"a": 30}, size=2)).most is None


def test_the_entries_that_are_not_new_are_counted_as_duplicates() -> None:
    reader: WindowReader[Any] = WindowReader(
        DESCENDING, WalkState(walk="", position=30, ids=("b",), duplicates=1)
    )
    data = page({"a": 40, "b": 30, "c": 20})
    assert data.timestamps is not None
    assert reader.select_new(data, data.timestamps).ids == ["c"]
    assert reader.state.duplicates == 3


@pytest.mark.parametrize(("pinned_by", "bound"), [("end", 90), ("server", None), ("", None)])
def test_a_descending_walk_passes_only_an_end_of_the_caller(
    pinned_by: str, bound: int | None
) -> None:
    state = WalkState(walk="", end=90, pinned_by=pinned_by)
    assert first_request(DESCENDING, state).bound == bound


@pytest.mark.parametrize(("start", "requested"), [(0, None), (1, None), (2, 1), (30, 29)])
def test_a_start_is_requested_a_unit_earlier_unless_it_is_the_first_one(
    start: int, requested: int | None
) -> None:
    assert requested_start(WalkState(walk="", start=start, lower=start)) == requested
    assert requested_start(WalkState(walk="", start=start)) == start
