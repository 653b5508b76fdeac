# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks that count pages or follow cursors and links.

They are used if the document describes no time window, or if the caller selected another order.

*Cursors and links* are followed as they are. If the total did not change, it must be reached.

*Page numbers and offsets* shift when entries arrive or expire: an entry that moves to the next page
is seen twice and yielded once, an entry that moves to a page that was read would be missed. No
count shows that, because an arrival makes up for an expiry. So a page must be connected to the
first one: it contains an entry of a connected page, behind which the entries of one response follow
without a gap. Offsets overlap by one entry. Between two numbered pages, the walk requests a smaller
page with the end of one and the start of the other; if it does not connect them, the walk continues
at the earlier one. Without such a page, because the service has one page size or pages have few
entries, nothing moved in all likelihood if no total differs and the earlier page ends as before.

If the total is the same on every page, it must be reached as well. If it changes and the order of
the entries changes too, nothing is proven, and the walk is incomplete.

A short page does not prove the end of the list, unless an earlier page was longer: its total and
size may be wrong together. The walk requests the page after it.

The entries that were yielded can only be identified by all their ids, so a checkpoint contains
their number and a digest. A walk that resumes reads its pages again from the first one, and yields
the entries after as many entries with the same digest. If entries arrived or expired among them in
the meantime, the walk is incomplete.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

import msgspec

from ..core.errors import APIStatusError, IncompleteWalkError, InvalidArgumentError
from ..paging.next_page import Position, count_before, next_position
from ..paging.page_data import Fetched, PageData
from .steps import Batch, Fetch, WalkSteps

if TYPE_CHECKING:
    from ..paging.pagination import Pagination
    from .checkpoint import WalkState

T = TypeVar("T")

