# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks page after page, where a document says of no window of time, or another order was chosen.

Numbers and offsets shift when entries come and go, so an entry may be seen twice: it is given once.
One that slips from a page not yet read to a page that was is missed: in the end, the distinct
entries are held against the total that the first answer promised, and the walk is incomplete if
they are fewer. Cursors and links are followed as they are; a total is held against them as well.

Which entries were given cannot be said in less than all their ids, so a checkpoint holds their
number and a digest. A walk that goes on reads its pages again from the first one, and hands out
what comes behind as many entries with the same digest. If entries came or went among them
meanwhile, it cannot know what was given, and is incomplete.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from ..core.errors import IncompleteWalkError
from ..paging.next_page import COUNTED, Position, following, skipped
from ..paging.page_data import Fetched, PageData
from .steps import Batch, Fetch, WalkSteps

if TYPE_CHECKING:
    from ..paging.pagination import Pagination
    from .checkpoint import WalkState

T = TypeVar("T")

_MOST_BARREN = 1000  # Searching services give pages without entries, but not without end.
_CHANGED = "entries came or went since the checkpoint, so it cannot be known which were given"


class NumberedWalk(Generic[T]):
    """A walk by page numbers, as steps that a client carries out.

    Args:
        pagination: How the operation pages.
        state: Where to begin.
        size: The page size to ask for, or None for the service's own.
    """

    def __init__(self, pagination: Pagination[T], state: WalkState, *, size: int | None) -> None:
        self._pagination = pagination
        self._size = size
        self._first_page: Position | None = state.page
        self._barren = 0  # pages without entries, one behind the other
        self._seen: set[str] = set()
        self._again: list[str] = []  # what was given before, until all of it was read again
        self._longest = 1
        self.state = state

    def steps(self, first: Fetched[T] | None = None) -> WalkSteps:
        """Give the steps of the walk.

        Args:
            first: The first page, if it was fetched already.

        Raises:
            IncompleteWalkError: If it cannot be known that every entry was given.
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
            self._take_note(data)
            is_new = not self._seen.issuperset(data.ids)
            batch = self._new(data)
            if len(self._again) < before:
                batch = self._behind(batch, before)
            if batch.entries:
                yield batch
                self.state = self.advanced(batch, len(batch.entries))
            further = following(self._pagination, fetched, page, self._page_size(data))
            if further is None:
                break
            self._barren = 0 if is_new else self._barren + 1
            is_repeated = not is_new and (bool(data.items) or self._pagination.style in COUNTED)
            if is_repeated or further == page or self._barren > _MOST_BARREN:
                raise IncompleteWalkError("the service repeats a page, though it promised more")
            page = further
        if not self.state.done and len(self._again) < before:
            raise IncompleteWalkError(_CHANGED)
        self._account()
        self.state = msgspec.structs.replace(self.state, done=True)

    def _behind(self, batch: Batch, before: int) -> Batch:
        """Leave out what was given before the walk went on, which must be what it was."""
        count = min(before - len(self._again), len(batch.ids))
        self._again += batch.ids[:count]
        if len(self._again) == before and _digest("", self._again) != self.state.digest:
            raise IncompleteWalkError(_CHANGED)
        return Batch(
            batch.entries[count:],
            batch.ids[count:],
            batch.moments[count:],
            has_odd=batch.has_odd,
            is_plain=batch.is_plain,
        )

    def advanced(self, batch: Batch, count: int) -> WalkState:
        """Give the state after the first entries of a batch were handed out."""
        if not count:
            return self.state
        return msgspec.structs.replace(
            self.state,
            digest=_digest(self.state.digest, batch.ids[:count]),
            seen=self.state.seen + count,
            entries=self.state.entries + count,
            undecodable=self.state.undecodable + batch.undecodable(count),
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
            message = f"page {asked} was asked for, and the service gave page {data.page}"
            raise IncompleteWalkError(message)
        if size is not None and data.size is not None and data.size != size:
            message = (
                f"the size of pages changed from {size} to {data.size}, so they cannot be counted"
            )
            raise IncompleteWalkError(message)
        covered = skipped(self._pagination, page, self._page_size(data)) or 0
        is_counted = self._pagination.style in COUNTED and data.total is not None
        if not data.items and is_counted and covered < (data.total or 0):
            message = f"the service promises {data.total} entries and gives a page without any"
            raise IncompleteWalkError(message)

    def _take_note(self, data: PageData[T]) -> None:
        """Learn from an answer what holds for the whole walk."""
        state = self.state
        changes: dict[str, Any] = {"pages": state.pages + 1}
        before = skipped(self._pagination, self._first_page, self._page_size(data))
        if state.total is None and data.total is not None and before is not None:
            changes["total"] = max(0, data.total - before)
        self.state = msgspec.structs.replace(state, **changes)

    def _new(self, data: PageData[T]) -> Batch:
        """Leave out what was given on an earlier page, if the document says what an id is."""
        found = data.ids
        keep = list(range(len(found)))
        if self._pagination.item_id:
            keep = [n for n, id_ in enumerate(found) if id_ not in self._seen]
            keep = sorted({found[n]: n for n in reversed(keep)}.values())
        self._seen.update(found)
        dropped = len(found) - len(keep)
        if dropped:
            duplicates = self.state.duplicates + dropped
            self.state = msgspec.structs.replace(self.state, duplicates=duplicates)
        when = data.times
        return Batch(
            [data.items[n] for n in keep],
            [found[n] for n in keep],
            [when[n] for n in keep] if when else [],
            has_odd=data.has_odd,
            is_plain=data.is_plain,
        )

    def _page_size(self, data: PageData[T]) -> int:
        self._longest = max(self._longest, len(data.items))
        return data.size or self._size or self._longest

    def _account(self) -> None:
        """Hold what was seen against what the first answer promised."""
        missing = 0 if self.state.total is None else self.state.total - self.state.seen
        if missing > 0:
            message = (
                f"{missing} of {self.state.total} entries that the service promised were not given"
            )
            raise IncompleteWalkError(message)


def _digest(before: str, ids: list[str]) -> str:
    """Give the digest of some more ids."""
    for each in ids:
        before = hashlib.sha256(f"{before} {each}".encode()).hexdigest()[:32]
    return before
