# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""A walk through a span of time: where it is, what it asks for, and what it takes from a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from ...core import epoch
from ...core.errors import IncompleteWalkError
from ...paging.page_data import Fetched, PageData
from ..checkpoint import WalkState
from ..steps import Batch, Fetch
from .reconciliation import Account
from .timeline import Timeline

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from ...paging.pagination import Pagination, Window

T = TypeVar("T")

_TIMELESS = 20  # entries in a row without a time
_NOTHING = Batch([], [], [])
OUTSIDE = "the service gave entries from outside of the span of time that was asked for"


class WindowReading(Generic[T]):
    """What a walk through a span of time knows, one page at a time.

    Args:
        pagination: How the operation pages.
        window: How it takes a span of time.
        state: Where to begin.
        size: The page size to ask for, or None for the service's own.
    """

    def __init__(
        self,
        pagination: Pagination[T],
        window: Window,
        state: WalkState,
        *,
        size: int | None,
    ) -> None:
        self._timeline = Timeline(pagination, window, not state.ascending, size)
        self._account = Account(self._timeline)
        self._first_page = pagination.first
        self._known = state.late.keys()
        self._began = False
        self._longest = 0
        self._is_sized = False
        self.state = state

    def advanced(self, batch: Batch, count: int) -> WalkState:
        """Give the state after the first entries of a batch were handed out."""
        state = self.state
        if not count:
            return state
        position, ids = self._place(batch, count)
        silent = sum(index < count for index in batch.silent)
        first, newest = state.first, state.last
        if silent < count:
            if first is None:
                first = next(self._given(batch, range(count)))
            newest = next(self._given(batch, reversed(range(count))))
        return msgspec.structs.replace(
            state,
            position=position,
            ids=ids,
            seen=state.seen + count,
            entries=state.entries + count - silent,
            undecodable=state.undecodable + batch.undecodable(count),
            first=first,
            last=newest,
            late=self._remembered(batch, count),
            tail=self._account.taken(state.tail, state.known, batch.moments[:count]),
            timeless=(*state.timeless, *_at(batch.ids, batch.timeless, count))[-_TIMELESS:],
        )

    def _place(self, batch: Batch, count: int) -> tuple[int | None, tuple[str, ...]]:
        """Give the last time that was handed out, and the ids that were handed out at it.

        Entries without a time that come first take that of the next one, which is still to be
        handed out: it tells no place yet.
        """
        state = self.state
        dated = next((n for n in reversed(range(count)) if n not in batch.timeless), None)
        if dated is None:
            return state.position, state.ids
        last = self._timeline.units(batch.moments[dated])
        begin = dated
        while begin and self._timeline.units(batch.moments[begin - 1]) == last:
            begin -= 1
        same = batch.ids[begin:count]
        return last, (*state.ids, *same) if state.position == last else tuple(same)

    def _given(self, batch: Batch, places: Iterable[int]) -> Iterator[int]:
        """Give the times of those entries at some places that are handed out."""
        return (self._timeline.units(batch.moments[n]) for n in places if n not in batch.silent)

    def _remembered(self, batch: Batch, count: int) -> dict[str, int]:
        """Add to the ids that the next walk must know those that lie in the overlap."""
        state = self.state
        newest = max(
            self._timeline.units(batch.moments[0]), self._timeline.units(batch.moments[count - 1])
        )
        end = state.end or 0  # It was settled before anything is handed out.
        if state.pinned_by == "local":  # The next walk starts behind the newest entry.
            end = 1 + max([newest, *state.late.values()] if state.first is None else [state.first])
        since = end - state.overlap
        if newest < since:
            return state.late
        recent = zip(batch.ids[:count], batch.moments[:count], strict=True)
        found = {id_: self._timeline.units(each) for id_, each in recent}
        return {
            **state.late,
            **{id_: at for id_, at in found.items() if at >= since and self._counts(at)},
        }

    def _counts(self, time: int) -> bool:
        """Whether an entry of a time is part of what was asked for."""
        lower, upper = self.state.lower, self.state.upper
        return (lower is None or time >= lower) and (upper is None or time <= upper)

    def _bound(self) -> int | None:
        """Give the end of the window that moves, where the walk begins or goes on."""
        if self.state.position is not None:
            return self._timeline.before(self.state.position)
        if not self._timeline.descending:
            return self.state.asked_start
        return self.state.asked_end if self.state.pinned_by == "end" else None

    def _fetch(self, bound: int | None, page: int, size: int | None) -> Fetch:
        start, end = self.state.asked_start, self.state.asked_end
        if self._timeline.descending:
            return self._timeline.fetch(start, bound, page, size)
        return self._timeline.fetch(start if bound is None else bound, end, page, size)

    def _sized(self, data: PageData[T], page: int, asked: int | None) -> PageData[T]:
        """Add the size of a page that does not tell it: what was asked for, else the longest."""
        if data.page not in {None, page}:
            message = f"page {page} was asked for, and the service gave page {data.page}"
            raise IncompleteWalkError(message)
        self._longest = max(self._longest, len(data.items))
        self._is_sized = bool(data.size or asked or self._timeline.size)
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
        return clock

    def _examine(self, data: PageData[T], bound: int | None, page: int) -> tuple[Batch, int | None]:
        """Hold a page against what was asked; give what is new on it, and its last time."""
        if not data.items:
            if data.total is not None and not self._timeline.covers_all(data, page):
                message = f"the service promises {data.total} entries and gives none of them"
                raise IncompleteWalkError(message)
            if data.total == 0:
                self.state = self._account.counted(self.state, 0, None)
            return _NOTHING, None
        when = self._timeline.times(data, self._otherwise(data))
        first, last = self._timeline.units(when[0]), self._timeline.units(when[-1])
        lower, upper = self.state.asked_start, bound
        if not self._timeline.descending:
            lower, upper = bound, self.state.asked_end
        if (lower is not None and min(first, last) < lower) or (
            upper is not None and max(first, last) > upper
        ):
            raise IncompleteWalkError(OUTSIDE)
        batch = self._new(data, when)
        unread = self._unread(data, batch, page, last)
        self.state = self._account.counted(self.state, unread, min(first, last))
        return batch, last

    def _unread(self, data: PageData[T], batch: Batch, page: int, last: int) -> int | None:
        """Tell how many entries are still to be read, those of the page included, if it says so.

        Of the entries in a window, those that were given come first. So all of them lie on this
        page or before it, if something comes behind them.
        """
        position = self.state.position
        is_behind = position is None or self._timeline.is_later(last, position)
        if data.total is None or data.timeless:
            return None
        if not is_behind and not self._timeline.covers_all(data, page):
            return None
        before = (page - self._first_page) * self._timeline.page_size(data)
        return max(0, data.total - before - len(data.items) + len(batch.entries))

    def _otherwise(self, data: PageData[T]) -> int | None:
        """Give the time of entries that have none, and behind which none are."""
        if len(data.items) > _TIMELESS:
            return None
        return self.state.end if self.state.position is None else self.state.position

    def _new(self, data: PageData[T], when: list[dt.datetime]) -> Batch:
        """Leave out what was given: all before the position, and what is known at it."""
        items, found, odd = data.items, data.ids, data.timeless
        chosen = self._indexes(found, when, odd)
        dropped = len(items) - len(chosen)
        if dropped:
            self._change(duplicates=self.state.duplicates + dropped)
            if chosen == range(dropped, len(items)):
                items, found, when = items[dropped:], found[dropped:], when[dropped:]
            else:
                items, found = [items[n] for n in chosen], [found[n] for n in chosen]
                when = [when[n] for n in chosen]
            odd = frozenset(n for n, each in enumerate(chosen) if each in odd) if odd else odd
        silent = self._silent(found, when, odd)
        return Batch(items, found, when, silent, odd, data.has_odd, data.is_plain)

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
                    when[begin] = epoch.moment(position, self._timeline.window.per_second)
                    keep.append(begin)
                begin += 1
        keep = [n for n in keep if found[n] not in given]
        if not keep and not odd and len(set(found)) == count:
            return range(begin, count)
        last = {found[n]: n for n in reversed([*keep, *range(begin, count)])}
        return sorted(n for id_, n in last.items() if id_ not in given)

    def _silent(
        self, found: list[str], when: list[dt.datetime], odd: frozenset[int]
    ) -> frozenset[int]:
        """Give those that an earlier walk has given, or that lie outside of what was asked for.

        Where one lies that has no time is not known, so it is better given than lost.
        """
        silent: set[int] = set()
        if not self._known.isdisjoint(found):
            silent = {n for n, id_ in enumerate(found) if id_ in self._known}
        ends = [self._timeline.units(when[0]), self._timeline.units(when[-1])] if when else []
        if not all(map(self._counts, ends)):
            silent |= {
                n
                for n, each in enumerate(when)
                if n not in odd and not self._counts(self._timeline.units(each))
            }
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
