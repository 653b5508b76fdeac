"""Walks through a span of time, page by page, that miss nothing and give nothing twice.

The service numbers its pages, and numbers shift: entries arrive at the top while older ones expire
at the bottom. So a walk does not count pages. It always asks for the first page of a window, and
after each page moves the open end of the window to the last entry's time. What follows from that:

*Entries arrive while we read.* The end of the window is settled by the first answer, and every
further request ends at an entry that was seen. Later arrivals are not part of the walk.

*The oldest entries expire while we read.* They are missing at the end and shift nothing. In the end
what was seen is held against the total that the first answer promised; what is missing must have
been older than the retention, which one more request for the part that cannot have expired proves.

*Several entries share a moment, in no stable order.* The window is moved one unit less than would
be tight, so that the last moment is read again whole, whether the service counts the bounds in or
not. Everything newer than the last moment was given, so it is dropped by its time; only the ids of
the last moment are kept. If a whole page lies in one moment, that moment is read by page numbers in
a window of its own, until as many distinct ids were seen as its total says, again and again if the
order changes between its pages; if that does not end, the walk is incomplete.

*The page size is what the service makes it.* Nothing depends on it: a short page moves the window
less. A page is the last one if the window holds no more than it, and if it was full, one more
request makes sure.

*The service repeats a page, ignores the window, sorts otherwise, promises entries and gives none:*
all of these are seen, since every entry must lie inside the window that was asked for, in order.

*It dies and comes back, or we do.* A walk that failed can be iterated again, or resumed elsewhere
from its checkpoint: the window, and time and ids of the last moment that was handed out.

In the following, "later" entries are those that come later in the walk: older ones, if the walk
descends.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from . import moments
from .errors import IncompleteWalkError
from .page_reading import PageData, ids, timeless
from .timeline import Timeline
from .walk_account import Account
from .walk_state import WalkState
from .walk_steps import Batch, Fetch, Fetched, FetchMany, WalkSteps

if TYPE_CHECKING:
    import datetime as dt

    from .pagination import Pagination, Window

T = TypeVar("T")

_PASSES = 16  # readings of one crowded moment
_REPEATS = 200  # pages in a row on which nothing is new, of a service that tells no total
_FAR = 86_400  # seconds behind which the newest entry lies, if it does not tell its time
_TIMELESS = 20  # entries in a row without a time
_NOTHING = Batch([], [], [])


class WindowWalk(Generic[T]):
    """A walk through a span of time, as steps that a client carries out.

    Args:
        pagination: How the operation pages.
        window: How it takes a span of time.
        state: Where to begin.
        size: The page size to ask for, or None for the service's own.
        descending: Whether the newest come first.
    """

    def __init__(
        self,
        pagination: Pagination[T],
        window: Window,
        state: WalkState,
        *,
        size: int | None,
        descending: bool,
    ) -> None:
        self._timeline = Timeline(pagination, window, descending, size)
        self._account = Account(self._timeline)
        self._first_page = pagination.first
        self._known = state.late.keys()
        self._began = False
        self._longest = 0
        self.state = state

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
        while True:
            fetched = first or (yield self._fetch(bound, page, step))
            first = None
            data, batch, last = yield from self._read(fetched, bound, page, step)
            if batch.entries:
                yield batch
                self.state = self.advanced(batch, len(batch.entries))
            if last is None or self._is_last(data, page):
                break
            moved = self._timeline.before(last)
            if bound is None or self._timeline.is_later(moved, bound):
                bound, page, step = moved, self._first_page, None
            elif complete == last or (data.total is None and self._is_short(data)):
                page, step = self._next_page(data, page, step)
            else:
                if not self._is_passed(last):
                    yield from self._crowded(last)
                complete, page = last, self._first_page
                bound = last if self._timeline.is_later(last, bound) else bound
        yield from self._account.settle(self.state)
        self._change(done=True)

    def advanced(self, batch: Batch, count: int) -> WalkState:
        """Give the state after the first entries of a batch were handed out."""
        state = self.state
        if not count:
            return state
        last = self._timeline.units(batch.moments[count - 1])
        begin = count
        while begin and self._timeline.units(batch.moments[begin - 1]) == last:
            begin -= 1
        same = batch.ids[begin:count]
        silent = sum(index < count for index in batch.silent)
        first = state.first
        if first is None and silent < count:
            first = next(
                self._timeline.units(each)
                for n, each in enumerate(batch.moments)
                if n not in batch.silent
            )
        return msgspec.structs.replace(
            state,
            position=last,
            ids=(*state.ids, *same) if state.position == last else tuple(same),
            seen=state.seen + count,
            entries=state.entries + count - silent,
            undecodable=state.undecodable + batch.undecodable(count),
            first=first,
            late=self._remembered(batch, count),
            timeless=(*state.timeless, *_at(batch.ids, batch.timeless, count))[-_TIMELESS:],
        )

    def _remembered(self, batch: Batch, count: int) -> dict[str, int]:
        """Add to the ids that the next walk must know those that lie in the overlap."""
        state = self.state
        newest = max(
            self._timeline.units(batch.moments[0]), self._timeline.units(batch.moments[count - 1])
        )
        end = state.end
        if state.pinned_by == "local":  # The next walk starts behind the newest entry.
            end = 1 + max([newest, *state.late.values()] if state.first is None else [state.first])
        if end is None:
            return state.late
        since = end - state.overlap
        if newest < since:
            return state.late
        recent = zip(batch.ids[:count], batch.moments[:count], strict=True)
        found = {id_: self._timeline.units(each) for id_, each in recent}
        return {**state.late, **{id_: at for id_, at in found.items() if at >= since}}

    # --- requests

    def _bound(self) -> int | None:
        """Give the end of the window that moves, where the walk begins or goes on."""
        if self.state.position is not None:
            return self._timeline.before(self.state.position)
        if not self._timeline.descending:
            return self.state.start
        return self.state.end if self.state.pinned_by == "end" else None

    def _fetch(self, bound: int | None, page: int, size: int | None) -> Fetch:
        start, end = self._start(), self.state.end
        if self._timeline.descending:
            return self._timeline.fetch(start, bound, page, size)
        return self._timeline.fetch(start if bound is None else bound, end, page, size)

    def _start(self) -> int | None:
        """Give the beginning to ask for; an entry that lies there must come if it counts."""
        start = self.state.start
        return start - 1 if start is not None and self.state.inclusive else start

    def _sized(self, data: PageData[T], page: int, asked: int | None) -> PageData[T]:
        """Add the size of a page that does not tell it: what was asked for, else the longest."""
        if data.page not in {None, page}:
            message = f"page {page} was asked for, and the service gave page {data.page}"
            raise IncompleteWalkError(message)
        self._longest = max(self._longest, len(data.items))
        size = data.size or asked or self._timeline.size or self._longest
        return msgspec.structs.replace(data, size=size)

    def _timed(
        self, data: PageData[T], bound: int | None, page: int, step: int | None
    ) -> Generator[Fetch | Batch, Any, PageData[T]]:
        """Add further pages to one on which no entry has a time, until one has.

        Such entries are known to lie between others only: they take the time of a neighbour.
        """
        items = data.items
        more = data
        while items and len(items) <= _TIMELESS and more.items:
            if len(timeless(self._timeline.pagination, items)) < len(items):
                break
            page, step = self._next_page(more, page, step)
            more = self._sized((yield self._fetch(bound, page, step)).data, page, step)
            self._change(pages=self.state.pages + 1)
            items = [*items, *more.items]
        return msgspec.structs.replace(data, items=items)

    # --- answers

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

    def _take_note(self, fetched: Fetched[T], bound: int | None) -> int:
        """Learn from an answer what holds for the whole walk; give what the clock says."""
        state = self.state
        clock = self._account.tell(fetched.date)
        if state.pages == 0:
            begin = state.start if state.since is None else state.since
            self._account.check_retention(begin, "start")
        elif not self._began and not self._timeline.descending:
            self._account.check_retention(bound, "the place where the walk goes on")
        self._began = True
        self._change(pages=state.pages + 1)
        if state.total is None:
            self._change(total=fetched.data.total)
        return clock

    def _pin(self, fetched: Fetched[T], clock: int) -> WalkSteps:
        """Settle the end of an open span.

        Ascending, further requests name it, so it must lie behind all that is there, whatever a
        clock says: the newest entry is asked for.
        """
        elapsed = math.ceil(fetched.elapsed * self._timeline.window.per_second)
        by = "local" if fetched.date is None else "server"
        end = clock - elapsed - 1
        if not self._timeline.descending and fetched.data.items:
            backwards = msgspec.structs.replace(self._timeline, descending=True)
            newest: Fetched[T] = yield backwards.fetch(self._start(), None, self._first_page)
            found = self._timeline.times(fetched.data, clock)
            found += backwards.times(newest.data, self._timeline.units(found[-1]))
            behind = max(map(self._timeline.units, found)) + 1
            if 0 in timeless(self._timeline.pagination, newest.data.items):
                behind = max(behind, clock) + _FAR * self._timeline.window.per_second
            end = behind if by == "local" else max(end, behind)
        self._change(pinned_by=by, end=end)

    def _examine(self, data: PageData[T], bound: int | None, page: int) -> tuple[Batch, int | None]:
        """Hold a page against what was asked; give what is new on it, and its last time."""
        if not data.items:
            if data.total is not None and not self._timeline.covers_all(data, page):
                message = f"the service promises {data.total} entries and gives none of them"
                raise IncompleteWalkError(message)
            return _NOTHING, None
        when = self._timeline.times(data, self._otherwise(data))
        first, last = self._timeline.units(when[0]), self._timeline.units(when[-1])
        lower, upper = self._start(), bound
        if not self._timeline.descending:
            lower, upper = bound, self.state.end
        if (lower is not None and min(first, last) < lower) or (
            upper is not None and max(first, last) > upper
        ):
            message = "the service gave entries from outside of the span of time that was asked for"
            raise IncompleteWalkError(message)
        return self._new(data.items, ids(self._timeline.pagination, data.items), when), last

    def _otherwise(self, data: PageData[T]) -> int | None:
        """Give the time of entries that have none, and behind which none are."""
        if len(data.items) > _TIMELESS:
            return None
        return self.state.end if self.state.position is None else self.state.position

    def _new(self, items: list[Any], found: list[str], when: list[dt.datetime]) -> Batch:
        """Leave out what was given: all before the position, and what is known at it."""
        odd = timeless(self._timeline.pagination, items)
        chosen = self._indexes(found, when, odd)
        dropped = len(items) - len(chosen)
        if dropped:
            self._change(duplicates=self.state.duplicates + dropped)
            items, found = [items[n] for n in chosen], [found[n] for n in chosen]
            when = [when[n] for n in chosen]
            odd = frozenset(n for n, chosen_ in enumerate(chosen) if chosen_ in odd)
        self._account.see(when)
        return Batch(items, found, when, self._silent(found, when), odd)

    def _indexes(
        self, found: list[str], when: list[dt.datetime], odd: frozenset[int]
    ) -> list[int] | range:
        position, begin, count = self.state.position, 0, len(when)
        keep: list[int] = []
        given = {*self.state.ids, *self.state.timeless}
        if position is not None:
            while begin < count:
                at = self._timeline.units(when[begin])
                if self._timeline.is_later(at, position):
                    break
                if at == position or begin in odd:
                    when[begin] = moments.moment(position, self._timeline.window.per_second)
                    keep.append(begin)
                begin += 1
        if not keep and not odd and len(set(found)) == count:
            return range(begin, count)
        last = {found[n]: n for n in reversed([*keep, *range(begin, count)])}
        return sorted(n for id_, n in last.items() if id_ not in given)

    def _silent(self, found: list[str], when: list[dt.datetime]) -> frozenset[int]:
        """Give those that an earlier walk has given, or that lie before what was asked for."""
        silent: set[int] = set()
        if not self._known.isdisjoint(found):
            silent = {n for n, id_ in enumerate(found) if id_ in self._known}
        start = self.state.start
        if self.state.inclusive and start is not None:
            silent |= {n for n, each in enumerate(when) if self._timeline.units(each) < start}
        end = self.state.end
        if self.state.exclusive and end is not None:
            silent |= {n for n, each in enumerate(when) if self._timeline.units(each) >= end}
        return frozenset(silent)

    def _is_last(self, data: PageData[T], page: int) -> bool:
        """Whether nothing lies behind a page; behind a full one it is always looked."""
        if data.total is None:
            return False  # Only an empty page is the last one.
        if page == self._first_page and len(data.items) > data.total:
            message = f"a page has {len(data.items)} entries, though there are only {data.total}"
            raise IncompleteWalkError(message)
        return self._timeline.covers_all(data, page) and self._is_short(data)

    # --- a crowded moment

    def _crowded(self, moment: int) -> WalkSteps:
        """Give all entries of one moment, which has more of them than a page holds."""
        start, end = moment - 1, moment + 1
        if self.state.end is not None and self.state.pinned_by == "end":
            end = min(end, self.state.end)
        found: set[str] = set()
        size: int | None = None  # what pages are counted in, once one was shorter than it says
        for _ in range(_PASSES):
            page, asked, count, most = self._first_page, size, 0, 0
            new = 0  # the last page with an entry that was not on those before it
            met: set[str] = set()
            while True:
                fetched: Fetched[T] = yield self._timeline.fetch(start, end, page, asked)
                self._change(pages=self.state.pages + 1)
                data = self._sized(fetched.data, page, asked)
                batch, seen = self._of_moment(data, moment)
                found |= seen
                if batch.entries:
                    yield batch
                    self.state = self.advanced(batch, len(batch.entries))
                length, total = len(data.items), data.total
                count += length
                most = most if total is None else max(most, total)
                if 0 < most < count:
                    message = f"one moment has {count} entries, though there are only {most}"
                    raise IncompleteWalkError(message)
                if not seen or (total is not None and count >= total and self._is_short(data)):
                    break
                new = new if seen <= met else page
                met |= seen
                if page - new > _REPEATS:
                    raise IncompleteWalkError("the service repeats a page")
                if self._is_short(data):
                    size = min(size or length, length)
                page += 1
            if len(found) >= (count if total is None else total):
                return
        message = f"more entries share one moment than a page holds, and {len(found)} were found"
        raise IncompleteWalkError(message)

    def _of_moment(self, data: PageData[T], moment: int) -> tuple[Batch, set[str]]:
        """Give a page's new entries of a moment, and the ids of all its entries."""
        found, when = ids(self._timeline.pagination, data.items), self._timeline.times(data, moment)
        odd = timeless(self._timeline.pagination, data.items)
        if any(abs(self._timeline.units(each) - moment) > 1 for each in when):
            message = "the service gave entries from outside of the span of time that was asked for"
            raise IncompleteWalkError(message)
        given = {*self.state.ids, *self.state.timeless}
        new = {
            id_: n
            for n, (id_, each) in enumerate(zip(found, when, strict=True))
            if id_ not in given and (n in odd or self._timeline.units(each) == moment)
        }
        new_times = [moments.moment(moment, self._timeline.window.per_second)] * len(new)
        silent = self._silent(list(new), new_times)
        new_odd = frozenset(n for n, index in enumerate(new.values()) if index in odd)
        items = [data.items[n] for n in new.values()]
        return Batch(items, list(new), new_times, silent, new_odd), set(found)

    def _next_page(self, data: PageData[T], page: int, step: int | None) -> tuple[int, int | None]:
        """Give the page behind one whose entries are all known, and the size to count it by.

        After a page that is shorter than it should be, pages are counted in its length.
        """
        if self._is_short(data):
            return self._first_page + 1, len(data.items)
        passed = (page + 1 - self._first_page) * len(data.items)
        if data.total is None and passed > len(self.state.ids) + _REPEATS * len(data.items):
            raise IncompleteWalkError("the service repeats a page")
        return page + 1, step

    def _is_short(self, data: PageData[T]) -> bool:
        """Whether a page has fewer entries than its size says."""
        return len(data.items) < self._timeline.page_size(data)

    def _is_passed(self, moment: int) -> bool:
        """Whether every entry of a moment was given, because a later one was."""
        position = self.state.position
        return position is not None and self._timeline.is_later(position, moment)

    def _change(self, **changes: Any) -> None:
        self.state = msgspec.structs.replace(self.state, **changes)


def _at(found: list[str], chosen: frozenset[int], count: int) -> list[str]:
    """Give those of the first ids that were chosen."""
    return [found[n] for n in sorted(chosen) if n < count] if chosen else []
