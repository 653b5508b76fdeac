# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks through a time span that neither miss nor repeat an entry.

The service numbers its pages, and the numbers shift: entries arrive at the top while older ones
expire at the bottom. A walk therefore does not count pages. It always requests the first page of a
window, and after each page moves the open end of the window to the timestamp of the last entry.
This covers the following cases:

*Entries arrive during the walk.* The first response pins the end of the window, and every further
request ends at an entry that was seen. Later arrivals are not part of the walk. An ascending walk
requests the newest entry and places the end after it, because a clock may be wrong (`probes`).

*The oldest entries expire during the walk.* In descending order, they are missing at the end and
shift nothing. In ascending order, the entries that expire come before the ones to read next. At
the end, the entries that were seen are compared with the total of the first response, less those
that expired and plus those that arrived late. `reconciliation` describes how an entry that expired
is distinguished from one that was lost.

*The bounds of a time span may be inclusive or exclusive.* Both bounds passed to `walk()` are
inclusive: the walk requests one unit more on either side and drops the entries there. The bounds of
a list are those of the service.

*Several entries have the same timestamp, in no stable order.* The window moves one unit less than
it could, so that all entries of the last timestamp are read again, whether the service includes its
bounds or not. Entries newer than the last timestamp were yielded and are dropped by timestamp. Only
the ids at the last timestamp are stored. If a whole page has one timestamp, `dense_timestamps`
reads it by page numbers in a window of its own, until as many distinct ids were seen as its total
says. It starts again if the order changes between pages. If that does not end, the walk is
incomplete. Without a total, it reads until an empty page, or until nothing follows a short one.

*The service decides about the page size.* The walk does not depend on it: a short page moves the
window less. A page is the last one if the window contains no more entries than the page and the
page is not full. After a full page, and without a total after every page, the walk requests another
one until a page is empty. A total and a page size may be wrong together, so the walk looks behind a
short page as well, unless an earlier page was longer.

*The service repeats a page, ignores the window, sorts otherwise, or reports entries and returns
none.* `page_check` detects each of these, because every entry must be within the requested window
and in order. A page that begins at the position must contain the entry there, unless it has
expired: a page without it is requested again.

*An entry has no readable timestamp.* It takes the timestamp of a neighbor. Its id is stored for
longer, because it may be repeated on the next pages. A page without any timestamp is read together
with the next page. A walk that resumes after such an entry starts at the last dated entry before
it.

*The walk fails, or the process ends.* The walk can be iterated over again, or resumed elsewhere
from its checkpoint: the window, and the timestamp and ids of the entries yielded last (`progress`).

In these modules, "after" and "last" refer to the order of the walk. In a descending walk, an entry
that comes after another one is older.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .dense_timestamps import read_dense
from .progress import state_after
from .reading import ReadPage, WindowReader
from .span import PageRequest, fetch_step, first_request

if TYPE_CHECKING:
    from collections.abc import Generator

    from ...paging.page_data import Fetched
    from ..checkpoint import WalkState
    from ..steps import Batch, Fetch, WalkSteps

T = TypeVar("T")


class WindowWalk(Generic[T]):
    """A walk through a time span, as steps that a client executes.

    Attributes:
        reader: The reader of its pages, with the state to start from.
    """

    def __init__(self, reader: WindowReader[T]) -> None:
        self.reader = reader
        self._timeline = reader.timeline
        self._complete: int | None = None  # the dense timestamp that was read last

    @property
    def state(self) -> WalkState:
        """The current state of the walk."""
        return self.reader.state

    def state_after(self, state: WalkState, batch: Batch, count: int) -> WalkState:
        """Return the state after the first entries of a batch were yielded."""
        return state_after(self._timeline, state, batch, count)

    def steps(self, first: Fetched[T] | None = None) -> WalkSteps:
        """Iterate over the steps of the walk.

        Args:
            first: The first page, if it was fetched before.

        Raises:
            IncompleteWalkError: If the walk cannot guarantee that it yields every entry.
        """
        if self.state.done:
            return
        request = first_request(self._timeline, self.state)
        total = 0
        while True:
            fetched = first or (yield fetch_step(self._timeline, self.state, request))
            first = None
            previous_total, total = total, fetched.data.total or 0
            if self._has_shifted(request, previous_total, total):
                self.reader.count_pages(1)
                request = PageRequest(request.bound, self._timeline.first_page)
                continue
            page = yield from self.reader.read(fetched, request)
            if page is None:
                break
            request = yield from self._next_request(request, page)
            del fetched, page  # Free their memory before the next page is read.
        yield from self.reader.finish()

    def _has_shifted(self, request: PageRequest, previous_total: int, total: int) -> bool:
        """Return whether entries at the front of an ascending window expired, so pages shifted."""
        is_counted = request.page > self._timeline.first_page and not self._timeline.descending
        return is_counted and 0 < total < previous_total

    def _next_request(
        self, request: PageRequest, page: ReadPage[T]
    ) -> Generator[Fetch | Batch, Any, PageRequest]:
        """Return the request for the page after another.

        The window moves to the last entry of the page. If it cannot move, the whole page has one
        timestamp: all its entries are yielded first, then the walk counts pages to get past it.
        """
        timeline, last = self._timeline, page.last
        if page.is_doubtful:
            return PageRequest(request.bound, timeline.first_page + 1, len(page.data.items))
        bound = timeline.previous(last)
        if request.bound is None or timeline.comes_after(bound, request.bound):
            return PageRequest(bound, timeline.first_page)
        if self._complete == last:
            return self.reader.next_request(page.data, request)
        position = self.state.position
        if position is None or not timeline.comes_after(position, last):
            yield from read_dense(self.reader, last)
        self._complete = last
        return PageRequest(last, timeline.first_page, request.size)
