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
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from .errors import IncompleteWalkError
from .page_reading import PageData, ids
from .timeline import Timeline
from .walk_account import Account
from .walk_state import WalkState
from .walk_steps import Batch, Fetch, Fetched, WalkSteps

if TYPE_CHECKING:
    import datetime as dt

    from .pagination import Pagination, Window

T = TypeVar("T")

_PASSES = 6  # readings of one crowded moment
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
        confirming = False  # whether a full last page is looked behind
        while True:
            fetched = first or (yield self._fetch(bound, page, step))
            first, data = None, fetched.data
            self._take_note(fetched, bound)
            batch, last = self._examine(data, bound, page)
            if batch.entries:
                yield batch
                self.state = self.advanced(batch, len(batch.entries))
            if last is None or self._is_last(
                data, page, batch, confirmed=confirming and not batch.entries
            ):
                break
            confirming = self._timeline.covers_all(data, page)
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
        )

    def _remembered(self, batch: Batch, count: int) -> dict[str, int]:
        """Add to the ids that the next walk must know those that lie in the overlap."""
        state = self.state
        if state.end is None:
            return state.late
        since = state.end - state.overlap
        newest = max(
            self._timeline.units(batch.moments[0]), self._timeline.units(batch.moments[count - 1])
        )
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

    # --- answers

    def _take_note(self, fetched: Fetched[T], bound: int | None) -> None:
        """Learn from an answer what holds for the whole walk."""
        state, per_second = self.state, self._timeline.window.per_second
        clock = self._account.tell(fetched.date)
        if state.pages == 0:
            self._account.check_retention(state.start, "start")
        elif not self._began and not self._timeline.descending:
            self._account.check_retention(bound, "the place where the walk goes on")
        self._began = True
        self._change(pages=state.pages + 1)
        if state.total is None:
            self._change(total=fetched.data.total)
        if state.end is None:
            elapsed = math.ceil(fetched.elapsed * per_second)
            by = "local" if fetched.date is None else "server"
            self._change(pinned_by=by, end=clock - elapsed - 1)

    def _examine(self, data: PageData[T], bound: int | None, page: int) -> tuple[Batch, int | None]:
        """Hold a page against what was asked; give what is new on it, and its last time."""
        if not data.items:
            if data.total is not None and not self._timeline.covers_all(data, page):
                message = f"the service promises {data.total} entries and gives none of them"
                raise IncompleteWalkError(message)
            return _NOTHING, None
        when = self._timeline.times(data)
        first, last = self._timeline.units(when[0]), self._timeline.units(when[-1])
        lower, upper = self._start(), bound
        if not self._timeline.descending:
            is_pinned = self.state.pinned_by == "end" or self.state.pages > 1
            lower, upper = bound, self.state.end if is_pinned else None
        if (lower is not None and min(first, last) < lower) or (
            upper is not None and max(first, last) > upper
        ):
            message = "the service gave entries from outside of the span of time that was asked for"
            raise IncompleteWalkError(message)
        return self._new(data.items, ids(self._timeline.pagination, data.items), when), last

    def _new(self, items: list[Any], found: list[str], when: list[dt.datetime]) -> Batch:
        """Leave out what was given: all before the position, and what is known at it."""
        chosen = self._indexes(found, when)
        dropped = len(items) - len(chosen)
        if dropped:
            self._change(duplicates=self.state.duplicates + dropped)
            items, found = [items[n] for n in chosen], [found[n] for n in chosen]
            when = [when[n] for n in chosen]
        self._account.see(when)
        return Batch(items, found, when, self._silent(found, when))

    def _indexes(self, found: list[str], when: list[dt.datetime]) -> list[int] | range:
        position, begin, count = self.state.position, 0, len(when)
        keep: list[int] = []
        if position is not None:
            given = set(self.state.ids)
            while begin < count:
                at = self._timeline.units(when[begin])
                if self._timeline.is_later(at, position):
                    break
                if at == position and found[begin] not in given:
                    keep.append(begin)
                begin += 1
        if not keep and len(set(found)) == count:
            return range(begin, count)
        last = {found[n]: n for n in reversed([*keep, *range(begin, count)])}
        return sorted(last.values())

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

    def _is_last(self, data: PageData[T], page: int, batch: Batch, *, confirmed: bool) -> bool:
        full = len(data.items) >= self._timeline.page_size(data)
        if data.total is None:
            return not batch.entries and not full
        if page == self._first_page and len(data.items) > data.total:
            message = f"a page has {len(data.items)} entries, though there are only {data.total}"
            raise IncompleteWalkError(message)
        return self._timeline.covers_all(data, page) and (confirmed or not full)

    # --- a crowded moment

    def _crowded(self, moment: int) -> WalkSteps:
        """Give all entries of one moment, which has more of them than a page holds."""
        start, end = moment - 1, moment + 1
        if self.state.end is not None and self.state.pinned_by == "end":
            end = min(end, self.state.end)
        found: set[str] = set()
        for _ in range(_PASSES):
            page = self._first_page
            while True:
                fetched: Fetched[T] = yield self._timeline.fetch(start, end, page)
                self._change(pages=self.state.pages + 1)
                batch, seen = self._of_moment(fetched.data, moment)
                found |= seen
                if batch.entries:
                    yield batch
                    self.state = self.advanced(batch, len(batch.entries))
                total = fetched.data.total
                if not seen or self._timeline.covers_all(fetched.data, page):
                    break
                page += 1
            if total is not None and len(found) >= total:
                return
        message = f"more entries share one moment than a page holds, and {len(found)} were found"
        raise IncompleteWalkError(message)

    def _of_moment(self, data: PageData[T], moment: int) -> tuple[Batch, set[str]]:
        """Give a page's new entries of a moment, and the ids of all its entries."""
        found, when = ids(self._timeline.pagination, data.items), self._timeline.times(data)
        if any(abs(self._timeline.units(each) - moment) > 1 for each in when):
            message = "the service gave entries from outside of the span of time that was asked for"
            raise IncompleteWalkError(message)
        given = set(self.state.ids)
        new = {
            id_: n
            for n, (id_, each) in enumerate(zip(found, when, strict=True))
            if id_ not in given and self._timeline.units(each) == moment
        }
        new_times = [when[n] for n in new.values()]
        silent = self._silent(list(new), new_times)
        return Batch([data.items[n] for n in new.values()], list(new), new_times, silent), set(
            found
        )

    def _next_page(self, data: PageData[T], page: int, step: int | None) -> tuple[int, int | None]:
        """Give the page behind one whose entries are all known, and the size to count it by.

        After a page that is shorter than it should be, pages are counted in its length.
        """
        if len(data.items) < self._timeline.page_size(data):
            return self._first_page + 1, len(data.items)
        passed = (page + 1 - self._first_page) * len(data.items)
        if data.total is None and passed > len(self.state.ids) + 2 * len(data.items):
            raise IncompleteWalkError("the service repeats a page")
        return page + 1, step

    def _is_passed(self, moment: int) -> bool:
        """Whether every entry of a moment was given, because a later one was."""
        position = self.state.position
        return position is not None and self._timeline.is_later(position, moment)

    def _change(self, **changes: Any) -> None:
        self.state = msgspec.structs.replace(self.state, **changes)
