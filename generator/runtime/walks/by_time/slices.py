"""Walks that read several time slices concurrently, in order.

The first page reports the number of entries. The rest of the span is divided into slices of equal
length. A slice that contains too many pages is divided again. Each slice is a separate walk,
reconciled with its own total. The slices that are read concurrently request their next page when
the previous one has arrived. Slices that are ahead wait, so that only a few pages of each are held
in memory. An entry exactly at a cut belongs to the slice that starts there, whether the service
includes its bounds or not.
"""

from __future__ import annotations

from collections.abc import Generator
from itertools import count
from typing import Any, Generic, TypeAlias, TypeVar

import msgspec

from ...core.errors import IncompleteWalkError
from ...paging.page_data import Fetched, PageData
from ..checkpoint import WalkState
from ..steps import Batch, Fetch, FetchMany, WalkSteps
from .progress import state_after
from .reading import ReadPage, WindowReader
from .span import fetch_step, first_request, is_in_span, span_start
from .timeline import Timeline
from .walk import WindowWalk

T = TypeVar("T")

Bounds: TypeAlias = tuple[int | None, int]
"""The start and end of a slice; a start of None is the start of the log."""

_PAGES_PER_SLICE = 6
_MAX_PAGES = 16  # of a slice, before it is divided again
_MAX_HELD = 6  # pages of a slice that wait to be yielded
_MAX_SLICES = 256


class _Slice:
    """A slice of the span: the walk through it, and its entries that were not yielded yet.

    Attributes:
        bounds: The start and end of the slice.
        walk: The walk through it.
        wanted: The next page to fetch; None while a page is being fetched.
        number: The number of the fetch in progress; 0 without one.
        is_reading: Whether the walk is not finished.
        batches: The batches that the whole walk did not yield yet, each with the epoch of the
            oldest entry on its page.
    """

    def __init__(self, bounds: Bounds, walk: WindowWalk[Any]) -> None:
        self.bounds = bounds
        self.walk = walk
        self.wanted: Fetch | None = None
        self.is_reading = True
        self.batches: list[tuple[Batch, int]] = []
        self._steps = walk.steps()
        self.resume(None)

    def resume(self, fetched: Fetched[Any] | None) -> None:
        """Continue the walk until it wants the next page or is finished."""
        self.number = 0
        try:
            step: Any = self._steps.send(fetched)
            while isinstance(step, Batch):
                self.batches.append((step, self.walk.reader.oldest))
                step = self._steps.send(None)
        except StopIteration:
            self.is_reading = False
            return
        self.wanted = step  # The walk through a slice fetches one page at a time.


