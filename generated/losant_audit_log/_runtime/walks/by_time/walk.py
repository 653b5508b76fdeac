# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks through a span of time, page by page, that miss nothing and give nothing twice.

The service numbers its pages, and numbers shift: entries arrive at the top while older ones expire
at the bottom. So a walk does not count pages. It always asks for the first page of a window, and
after each page moves the open end of the window to the last entry's time. What follows from that:

*Entries arrive while we read.* The end of the window is settled by the first answer, and every
further request ends at an entry that was seen. Later arrivals are not part of the walk. Ascending,
the end is asked for: it lies behind the newest entry, since a clock may be wrong.

*The oldest entries expire while we read.* Newest first, they are missing at the end and shift
nothing; oldest first, what expires lies before what is read next. In the end what was seen is held
against the total that the first answer promised, less what has expired and plus what came late:
`walk_account` says how an entry that expired is told from one that was lost.

*The bounds of a span may belong to it or not.* Both bounds that `walk()` is given do: one unit more
is asked for on either side, and what lies there is dropped. Those of a list are the service's own.

*Several entries share a moment, in no stable order.* The window is moved one unit less than would
be tight, so that the last moment is read again whole, whether the service counts the bounds in or
not. Everything newer than the last moment was given, so it is dropped by its time; only the ids of
the last moment are kept. If a whole page lies in one moment, that moment is read by page numbers in
a window of its own, until as many distinct ids were seen as its total says, again and again if the
order changes between its pages; if that does not end, the walk is incomplete. Without a total, it
is read until nothing lies behind its last page and no id was met twice.

*The page size is what the service makes it.* Nothing depends on it: a short page moves the window
less. A page is the last one if the window holds no more than it and it is not full; behind a full
one it is looked, and without a total, behind every one until a page is empty.

*The service repeats a page, ignores the window, sorts otherwise, promises entries and gives none:*
all of these are seen, since every entry must lie inside the window that was asked for, in order.

*An entry has no time that can be read.* It takes that of a neighbour, and its id is kept for long,
since it may come again on the next pages. A page of such entries is read together with the next.
Whoever goes on behind one goes on from the last entry before it that has a time of its own.

*It dies and comes back, or we do.* A walk that failed can be iterated again, or resumed elsewhere
from its checkpoint: the window, and time and ids of the last moment that was handed out.

In the following, "later" entries are those that come later in the walk: older ones, if the walk
descends.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, TypeVar

import msgspec

from ...core import epoch
from ...core.errors import IncompleteWalkError
from ...paging.page_data import Fetched, PageData, described
from ..steps import Batch, Fetch, FetchMany, WalkSteps
from .window_probing import WindowProbing
from .window_reading import OUTSIDE

T = TypeVar("T")

_PASSES = 16  # readings of one crowded moment
_REPEATS = 200  # pages in a row on which nothing is new, of a service that tells no total
_TIMELESS = 20  # entries in a row without a time


