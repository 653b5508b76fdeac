"""Steps of a walk through a time span: requests, contradictions, and states."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import msgspec
import pytest

from losant_audit_log import APIConnectionError, IncompleteWalkError
from losant_audit_log._runtime.core import epoch
from losant_audit_log._runtime.paging.page_data import PageData
from losant_audit_log._runtime.walks.checkpoint import WalkState
from tests.support.windows import CLOCK, Service

SEVEN = {"a": 10, "b": 20, "c": 30, "d": 40, "e": 50, "f": 60, "g": 70}
OUTSIDE = "the service returned entries outside the requested time span"
REPEATED = "the service returns the same page repeatedly"


def saying(**changes: Any) -> Callable[[PageData[Any]], PageData[Any]]:
    """Return an edit that replaces members of a page."""
    return lambda data: msgspec.structs.replace(data, **changes)


def move_timestamps(by: int) -> Callable[[PageData[Any]], PageData[Any]]:
    """Return an edit that moves the timestamps of all entries of a page."""

    def edit(data: PageData[Any]) -> PageData[Any]:
        times = [
            epoch.to_datetime(epoch.from_datetime(each, 1000) + by, 1000)
            for each in data.timestamps or ()
        ]
        return msgspec.structs.replace(data, timestamps=times)

    return edit


def failure(service: Service, **begin: Any) -> str:
    error = service.walk_entries(**begin).error
    assert isinstance(error, IncompleteWalkError)
    return str(error)


class TestRequests:
    """The requested spans, page by page."""

    def test_descending_walk_moves_the_end(self) -> None:
        service = Service(SEVEN)
        course = service.walk_entries()
        assert service.requests == [(None, None, 0), (None, 51, 0), (None, 31, 0), (None, 11, 0)]
        assert service.sizes == [None] * 4
        assert service.ascending == [False] * 4
        assert course.ids == list("gfedcba")
        assert (course.state.pages, course.state.duplicates) == (4, 3)

    def test_ascending_walk_moves_the_start(self) -> None:
        """After a first request for the newest entry, which sets the end."""
        service = Service(SEVEN)
        course = service.walk_entries(ascending=True)
        assert service.requests == [
            (None, None, 0),
            (None, None, 0),
            *((begin, CLOCK - 1, 0) for begin in (29, 49, 69)),
        ]
        assert service.ascending == [True, False, True, True, True]
        assert course.ids == list("abcdefg")
        assert (course.state.pages, course.state.duplicates) == (5, 3)

    def test_inclusive_bounds_are_requested_a_unit_wider(self) -> None:
        span: dict[str, Any] = {"start": 20, "lower": 20, "end": 50, "upper": 50}
        service = Service(SEVEN, size=2, bounds=(False, False))
        course = service.walk_entries(pinned_by="end", **span)
        assert service.requests == [(19, 51, 0), (19, 41, 0), (19, 31, 0), (19, 21, 0)]
        assert course.ids == list("edcb")
        service = Service(SEVEN, size=2)
        course = service.walk_entries(pinned_by="end", ascending=True, **span)
        assert service.requests == [(19, 51, 0), (29, 51, 0), (39, 51, 0), (49, 51, 0)]
        assert course.ids == list("bcde")

    def test_open_end_is_determined_within_the_span(self) -> None:
        service = Service(SEVEN, size=2)
        course = service.walk_entries(start=20, lower=20, ascending=True)
        assert service.requests[:3] == [(19, None, 0), (19, None, 0), (29, CLOCK - 1, 0)]
        assert course.ids == list("bcdefg")

    def test_bounds_of_the_service_are_requested_unchanged(self) -> None:
        service = Service(SEVEN, bounds=(False, False))
        course = service.walk_entries(start=20, end=50, pinned_by="end")
        assert service.requests == [(20, 50, 0), (20, 31, 0)]  # The last one looks behind the page.
        assert course.ids == list("dc")

    def test_page_size_is_requested(self) -> None:
        service = Service(SEVEN, size=100)
        assert service.walk_entries(size=4).ids == list("gfedcba")
        assert service.sizes == [4, 4, 4]

    def test_empty_log_needs_one_request(self) -> None:
        service = Service({})
        course = service.walk_entries()
        assert service.requests == [(None, None, 0)]
        assert (course.ids, course.state.pages, course.state.total) == ([], 1, 0)
        assert course.state.done

    def test_walk_without_a_total_continues_until_an_empty_page(self) -> None:
        service = Service({"a": 10, "b": 20}, says_total=False)
        course = service.walk_entries()
        assert service.requests == [
            (None, None, 0),
            (None, 11, 0),
            *((9, 11, page) for page in (0, 1)),
            *((None, 10, page) for page in (0, 1)),
        ]
        assert service.sizes == [None, None, None, 1, None, 1]
        assert course.ids == ["b", "a"]

    def test_dense_timestamp_is_read_by_page_numbers(self) -> None:
        service = Service({"new": 60, **dict.fromkeys("abcde", 50), "old": 40}, size=2)
        course = service.walk_entries()
        assert course.ids[0] == "new"
        assert course.ids[-1] == "old"
        assert sorted(course.ids[1:-1]) == list("abcde")
        assert service.requests == [
            (None, None, 0),
            (None, 51, 0),
            *((49, 51, page) for page in range(3)),
            *((None, 50, page) for page in range(3)),
            (None, 41, 0),
        ]

    def test_existing_first_page_is_not_requested(self) -> None:
        page = Service(SEVEN).first_page()
        service = Service(SEVEN)
        assert service.walk_entries(page=page).ids == list("gfedcba")
        assert service.requests[0] == (None, 51, 0)

    def test_finished_walk_sends_no_request(self) -> None:
        service = Service(SEVEN)
        assert service.walk_entries(done=True).ids == []
        assert service.requests == []


class TestContradictions:
    """Responses after which completeness cannot be guaranteed."""

    def test_response_with_another_page_number_raises(self) -> None:
        service = Service(SEVEN, edits={2: saying(page=1)})
        assert failure(service) == "page 0 was requested, but the service returned page 1"

    def test_response_without_a_page_number_is_accepted(self) -> None:
        assert Service(SEVEN, edits={2: saying(page=None)}).walk_entries().ids == list("gfedcba")

    @pytest.mark.parametrize(("number", "total"), [(1, 1), (4, 7)])
    def test_empty_page_with_a_total_raises(self, number: int, total: int) -> None:
        nothing = saying(items=[], ids=[], timestamps=None, total=total)
        message = failure(Service(SEVEN, edits={number: nothing, number + 1: nothing}))
        assert message == f"the service reports {total} entries but returns an empty page"

    @pytest.mark.parametrize("ascending", [False, True])
    @pytest.mark.parametrize("by", [-31, 21])
    def test_entries_outside_of_the_span_raise(self, by: int, *, ascending: bool) -> None:
        service = Service({"b": 40, "c": 50}, edits={1: move_timestamps(by)})
        span: dict[str, Any] = {"start": 10, "end": 70, "pinned_by": "end"}
        assert failure(service, ascending=ascending, **span) == OUTSIDE

    @pytest.mark.parametrize("ascending", [False, True])
    @pytest.mark.parametrize("by", [-30, 20])
    def test_entries_at_the_bounds_of_the_span_are_accepted(
        self, by: int, *, ascending: bool
    ) -> None:
        service = Service({"b": 40, "c": 50}, edits={1: move_timestamps(by)}, size=2)
        service.edits[2] = service.edits[3] = saying(items=[], ids=[], timestamps=None, total=0)
        span: dict[str, Any] = {"start": 10, "end": 70, "pinned_by": "end"}
        assert sorted(service.walk_entries(ascending=ascending, **span).ids) == ["b", "c"]

    def test_unsorted_entries_raise(self) -> None:
        times = [epoch.to_datetime(each, 1000) for each in (10, 30, 20)]
        message = failure(Service(SEVEN, edits={1: saying(timestamps=times)}))
        assert message == "the service did not sort the entries by timestamp as requested"

    def test_page_with_more_entries_than_its_total_raises(self) -> None:
        message = failure(Service(SEVEN, edits={1: saying(total=2)}))
        assert message == "a page has 3 entries, but the service reports 2"

    def test_repeated_page_raises(self) -> None:
        """Of one timestamp, without a total that would announce its end."""
        service = Service(dict.fromkeys("abc", 50), size=3, says_total=False)
        page = service.first_page()
        again = saying(items=page.data.items, ids=page.data.ids, timestamps=page.data.timestamps)
        service.edits = dict.fromkeys(range(1, 1000), again)
        assert failure(service) == REPEATED

    def test_dense_timestamp_with_more_entries_than_its_total_raises(self) -> None:
        service = Service(dict.fromkeys("abcdef", 50), size=2)
        service.edits = {n: saying(total=3) for n in (2, 3, 4)}
        assert failure(service) == "4 entries have the same timestamp, but the service reports 3"

    def test_dense_timestamp_with_fewer_entries_than_its_total_raises(self) -> None:
        service = Service(dict.fromkeys("abcdef", 50), size=2)
        service.edits = {n: saying(total=7) for n in range(2, 1000)}
        message = (
            "more entries have the same timestamp than fit on a page, and only 6 of 7 were found"
        )
        assert failure(service) == message

    @pytest.mark.parametrize("by", [2, -2])
    def test_entries_outside_of_a_dense_timestamp_raise(self, by: int) -> None:
        service = Service(dict.fromkeys("abcdef", 50), size=2, edits={3: move_timestamps(by)})
        assert failure(service) == OUTSIDE

    def test_failure_of_a_request_is_raised_unchanged(self) -> None:
        error = APIConnectionError("gone", request=None)
        course = Service(SEVEN, edits={3: lambda _: error}).walk_entries()
        assert course.error is error
        assert course.ids == list("gfedc")


class TestStates:
    """The state after the first entries of a page."""

    ENTRIES: ClassVar = {"a": 10, "b": 20, "c": 20, "d": 30}

    def after(self, most: int, **begin: Any) -> WalkState:
        return Service(self.ENTRIES, size=10).walk_entries(most=most, **begin).state

    def test_state_has_the_position_and_the_ids_at_that_timestamp(self) -> None:
        found = [(state.position, state.ids) for state in map(self.after, (1, 2, 3, 4))]
        assert found == [(30, ("d",)), (20, ("c",)), (20, ("c", "b")), (10, ("a",))]

    def test_state_collects_the_ids_of_a_timestamp(self) -> None:
        begin = self.after(2)
        service = Service(self.ENTRIES, size=10)
        assert service.walk_entries(begin=begin, most=1).state.ids == ("c", "b")
        assert service.requests == [(None, 21, 0)]

    def test_state_counts_returned_entries(self) -> None:
        state = self.after(3)
        assert (state.seen, state.entries, state.first, state.last) == (3, 3, 30, 20)

    def test_state_counts_entries_of_an_earlier_walk_as_seen_only(self) -> None:
        service = Service(self.ENTRIES, size=10)
        course = service.walk_entries(late={"d": 30, "b": 20})
        state = course.state
        assert course.ids == ["c", "a"]
        assert (state.seen, state.entries, state.first, state.last) == (4, 2, 20, 10)
        assert self.after(1, late={"d": 30}).first is None
        assert self.after(2, late={"c": 20}).last == 30

    def test_end_is_the_clock_of_the_service(self) -> None:
        state = self.after(1)
        assert (state.end, state.pinned_by) == (CLOCK - 1, "server")

    def test_end_without_a_service_clock_is_the_local_clock(self) -> None:
        service = Service(self.ENTRIES, clock=None)
        state = service.walk_entries(most=1).state
        assert state.end is not None
        assert state.end > epoch.now(1000) - 60_000
        assert state.pinned_by == "local"

    def test_end_is_earlier_by_the_duration_of_the_response(self) -> None:
        page = msgspec.structs.replace(Service(self.ENTRIES).first_page(), elapsed=0.0021)
        assert Service(self.ENTRIES).walk_entries(page=page).state.end == CLOCK - 3 - 1

    def test_ascending_end_is_behind_the_newest_entry(self) -> None:
        service = Service({**self.ENTRIES, "z": CLOCK + 7}, size=2)
        state = service.walk_entries(ascending=True).state
        assert (state.end, state.pinned_by) == (CLOCK + 8, "server")
        service = Service(self.ENTRIES, size=2, clock=None)
        state = service.walk_entries(ascending=True).state
        assert (state.end, state.pinned_by) == (31, "local")

    def test_newest_entry_is_requested_again_if_the_response_was_ascending(self) -> None:
        service = Service(dict.fromkeys("abc", 10), size=2)
        oldest = Service(dict.fromkeys("abc", 10), size=2).first_page().data
        again = saying(items=oldest.items, ids=oldest.ids, timestamps=oldest.timestamps)
        service.edits = {1: again, 2: again}
        course = service.walk_entries(ascending=True)
        assert sorted(course.ids) == list("abc")
        assert course.state.pages == len(service.requests)
        assert service.requests[:3] == [(None, None, 0)] * 3
        assert service.ascending[:3] == [True, False, False]

    def test_newest_entry_is_requested_once_if_the_page_is_complete(self) -> None:
        service = Service({"a": 10})
        assert service.walk_entries(ascending=True).ids == ["a"]
        assert service.requests == [*[(None, None, 0)] * 2, (9, 999, 0), (9, 999, 1)]

    def test_ascending_end_is_behind_the_page_if_the_newest_entry_is_gone(self) -> None:
        nothing = saying(items=[], ids=[], timestamps=None, total=0)
        service = Service(self.ENTRIES, size=10, clock=None, edits={2: nothing})
        state = service.walk_entries(ascending=True).state
        assert (state.end, state.entries) == (31, 4)

    def test_state_has_the_ids_within_the_overlap_for_the_next_walk(self) -> None:
        """Ids within the overlap, by the clock of the service."""
        entries = {"a": 900, "b": 979, "c": 989, "d": 998}
        service = Service(entries, size=10)
        assert service.walk_entries(overlap=10).state.late == {"c": 989, "d": 998}
        assert service.walk_entries(overlap=20).state.late == {"b": 979, "c": 989, "d": 998}
        assert service.walk_entries().state.late == {}

    def test_state_without_a_service_clock_measures_the_overlap_from_the_newest_entry(self) -> None:
        entries = {"a": 900, "b": 979, "c": 989, "d": 998}
        service = Service(entries, size=2, clock=None)
        assert service.walk_entries(overlap=10).state.late == {"c": 989, "d": 998}
        assert service.walk_entries(overlap=10, late={"x": 1005}).state.late == {
            "x": 1005,
            "d": 998,
        }

    def test_state_omits_ids_outside_of_the_span(self) -> None:
        span: dict[str, Any] = {"start": 20, "lower": 20, "end": 30, "upper": 30}
        service = Service({**self.ENTRIES, "e": 31}, size=10)
        state = service.walk_entries(pinned_by="end", overlap=100, **span).state
        assert state.late == {"b": 20, "c": 20, "d": 30}