class SlicedWalk(Generic[T]):
    """A walk through a time span that reads several slices of it concurrently.

    Args:
        reader: The reader of its first page, with the state to start from.
        concurrency: The number of pages that are read concurrently.
    """

    _begin: int | None  # the position where the slices begin
    _log_start: int  # where slices without a start are taken to begin

    def __init__(self, reader: WindowReader[T], concurrency: int) -> None:
        self._reader = reader
        self._timeline = reader.timeline
        self._concurrency = concurrency
        self._numbers = count(1)  # of fetches
        self._found: set[str] = set()  # ids on pages of slices that were divided again
        self._divided: list[tuple[int, int, int]] = []  # bounds and totals of slices divided again
        self._read: list[tuple[int, int, int]] = []  # bounds and entries of slices read to the end

    @property
    def state(self) -> WalkState:
        """The current state of the walk."""
        return self._reader.state

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
        fetched = first or (yield fetch_step(self._timeline, self.state, request))
        page = yield from self._reader.read(fetched, request)
        if page is not None:
            self._begin = self.state.position
            yield from self._read_slices((yield from self._divide_rest(page)))
        yield from self._reader.finish()

    # --- division

    def _divide_rest(self, page: ReadPage[T]) -> Generator[Fetch, Fetched[T], list[Bounds]]:
        """Return the slices of the span after its first page, in the order of the walk."""
        state = self.state
        if self._timeline.descending:
            start, end = span_start(state), page.last + 1
        else:
            start, end = page.last, state.end or 0  # The end is pinned by now.
        self._log_start = start if start is not None else (yield from self._find_log_start(end))
        left = (state.total or 0) - state.seen
        pages = -(-left // self._timeline.page_size(page.data))
        parts = max(self._concurrency, -(-pages // _PAGES_PER_SLICE)) if pages > 0 else 1
        return self._divide((start, end), min(parts, _MAX_SLICES))

    def _find_log_start(self, end: int) -> Generator[Fetch, Fetched[T], int]:
        """Return the epoch of the oldest entry."""
        state = self.state
        if state.known is not None:
            return state.tail[0][0] if state.tail else min(state.known, end)
        forwards: Timeline = msgspec.structs.replace(self._timeline, descending=False)
        step = forwards.fetch_step(None, end, forwards.first_page, 1)
        fetched = yield from self._reader.fetch(step)
        timestamps = forwards.entry_timestamps(fetched.data, end)  # Undated: nothing to divide.
        return forwards.to_epoch(timestamps[0]) if timestamps else end

    def _divide(self, bounds: Bounds, parts: int) -> list[Bounds]:
        """Divide a slice into a number of slices of equal length."""
        start, high = bounds
        low = self._log_start if start is None else start
        cuts = sorted({low + (high - low) * n // parts for n in range(parts)} - {low, high})
        slices = list(zip([start, *cuts], [*cuts, high], strict=True))
        return slices[::-1] if self._timeline.descending else slices

    def _divide_again(self, each: _Slice, fetched: Fetched[T]) -> list[Bounds]:
        """Return the parts of a slice whose first page reports too many entries, else nothing."""
        total, size = fetched.data.total, self._timeline.page_size(fetched.data)
        if each.walk.state.pages > 1 or total is None or total <= _MAX_PAGES * size:
            return []
        parts = self._divide(each.bounds, min(8, -(-total // (_PAGES_PER_SLICE * size))))
        if len(parts) < 2:
            return []
        start, end = each.bounds
        self._divided.append((start or 0, end, total))
        return parts

    def _open_slice(self, bounds: Bounds) -> _Slice:
        """Return a slice with its own walk."""
        start, end = bounds
        outer, timeline = self.state, self._timeline
        is_end = outer.ascending and end == outer.end
        state = WalkState(
            walk=outer.walk,
            start=start,
            end=end,
            pinned_by="end",
            lower=outer.lower if start == span_start(outer) else start,
            upper=outer.upper if is_end else end - 1,
            tail=outer.tail,
            known=outer.known if outer.known is None or start is None else max(outer.known, start),
            pages=1,
        )
        reader: WindowReader[T] = WindowReader(timeline, state)
        reader.sizes = self._reader.sizes
        reader.has_begun = True
        return _Slice(bounds, WindowWalk(reader))

    # --- reading

    def _read_slices(self, waiting: list[Bounds]) -> WalkSteps:
        """Read slices, a number of them concurrently, and yield their entries in order."""
        active: list[_Slice] = []
        while waiting or active:
            held = sum(len(each.batches) for each in active)
            reading = sum(each.is_reading for each in active)
            while waiting and reading < self._concurrency and held < _MAX_HELD * self._concurrency:
                active.append(self._open_slice(waiting.pop(0)))
                reading += 1
            head = active[0]
            if head.batches:
                batch, oldest = head.batches.pop(0)
                yield from self._fetch_next(active, waiting, is_waiting=False)
                self._reader.note_expiry(oldest)
                batch = self._adopt(batch)
                self._found -= {*batch.ids}
                yield from self._reader.hand_out(batch)
            elif not head.is_reading:
                active.pop(0)
                self._compare(head.bounds, head.walk.state.seen)
            else:
                yield from self._fetch_next(active, waiting, is_waiting=True)
        self._reader.note_expiry(None)
        if self._found:
            raise IncompleteWalkError("the service returned entries once, and then not again")

    def _fetch_next(
        self, active: list[_Slice], waiting: list[Bounds], *, is_waiting: bool
    ) -> Generator[FetchMany, list[tuple[int, Fetched[T]]], None]:
        """Request the next page of each slice that is not too far ahead, and use the results."""
        fetches: list[tuple[int, Fetch]] = []
        for each in active:
            if each.wanted is not None and (each is active[0] or len(each.batches) < _MAX_HELD):
                each.number = next(self._numbers)
                fetches.append((each.number, each.wanted))
                each.wanted = None
        if not fetches and not is_waiting:
            return
        arrived = yield FetchMany(fetches, is_waiting)
        self._reader.count_pages(len(arrived))
        for number, fetched in arrived:
            index = next((n for n, each in enumerate(active) if each.number == number), None)
            if index is None:
                continue  # The slice was abandoned because one before it was divided again.
            parts = self._divide_again(active[index], fetched)
            if parts:
                self._note_found(active[index].bounds[1], fetched.data)
                waiting[:0] = [*parts, *(each.bounds for each in active[index + 1 :])]
                del active[index:]
            else:
                active[index].resume(fetched)

    def _compare(self, bounds: Bounds, seen: int) -> None:
        """Compare each slice that was divided again with its parts, once the last one was read.

        Args:
            bounds: The bounds of a slice that was read.
            seen: The number of entries in its window.
        """
        low, high = bounds[0] or 0, bounds[1]
        self._read.append((low, high, seen))
        for start, end, total in self._divided:
            if low == start if self._timeline.descending else high == end:
                parts = [count for low, high, count in self._read if start <= low and high <= end]
                self._reader.note_missing(total - sum(parts), start)

    def _note_found(self, end: int, data: PageData[T]) -> None:
        """Remember the entries of a page that is dropped: the newest ones, which do not expire."""
        if self._timeline.descending:
            times = map(self._timeline.to_epoch, self._timeline.entry_timestamps(data, end))
            pairs, limit = zip(data.ids, times, strict=True), min(end, self._begin or end)
            self._found |= {id_ for id_, time in pairs if time < limit}

    def _adopt(self, batch: Batch) -> Batch:
        """Return a batch of a slice as one of the whole walk.

        The window of a slice includes entries next to the slice, which the slice suppresses. They
        are dropped: the neighboring slice yields and counts them.
        """
        entries, ids = batch.entries, batch.ids
        timestamps, undated = batch.timestamps, batch.undated
        if batch.suppressed:  # The total includes the entries just outside the requested span.
            state, to_epoch = self.state, self._timeline.to_epoch
            beside = {n for n in batch.suppressed if is_in_span(state, to_epoch(timestamps[n]))}
            own = [n for n in range(len(entries)) if n not in beside]
            entries, ids = [entries[n] for n in own], [ids[n] for n in own]
            timestamps = [timestamps[n] for n in own]
            undated = frozenset(n for n, each in enumerate(own) if each in undated)
        data: PageData[T] = PageData(
            entries,
            ids=ids,
            undated=undated,
            has_undecodable=batch.has_undecodable,
            is_plain=batch.is_plain,
        )
        return self._reader.select_new(data, timestamps)
