"""Pages that are read again, behind the last page, and repeatedly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from losant_audit_log import IncompleteWalkError
from losant_audit_log._runtime.core import epoch
from losant_audit_log._runtime.paging.page_data import Fetched, PageData
from losant_audit_log._runtime.walks.by_time.reading import WindowReader
from losant_audit_log._runtime.walks.by_time.span import PageRequest
from losant_audit_log._runtime.walks.by_time.timeline import Timeline
from losant_audit_log._runtime.walks.checkpoint import WalkState
from losant_audit_log.resources.audit_logs import LIST_PAGES
from tests.support.accounting import HORIZON
from tests.support.drifting_log import DAY, NOON, SECOND
from tests.support.windows import KEPT, PAGES, Service

DATED, UNDATED = 10 * SECOND, DAY
SEVEN = {"a": 10, "b": 20, "c": 30, "d": 40, "e": 50, "f": 60, "g": 70}


def saying(**changes: Any) -> Callable[[PageData[Any]], PageData[Any]]:
    """Return an edit that replaces members of a page."""
    return lambda data: msgspec.structs.replace(data, **changes)


def noon(per_second: int) -> int:
    """Return a time of the local clock in a unit, which is milliseconds here."""
    assert per_second == 1000
    return NOON


def window_reader(first: int = 0, **state: Any) -> WindowReader[Any]:
    pagination = msgspec.structs.replace(PAGES, first=first)
    timeline = Timeline(pagination, KEPT, descending=True, size=None)
    return WindowReader(timeline, WalkState(walk="", **state))


class TestOddPages:
    """A page that may be the response to another request is requested again."""

    @pytest.mark.parametrize("size", [1, 2])
    def test_page_of_a_smaller_size_than_before_is_requested_again(self, size: int) -> None:
        service = Service(SEVEN, edits={2: saying(size=size)})
        assert service.walk_entries().ids == list("gfedcba")
        bounds = [end for _, end, _ in service.requests]
        assert bounds == [None, 51, 51, 31, 11]

    @pytest.mark.parametrize("size", [None, 0, 4])
    def test_page_of_an_unknown_or_larger_size_is_accepted(self, size: int | None) -> None:
        service = Service(SEVEN, edits={2: saying(size=size)})
        assert service.walk_entries().ids == list("gfedcba")
        assert [end for _, end, _ in service.requests[:3]] == [None, 51, 31]

    def test_undated_page_where_the_last_entry_is_gone_is_accepted(self) -> None:
        service = Service(dict(SEVEN), undated="edc")

        def remove(data: PageData[Any]) -> PageData[Any]:
            del service.entries["f"]
            return data

        service.edits = {1: remove}
        assert sorted(service.walk_entries().ids) == list("abcdefg")
        assert [page for _, _, page in service.requests[:3]] == [0, 0, 1]


class TestBehindTheLastPage:
    """A page that claims to be the last one may be all that the service returns of its window."""

    @staticmethod
    def service(**changes: Any) -> Service:
        """Return a service of one entry; its third response repeats the page, with changes."""
        repeated = Service({"a": 10}).first_page().data
        return Service({"a": 10}, edits={3: lambda _: msgspec.structs.replace(repeated, **changes)})

    def test_the_next_page_of_the_window_is_requested(self) -> None:
        service = Service({"a": 10})
        assert service.walk_entries(size=3).ids == ["a"]
        assert service.requests == [(None, None, 0), (None, 11, 0), (None, 11, 1)]
        assert service.sizes == [3, 3, 1]

    def test_service_that_repeats_the_page_ends_the_walk(self) -> None:
        course = self.service().walk_entries(size=3)
        assert (course.ids, course.error) == (["a"], None)

    def test_another_page_of_another_number_raises(self) -> None:
        """Its entries may be those between the two."""
        error = self.service(ids=["z"]).walk_entries(size=3).error
        assert isinstance(error, IncompleteWalkError)
        assert str(error) == "page 1 was requested, but the service returned page 0"


class TestRepetitions:
    """Limits of repeated pages."""

    @pytest.mark.parametrize("first", [0, 1])
    def test_two_hundred_pages_behind_the_known_ids_may_be_repeated(self, first: int) -> None:
        reader = window_reader(first, ids=tuple("abc"))
        data: PageData[Any] = PageData([*"abc"], ids=[*"abc"], size=3)
        data = reader.complete(data, 0, None)
        following = reader.next_request(data, PageRequest(90, first + 200, 7))
        assert following == PageRequest(90, first + 201, 7)
        with pytest.raises(IncompleteWalkError, match="returns the same page repeatedly"):
            reader.next_request(data, PageRequest(90, first + 201, 7))

    def test_thousand_pages_without_a_new_entry_are_accepted(self) -> None:
        reader = window_reader()
        reader.count_pages(1000)
        message = "the last 1000 pages contained no new entry, and the list did not end"
        with pytest.raises(IncompleteWalkError, match=message):
            reader.count_pages(1)
        assert reader.state.pages == 1000


class TestRetention:
    """The position where a walk resumes is held against the retention period once."""

    OLD = HORIZON + 1_000

    def test_walk_that_resumes_continues_while_time_passes(self) -> None:
        """The entries behind the position are reconciled as they expire."""
        entries = {id_: self.OLD + time for id_, time in SEVEN.items()}
        service = Service(entries, clock=NOON, pagination=LIST_PAGES)

        def wait(data: PageData[Any]) -> PageData[Any]:
            service.clock = NOON + 30 * DAY
            return data

        service.edits = {2: wait}
        begin: dict[str, Any] = {"ascending": True, "pages": 1, "seen": 1, "total": 7}
        course = service.walk_entries(
            position=entries["a"], ids=("a",), end=NOON, pinned_by="server", **begin
        )
        assert (course.ids, course.error) == (list("bcdefg"), None)

    @pytest.mark.parametrize(
        ("name", "state"),
        [
            ("the position where the walk resumes", {"position": 1, "pages": 1, "ids": ("a",)}),
            ("the end of the walk in since", {"since": 0, "start": 0}),
        ],
    )
    def test_walk_that_resumes_before_the_retention_period_raises(
        self, monkeypatch: pytest.MonkeyPatch, name: str, state: dict[str, Any]
    ) -> None:
        """By more than the clock may be wrong: ten seconds, or a day if it is the local one."""
        monkeypatch.setattr(epoch, "now", noon)
        for clock, margin in ((NOON, DATED), (None, UNDATED)):
            for excess in (0, 1):
                begin = HORIZON - margin - excess
                times = {"position", "since", "start"}
                at = {key: each + begin if key in times else each for key, each in state.items()}
                service = Service({"a": begin + 1, "b": NOON}, clock=clock, pagination=LIST_PAGES)
                error = service.walk_entries(
                    end=NOON + 1, pinned_by="server", ascending=True, **at
                ).error
                if not excess:
                    assert error is None
                    continue
                assert isinstance(error, IncompleteWalkError)
                assert len(service.requests) == 1
                assert str(error) == (
                    f"{name} is before the retention period of the service, which begins at "
                    f"{epoch.to_datetime(HORIZON, 1000)}; pass a later start, or retention=... "
                    "if the service keeps entries for longer"
                )


class TestClock:
    """The clock at the first response, and whether the end lies ahead of it."""

    @staticmethod
    def state_after(fetched: Fetched[Any], **state: Any) -> WalkState:
        """Return the state when the first page has been read."""
        reader = window_reader(**state)
        next(reader.read(fetched, PageRequest(None, 0)))
        return reader.state

    @staticmethod
    def page(clock: int | None, elapsed: float = 0) -> Fetched[Any]:
        """Return a page and when it was sent."""
        return Fetched(Service(SEVEN).first_page().data, clock, elapsed)

    def test_clock_is_that_of_the_request(self) -> None:
        """A millisecond earlier, because entries may still be written in the same one."""
        assert self.state_after(self.page(5000, 0.0015), end=90).clock == 4997
        assert self.state_after(self.page(5000), end=90, clock=7).clock == 7

    @pytest.mark.parametrize(
        ("clock", "pinned_by", "excess", "is_ahead"),
        [
            (None, "end", 0, False),
            (None, "end", 1, True),
            (None, "server", 1, False),
            (NOON, "end", 10 * DAY, False),
        ],
    )
    def test_end_of_the_caller_may_be_ahead_of_an_unknown_clock(
        self,
        monkeypatch: pytest.MonkeyPatch,
        clock: int | None,
        pinned_by: str,
        excess: int,
        *,
        is_ahead: bool,
    ) -> None:
        monkeypatch.setattr(epoch, "now", noon)
        end = NOON - UNDATED + excess
        assert self.state_after(self.page(clock), end=end, pinned_by=pinned_by).is_ahead is is_ahead