_Reading: TypeAlias = Generator[Fetch | Batch, Any, T]

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
        is_new: Whether it contained unknown entries.
    """

    data: PageData[T]
    position: Position | None
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
        is_first = state.page is None and pagination.is_counted
        self._first_page: Position | None = pagination.first if is_first else state.page
        self._idle = self._stalled = 0  # consecutive pages without progress, attempts to connect
        self._seen: set[str] = set()
        self._connected: set[str] = set()  # those before which every entry was seen
        self._can_resize = pagination.style == "page" and pagination.size != ""
        self._before = state.seen  # entries that were yielded before the checkpoint
        self._reread: list[str] = []  # their ids, as far as they were read again
        self._longest = 1
        self._length: int | None = None  # the page size that the service reports
        self._totals = {each for each in (state.total,) if each is not None}
        self._is_unstable = False
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
            is_first = position == self._first_page
            if not self._connects(page.data, is_first=is_first) and previous is not None:
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
        if self._pagination.style == "link" and position is not None:
            return Fetch({}, str(position))
        arguments = {self._pagination.page: position, self._pagination.size: self._size}
        return Fetch({name: value for name, value in arguments.items() if name})

    def _read(self, fetched: Fetched[T], position: Position | None) -> _Reading[_Page[T]]:
        """Check a page and yield its unknown entries."""
        data = fetched.data
        self._note(data, position)
        is_new = not self._seen.issuperset(data.ids)
        yield from self._hand_out(data)
        return _Page(data, position, is_new)

    def _hand_out(self, data: PageData[T]) -> _Reading[None]:
        """Yield the unknown entries of a page."""
        batch = self._new_entries(data)
        if batch.entries:
            yield batch
            self.state = self.state_after(self.state, batch, len(batch.entries))

    def _connects(self, data: PageData[T], *, is_first: bool = False) -> bool:
        """Whether a page is connected to the first one. Its entries are then connected as well."""
        is_connected = is_first or not self._connected.isdisjoint(data.ids)
        self._connected.update(data.ids if is_connected else ())
        return is_connected

    def _connect(self, previous: _Page[T], page: _Page[T]) -> _Reading[_Page[T]]:
        """Return the page to continue after: one that is connected to all entries before it.

        Raises:
            IncompleteWalkError: If pages shift faster than they can be read.
        """
        is_connected = yield from self._bridge(previous.data, page)
        if is_connected:
            return page
        again = yield from self._read((yield self._fetch(previous.position)), previous.position)
        self._compare_order(previous.data.ids, again.data)
        is_same = again.data.ids[-1:] == previous.data.ids[-1:] and is_connected is None
        totals = {each.data.total for each in (previous, page, again)}
        overlaps = self._pagination.style == "offset" and len(previous.data.ids) > 1
        if is_same and len(totals) == 1 and not overlaps:
            self._connected.update(page.data.ids)
            return page
        self._stalled += 1
        if self._stalled > _MAX_STALLED:
            raise IncompleteWalkError(_TOO_FAST)
        while not self._connects(again.data, is_first=again.position == self._first_page):
            step = 1 if self._pagination.style == "page" else self._page_size(again.data)
            position = max(int(again.position or 0) - step, int(self._first_page or 0))
            again = yield from self._read((yield self._fetch(position)), position)
        return msgspec.structs.replace(again, is_new=False)

    def _bridge(self, before: PageData[T], page: _Page[T]) -> _Reading[bool | None]:
        """Return whether a smaller page connects two numbered pages, or None without one."""
        length = self._longest
        begin = (int(page.position or 0) - self._pagination.first) * length
        size = max(range(2, length), key=lambda size: min(begin % size, -begin % size), default=1)
        if not self._can_resize or not begin % size:
            return None
        number = self._pagination.first + begin // size
        try:
            fetched = yield Fetch({self._pagination.page: number, self._pagination.size: size})
        except (APIStatusError, InvalidArgumentError) as error:
            if getattr(error, "status_code", 400) not in {400, 404, 422}:
                raise
            return None  # The service supports other sizes only.
        data = fetched.data
        is_sized = data.size in {None, size} and 0 < len(data.items) <= size
        self._can_resize = is_sized and data.ids != page.data.ids
        if not self._can_resize or not self._connects(data):
            return False if self._can_resize else None
        self._compare_order([*before.ids, *page.data.ids], data)
        yield from self._hand_out(data)
        covered = begin // size * size + len(data.items)
        is_end = len(data.items) < size and covered >= (data.total or 0)
        return self._connects(page.data) or (is_end and not page.data.ids)

    def _compare_order(self, ids: list[str], data: PageData[T]) -> None:
        """Note whether the service changed the order of entries."""
        common = set(ids) & set(data.ids)
        orders = [[id_ for id_ in each if id_ in common] for each in (ids, data.ids)]
        self._is_unstable = self._is_unstable or orders[0] != orders[1]

    def _check_progress(self, page: _Page[T], following: Position) -> None:
        """Raise if the service repeats its pages.

        Page numbers may shift by whole pages, so a page without unknown entries may be correct.

        Raises:
            IncompleteWalkError: If it does.
        """
        is_empty = not page.data.items
        self._idle = 0 if page.is_new else self._idle + 1
        self._stalled = 0 if page.is_new else self._stalled
        if self._pagination.is_counted:
            is_repeated = is_empty or self._idle > _MAX_REPEATS + 2 * self._stalled
        else:
            is_repeated = self._idle > _MAX_EMPTY or not (page.is_new or is_empty)
        if is_repeated or following == page.position:
            raise IncompleteWalkError("the service returns the same page repeatedly")

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
        overlap = 1 if self._pagination.item_id and len(data.items) > 1 else 0
        step = 1 if self._pagination.style == "page" else len(data.items) - overlap
        return int(position or 0) + step

    def _note(self, data: PageData[T], position: Position | None) -> None:
        """Count a page, and take the total from the first one that reports it.

        Raises:
            IncompleteWalkError: If the page does not match its request.
        """
        if self._pagination.is_counted and data.page not in {None, position}:
            message = f"page {position} was requested, but the service returned page {data.page}"
            raise IncompleteWalkError(message)
        if None not in {self._length, data.size} and data.size != self._length:
            sizes = f"from {self._length} to {data.size}"
            raise IncompleteWalkError(f"the page size changed {sizes}: pages cannot be counted")
        self._length = data.size or self._length
        covered = count_before(self._pagination, position, self._page_size(data)) or 0
        if not data.items and self._pagination.is_counted and covered < (data.total or 0):
            message = f"the service reports {data.total} entries but returns an empty page"
            raise IncompleteWalkError(message)
        before = count_before(self._pagination, self._first_page, self._page_size(data))
        if data.total is not None and before is not None:
            self._totals.add(max(0, data.total - before))
            if self.state.total is None:
                self.state = msgspec.structs.replace(self.state, total=min(self._totals))

    def _new_entries(self, data: PageData[T]) -> Batch:
        """Return the entries that were neither on an earlier page nor before the checkpoint.

        Raises:
            IncompleteWalkError: If the entries before the checkpoint have changed.
        """
        ids = data.ids
        first = {ids[n]: n for n in reversed(range(len(ids))) if ids[n] not in self._seen}
        keep = sorted(first.values()) if self._pagination.item_id else list(range(len(ids)))
        self._seen.update(ids)
        duplicates = self.state.duplicates + len(ids) - len(keep)
        pages = self.state.pages + 1
        self.state = msgspec.structs.replace(self.state, duplicates=duplicates, pages=pages)
        count = self._before - len(self._reread)
        self._reread += [ids[n] for n in keep[:count]]
        is_whole = 0 < count <= len(keep)
        if is_whole and _digest("", self._reread) != self.state.digest:
            raise IncompleteWalkError(_CHANGED)
        keep, timestamps = keep[count:], data.timestamps
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
        if len(self._totals) > 1 and self._is_unstable:
            message = "entries arrived or expired, and the service changes their order"
            raise IncompleteWalkError(message)
        if len(self._totals) == 1 and missing > 0:
            message = f"{missing} of {self.state.total} reported entries were not returned"
            raise IncompleteWalkError(message)


def _is_behind(last: PageData[Any], data: PageData[Any]) -> bool:
    """Whether a page proves that the one before it, which claims to be the last, is.

    It does if it is empty or repeats that one, unless so many entries expired or arrived in the
    meantime that others may have moved to that page, or that page to this position.
    """
    growth = (data.total or 0) - (last.total or 0)
    return data.ids == last.ids and growth < len(data.ids) if data.ids else growth >= 0


def _digest(before: str, ids: list[str]) -> str:
    """Return a digest extended by further ids."""
    for each in ids:
        before = hashlib.sha256(f"{before} {each}".encode()).hexdigest()[:32]
    return before
