"""The direction of a walk through time, and its requests."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from losant_audit_log import IncompleteWalkError
from losant_audit_log._runtime.paging.page_data import PageData
from losant_audit_log._runtime.paging.pagination import Pagination
from losant_audit_log._runtime.walks.by_time.span import requested_end, requested_start
from losant_audit_log._runtime.walks.by_time.timeline import Timeline
from losant_audit_log._runtime.walks.checkpoint import WalkState
from losant_audit_log.resources.audit_logs import LIST_PAGES


def timeline(
    pagination: Pagination[Any] = LIST_PAGES,
    *,
    descending: bool = True,
    size: int | None = None,
    per_second: int = 1000,
) -> Timeline:
    assert LIST_PAGES.window is not None
    window = msgspec.structs.replace(LIST_PAGES.window, per_second=per_second)
    return Timeline(pagination, window, descending, size)


def at(*times: float) -> list[dt.datetime]:
    """Return timestamps from seconds since 1970."""
    return [dt.datetime.fromtimestamp(each, dt.UTC) for each in times]


def page(*times: float, **fields: Any) -> PageData[Any]:
    """Make a page with an entry for each timestamp."""
    return PageData([object() for _ in times], timestamps=at(*times), **fields)


class TestOrder:
    """Order of two timestamps."""

    def test_descending_timeline_orders_the_newest_first(self) -> None:
        newest_first = timeline()
        assert newest_first.comes_after(1, 2)
        assert not newest_first.comes_after(2, 2)
        assert not newest_first.comes_after(3, 2)
        assert newest_first.previous(2) == 3

    def test_ascending_timeline_orders_the_oldest_first(self) -> None:
        oldest_first = timeline(descending=False)
        assert oldest_first.comes_after(3, 2)
        assert not oldest_first.comes_after(2, 2)
        assert not oldest_first.comes_after(1, 2)
        assert oldest_first.previous(2) == 1


class TestRequests:
    """Arguments of requests."""

    def test_request_has_span_page_size_and_order(self) -> None:
        assert timeline(size=7).fetch_step(1, 2, 3).arguments == {
            "start": 1,
            "end": 2,
            "page": 3,
            "per_page": 7,
            "sort_field": "creationDate",
            "sort_direction": "desc",
        }
        assert timeline(descending=False).fetch_step(1, 2, 3, 4).arguments == {
            "start": 1,
            "end": 2,
            "page": 3,
            "per_page": 4,
            "sort_field": "creationDate",
            "sort_direction": "asc",
        }

    def test_request_omits_order_and_size_that_the_service_does_not_support(self) -> None:
        plain = msgspec.structs.replace(LIST_PAGES, order=None, size="")
        assert timeline(plain, size=7).fetch_step(None, None, 0).arguments == {
            "start": None,
            "end": None,
            "page": 0,
        }


class TestTimes:
    """Timestamps of a page."""

    def test_timestamp_is_converted_to_the_unit_of_the_window(self) -> None:
        (moment,) = at(5.25)
        assert timeline().to_epoch(moment) == 5250
        assert timeline(per_second=1).to_epoch(moment) == 5

    def test_empty_page_has_no_timestamps(self) -> None:
        assert timeline().entry_timestamps(PageData([])) == []

    def test_timestamps_of_a_page_are_copied_in_order(self) -> None:
        data = page(3, 2, 2)
        found = timeline().entry_timestamps(data)
        assert found == at(3, 2, 2)
        assert found is not data.timestamps

    def test_timestamps_within_one_unit_may_have_any_order(self) -> None:
        assert timeline().entry_timestamps(page(3.0001, 3.0002, 2)) == at(3.0001, 3.0002, 2)
        assert timeline(descending=False).entry_timestamps(page(3.0002, 3.0001)) == at(
            3.0002, 3.0001
        )

    @pytest.mark.parametrize("descending", [True, False])
    def test_unsorted_timestamps_raise(self, *, descending: bool) -> None:
        data = page(1, 3, 2)
        with pytest.raises(IncompleteWalkError) as raised:
            timeline(descending=descending).entry_timestamps(data)
        assert str(raised.value) == "the service did not sort the entries by timestamp as requested"

    def test_undated_page_has_the_timestamp_of_a_neighbor(self) -> None:
        data: PageData[Any] = PageData([object(), object()])
        assert timeline().entry_timestamps(data, 5250) == at(5.25, 5.25)
        assert timeline(per_second=1).entry_timestamps(data, 5) == at(5, 5)
        with pytest.raises(IncompleteWalkError) as raised:
            timeline().entry_timestamps(data)
        assert str(raised.value) == "no entry has a timestamp, so the list cannot be walked by time"


class TestSizes:
    """Sizes of pages, and whether a page is the last."""

    def test_page_size_of_the_service_takes_precedence(self) -> None:
        assert timeline(size=7).page_size(page(1, size=5)) == 5
        assert timeline(size=7).page_size(page(1)) == 7
        assert timeline().page_size(page(3, 2, 1)) == 3
        assert timeline().page_size(page()) == 1

    def test_page_covers_all_if_the_total_is_reached(self) -> None:
        assert timeline().covers_all(page(3, 2, total=2, size=2), 0)
        assert not timeline().covers_all(page(3, 2, total=3, size=2), 0)
        assert timeline().covers_all(page(1, total=3, size=2), 1)
        assert not timeline().covers_all(page(1, total=4, size=2), 1)
        assert not timeline().covers_all(page(3, 2, size=2), 0)

    def test_page_numbers_may_start_at_one(self) -> None:
        from_one = timeline(msgspec.structs.replace(LIST_PAGES, first=1))
        assert not from_one.covers_all(page(3, 2, total=3, size=2), 1)
        assert from_one.covers_all(page(1, total=3, size=2), 2)


class TestBounds:
    """Requested bounds that include entries at the bounds, whatever the service does."""

    @pytest.mark.parametrize(
        ("start", "lower", "requested"),
        [(None, None, None), (5, None, 5), (None, 5, 4), (5, 5, 4), (2, 2, 1), (1, 1, None)],
    )
    def test_requested_start_includes_the_lower_bound(
        self, start: int | None, lower: int | None, requested: int | None
    ) -> None:
        assert requested_start(WalkState(walk="", start=start, lower=lower)) == requested

    @pytest.mark.parametrize(
        ("end", "upper", "requested"), [(None, None, None), (5, None, 5), (5, 5, 6), (5, 4, 5)]
    )
    def test_requested_end_includes_the_upper_bound(
        self, end: int | None, upper: int | None, requested: int | None
    ) -> None:
        assert requested_end(WalkState(walk="", end=end, upper=upper)) == requested
