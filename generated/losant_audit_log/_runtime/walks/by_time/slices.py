# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks that read several slices of time at once and give their entries in order all the same.

The first page tells how many entries there are. What is left of the span is cut into slices of
equal length; a slice that turns out to hold too many pages is cut again. Each slice is a walk of
its own, with its own account against its own total. As many slices as are wanted at once ask for
their next page when the last one has come; those that are ahead wait, so that only a few pages of
each are held. An entry that lies
just at a cut belongs to the slice that begins there, whether the service counts bounds in or not.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

import msgspec

from ...paging.page_data import Fetched, PageData
from ..checkpoint import WalkState
from ..steps import Batch, Fetch, FetchMany, WalkSteps
from .timeline import Timeline
from .walk import WindowWalk

if TYPE_CHECKING:
    from ...paging.pagination import Pagination, Window

T = TypeVar("T")

Piece: TypeAlias = tuple[int | None, int]
"""The bounds of a slice; None is the beginning of the log."""

_PAGES_PER_SLICE = 6
_MOST_PAGES = 16  # of a slice, before it is cut again
_HELD = 6  # pages of a slice that wait to be handed out
_MOST_SLICES = 256


class _Slice:
    """A piece of the span: the walk through it, and what it has given so far.

    Attributes:
        piece: Its bounds.
        walk: The walk.
        wanted: What it wants to be fetched next; None while that is under way.
        number: By what the answer to it is known; 0 if nothing is under way.
        is_reading: Whether it is not done yet.
        batches: What it has given and the whole walk has not.
    """

    def __init__(self, piece: Piece, walk: WindowWalk[Any]) -> None:
        self.piece = piece
        self.walk = walk
        self.wanted: Fetch | None = None
        self.is_reading = True
        self.batches: list[Batch] = []
        self._steps = walk.steps()
        self.go_on(None)

    def go_on(self, outcome: Fetched[Any] | None) -> None:
        """Go on until the next page is wanted, or the slice is done."""
        self.number = 0
        try:
            step = self._steps.send(outcome)
            while isinstance(step, Batch):
                self.batches.append(step)
                step = self._steps.send(None)
        except StopIteration:
            self.is_reading = False
            return
        self.wanted = cast("Fetch", step)  # A walk through one slice asks for one page at a time.


