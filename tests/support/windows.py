"""Service in memory that responds to walks through time spans.

service = Service({"a": 30, "b": 20, "c": 10})
course = service.walk_entries()
assert course.ids == ["a", "b", "c"]
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from zlib import crc32

import msgspec

from losant_audit_log._runtime.core import epoch
from losant_audit_log._runtime.core.service import ServiceError
from losant_audit_log._runtime.paging.page_data import Fetched, PageData, add_entry_details
from losant_audit_log._runtime.paging.pagination import Pagination, Window
from losant_audit_log._runtime.walks.by_time.reading import WindowReader
from losant_audit_log._runtime.walks.by_time.slices import SlicedWalk
from losant_audit_log._runtime.walks.by_time.timeline import Timeline
from losant_audit_log._runtime.walks.by_time.walk import WindowWalk
from losant_audit_log._runtime.walks.checkpoint import WalkState
from losant_audit_log._runtime.walks.steps import Batch, Fetch, FetchMany
from losant_audit_log.models import AuditLog
from losant_audit_log.resources.audit_logs import LIST_PAGES

KEPT: Final = Window(start="start", end="end")
"""A span of time of a service that keeps its entries for ever."""

PAGES: Final[Pagination[Any]] = msgspec.structs.replace(LIST_PAGES, window=KEPT)
CLOCK: Final = 1_000
"""The unit that it is for the service."""

SpanRequest: TypeAlias = tuple[int | None, int | None, int]
Edit: TypeAlias = Callable[[PageData[Any]], "PageData[Any] | ServiceError"]


@dataclass(kw_only=True)
class Course:
    """The result of a walk.

    Attributes:
        state: Its last state.
        batches: The returned batches.
        error: The error.
        together: The maximum number of parallel requests.
    """

    state: WalkState
    batches: list[Batch]
    error: ServiceError | None = None
    together: int = 1

    @property
    def ids(self) -> list[str]:
        """The ids of the returned entries."""
        return [
            id_
            for each in self.batches
            for n, id_ in enumerate(each.ids)
            if n not in each.suppressed
        ]


@dataclass
class Service:
    """The service.

    Attributes:
        entries: The timestamps of the entries, by id.
        size: The page size.
        bounds: Whether the bounds of a span are inclusive.
        says_total: Whether it returns the total.
        says_size: Whether it returns the page size.
        reported_size: The page size that it returns, and by which it counts pages, if smaller pages
            are returned.
        undated: The ids of undated entries.
        is_unstable: Whether entries with the same timestamp change their order with each request.
        clock: Its Date header; None for none.
        edits: Changes to responses, by their numbers from 1.
        pagination: Its pagination.
        requests: The requests: the bounds of a span and the page number.
        sizes: The requested page sizes.
        ascending: Whether the oldest entry was requested first, by request.
    """

    entries: dict[str, int]
    size: int = 3
    bounds: tuple[bool, bool] = (True, True)
    says_total: bool = True
    says_size: bool = True
    reported_size: int | None = None
    undated: Collection[str] = ()
    is_unstable: bool = False
    clock: int | None = CLOCK
    edits: dict[int, Edit] = field(default_factory=dict[int, Edit])
    pagination: Pagination[Any] = PAGES
    requests: list[SpanRequest] = field(default_factory=list[SpanRequest])
    sizes: list[int | None] = field(default_factory=list["int | None"])
    ascending: list[bool] = field(default_factory=list[bool])

    def answer(self, step: Fetch) -> Fetched[Any] | ServiceError:
        """Respond to a request."""
        given = step.arguments
        start, end, page, requests = (given[name] for name in ("start", "end", "page", "per_page"))
        self.requests.append((start, end, page))
        self.sizes.append(requests)
        self.ascending.append(given["sort_direction"] == "asc")
        found = self.within(start, end)
        if not self.ascending[-1]:
            found.reverse()
        reported = self.reported_size or self.size
        size = min(requests or reported, reported)
        before = (page - self.pagination.first) * size
        here = found[before : before + min(size, self.size)]
        data: PageData[Any] = PageData(
            [self._entry(id_) for id_ in here],
            total=len(found) if self.says_total else None,
            page=page,
            size=size if self.says_size else None,
        )
        data = add_entry_details(self.pagination, data)
        edit = self.edits.get(len(self.requests))
        edited = data if edit is None else edit(data)
        return edited if isinstance(edited, ServiceError) else Fetched(edited, self.clock, 0)

    def first_page(self) -> Fetched[Any]:
        """Return the first page of a walk."""
        step = next(self._walk(WalkState(walk="")).steps())
        assert isinstance(step, Fetch)
        answer = self.answer(step)
        assert isinstance(answer, Fetched)
        return answer

    def within(self, start: int | None, end: int | None) -> list[str]:
        """Return the entries of a span, oldest first."""
        lower, upper = self.bounds
        return [
            id_
            for id_, time in sorted(self.entries.items(), key=self._place)
            if (start is None or time > start or (lower and time == start))
            and (end is None or time < end or (upper and time == end))
        ]

    def _entry(self, id_: str) -> AuditLog:
        is_dated = id_ not in self.undated
        time = epoch.to_datetime(self.entries[id_], 1000) if is_dated else None
        return AuditLog(id=id_, creation_date=time)

    def _place(self, entry: tuple[str, int]) -> tuple[int, str | int]:
        id_, time = entry
        return time, crc32(f"{id_} {len(self.requests)}".encode()) if self.is_unstable else id_

    def walk_entries(
        self,
        *,
        size: int | None = None,
        most: int = 10_000,
        page: Fetched[Any] | None = None,
        begin: WalkState | None = None,
        concurrency: int = 1,
        latest_first: bool = False,
        at_once: bool = False,
        **state: Any,
    ) -> Course:
        """Walk until the end, or until a number of entries was returned.

        Args:
            size: The page size to request.
            most: The number of entries after which to stop.
            page: The first page, if it was fetched before.
            begin: The state to start from.
            concurrency: The number of parallel slices.
            latest_first: Whether the latest of several requests is answered first, or the first one
                last.
            at_once: Whether all of them are answered at once, even if none is waited for.
            state: Members of the state to start from.
        """
        begin = begin or WalkState(walk="", **state)
        walk = self._walk(begin, size, concurrency)
        steps, answer = walk.steps(page), None
        waiting: list[tuple[int, Fetch]] = []
        course = Course(state=begin, batches=[])
        while True:
            try:
                step = (
                    steps.throw(answer) if isinstance(answer, ServiceError) else steps.send(answer)
                )
            except StopIteration:
                break
            except ServiceError as error:
                course.error = error
                break
            answer = None
            if isinstance(step, Batch):
                course.batches.append(step)
                if len(step.ids) >= most:
                    course.batches[-1] = msgspec.structs.replace(step, ids=step.ids[:most])
                    course.state = walk.state_after(walk.state, step, most)
                    return course
                most -= len(step.ids)
            elif isinstance(step, Fetch):
                answer = self.answer(step)
            else:
                waiting += step.fetches
                course.together = max(course.together, len(waiting))
                answer = self._come(waiting, step, latest_first=latest_first, at_once=at_once)
        course.state = walk.state
        return course

    def _walk(
        self, begin: WalkState, size: int | None = None, concurrency: int = 1
    ) -> WindowWalk[Any] | SlicedWalk[Any]:
        pages, window = self.pagination, self.pagination.window
        assert window is not None
        timeline = Timeline(pages, window, not begin.ascending, size)
        reader: WindowReader[Any] = WindowReader(timeline, begin)
        return WindowWalk(reader) if concurrency == 1 else SlicedWalk(reader, concurrency)

    def _come(
        self,
        waiting: list[tuple[int, Fetch]],
        step: FetchMany,
        *,
        latest_first: bool,
        at_once: bool,
    ) -> Any:
        """Respond to one of the waiting requests, if the walk awaits it, or to all of them."""
        if at_once:
            order = [*waiting[1:], *waiting[:1]] if latest_first else [*waiting]
            waiting.clear()
            return [(number, self.answer(each)) for number, each in order]
        if not step.is_waiting:
            return []
        number, fetch = waiting.pop(-1 if latest_first else 0)
        answer = self.answer(fetch)
        return answer if isinstance(answer, ServiceError) else [(number, answer)]
