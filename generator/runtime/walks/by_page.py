"""Walks that count pages or follow cursors and links.

They are used if the document describes no time window, or if the caller selected another order.

*Cursors and links* are followed as they are. If the total did not change, it must be reached.

*Page numbers and offsets* shift when entries arrive or expire: an entry that moves to the next page
is seen twice and yielded once, an entry that moves to a page that was read would be missed. A count
cannot show that, because an arrival makes up for a missed entry. So a page is only accepted if it
is connected to the entries before it. It is connected if it starts with a known entry. Otherwise
the page before it is read again: the two are connected if that page still ends with the same entry,
or if it now contains the first entry of the next page. If neither holds, entries were added, and
the walk continues there. In an order other than that by time, entries may expire and arrive before
both pages: one that was on the earlier page while the later one was read may be behind it again.
So there the total must not have decreased. Offsets overlap by one entry, so that this costs no
further request.

If the total is the same on every page, it must be reached as well. If it changes and the order of
the entries changes too, nothing is proven, and the walk is incomplete.

A short page does not prove the end of the list, unless an earlier page was longer: a total and a
page size may be wrong together. The walk requests the page after it.

The entries that were yielded can only be identified by all their ids, so a checkpoint contains
their number and a digest. A walk that resumes reads its pages again from the first one, and yields
the entries after as many entries with the same digest. If entries arrived or expired among them in
the meantime, the walk is incomplete.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from ..core.errors import APIStatusError, IncompleteWalkError
from ..paging.next_page import Position, count_before, next_position
from ..paging.page_data import Fetched, PageData
from .steps import Batch, Fetch, WalkSteps

if TYPE_CHECKING:
    from ..paging.pagination import Pagination
    from .checkpoint import WalkState

T = TypeVar("T")

_MAX_EMPTY = 1000  # consecutive empty pages, which a service may return while it searches
_MAX_STALLED = 50  # consecutive attempts to connect two pages
_MAX_REPEATS = 20  # consecutive pages without unknown entries, if pages are counted
_TOO_FAST = "entries arrive or expire faster than the pages of the list can be read"
_CHANGED = "entries arrived or expired since the checkpoint, so the walk cannot be resumed"


class _Page(msgspec.Struct, Generic[T], frozen=True):
    """A page that was read.

    Attributes:
        data: The page.
        position: Its position.
        is_connected: Whether no unknown entry can lie before it.
        is_new: Whether it contained unknown entries.
    """

    data: PageData[T]
    position: Position | None
    is_connected: bool
    is_new: bool


class NumberedWalk(Generic[T]):
    """A walk that counts pages or follows cursors and links, as steps that a client executes.

    Args:
        pagination: The pagination of the operation.
        state: The state to start from.
        size: The page size to request, or None for the service's default.
    """

    def __init__(self, pagination: Pagination[T], state: WalkState, *, size: int | None) -> None:
        self._pagination = pagination
        self._size = size
        self._first_page: Position | None = state.page
        self._idle = 0  # consecutive pages without unknown entries
        self._stalled = 0  # consecutive attempts to connect pages
        self._seen: set[str] = set()
        self._before = state.seen  # entries that were yielded before the checkpoint
        self._reread: list[str] = []  # their ids, as far as they were read again
        self._longest = 1
        self._length: int | None = None  # the page size that the service reports
        self._totals = {each for each in (state.total,) if each is not None}
        self._is_unstable = False
        order: Any = pagination.order  # a `TimeOrder`, if any
        self._is_by_time = order and state.order.get(order.field, order.by_time) == order.by_time
        self._claimed: PageData[T] | None = None  # the last page, if it claims to be the last one
        self.state = state

    def steps(self, first: Fetched[T] | None = None) -> WalkSteps:
        """Iterate over the steps of the walk.

        Args:
            first: The first page, if it was fetched before.

        Raises:
            IncompleteWalkError: If the walk cannot guarantee that it yields every entry.
        """
        position = self._first_page
        previous: _Page[T] | None = None
        while not self.state.done:
            try:
                fetched = first or (yield self._fetch(position))
            except APIStatusError as error:  # Some services have no page behind the last one.
                if error.status_code != 404 or previous is None or len(self._totals) != 1:
                    raise
                break
            first = None
            if self._claimed and _is_behind(self._claimed, fetched.data):
                break
            page = yield from self._read(fetched, position)
            if previous is not None and not page.is_connected:
                page = yield from self._connect(previous, page)
            following = self._following(fetched, page)
            if following is None:
                break
            self._check_progress(page, following)
            previous = page if self._pagination.is_counted and self._pagination.item_id else None
            position = following
        if not self.state.done and len(self._reread) < self._before:
            raise IncompleteWalkError(_CHANGED)
        self._check_total()
        self.state = msgspec.structs.replace(self.state, done=True)

    def state_after(self, state: WalkState, batch: Batch, count: int) -> WalkState:
        """Return the state after the first entries of a batch were yielded."""
        if not count:
            return state
        return msgspec.structs.replace(
            state,
            digest=_digest(state.digest, batch.ids[:count]),
            seen=state.seen + count,
            entries=state.entries + count,
            undecodable=state.undecodable + batch.count_undecodable(count),
        )

    # --- pages

    def _fetch(self, position: Position | None) -> Fetch:
        pagination = self._pagination
        if pagination.style == "link" and position is not None:
            return Fetch({}, str(position))
        if self._pagination.is_counted and position is None:
            position = pagination.first
        arguments: dict[str, Any] = {pagination.page: position, pagination.size: self._size}
        arguments.pop("", None)
        return Fetch(arguments)

    def _read(
        self, fetched: Fetched[T], position: Position | None
    ) -> Generator[Batch, Any, _Page[T]]:
        """Check a page and yield its unknown entries."""
        data = fetched.data
        self._check(data, position)
        self._note_response(data)
        is_connected = bool(data.ids) and data.ids[0] in self._seen
        is_new = not self._seen.issuperset(data.ids)
        batch = self._new_entries(data)
        if len(self._reread) < self._before:
            batch = self._after_checkpoint(batch)
        if batch.entries:
            yield batch
            self.state = self.state_after(self.state, batch, len(batch.entries))
        return _Page(data, position, is_connected, is_new)

    def _connect(
        self, previous: _Page[T], page: _Page[T]
    ) -> Generator[Fetch | Batch, Any, _Page[T]]:
        """Return the page to continue after: one that is connected to all entries before it.

        Args:
            previous: The page before, which is connected.
            page: The page.

        Raises:
            IncompleteWalkError: If pages shift faster than they can be read.
        """
        again = yield from self._read((yield self._fetch(previous.position)), previous.position)
        common = set(previous.data.ids) & set(again.data.ids)
        orders = [[id_ for id_ in each.data.ids if id_ in common] for each in (previous, again)]
        self._is_unstable = self._is_unstable or orders[0] != orders[1]
        is_same = again.data.ids[-1:] == previous.data.ids[-1:]
        if is_same and (self._is_by_time or not _shrinks(previous.data, page.data)):
            self._stalled = 0
            return page
        self._stalled += 1
        if self._stalled > _MAX_STALLED:
            raise IncompleteWalkError(_TOO_FAST)
        while not again.is_connected and again.position != self._first_page:
            position = self._position_before(again)
            again = yield from self._read((yield self._fetch(position)), position)
        return again

    def _check_progress(self, page: _Page[T], following: Position) -> None:
        """Raise if the service repeats its pages.

        Page numbers may shift by whole pages, so a page without unknown entries may be correct.

        Raises:
            IncompleteWalkError: If it does.
        """
        is_empty = not page.data.items
        self._idle = 0 if page.is_new else self._idle + 1
        if self._pagination.is_counted:
            is_repeated = is_empty or self._idle > _MAX_REPEATS
        else:
            is_repeated = self._idle > _MAX_EMPTY or not (page.is_new or is_empty)
        if is_repeated or following == page.position:
            raise IncompleteWalkError("the service returns the same page repeatedly")

    def _position_before(self, page: _Page[T]) -> Position | None:
        """Return the position of the page before another one."""
        step = 1 if self._pagination.style == "page" else self._page_size(page.data)
        first = self._pagination.first if self._first_page is None else int(self._first_page)
        position = max(int(page.position or 0) - step, first)
        return self._first_page if position == first else position

    def _following(self, fetched: Fetched[T], page: _Page[T]) -> Position | None:
        """Return the position of the next page, or None at the end of the list."""
        data, position = page.data, page.position
        if not self._pagination.is_counted or data.more is not None or not data.items:
            return next_position(self._pagination, fetched, position, self._page_size(data))
        covered = count_before(self._pagination, position, self._page_size(data)) or 0
        covered += len(data.items)
        is_short = data.size is not None and len(data.items) < data.size
        claims_end = is_short and (data.total is None or covered >= data.total)
        self._claimed = data if claims_end else None
        if claims_end and len(data.items) < self._longest:
            return None
        start = self._pagination.first if position is None else int(position)
        if self._pagination.style == "page":
            return start + 1
        overlap = 1 if self._pagination.item_id and len(data.items) > 1 else 0
        return start + len(data.items) - overlap

    def _after_checkpoint(self, batch: Batch) -> Batch:
        """Return the entries that were not yielded before the checkpoint.

        Raises:
            IncompleteWalkError: If the entries before the checkpoint have changed.
        """
        count = min(self._before - len(self._reread), len(batch.ids))
        self._reread += batch.ids[:count]
        is_whole = len(self._reread) == self._before
        if is_whole and _digest("", self._reread) != self.state.digest:
            raise IncompleteWalkError(_CHANGED)
        entries, ids, times = batch.entries[count:], batch.ids[count:], batch.timestamps[count:]
        return msgspec.structs.replace(batch, entries=entries, ids=ids, timestamps=times)

    def _check(self, data: PageData[T], position: Position | None) -> None:
        """Raise an error if a page does not match its request.

        Raises:
            IncompleteWalkError: If it does not.
        """
        requested = self._pagination.first if position is None else position
        if data.page not in {None, requested}:
            message = f"page {requested} was requested, but the service returned page {data.page}"
            raise IncompleteWalkError(message)
        if None not in {self._length, data.size} and data.size != self._length:
            sizes = f"from {self._length} to {data.size}"
            raise IncompleteWalkError(f"the page size changed {sizes}: pages cannot be counted")
        self._length = data.size or self._length
        covered = count_before(self._pagination, position, self._page_size(data)) or 0
        if not data.items and self._pagination.is_counted and covered < (data.total or 0):
            message = f"the service reports {data.total} entries but returns an empty page"
            raise IncompleteWalkError(message)

    def _note_response(self, data: PageData[T]) -> None:
        """Count a page, and take the total from the first one that reports it."""
        total, pages = self.state.total, self.state.pages + 1
        before = count_before(self._pagination, self._first_page, self._page_size(data))
        if data.total is not None and before is not None:
            self._totals.add(max(0, data.total - before))
            total = max(0, data.total - before) if total is None else total
        self.state = msgspec.structs.replace(self.state, pages=pages, total=total)

    def _new_entries(self, data: PageData[T]) -> Batch:
        """Return the entries that were not on an earlier page, if the entries have ids."""
        ids = data.ids
        keep = list(range(len(ids)))
        if self._pagination.item_id:
            keep = [n for n, id_ in enumerate(ids) if id_ not in self._seen]
            keep = sorted({ids[n]: n for n in reversed(keep)}.values())
        self._seen.update(ids)
        duplicates = self.state.duplicates + len(ids) - len(keep)
        self.state = msgspec.structs.replace(self.state, duplicates=duplicates)
        timestamps = data.timestamps
        return Batch(
            [data.items[n] for n in keep],
            [ids[n] for n in keep],
            [timestamps[n] for n in keep] if timestamps else [],
            has_undecodable=data.has_undecodable,
            is_plain=data.is_plain,
        )

    def _page_size(self, data: PageData[T]) -> int:
        self._longest = max(self._longest, len(data.items))
        return data.size or self._size or self._longest

    def _check_total(self) -> None:
        """Raise if entries are missing by their number, or if nothing proves that none is.

        Raises:
            IncompleteWalkError: If so.
        """
        missing = 0 if self.state.total is None else self.state.total - self.state.seen
        if len(self._totals) > 1:
            if self._is_unstable:
                message = "entries arrived or expired, and the service changes their order"
                raise IncompleteWalkError(message)
        elif missing > 0:
            message = f"{missing} of {self.state.total} reported entries were not returned"
            raise IncompleteWalkError(message)


def _is_behind(last: PageData[Any], data: PageData[Any]) -> bool:
    """Whether a page proves that the one before it, which claims to be the last, is.

    It does if it is empty or repeats that one, unless so many entries expired or arrived in the
    meantime that others may have moved to that page, or that page to this position.
    """
    growth = (data.total or 0) - (last.total or 0)
    return data.ids == last.ids and growth < len(data.ids) if data.ids else growth >= 0


def _shrinks(earlier: PageData[Any], later: PageData[Any]) -> bool:
    """Whether entries certainly expired between two pages."""
    return earlier.total is not None and later.total is not None and later.total < earlier.total


def _digest(before: str, ids: list[str]) -> str:
    """Return a digest extended by further ids."""
    for each in ids:
        before = hashlib.sha256(f"{before} {each}".encode()).hexdigest()[:32]
    return before