class WindowWalk(WindowProbing[T]):
    """A walk through a span of time, as steps that a client carries out."""

    def steps(self, first: Fetched[T] | None = None) -> WalkSteps:
        """Give the steps of the walk.

        Args:
            first: The first page, if it was fetched already.

        Raises:
            IncompleteWalkError: If it cannot be known that every entry was given.
        """
        if self.state.done:
            return
        bound, page = self._bound(), self._first_page
        complete: int | None = None  # the crowded moment that was given whole
        step: int | None = None  # the size by which pages behind it are counted
        held = 0  # how many entries the window had
        while True:
            fetched = first or (yield self._fetch(bound, page, step))
            first = None
            before, held = held, fetched.data.total or 0
            if page > self._first_page and 0 < held < before and not self._timeline.descending:
                page, step = self._first_page, None  # Some expired at its front: pages shifted.
                self._change(pages=self.state.pages + 1)
                continue
            data, batch, last = yield from self._read(fetched, bound, page, step)
            is_last = last is None or self._is_last(data, page)
            error = None if is_last else (yield from self._look(data, bound, page, last or 0))
            yield from self._give(batch)
            if error is not None:
                raise error
            if last is None or is_last:
                break
            moved = self._timeline.before(last)
            if bound is None or self._timeline.is_later(moved, bound):
                bound, page, step = moved, self._first_page, None
            elif complete == last:
                page, step = self._next_page(data, page, step)
            else:
                if not self._is_passed(last):
                    yield from self._crowded(last)
                complete, page = last, self._first_page
                bound = last if self._timeline.is_later(last, bound) else bound
            del fetched, data, batch  # Their memory is what the next page is read into.
        yield from self._account.settle(self.state)
        self._change(done=True)

    def _give(self, batch: Batch) -> WalkSteps:
        """Hand entries out."""
        if batch.entries:
            yield batch
            self.state = self.advanced(batch, len(batch.entries))

    def _read(
        self, fetched: Fetched[T], bound: int | None, page: int, step: int | None
    ) -> Generator[Fetch | FetchMany | Batch, Any, tuple[PageData[T], Batch, int | None]]:
        """Learn from a page and hold it against what was asked.

        Returns:
            What the page says, what is new on it, and its last time; None if it is empty.
        """
        clock = self._take_note(fetched, bound)
        data = yield from self._timed(self._sized(fetched.data, page, step), bound, page, step)
        if self.state.end is None:
            yield from self._pin(msgspec.structs.replace(fetched, data=data), clock)
        return data, *self._examine(data, bound, page)

    def _timed(
        self, data: PageData[T], bound: int | None, page: int, step: int | None
    ) -> Generator[Fetch | Batch, Any, PageData[T]]:
        """Add further pages to one on which no entry has a time, until one has.

        Such entries are known to lie between others only: they take the time of a neighbour.
        """
        items, more, began = data.items, data, page
        while items and len(items) <= _TIMELESS and more.items:
            if len(data.timeless) < len(items) or self._timeline.covers_all(data, began):
                break
            page, step = self._next_page(more, page, step)
            more = self._sized((yield self._fetch(bound, page, step)).data, page, step)
            self._change(pages=self.state.pages + 1)
            items = [*items, *more.items]
            whole = msgspec.structs.replace(data, items=items)
            data = described(self._timeline.pagination, whole)
        return data

    def _next_page(self, data: PageData[T], page: int, step: int | None) -> tuple[int, int | None]:
        """Give the page behind one whose entries are all known, and the size to count it by.

        After a page that is shorter than it should be, or of a size that nobody tells, pages are
        counted in its length.
        """
        if self._is_short(data) or not self._is_sized:
            return self._first_page + 1, len(data.items)
        passed = (page + 1 - self._first_page) * len(data.items)
        if data.total is None and passed > len(self.state.ids) + _REPEATS * len(data.items):
            raise IncompleteWalkError("the service repeats a page")
        return page + 1, step

    def _is_last(self, data: PageData[T], page: int) -> bool:
        """Whether nothing lies behind a page; behind a full one it is always looked."""
        if data.total is None:
            return False  # Only an empty page is the last one.
        if page == self._first_page and len(data.items) > data.total:
            message = f"a page has {len(data.items)} entries, though there are only {data.total}"
            raise IncompleteWalkError(message)
        return self._timeline.covers_all(data, page) and self._is_short(data)

    def _crowded(self, moment: int) -> WalkSteps:
        """Give all entries of one moment, which has more of them than a page holds."""
        start, end = moment - 1, moment + 1
        if self.state.asked_end is not None and self.state.pinned_by == "end":
            end = min(end, self.state.asked_end)
        found: set[str] = set()
        size: int | None = None  # what pages are counted in, once one was shorter than it says
        for _ in range(_PASSES):
            count, size = yield from self._read_through(moment, start, end, size, found)
            if len(found) >= count:
                return
        message = f"more entries share one moment than a page holds, and {len(found)} were found"
        raise IncompleteWalkError(message)

    def _read_through(
        self, moment: int, start: int, end: int, size: int | None, found: set[str]
    ) -> Generator[Fetch | FetchMany | Batch, Any, tuple[int, int | None]]:
        """Give the entries of a moment, page after page, and add their ids to those found.

        Returns:
            How many there are, and the size that pages are to be counted in the next time.
        """
        page, asked, count, most = self._first_page, size, 0, 0
        new = 0  # the last page with an entry that was not on those before it
        met: set[str] = set()
        while True:
            fetched: Fetched[T] = yield self._timeline.fetch(start, end, page, asked)
            self._change(pages=self.state.pages + 1)
            data = self._sized(fetched.data, page, asked)
            batch, seen = self._of_moment(data, moment)
            found |= seen
            yield from self._give(batch)
            length, total = len(data.items), data.total
            count += length
            most = most if total is None else max(most, total)
            if 0 < most < count:
                message = f"one moment has {count} entries, though there are only {most}"
                raise IncompleteWalkError(message)
            if not seen:
                return count if total is None else total, size
            if self._is_short(data):
                if total is None:
                    total = yield from self._counted(start, end, count)
                    return total, min(size or length, length)
                if count >= total:
                    return total, size
                size = min(size or length, length)
            new = new if seen <= met else page
            met |= seen
            if page - new > _REPEATS:
                raise IncompleteWalkError("the service repeats a page")
            asked = asked if self._is_sized else length  # As in `_next_page`.
            page += 1

    def _counted(self, start: int, end: int, count: int) -> Generator[Fetch, Fetched[T], int]:
        """Look behind a page that is shorter than it says, whether it is the last of a moment.

        Returns:
            How many entries there are at least.
        """
        behind = yield self._timeline.fetch(start, end, self._first_page + count, 1)
        self._change(pages=self.state.pages + 1)
        return count + len(behind.data.items)

    def _of_moment(self, data: PageData[T], moment: int) -> tuple[Batch, set[str]]:
        """Give a page's new entries of a moment, and the ids of all its entries."""
        found, when, odd = data.ids, self._timeline.times(data, moment), data.timeless
        if any(abs(self._timeline.units(each) - moment) > 1 for each in when):
            raise IncompleteWalkError(OUTSIDE)
        given = {*self.state.ids, *self.state.timeless}
        new = {
            id_: n
            for n, (id_, each) in enumerate(zip(found, when, strict=True))
            if id_ not in given and (n in odd or self._timeline.units(each) == moment)
        }
        new_times = [epoch.moment(moment, self._timeline.window.per_second)] * len(new)
        new_odd = frozenset(n for n, index in enumerate(new.values()) if index in odd)
        silent = self._silent(list(new), new_times, new_odd)
        items = [data.items[n] for n in new.values()]
        batch = Batch(items, list(new), new_times, silent, new_odd, data.has_odd)
        return batch, set(found)
