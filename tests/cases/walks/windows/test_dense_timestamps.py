"""Dense timestamps, which are read by page numbers."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from losant_audit_log import IncompleteWalkError, ResponseDecodeError, UndecodedEntry
from losant_audit_log._runtime.paging.page_data import PageData
from tests.support.windows import PAGES, Service

CROWD = dict.fromkeys("abcdefgh", 50)
REPEATED = "the service returns the same page repeatedly"


def failure(service: Service, **begin: Any) -> str:
    error = service.walk_entries(**begin).error
    assert isinstance(error, IncompleteWalkError)
    return str(error)


def dense_pages(service: Service) -> list[int]:
    """Return the requested page numbers of the dense timestamp."""
    return [page for start, end, page in service.requests if (start, end) == (49, 51)]


@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("first", [0, 1])
def test_dense_timestamp_is_read_page_by_page(first: int, *, ascending: bool) -> None:
    pagination = msgspec.structs.replace(PAGES, first=first)
    service = Service({"y": 40, **CROWD, "z": 60}, pagination=pagination)
    course = service.walk_entries(ascending=ascending)
    assert sorted(course.ids) == sorted(service.entries)
    assert (course.ids[0], course.ids[-1]) == (("y", "z") if ascending else ("z", "y"))
    assert dense_pages(service) == [first, first + 1, first + 2]
    assert course.state.pages == len(service.requests)


@pytest.mark.parametrize("upper", [None, 50])
def test_dense_timestamp_at_the_end_of_the_span_is_read_within_the_span(upper: int | None) -> None:
    """Not beyond the caller's end, which may be outside of the retention."""
    service = Service(CROWD)
    course = service.walk_entries(end=50, upper=upper, pinned_by="end")
    assert sorted(course.ids) == sorted(CROWD)
    requests = {(start, end) for start, end, _ in service.requests if start is not None}
    assert requests == {(49, 50 if upper is None else 51)}


def test_end_pinned_by_a_clock_does_not_limit_a_dense_timestamp() -> None:
    service = Service(CROWD, clock=50)
    assert sorted(service.walk_entries().ids) == sorted(CROWD)
    assert dense_pages(service) == [0, 1, 2]


def test_dense_timestamp_is_read_again_if_the_order_changes() -> None:
    service = Service(CROWD, is_unstable=True)
    course = service.walk_entries()
    assert sorted(course.ids) == sorted(CROWD)
    assert len(course.ids) == len(CROWD)
    assert dense_pages(service).count(0) > 1


def test_dense_timestamp_is_read_again_if_pages_are_shorter_than_announced() -> None:
    """The entries missing between them are read with pages of the actual length."""
    service = Service(CROWD, size=3, reported_size=5)
    assert sorted(service.walk_entries().ids) == sorted(CROWD)
    sizes = [
        size
        for size, (start, _, _) in zip(service.sizes, service.requests, strict=True)
        if start == 49
    ]
    assert sizes == [None, None, None, 3, 3, 3, 1]  # The last one looks behind a short page.


def test_dense_timestamp_without_a_total_ends_when_nothing_follows_a_short_page() -> None:
    service = Service(CROWD, says_total=False)
    course = service.walk_entries()
    assert sorted(course.ids) == sorted(CROWD)
    assert course.state.pages == len(service.requests)
    assert dense_pages(service) == [0, 1, 2, len(CROWD)]
    assert service.sizes[: len(dense_pages(service)) + 2][-1] == 1


def test_dense_timestamp_without_a_total_ends_at_an_empty_page() -> None:
    service = Service(CROWD, size=4, says_total=False)
    assert sorted(service.walk_entries().ids) == sorted(CROWD)
    assert dense_pages(service) == [0, 1, 2]


@pytest.mark.parametrize("ascending", [False, True])
def test_dense_timestamp_without_a_total_tolerates_shorter_pages_than_announced(
    *, ascending: bool
) -> None:
    service = Service({"y": 40, **CROWD, "z": 60}, size=3, reported_size=5, says_total=False)
    course = service.walk_entries(ascending=ascending)
    assert sorted(course.ids) == sorted(service.entries)
    assert course.state.pages == len(service.requests)


