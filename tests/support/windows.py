"""A service in memory that answers the steps of walks through spans of time.

service = Service({"a": 30, "b": 20, "c": 10})
course = service.walked()
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
from losant_audit_log._runtime.walks.by_time.slices import SlicedWalk
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

Asked: TypeAlias = tuple[int | None, int | None, int]
Edit: TypeAlias = Callable[[PageData[Any]], "PageData[Any] | ServiceError"]


@dataclass(kw_only=True)
class Course:
    """What came of a walk.

    Attributes:
        state: How far it came.
        batches: What it gave.
        error: What it raised.
        together: How many requests there were at a time, at most.
    """

    state: WalkState
    batches: list[Batch]
    error: ServiceError | None = None
    together: int = 1

    @property
    def ids(self) -> list[str]:
        """The ids of what was handed out."""
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
        entries: The times of the entries, by their ids.
        size: How many a page holds.
        bounds: Whether the bounds of a span belong to it.
        says_total: Whether it tells how many entries there are.
        says_size: Whether it tells how many a page holds.
        told_size: How long it says that pages are, and by which it counts them, if it gives less.
        undated: The ids of entries that have no timestamp.
        is_unstable: Whether entries of one moment come in another order each time.
        clock: What its clock says; None if it does not say.
        edits: Changes to answers, by their numbers from 1.
        pagination: How it gives its entries.
        asked: What it was asked for: the bounds of a span and the number of a page.
        sizes: The page sizes that it was asked for.
        ascending: Whether the oldest were to come first, request by request.
    """

    entries: dict[str, int]
    size: int = 3
    bounds: tuple[bool, bool] = (True, True)
    says_total: bool = True
    says_size: bool = True
    told_size: int | None = None
    undated: Collection[str] = ()
    is_unstable: bool = False
    clock: int | None = CLOCK
    edits: dict[int, Edit] = field(default_factory=dict[int, Edit])
    pagination: Pagination[Any] = PAGES
    asked: list[Asked] = field(default_factory=list[Asked])
    sizes: list[int | None] = field(default_factory=list["int | None"])
    ascending: list[bool] = field(default_factory=list[bool])

    def answer(self, step: Fetch) -> Fetched[Any] | ServiceError:
        """Answer a request."""
        given = step.arguments
        start, end, page, asked = (given[name] for name in ("start", "end", "page", "per_page"))
        self.asked.append((start, end, page))
        self.sizes.append(asked)
        self.ascending.append(given["sort_direction"] == "asc")
        found = self.within(start, end)
        if not self.ascending[-1]:
            found.reverse()
        told = self.told_size or self.size
        size = min(asked or told, told)
        before = (page - self.pagination.first) * size
        here = found[before : before + min(size, self.size)]
        data: PageData[Any] = PageData(
            [self._entry(id_) for id_ in here],
            total=len(found) if self.says_total else None,
            page=page,
            size=size if self.says_size else None,
        )
        data = add_entry_details(self.pagination, data)
        edit = self.edits.get(len(self.asked))
        edited = data if edit is None else edit(data)
        return edited if isinstance(edited, ServiceError) else Fetched(edited, self.clock, 0)

    def first_page(self) -> Fetched[Any]:
        """Give what a walk gets first."""
        step = next(self._walk(WalkState(walk="")).steps())
        assert isinstance(step, Fetch)
        answer = self.answer(step)
        assert isinstance(answer, Fetched)
        return answer

    def within(self, start: int | None, end: int | None) -> list[str]:
        """Give the entries of a span, oldest first."""
        lower, upper = self.bounds
        return [
            id_
            for id_, time in sorted(self.entries.items(), key=self._place)
            if (start is None or time > start or (lower and time == start))
            and (end is None or time < end or (upper and time == end))
        ]

    def _entry(self, id_: str) -> AuditLog:
        is_dated = id_ not in self.undated
        time = epoch.moment(self.entries[id_], 1000) if is_dated else None
        return AuditLog(id=id_, creation_date=time)

    def _place(self, entry: tuple[str, int]) -> tuple[int, str | int]:
        id_, time = entry
        return time, crc32(f"{id_} {len(self.asked)}".encode()) if self.is_unstable else id_

    def walked(
        self,
        *,
        size: int | None = None,
        most: int = 10_000,
        page: Fetched[Any] | None = None,
        begin: WalkState | None = None,
        concurrency: int = 1,
        latest_first: bool = False,
        **state: Any,
    ) -> Course:
        """Walk until the end, or until so many batches were given.

        Args:
            size: The page size to ask for.
            most: After how many entries to leave it.
            page: The first page, if it was fetched already.
            begin: Where to begin.
            concurrency: How many slices are read at once.
            latest_first: Whether of several requests the latest is answered first.
            state: Where to begin, member by member.
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
                    course.state = walk.state_after(step, most)
                    return course
                most -= len(step.ids)
            elif isinstance(step, Fetch):
                answer = self.answer(step)
            else:
                waiting += step.fetches
                course.together = max(course.together, len(waiting))
                answer = self._come(waiting, step, latest_first=latest_first)
        course.state = walk.state
        return course

    def _walk(
        self, begin: WalkState, size: int | None = None, concurrency: int = 1
    ) -> WindowWalk[Any] | SlicedWalk[Any]:
        pages, window = self.pagination, self.pagination.window
        assert window is not None
        if concurrency == 1:
            return WindowWalk(pages, window, begin, size=size)
        return SlicedWalk(pages, window, begin, size=size, concurrency=concurrency)

    def _come(
        self, waiting: list[tuple[int, Fetch]], step: FetchMany, *, latest_first: bool
    ) -> Any:
        """Answer one of the requests that wait, if that is waited for."""
        if not step.is_waiting:
            return []
        number, fetch = waiting.pop(-1 if latest_first else 0)
        answer = self.answer(fetch)
        return answer if isinstance(answer, ServiceError) else [(number, answer)]
