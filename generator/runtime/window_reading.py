"""A walk through a span of time: where it is, what it asks for, and what it takes from a page."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from . import moments
from .errors import IncompleteWalkError
from .page_reading import PageData, ids, timeless
from .timeline import Timeline
from .walk_account import Account
from .walk_state import WalkState
from .walk_steps import Batch, Fetch, Fetched, WalkSteps

if TYPE_CHECKING:
    import datetime as dt

    from .pagination import Pagination, Window

T = TypeVar("T")

_FAR = 86_400  # seconds behind which the newest entry lies, if it does not tell its time
_TIMELESS = 20  # entries in a row without a time
_NOTHING = Batch([], [], [])


class WindowReading(Generic[T]):
    """What a walk through a span of time knows, one page at a time.

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
