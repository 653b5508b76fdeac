# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks that count pages or follow cursors and links.

They are used if the document describes no time window, or if the caller selected another order.

Page numbers and offsets shift when entries arrive or expire. An entry may be seen twice: it is
yielded once. An entry that moves from an unread page to a page that was read is missed: at the end,
the number of distinct entries is compared with the total of the first response, and the walk is
incomplete if it is lower. Cursors and links are followed as they are, and compared with a total in
the same way.

The entries that were yielded can only be identified by all their ids, so a checkpoint contains
their number and a digest. A walk that resumes reads its pages again from the first one, and yields
the entries after as many entries with the same digest. If entries arrived or expired among them in
the meantime, the walk is incomplete.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from ..core.errors import IncompleteWalkError
from ..paging.next_page import COUNTED, Position, count_before, next_position
from ..paging.page_data import Fetched, PageData
from .steps import Batch, Fetch, WalkSteps

if TYPE_CHECKING:
    from ..paging.pagination import Pagination
    from .checkpoint import WalkState

T = TypeVar("T")

_MAX_EMPTY = 1000  # consecutive empty pages, which a service may return while it searches
_CHANGED = "entries arrived or expired since the checkpoint, so the walk cannot be resumed"


class NumberedWalk(Generic[T]):
    """A walk that counts pages or follows cursors and links, as steps that a client carries out.

    Args:
        pagination: The pagination of the operation.
        state: The state to start from.
        size: The page size to request, or None for the service's default.
    """

    def __init__(self, pagination: Pagination[T], state: WalkState, *, size: int | None) -> None:
        self._pagination = pagination
        self._size = size
        self._first_page: Position | None = state.page
        self._empty = 0  # consecutive pages without new entries
        self._seen: set[str] = set()
        self._reread: list[str] = []  # ids yielded before the checkpoint that were read again
        self._longest = 1
        self.state = state

    def steps(self, first: Fetched[T] | None = None) -> WalkSteps:
        """Iterate over the steps of the walk.

        Args:
            first: The first page, if it was fetched before.

        Raises:
            IncompleteWalkError: If the walk cannot guarantee that it yields every entry.
        """
        page = self._first_page
        size: int | None = None
        before = self.state.seen
        while not self.state.done:
            fetched = first or (yield self._fetch(page))
            first = None
            data = fetched.data
            self._check(data, page, size)
            size = data.size or size
            self._note_response(data)
            is_new = not self._seen.issuperset(data.ids)
            batch = self._new_entries(data)
            if len(self._reread) < before:
                batch = self._after_checkpoint(batch, before)
            if batch.entries:
                yield batch
                self.state = self.state_after(batch, len(batch.entries))
            further = next_position(self._pagination, fetched, page, self._page_size(data))
            if further is None:
                break
            self._empty = 0 if is_new else self._empty + 1
            is_repeated = not is_new and (bool(data.items) or self._pagination.style in COUNTED)
            if is_repeated or further == page or self._empty > _MAX_EMPTY:
                raise IncompleteWalkError("the service returns the same page repeatedly")
            page = further
        if not self.state.done and len(self._reread) < before:
            raise IncompleteWalkError(_CHANGED)
        self._check_total()
        self.state = msgspec.structs.replace(self.state, done=True)

    def _after_checkpoint(self, batch: Batch, before: int) -> Batch:
        """Return the entries that were not yielded before the checkpoint.

        Raises:
            IncompleteWalkError: If the entries before the checkpoint have changed.
        """
        count = min(before - len(self._reread), len(batch.ids))
        self._reread += batch.ids[:count]
        if len(self._reread) == before and _digest("", self._reread) != self.state.digest:
            raise IncompleteWalkError(_CHANGED)
        return Batch(
            batch.entries[count:],
            batch.ids[count:],
            batch.timestamps[count:],
            has_undecodable=batch.has_undecodable,
            is_plain=batch.is_plain,
        )

    def state_after(self, batch: Batch, count: int) -> WalkState:
        """Return the state after the first entries of a batch were yielded."""
        if not count:
            return self.state
        return msgspec.structs.replace(
            self.state,
            digest=_digest(self.state.digest, batch.ids[:count]),
            seen=self.state.seen + count,
            entries=self.state.entries + count,
            undecodable=self.state.undecodable + batch.count_undecodable(count),
        )

    def _fetch(self, page: Position | None) -> Fetch:
        if self._pagination.style == "link" and page is not None:
            return Fetch({}, str(page))
        if self._pagination.style in COUNTED and page is None:
            page = self._pagination.first
        arguments: dict[str, Any] = {
            self._pagination.page: page,
            self._pagination.size: self._size,
        }
        arguments.pop("", None)
        return Fetch(arguments)

    def _check(self, data: PageData[T], page: Position | None, size: int | None) -> None:
        asked = self._pagination.first if page is None else page
        if data.page not in {None, asked}:
            message = f"page {asked} was requested, but the service returned page {data.page}"
            raise IncompleteWalkError(message)
        if size is not None and data.size is not None and data.size != size:
            message = f"the page size changed from {size} to {data.size}: pages cannot be counted"
            raise IncompleteWalkError(message)
        covered = count_before(self._pagination, page, self._page_size(data)) or 0
        is_counted = self._pagination.style in COUNTED and data.total is not None
        if not data.items and is_counted and covered < (data.total or 0):
            message = f"the service reports {data.total} entries but returns an empty page"
            raise IncompleteWalkError(message)

    def _note_response(self, data: PageData[T]) -> None:
        """Count a page, and take the total from the first one that reports it."""
        state = self.state
        changes: dict[str, Any] = {"pages": state.pages + 1}
        before = count_before(self._pagination, self._first_page, self._page_size(data))
        if state.total is None and data.total is not None and before is not None:
            changes["total"] = max(0, data.total - before)
        self.state = msgspec.structs.replace(state, **changes)

    def _new_entries(self, data: PageData[T]) -> Batch:
        """Return the entries that were not on an earlier page, if the entries have ids."""
        ids = data.ids
        keep = list(range(len(ids)))
        if self._pagination.item_id:
            keep = [n for n, id_ in enumerate(ids) if id_ not in self._seen]
            keep = sorted({ids[n]: n for n in reversed(keep)}.values())
        self._seen.update(ids)
        dropped = len(ids) - len(keep)
        if dropped:
            duplicates = self.state.duplicates + dropped
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
        """Raise if fewer entries were seen than the first response promised.

        Raises:
            IncompleteWalkError: If entries are missing.
        """
        missing = 0 if self.state.total is None else self.state.total - self.state.seen
        if missing > 0:
            message = f"{missing} of {self.state.total} reported entries were not returned"
            raise IncompleteWalkError(message)


def _digest(before: str, ids: list[str]) -> str:
    """Return a digest extended by further ids."""
    for each in ids:
        before = hashlib.sha256(f"{before} {each}".encode()).hexdigest()[:32]
    return before
