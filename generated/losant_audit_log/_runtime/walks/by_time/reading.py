# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Reading of pages: a walk's state, and all changes of it.

The reader is one module because every page changes one state, which no other module changes.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from ...core.errors import IncompleteWalkError
from ...core.service import ServiceError
from ...paging.page_data import Fetched, PageData, add_entry_details
from ..steps import Batch, Fetch, WalkSteps
from . import page_check
from .probes import find_end, find_oldest
from .progress import state_after
from .reconciliation import COARSE, Reconciliation
from .span import PageRequest, fetch_step, first_request
from .timeline import MAX_UNDATED, Timeline

if TYPE_CHECKING:
    import datetime as dt

    from ..checkpoint import WalkState

T = TypeVar("T")

MAX_IDLE = 1_000
"""The number of consecutive pages without a new entry after which a walk is incomplete."""


class ReadPage(msgspec.Struct, Generic[T], frozen=True):
    """A page whose entries were yielded.

    Attributes:
        data: The page.
        last: The epoch of its last entry.
        is_doubtful: Whether it claims to be the last page, but may be all that the service returns
            of the window.
    """

    data: PageData[T]
    last: int
    is_doubtful: bool = False


class WindowReader(Generic[T]):
    """Reads the pages of a walk through a time span and yields their entries.

    Args:
        timeline: The order of the walk.
        state: The state to start from.

    Attributes:
        timeline: The order of the walk.
        state: The current state of the walk.
        knows_size: Whether the size of the last page is known, from the service or the request.
        reports_size: Whether the service reported it, did not merely repeat the request, and does
            not limit pages to fewer entries: one was longer.
        oldest: The epoch of the oldest entry on the last page with entries.
        sizes: The page size that the service reported first, for each that was requested.
        has_begun: Whether the start of the walk was compared with the retention period.
    """

    knows_size: bool
    reports_size: bool
    oldest: int

    def __init__(self, timeline: Timeline, state: WalkState) -> None:
        self.timeline = timeline
        self.state = state
        self._idle = 0
        self._known_ids = state.late.keys()  # yielded by earlier walks
        self._reconciliation = Reconciliation(timeline)
        self.has_begun = False
        self._longest = 0
        self._can_probe = True
        self.sizes: dict[int | None, int | None] = {}
        self._claimed: list[str] = []  # the ids of a page that claims to be the last one

    # --- steps

    def fetch(self, step: Fetch) -> Generator[Fetch, Any, Fetched[T]]:
        """Fetch a page in addition to those that the walk reads in turn, and count it."""
        fetched: Fetched[T] = yield step
        self.count_pages(1)
        return fetched

    def read(
        self, fetched: Fetched[T], request: PageRequest
    ) -> Generator[Fetch | Batch, Any, ReadPage[T] | None]:
        """Examine a page and yield its new entries.

        Args:
            fetched: The page.
            request: The request for it.

        Returns:
            The page, or None if no page follows it.

        Raises:
            IncompleteWalkError: If the page does not match the request.
            ServiceError: If a further request failed.
        """
        clock = self._note_response(fetched, request)
        if self._is_mismatched(fetched.data, request):  # Perhaps the response to another request.
            fetched = yield from self.fetch(fetch_step(self.timeline, self.state, request))
        data = fetched.data
        if self._claimed and data.ids == self._claimed and data.page not in {None, request.page}:
            return None  # The service ignores the page number.
        data = self.complete(data, request.page, request.size)
        data = yield from self._extend_undated(data, request)
        is_open = self.state.is_ahead and not self.timeline.descending
        if self.state.end is None or (is_open and self.state.position is None):
            yield from self._pin_end(msgspec.structs.replace(fetched, data=data), clock)
        if not data.items:
            page_check.check_empty_page(self.timeline, data, request.page)
            if data.total == 0:
                self.state = self._reconciliation.count_unread(self.state, 0, None)
            return None
        try:
            found = page_check.examine_page(self.timeline, self.state, data, request)
        except IncompleteWalkError:
            if data.ids != self._claimed:
                raise
            return None  # The service ignores the window.
        self._claimed = []
        self._count_duplicates(len(data.items) - len(found.batch.entries))
        self.oldest, last = found.oldest, found.last
        counts = found.unread, found.oldest, found.most
        self.state = self._reconciliation.count_unread(self.state, *counts)
        is_last = page_check.is_last_page(self.timeline, data, request.page)
        error = None if is_last else (yield from self._probe_oldest(data, request, last))
        yield from self.hand_out(found.batch)
        if error is not None:
            raise error
        page = ReadPage(data, last, is_doubtful=is_last and not found.batch.entries)
        return self._last_page(page, request) if is_last else page

    def hand_out(self, batch: Batch) -> Generator[Batch, Any, None]:
        """Yield a batch, and count its entries once it was consumed."""
        if batch.entries:
            self._idle = 0
            batch = page_check.mark_suppressed(self.timeline, self.state, self._known_ids, batch)
            yield batch
            self.state = state_after(self.timeline, self.state, batch, len(batch.entries))

    def finish(self) -> WalkSteps:
        """Complete the walk.

        Raises:
            IncompleteWalkError: If entries are missing that cannot have expired.
        """
        try:
            yield from self._reconciliation.finish(self.state)
        except IncompleteWalkError:
            self.state = yield from self._reconciliation.read_again(self.state)
            raise
        self._change(done=True)

    # --- pages

    def complete(self, data: PageData[T], page: int, size: int | None) -> PageData[T]:
        """Add the page size where the service does not report it: as requested, else the longest.

        Args:
            data: The page.
            page: The page number that was requested.
            size: The page size that was requested, or None for the size of the walk.

        Raises:
            IncompleteWalkError: If the service returned another page.
        """
        if data.page not in {None, page}:
            message = f"page {page} was requested, but the service returned page {data.page}"
            raise IncompleteWalkError(message)
        self._longest = max(self._longest, len(data.items))
        requested = size or self.timeline.size
        self.knows_size = bool(data.size or requested)
        is_repetition = data.size in {None, requested, self.timeline.size}
        self.reports_size = not is_repetition and len(data.items) < self._longest
        size = data.size or size or self.timeline.size or self._longest
        return msgspec.structs.replace(data, size=size)

    def next_request(self, data: PageData[T], request: PageRequest) -> PageRequest:
        """Return the request for the page after one whose entries were all yielded before.

        If that page is shorter than its size, or if its size is unknown, pages are counted in the
        length of that page.

        Raises:
            IncompleteWalkError: If the service returns the same page repeatedly.
        """
        first_page, length = self.timeline.first_page, len(data.items)
        if page_check.is_short(self.timeline, data) or not self.knows_size:
            return PageRequest(request.bound, first_page + 1, length)
        passed = (request.page + 1 - first_page) * length
        if data.total is None and passed > len(self.state.ids) + page_check.MAX_REPEATS * length:
            raise IncompleteWalkError(page_check.REPEATED)
        return PageRequest(request.bound, request.page + 1, request.size)

    def select_new(self, data: PageData[T], timestamps: list[dt.datetime]) -> Batch:
        """Return the entries that were not yielded before, and count the others as duplicates."""
        batch = page_check.new_entries(self.timeline, self.state, data, timestamps)
        self._count_duplicates(len(data.items) - len(batch.entries))
        return batch

    def note_expiry(self, oldest: int | None) -> None:
        """Correct the total of an ascending walk whose pages do not count the unread entries.

        Args:
            oldest: The epoch of the oldest entry on the page to be yielded next, or None at the
                end. Entries between the last one and this one may have expired.
        """
        if not self.timeline.descending:
            unread = 0 if oldest is None else None
            self.state = self._reconciliation.count_unread(self.state, unread, oldest)

    def note_missing(self, count: int, start: int) -> None:
        """Count entries since an epoch as lost that were reported and not found, if none expired.

        Args:
            count: How many were not found.
            start: The epoch.
        """
        if not self._reconciliation.may_expire(start):
            self._change(lost=max(self.state.lost, count))

    def count_pages(self, count: int) -> None:
        """Add to the number of pages that were read.

        Raises:
            IncompleteWalkError: If none of the last pages contained a new entry.
        """
        self._idle += count
        if self._idle > MAX_IDLE:
            message = f"the last {MAX_IDLE} pages contained no new entry, and the list did not end"
            raise IncompleteWalkError(message)
        self._change(pages=self.state.pages + count)

    # --- internals

    def _last_page(self, page: ReadPage[T], request: PageRequest) -> ReadPage[T] | None:
        """Return a page that claims to be the last one, or None if nothing lies behind it.

        The service may limit pages to fewer entries than it reports. It does not if another page
        was longer, or if nothing new lies behind this one.
        """
        data = page.data
        self._claimed = data.ids if data.total == len(data.ids) else []
        is_behind = request.page > self.timeline.first_page or len(data.items) < self._longest
        return None if self.reports_size or (page.is_doubtful and is_behind) else page

    def _is_mismatched(self, data: PageData[T], request: PageRequest) -> bool:
        """Return whether the response may be that to another request.

        It is if the service reports smaller pages than before for the same request, or if the page
        lacks the last entry that was yielded. That entry may have expired.
        """
        position, size = self.state.position, self.sizes.setdefault(request.size, data.size)
        is_smaller = 0 < (data.size or 0) < (size or 0)
        if is_smaller or position is None or request != first_request(self.timeline, self.state):
            return is_smaller
        times = self.timeline.entry_timestamps(data, position)
        return not times or self.timeline.comes_after(self.timeline.to_epoch(times[0]), position)

    def _note_response(self, fetched: Fetched[T], request: PageRequest) -> int:
        """Take over the service's clock, check the retention period, and count the page.

        Returns:
            The current time.

        Raises:
            IncompleteWalkError: If the walk starts or resumes before the retention period.
        """
        state = self.state
        clock = self._reconciliation.note_clock(fetched.date)
        error = self._reconciliation.clock_error()
        if state.clock is None:
            elapsed = math.ceil(fetched.elapsed * self.timeline.window.per_second)
            self._change(clock=clock - elapsed - 1)
            if fetched.date is None and state.pinned_by == "end" and state.end is not None:
                is_over = state.end <= clock - error * self.timeline.window.per_second
                self._change(is_ahead=not is_over)
        if state.pages == 0 and state.since is not None:
            self._reconciliation.check_retention(state.since, "the end of the walk in since", error)
        elif state.pages == 0:
            self._reconciliation.check_retention(state.start, "start", COARSE)
        elif not self.has_begun and not self.timeline.descending:
            self._reconciliation.check_retention(
                request.bound, "the position where the walk resumes", error
            )
        self.has_begun = True
        self.count_pages(1)
        return clock

    def _extend_undated(
        self, data: PageData[T], request: PageRequest
    ) -> Generator[Fetch, Any, PageData[T]]:
        """Add the next pages to a page without timestamps, until an entry has one.

        The position of an undated entry is only known from its neighbors.
        """
        items, more, began = data.items, data, request.page
        while items and len(items) <= MAX_UNDATED and more.items:
            if len(data.undated) < len(items) or self.timeline.covers_all(data, began):
                break
            request = self.next_request(more, request)
            fetched: Fetched[T] = yield fetch_step(self.timeline, self.state, request)
            more = self.complete(fetched.data, request.page, request.size)
            self.count_pages(1)
            items = [*items, *more.items]
            whole = msgspec.structs.replace(data, items=items)
            data = add_entry_details(self.timeline.pagination, whole)
        return data

    def _pin_end(self, fetched: Fetched[T], clock: int) -> Generator[Fetch, Any, None]:
        """Set the end of a span that has none, or whose end may lie ahead of the service's clock.

        Otherwise an ascending walk would read entries as they arrive, and pass late entries.
        """
        end, by = yield from find_end(self.timeline, self.state, fetched, clock, self.fetch)
        if self.state.end is None:
            self._change(end=end, pinned_by=by)
        elif end < self.state.end:
            self._change(end=end, upper=end)

    def _probe_oldest(
        self, data: PageData[T], request: PageRequest, last: int
    ) -> Generator[Fetch, Any, ServiceError | None]:
        """Request the oldest entries in the window of a page, if they must be known now.

        Returns:
            The error if the request failed. The page is yielded before it is raised.
        """
        if not self._can_probe or not self._reconciliation.must_probe(self.state, last):
            return None
        found = yield from find_oldest(
            self.timeline, self.state, data, request, last=last, fetch=self.fetch
        )
        if found is None or isinstance(found, ServiceError):
            # No conclusion is possible if the service ignores the order or the window.
            self._can_probe = found is not None
            return found
        self.state = self._reconciliation.probe_result(
            self.state, found.times, last, gone=found.gone, is_all=found.is_all
        )
        return None

    def _count_duplicates(self, count: int) -> None:
        self._change(duplicates=self.state.duplicates + count)

    def _change(self, **changes: Any) -> None:
        self.state = msgspec.structs.replace(self.state, **changes)