@pytest.mark.parametrize(("reported", "seen"), [(1, 3), (5, 6)])
def test_dense_timestamp_with_more_entries_than_its_total_raises(reported: int, seen: int) -> None:
    service = Service(CROWD)

    def edit(data: PageData[Any]) -> PageData[Any]:
        return msgspec.structs.replace(data, total=reported) if dense_pages(service) else data

    service.edits = dict.fromkeys(range(1, 100), edit)
    message = f"{seen} entries have the same timestamp, but the service reports {reported}"
    assert failure(service) == message


def test_dense_timestamp_with_fewer_entries_than_its_total_raises() -> None:
    """It is read sixteen times before the walk raises."""
    service = Service(CROWD)

    def edit(data: PageData[Any]) -> PageData[Any]:
        return msgspec.structs.replace(data, total=9) if dense_pages(service) else data

    service.edits = dict.fromkeys(range(1, 1000), edit)
    message = "more entries have the same timestamp than fit on a page, and only 8 of 9 were found"
    assert failure(service) == message
    assert dense_pages(service).count(0) == 16


def test_dense_timestamp_with_an_endlessly_repeated_page_raises() -> None:
    """Without a total it is read two hundred times more before it counts as repeated."""
    service = Service(CROWD, says_total=False)
    answer = service.first_page().data
    service.requests.clear()

    def edit(data: PageData[Any]) -> PageData[Any]:
        return msgspec.structs.replace(answer, page=data.page) if dense_pages(service) else data

    service.edits = dict.fromkeys(range(1, 1000), edit)
    assert failure(service) == REPEATED
    assert dense_pages(service) == list(range(202))


def test_dense_timestamp_with_two_endlessly_alternating_pages_raises() -> None:
    service = Service(CROWD, says_total=False)
    pages = [service.first_page().data, Service(dict.fromkeys("stu", 50)).first_page().data]
    service.requests.clear()

    def edit(data: PageData[Any]) -> PageData[Any]:
        if not dense_pages(service):
            return data
        return msgspec.structs.replace(pages[(data.page or 0) % 2], page=data.page, total=None)

    service.edits = dict.fromkeys(range(1, 1000), edit)
    assert failure(service) == REPEATED
    assert dense_pages(service) == list(range(203))


def test_dense_timestamp_may_have_more_pages_than_may_be_repeated() -> None:
    crowd = {f"{n:03}": 50 for n in range(210)}
    service = Service(crowd, size=1)
    assert sorted(service.walk_entries().ids) == sorted(crowd)
    assert dense_pages(service) == list(range(211))  # Behind a full page it is always looked.


def test_dense_timestamp_with_unannounced_short_pages_is_read() -> None:
    """Pages are counted in their actual length, and the last one is looked behind."""
    service = Service(CROWD, size=3, reported_size=5, says_size=False)
    assert sorted(service.walk_entries().ids) == sorted(CROWD)
    assert dense_pages(service) == [0, 1, 2, len(CROWD)]


@pytest.mark.parametrize("says_size", [False, True])
def test_dense_timestamp_with_a_total_that_is_too_low_is_read_behind_short_pages(
    *, says_size: bool
) -> None:
    """Neither the total nor the page size tells that entries follow."""
    service = Service(CROWD, size=3, reported_size=5, says_size=says_size)

    def edit(data: PageData[Any]) -> PageData[Any]:
        return msgspec.structs.replace(data, total=min(data.total or 0, 3), size=data.size and 5)

    service.edits = dict.fromkeys(range(1, 100), edit)
    course = service.walk_entries(size=5)
    assert isinstance(course.error, IncompleteWalkError)
    assert set(course.ids) < set(CROWD)


