"""Probes of the oldest entries, page by page."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from losant_audit_log import APIConnectionError, IncompleteWalkError
from losant_audit_log._runtime.core import epoch
from losant_audit_log._runtime.paging.page_data import PageData
from losant_audit_log.resources.audit_logs import LIST_PAGES
from tests.support.accounting import HORIZON
from tests.support.drifting_log import DAY, NOON
from tests.support.windows import Service

OLD = HORIZON + 1_000


def kept_for_a_year(entries: dict[str, int], **habits: Any) -> Service:
    return Service(entries, clock=NOON, pagination=LIST_PAGES, **habits)


def old_log(**habits: Any) -> Service:
    """Return a log whose first entries expire in a second."""
    entries = {id_: OLD + 10 * n for n, id_ in enumerate("abcdefg")}
    return kept_for_a_year(entries, **habits)


def looks(service: Service) -> list[tuple[int | None, int | None]]:
    """Return the spans whose oldest entries were requested."""
    requests = zip(service.requests, service.ascending, strict=True)
    return [(start, end) for (start, end, _), is_ascending in requests if is_ascending]


def test_probe_is_sent_once_after_the_first_page() -> None:
    service = old_log()
    course = service.walk_entries()
    assert course.ids == list("gfedcba")
    assert looks(service) == [(None, OLD + 60 + 1)]
    assert course.state.pages == len(service.requests) == 5


def test_probe_is_limited_to_the_span_of_the_walk() -> None:
    service = old_log()
    span: dict[str, Any] = {
        "start": OLD + 10,
        "lower": OLD + 10,
        "end": OLD + 50,
        "upper": OLD + 50,
    }
    course = service.walk_entries(pinned_by="end", **span)
    assert course.ids == list("fedcb")
    assert looks(service)[0] == (OLD + 9, OLD + 51)


def test_probe_uses_the_first_page_number() -> None:
    service = old_log()
    service.pagination = msgspec.structs.replace(LIST_PAGES, first=1)
    assert service.walk_entries().ids == list("gfedcba")
    assert {page for _, _, page in service.requests} == {1}


def test_probe_result_is_stored_in_the_state() -> None:
    state = old_log(size=4).walk_entries(most=1).state
    assert state.known == OLD + 30
    assert state.tail == ((OLD, 1), (OLD + 10, 1), (OLD + 20, 1))


def test_probe_counts_all_existing_entries() -> None:
    service = kept_for_a_year({id_: OLD + 10 * n for n, id_ in enumerate("abc")})
    state = service.walk_entries(most=1).state
    assert (state.known, state.tail) == (OLD + 1, ((OLD, 1),))


def test_expired_entries_are_no_loss() -> None:
    service = old_log()

    def expire(data: PageData[Any]) -> PageData[Any]:
        del service.entries["a"], service.entries["b"]
        service.clock = NOON + 1_015
        return data

    service.edits = {3: expire}
    course = service.walk_entries()
    assert course.error is None
    assert course.ids == list("gfedc")


def test_lost_entries_that_cannot_have_expired_raise() -> None:
    service = old_log()

    def lose(data: PageData[Any]) -> PageData[Any]:
        del service.entries["b"]
        return data

    service.edits = {3: lose}
    error = service.walk_entries().error
    assert isinstance(error, IncompleteWalkError)
    assert str(error) == "1 of 7 reported entries were not returned"


def test_failed_probe_is_raised_after_the_page() -> None:
    error = APIConnectionError("gone", request=None)
    service = old_log()
    service.edits = {2: lambda _: error}
    course = service.walk_entries()
    assert course.error is error
    assert course.ids == list("gfe")


def test_probe_that_finds_entries_left_out_of_a_page_raises() -> None:
    """The oldest entries are behind the last one of the page, and more than it announced."""
    service = old_log()

    def younger(data: PageData[Any]) -> PageData[Any]:
        times = [epoch.to_datetime(OLD + 41, 1000) for _ in data.items]
        return msgspec.structs.replace(data, timestamps=times)

    service.edits = {2: younger}
    error = service.walk_entries().error
    assert isinstance(error, IncompleteWalkError)
    assert str(error) == "the service omitted entries from a page"


def test_probe_of_a_complete_page_finds_nothing_left_out() -> None:
    service = kept_for_a_year({id_: OLD + 10 * n for n, id_ in enumerate("abc")})

    def younger(data: PageData[Any]) -> PageData[Any]:
        times = [epoch.to_datetime(OLD + 1, 1000) for _ in data.items]
        return msgspec.structs.replace(data, timestamps=times)

    service.edits = {2: younger}
    course = service.walk_entries()
    assert course.error is None
    assert course.ids == list("cba")


@pytest.mark.parametrize("by", [-1, 1])
def test_probe_with_contradictory_timestamps_is_ignored_and_not_repeated(by: int) -> None:
    service = old_log()

    def turn(data: PageData[Any]) -> PageData[Any]:
        times = [epoch.to_datetime(OLD + 61 + n * by, 1000) for n, _ in enumerate(data.items)]
        return msgspec.structs.replace(data, timestamps=times)

    service.edits = {2: turn}
    course = service.walk_entries()
    assert course.ids == list("gfedcba")
    assert len(looks(service)) == 1


def test_probe_is_not_sent_for_a_young_log() -> None:
    service = kept_for_a_year({id_: NOON - DAY + n for n, id_ in enumerate("abcdefg")})
    assert service.walk_entries(start=NOON - DAY).ids == list("gfedcba")
    assert looks(service) == []


def test_probe_is_not_sent_for_an_empty_log() -> None:
    service = kept_for_a_year({})
    assert service.walk_entries().ids == []
    assert looks(service) == []


def test_probe_is_sent_after_undated_pages() -> None:
    service = old_log(undated="gfedcb", size=6)
    course = service.walk_entries()
    assert course.ids == list("gfedcba")


def test_probe_includes_an_entry_that_just_arrived() -> None:
    """The requested end is a unit behind the newest entry, and may belong to the span."""
    service = kept_for_a_year({id_: OLD + 10 * n for n, id_ in enumerate("abc")})

    def arrive(data: PageData[Any]) -> PageData[Any]:
        service.entries["z"] = OLD + 21
        service.size = 4  # So that it is among the oldest ones that are asked for.
        return data

    service.edits = {1: arrive}
    state = service.walk_entries(most=1).state
    assert state.tail == ((OLD, 1),)
    assert looks(service) == [(None, OLD + 21)]


def test_probe_without_a_total_resets_the_promise() -> None:
    """The number of existing entries is unknown until the next total."""

    def without_total(data: PageData[Any]) -> PageData[Any]:
        return msgspec.structs.replace(data, total=None)

    assert old_log(edits={2: without_total}).walk_entries(most=1).state.total is None
    course = old_log(edits={2: without_total}).walk_entries()
    assert (course.error, course.ids) == (None, list("gfedcba"))


def test_probe_of_a_log_that_became_empty_resets_the_promise() -> None:
    service = old_log()

    def clear(data: PageData[Any]) -> PageData[Any]:
        service.entries.clear()
        return data

    service.edits = {1: clear}
    state = service.walk_entries(most=3).state
    assert (state.total, state.seen) == (0, 3)
    assert service.walk_entries(begin=state).error is None


def test_probe_with_a_dense_timestamp_finds_nothing_left_out() -> None:
    crowd = dict.fromkeys("abcdefgh", OLD)
    service = kept_for_a_year(crowd, size=3)
    assert sorted(service.walk_entries().ids) == sorted(crowd)
