"""Walks that read several slices of time at once and give their entries in order all the same.

The first page tells how many entries there are. What is left of the span is cut into slices of
equal length; a slice that turns out to hold too many pages is cut again. Each slice is a walk of
its own, with its own account against its own total. A round asks each of the next few slices for
one page; slices that are ahead wait, so that only a few pages of each are held. An entry that lies
just at a cut belongs to the slice that begins there, whether the service counts bounds in or not.
"""

from __future__ import annotations

from collections.abc import Generator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from .timeline import Timeline
from .walk_state import WalkState
from .walk_steps import Batch, Fetch, Fetched, FetchMany, WalkSteps
from .window_walk import WindowWalk

if TYPE_CHECKING:
    from .pagination import Pagination, Window

T = TypeVar("T")

_PAGES_PER_SLICE = 6
_MOST_PAGES = 16  # of a slice, before it is cut again
_HELD = 4  # pages of a slice that wait to be handed out
_MOST_SLICES = 256


class _Slice:
    """A piece of the span: the walk through it, and what it has given so far."""

    def __init__(self, walk: WindowWalk[Any]) -> None:
        self.walk = walk
        self.steps = walk.steps()
        self.wanted: Fetch | None = None
        self.batches: list[Batch] = []
        self.go_on(None)

    def go_on(self, outcome: Fetched[Any] | None) -> None:
        """Go on until the next page is wanted, or the slice is done."""
        self.wanted = None
        try:
            step = self.steps.send(outcome)
            while isinstance(step, Batch):
                self.batches.append(step)
                step = self.steps.send(None)
        except StopIteration:
            return
        if isinstance(step, Fetch):
            self.wanted = step


class SlicedWalk(WindowWalk[T]):
    """A walk through a span of time that reads several slices of it at once.

    Args:
        pagination: How the operation pages.
        window: How it takes a span of time.
        state: Where to begin.
        size: The page size to ask for, or None for the service's own.
        descending: Whether the newest come first.
        concurrency: How many pages are read at once.
    """

    def __init__(
        self,
        pagination: Pagination[T],
        window: Window,
        state: WalkState,
        *,
        size: int | None,
        descending: bool,
        concurrency: int,
    ) -> None:
        super().__init__(pagination, window, state, size=size, descending=descending)
        self._concurrency = concurrency

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
        yield from self._give(batch)
        if last is not None and not self._is_last(data, self._first_page):
            yield from self._rounds((yield from self._cut(last, fetched)))
        yield from self._account.settle(self.state)
        self._change(done=True)

    def _give(self, batch: Batch) -> WalkSteps:
        if batch.entries:
            yield batch
            self.state = self.advanced(batch, len(batch.entries))

    # --- cutting

    def _cut(
        self, last: int, fetched: Fetched[T]
    ) -> Generator[Fetch, Fetched[T], list[tuple[int | None, int | None]]]:
        """Cut what is left of the span behind its first page, in the order of the walk."""
        state = self.state
        if self._timeline.descending:
            start, end = state.start, last + 1
            lowest = start if start is not None else (yield from self._oldest(end))
            span = (lowest, end)
        else:
            start, end = last, state.end if state.end is not None else last + 1
            span = (start, end)
        left = max(0, (state.total or 0) - state.seen)
        pages = -(-left // self._timeline.page_size(fetched.data))
        count = max(self._concurrency, -(-pages // _PAGES_PER_SLICE))
        return self._pieces((start, end), span, min(count, _MOST_SLICES))

    def _oldest(self, end: int) -> Generator[Fetch, Fetched[T], int]:
        """Find out where the log begins."""
        timeline: Timeline = msgspec.structs.replace(self._timeline, descending=False)
        fetched = yield timeline.fetch(None, end, self._first_page, 1)
        self._change(pages=self.state.pages + 1)
        when = timeline.times(fetched.data)
        return timeline.units(when[0]) if when else end - 1

    def _pieces(
        self, outer: tuple[int | None, int | None], span: tuple[int, int], count: int
    ) -> list[tuple[int | None, int | None]]:
        """Cut a span into pieces of equal length; the outermost bounds stay as they are."""
        low, high = span
        cuts = sorted({low + (high - low) * n // count for n in range(1, count)} - {low, high})
        edges = [outer[0], *cuts, outer[1]]
        pieces = list(pairwise(edges))
        return pieces[::-1] if self._timeline.descending else pieces

    def _slice(self, piece: tuple[int | None, int | None]) -> _Slice:
        start, end = piece
        outer = self.state
        state = WalkState(
            walk=outer.walk,
            start=start,
            end=end,
            pinned_by="end" if end is not None else "",
            inclusive=start is not None and (outer.inclusive or start != outer.start),
            exclusive=end is not None and (outer.pinned_by != "end" or end != outer.end),
            pages=1,
        )
        walk = WindowWalk(
            self._timeline.pagination,
            self._timeline.window,
            state,
            size=self._timeline.size,
            descending=self._timeline.descending,
        )
        return _Slice(walk)

    # --- reading

    def _rounds(self, pieces: list[tuple[int | None, int | None]]) -> WalkSteps:
        """Read the pieces, some at a time, and give their entries in order."""
        active: list[tuple[tuple[int | None, int | None], _Slice]] = []
        while pieces or active:
            while pieces and len(active) < self._concurrency:
                piece = pieces.pop(0)
                active.append((piece, self._slice(piece)))
            head = active[0][1]
            if head.batches:
                yield from self._give(self._adopt(head.batches.pop(0)))
            elif head.wanted is None:
                active.pop(0)
            else:
                yield from self._round(active, pieces)

    def _round(
        self,
        active: list[tuple[tuple[int | None, int | None], _Slice]],
        pieces: list[tuple[int | None, int | None]],
    ) -> Generator[FetchMany, list[Fetched[T]], None]:
        """Ask each slice that is not too far ahead for its next page."""
        asking = [
            (number, each.wanted)
            for number, (_, each) in enumerate(active)
            if each.wanted is not None and len(each.batches) < _HELD
        ]
        answers = yield FetchMany([wanted for _, wanted in asking])
        self._change(pages=self.state.pages + len(answers))
        for (number, _), fetched in zip(reversed(asking), reversed(answers), strict=True):
            piece, each = active[number]
            again = self._cut_again(piece, each, fetched)
            if again:
                pieces[:0] = [*again, *(other for other, _ in active[number + 1 :])]
                del active[number:]
            else:
                each.go_on(fetched)

    def _cut_again(
        self, piece: tuple[int | None, int | None], each: _Slice, fetched: Fetched[T]
    ) -> list[tuple[int | None, int | None]]:
        """Cut a slice whose first page tells that it holds too much; nothing if it does not."""
        total, size = fetched.data.total, self._timeline.page_size(fetched.data)
        if each.walk.state.pages > 1 or total is None or total <= _MOST_PAGES * size:
            return []
        when = self._timeline.times(fetched.data)
        if not when:
            return []
        start, end = piece
        newest = self._timeline.units(when[0] if self._timeline.descending else when[-1])
        low = start if start is not None else newest - 1
        high = end if end is not None else newest + 1
        pieces = self._pieces(piece, (low, high), min(8, -(-total // (_PAGES_PER_SLICE * size))))
        return pieces if len(pieces) > 1 else []

    def _adopt(self, batch: Batch) -> Batch:
        """Take over a batch of a slice, without what belongs to the slice beside it."""
        own = [n for n in range(len(batch.entries)) if n not in batch.silent]
        return self._new(
            [batch.entries[n] for n in own],
            [batch.ids[n] for n in own],
            [batch.moments[n] for n in own],
        )