@pytest.mark.parametrize("reported", [None, 5, 7])
@pytest.mark.parametrize("real", [1, 2, 3])
@pytest.mark.parametrize("ascending", [False, True])
def test_total_and_page_size_that_are_wrong_together_lose_no_entry(
    real: int, reported: int | None, *, ascending: bool
) -> None:
    entries = {id_: 50 + 3 * n for n, id_ in enumerate("abcdefg")}
    service = Service(entries, size=real, reported_size=5, says_size=reported is not None)

    def edit(data: PageData[Any]) -> PageData[Any]:
        total = min(data.total or 0, real)
        return msgspec.structs.replace(data, total=total, size=reported)

    service.edits = dict.fromkeys(range(1, 100), edit)
    course = service.walk_entries(size=5, ascending=ascending)
    assert course.error is not None or sorted(course.ids) == sorted(entries)
    assert real == 1 or course.error is None


@pytest.mark.parametrize("kept", [0, 1, 2, 4])
@pytest.mark.parametrize("others", ["y", "yz"])
def test_dense_timestamp_that_expires_while_later_entries_are_counted_is_read(
    kept: int, others: str
) -> None:
    """Oldest first, the pages behind a returned timestamp shift, and are counted again."""
    service = Service({**CROWD, **{id_: 60 + n for n, id_ in enumerate(others)}})

    def expire(data: PageData[Any]) -> PageData[Any]:
        for id_ in [*CROWD][kept:]:
            del service.entries[id_]
        return data

    service.edits = {7: expire}
    course = service.walk_entries(ascending=True)
    assert (course.error, course.ids) == (None, [*CROWD, *others])
    assert service.requests[6:9] == [(50, 999, 0), (50, 999, 1), (50, 999, 0)]
    assert course.state.pages == len(service.requests)


@pytest.mark.parametrize("total", [None, 0])
def test_a_page_behind_a_timestamp_without_a_total_does_not_restart_the_count(
    total: int | None,
) -> None:
    service = Service({**CROWD, "y": 60, "z": 61})
    service.edits = {8: lambda data: msgspec.structs.replace(data, total=total)}
    course = service.walk_entries(ascending=True, most=10)
    assert course.ids == [*CROWD, *"yz"]
    assert service.requests[6:8] == [(50, 999, 0), (50, 999, 1)]
    assert service.requests[8] != (50, 999, 0)


def test_dense_timestamp_keeps_undecodable_entries() -> None:
    service = Service(CROWD)

    def edit(data: PageData[Any]) -> PageData[Any]:
        odd = UndecodedEntry(b"", ResponseDecodeError(""))
        items = [
            odd if id_ == "e" else each for id_, each in zip(data.ids, data.items, strict=True)
        ]
        here = frozenset(n for n, id_ in enumerate(data.ids) if id_ == "e")
        return msgspec.structs.replace(data, items=items, undated=here, has_undecodable=bool(here))

    service.edits = dict.fromkeys(range(1, 100), edit)
    course = service.walk_entries()
    assert sorted(course.ids) == sorted(CROWD)
    assert (course.state.undecodable, course.state.undated) == (1, ("e",))


ENDLESS = "the last 1000 pages contained no new entry, and the list did not end"


def test_wavering_total_behind_a_dense_timestamp_ends_in_an_error() -> None:
    """Each smaller total may mean that pages shifted, so they are read again: a thousand times."""
    service = Service({**CROWD, "y": 60, "z": 61})

    def waver(data: PageData[Any]) -> PageData[Any]:
        return msgspec.structs.replace(data, total=(data.total or 0) + len(service.requests) % 2)

    service.edits = dict.fromkeys(range(1, 10_000), waver)
    assert failure(service, ascending=True) == ENDLESS
    assert len(service.requests) == 1_007


@pytest.mark.parametrize(
    ("ascending", "message", "requests"),
    [(False, "1 of 11 reported entries were not returned", 14), (True, ENDLESS, 1_007)],
)
def test_pages_without_a_new_entry_are_bounded(
    *, ascending: bool, message: str, requests: int
) -> None:
    """Two replicas disagree about the total of every page behind a dense timestamp."""
    service = Service({**CROWD, "y": 40, "z": 60}, says_size=False)

    def waver(data: PageData[Any]) -> PageData[Any]:
        if (service.requests[-1][2]) == 0:
            return msgspec.structs.replace(data, total=(data.total or 0) + 1)
        return data

    service.edits = dict.fromkeys(range(1, 10_000), waver)
    assert failure(service, ascending=ascending) == message
    assert len(service.requests) == requests