class SlicedWalk(WindowWalk[T]):
    """A walk through a span of time that reads several slices of it at once.

    Args:
        pagination: How the operation pages.
        window: How it takes a span of time.
        state: Where to begin.
        size: The page size to ask for, or None for the service's own.
        concurrency: How many pages are read at once.
    """

    def __init__(
        self,
        pagination: Pagination[T],
        window: Window,
        state: WalkState,
        *,
        size: int | None,
        concurrency: int,
    ) -> None:
        super().__init__(pagination, window, state, size=size)
        self._concurrency = concurrency
        self._lowest = 0
        self._asked = 0

    def steps(self, first: Fetched[T] | None = None) -> WalkSteps:
        """Give the steps of the walk.

        Args:
            first: The first page, if it was fetched already.

        Raises:
            IncompleteWalkError: If it cannot be known that every entry was given.
        """
        if self.state.done:
            return
        bound = self._bound()
        fetched = first or (yield self._fetch(bound, self._first_page, None))
        data, batch, last = yield from self._read(fetched, bound, self._first_page, None)
        is_last = last is None or self._is_last(data, self._first_page)
        error = (
            None if is_last else (yield from self._look(data, bound, self._first_page, last or 0))
        )
        yield from self._give(batch)
        if error is not None:
            raise error
        if last is not None and not is_last:
            yield from self._rounds((yield from self._cut(last, fetched)))
        yield from self._account.settle(self.state)
        self._change(done=True)

    # --- cutting

    def _cut(self, last: int, fetched: Fetched[T]) -> Generator[Fetch, Fetched[T], list[Piece]]:
        """Cut what is left of the span behind its first page, in the order of the walk."""
        state = self.state
        if self._timeline.descending:
            start, end = state.start, last + 1
        else:
            start, end = last, state.end or last + 1  # It was settled by now.
        self._lowest = start if start is not None else (yield from self._oldest(end))
        left = (state.total or 0) - state.seen
        pages = -(-left // self._timeline.page_size(fetched.data))
        count = max(self._concurrency, -(-pages // _PAGES_PER_SLICE))
        return self._pieces((start, end), min(count, _MOST_SLICES))

    def _oldest(self, end: int) -> Generator[Fetch, Fetched[T], int]:
        """Find out where the log begins."""
        if self.state.known is not None:
            return self.state.tail[0][0] if self.state.tail else min(self.state.known, end - 1)
        timeline: Timeline = msgspec.structs.replace(self._timeline, descending=False)
        fetched = yield timeline.fetch(None, end, self._first_page, 1)
        self._change(pages=self.state.pages + 1)
        when = timeline.times(fetched.data, end - 1)  # Without a time it cannot be cut.
        return timeline.units(when[0]) if when else end - 1

    def _pieces(self, whole: Piece, count: int) -> list[Piece]:
        """Cut a piece into some of equal length."""
        start, high = whole
        low = self._lowest if start is None else start
        cuts = sorted({low + (high - low) * n // count for n in range(1, count)} - {low, high})
        pieces = list(zip([start, *cuts], [*cuts, high], strict=True))
        return pieces[::-1] if self._timeline.descending else pieces

    def _slice(self, piece: Piece) -> _Slice:
        start, end = piece
        outer = self.state
        is_end = end == outer.end and outer.pinned_by == "end"
        state = WalkState(
            walk=outer.walk,
            ascending=outer.ascending,
            start=start,
            end=end,
            pinned_by="end",
            lower=outer.lower if start == outer.start else start,
            upper=outer.upper if is_end else end - 1,
            tail=outer.tail,
            known=_latest(outer.known, start),
            pages=1,
        )
        walk = WindowWalk(
            self._timeline.pagination,
            self._timeline.window,
            state,
            size=self._timeline.size,
        )
        return _Slice(piece, walk)

    # --- reading

    def _rounds(self, pieces: list[Piece]) -> WalkSteps:
        """Read the pieces, some at a time, and give their entries in order."""
        active: list[_Slice] = []
        while pieces or active:
            held = sum(len(each.batches) for each in active)
            reading = sum(each.is_reading for each in active)
            while pieces and reading < self._concurrency and held < _HELD * self._concurrency:
                active.append(self._slice(pieces.pop(0)))
                reading += 1
            head = active[0]
            if head.batches:
                batch = head.batches.pop(0)
                yield from self._round(active, pieces, is_waiting=False)
                yield from self._give(self._adopt(batch))
            elif not head.is_reading:
                active.pop(0)
            else:
                yield from self._round(active, pieces, is_waiting=True)

    def _round(
        self, active: list[_Slice], pieces: list[Piece], *, is_waiting: bool
    ) -> Generator[FetchMany, list[tuple[int, Fetched[T]]], None]:
        """Ask each slice that is not too far ahead for its next page, and take what has come."""
        asking: list[tuple[int, Fetch]] = []
        for each in active:
            if each.wanted is not None and (each is active[0] or len(each.batches) < _HELD):
                self._asked += 1
                each.number = self._asked
                asking.append((each.number, each.wanted))
                each.wanted = None
        if not asking and not is_waiting:
            return
        answers = yield FetchMany(asking, is_waiting)
        self._change(pages=self.state.pages + len(answers))
        for number, fetched in answers:
            place = next((n for n, each in enumerate(active) if each.number == number), None)
            if place is None:
                continue  # Of a slice that was given up, since one before it was cut again.
            again = self._cut_again(active[place], fetched)
            if again:
                pieces[:0] = [*again, *(each.piece for each in active[place + 1 :])]
                del active[place:]
            else:
                active[place].go_on(fetched)

    def _cut_again(self, each: _Slice, fetched: Fetched[T]) -> list[Piece]:
        """Cut a slice whose first page tells that it holds too much; nothing if it does not."""
        total, size = fetched.data.total, self._timeline.page_size(fetched.data)
        if each.walk.state.pages > 1 or total is None or total <= _MOST_PAGES * size:
            return []
        pieces = self._pieces(each.piece, min(8, -(-total // (_PAGES_PER_SLICE * size))))
        return pieces if len(pieces) > 1 else []

    def _adopt(self, batch: Batch) -> Batch:
        """Take over a batch of a slice, without what belongs to the slice beside it."""
        entries, found, when, odd = batch.entries, batch.ids, batch.moments, batch.timeless
        if batch.silent:  # The total counts those just outside of what was asked for.
            units = self._timeline.units
            beside = frozenset(n for n in batch.silent if self._counts(units(when[n])))
            own = [n for n in range(len(entries)) if n not in beside]
            entries, found = [entries[n] for n in own], [found[n] for n in own]
            when = [when[n] for n in own]
            odd = frozenset(n for n, each in enumerate(own) if each in odd)
        data: PageData[T] = PageData(
            entries,
            ids=found,
            timeless=odd,
            has_odd=batch.has_odd,
            is_plain=batch.is_plain,
        )
        return self._new(data, when)


def _latest(known: int | None, start: int | None) -> int | None:
    """Give the time before which all is known, in a slice that begins somewhere."""
    return known if known is None or start is None else max(known, start)
