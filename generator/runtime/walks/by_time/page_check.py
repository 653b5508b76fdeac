"""Check of a page against its window, and its new entries.

All functions are pure. They take the order of the walk and its state before the page.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

import msgspec

from ...core.errors import IncompleteWalkError
from ...paging.page_data import PageData
from ..steps import Batch
from .span import PageRequest, is_in_span, window_of
from .timeline import MAX_UNDATED

if TYPE_CHECKING:
    import datetime as dt

    from ..checkpoint import WalkState
    from .timeline import Timeline

OUTSIDE = "the service returned entries outside the requested time span"
REPEATED = "the service returns the same page repeatedly"
MAX_REPEATS = 200
"""The number of consecutive pages without a new entry that a service without totals may return."""


class Examination(msgspec.Struct, frozen=True):
    """The contents of a page with entries.

    Attributes:
        batch: The entries that are new. The others were yielded before.
        oldest: The epoch of the oldest entry.
        last: The epoch of the last entry in the order of the walk.
        unread: The number of unread entries in the window that there are at least, those of the
            page included. None if the service does not report it.
        most: The number that `unread` cannot exceed, or None if it is unknown.
    """

    batch: Batch
    oldest: int
    last: int
    unread: int | None
    most: int | None


def examine_page(
    timeline: Timeline, state: WalkState, data: PageData[Any], request: PageRequest
) -> Examination:
    """Examine a page that contains entries.

    Args:
        timeline: The order of the walk.
        state: The state of the walk before the page.
        data: The page.
        request: The request for the page.

    Raises:
        IncompleteWalkError: If the page does not match the request.
    """
    timestamps = timeline.entry_timestamps(data, _default_epoch(state, data))
    first, last = timeline.to_epoch(timestamps[0]), timeline.to_epoch(timestamps[-1])
    start, end = window_of(timeline, state, request.bound)
    if (start is not None and min(first, last) < start) or (
        end is not None and max(first, last) > end
    ):
        raise IncompleteWalkError(OUTSIDE)
    batch = new_entries(timeline, state, data, timestamps)
    return Examination(
        batch,
        oldest=min(first, last),
        last=last,
        unread=_unread_count(timeline, state, data, batch, page=request.page, last=last),
        most=None if data.total is None else data.total - len(data.items) + len(batch.entries),
    )


def check_empty_page(timeline: Timeline, data: PageData[Any], page: int) -> None:
    """Raise if the service reports entries for a page but returns none.

    Raises:
        IncompleteWalkError: If it does.
    """
    if data.total is not None and not timeline.covers_all(data, page):
        message = f"the service reports {data.total} entries but returns an empty page"
        raise IncompleteWalkError(message)


def is_last_page(timeline: Timeline, data: PageData[Any], page: int) -> bool:
    """Return whether no page follows a page with entries.

    A full page never counts as the last one: the walk requests the page after it. Without a total,
    only an empty page is the last one.

    Raises:
        IncompleteWalkError: If the page has more entries than its total allows.
    """
    if data.total is None:
        return False
    if page == timeline.first_page and len(data.items) > data.total:
        message = f"a page has {len(data.items)} entries, but the service reports {data.total}"
        raise IncompleteWalkError(message)
    return timeline.covers_all(data, page) and is_short(timeline, data)


def is_short(timeline: Timeline, data: PageData[Any]) -> bool:
    """Return whether a page has fewer entries than its size."""
    return len(data.items) < timeline.page_size(data)


def new_entries(
    timeline: Timeline, state: WalkState, data: PageData[Any], timestamps: list[dt.datetime]
) -> Batch:
    """Return the entries of a page that this walk did not yield before.

    Entries before the position were yielded. At the position, the ids decide.
    """
    items, ids, undated = data.items, data.ids, data.undated
    at_position, beyond = _indexes_at_position(timeline, state, timestamps, undated)
    if at_position and state.position is not None:
        timestamps = [*timestamps]
        for n in at_position:
            timestamps[n] = timeline.to_timestamp(state.position)
    yielded = {*state.ids, *state.undated}
    at_position = [n for n in at_position if ids[n] not in yielded]
    chosen: list[int] | range = range(beyond, len(items))
    if at_position or undated or len(set(ids)) < len(ids):
        first = {ids[n]: n for n in reversed([*at_position, *chosen])}
        chosen = sorted(n for id_, n in first.items() if id_ not in yielded)
    dropped = len(items) - len(chosen)
    if dropped:
        if chosen == range(dropped, len(items)):  # The usual case, without a copy entry by entry.
            items, ids, timestamps = items[dropped:], ids[dropped:], timestamps[dropped:]
        else:
            items, ids = [items[n] for n in chosen], [ids[n] for n in chosen]
            timestamps = [timestamps[n] for n in chosen]
        undated = frozenset(n for n, each in enumerate(chosen) if each in undated)
    return Batch(
        items,
        ids,
        timestamps,
        undated=undated,
        has_undecodable=data.has_undecodable,
        is_plain=data.is_plain,
    )


def mark_suppressed(
    timeline: Timeline, state: WalkState, known_ids: AbstractSet[str], batch: Batch
) -> Batch:
    """Return a batch with the entries marked that are counted but not yielded.

    These are the entries that an earlier walk yielded, those outside the requested span, and those
    that existed before a follow began. The position of an undated entry is unknown: it is yielded
    rather than lost.

    Args:
        timeline: The order of the walk.
        state: The state of the walk.
        known_ids: The ids that earlier walks yielded.
        batch: The batch, which is not empty.
    """
    suppressed: set[int] = set()
    if not known_ids.isdisjoint(batch.ids):
        suppressed = {n for n, id_ in enumerate(batch.ids) if id_ in known_ids}
    ends = [timeline.to_epoch(each) for each in (batch.timestamps[0], batch.timestamps[-1])]
    if state.new_from is not None or not all(is_in_span(state, each) for each in ends):
        epochs = map(timeline.to_epoch, batch.timestamps)
        suppressed |= {
            n
            for n, each in enumerate(epochs)
            if n not in batch.undated
            and (each < (state.new_from or 0) or not is_in_span(state, each))
        }
    if not suppressed:
        return batch
    return msgspec.structs.replace(batch, suppressed=frozenset(suppressed))


def _default_epoch(state: WalkState, data: PageData[Any]) -> int | None:
    """Return the epoch for a page without timestamps, or None if it has too many entries."""
    if len(data.items) > MAX_UNDATED:
        return None
    return state.end if state.position is None else state.position


def _unread_count(
    timeline: Timeline, state: WalkState, data: PageData[Any], batch: Batch, *, page: int, last: int
) -> int | None:
    """Return the number of unread entries, those of the page included, or None if unknown.

    The entries that were yielded come first in the window. If the page reaches beyond the
    position, they are all on this page or on pages before it, except undated ones: they may come
    later, and are not counted.
    """
    is_beyond = state.position is None or timeline.comes_after(last, state.position)
    if data.total is None or data.undated:
        return None
    if not is_beyond and not timeline.covers_all(data, page):
        return None
    before = (page - timeline.first_page) * timeline.page_size(data)
    undated = len({*state.undated}.difference(data.ids))
    return max(0, data.total - before - len(data.items) + len(batch.entries) - undated)


def _indexes_at_position(
    timeline: Timeline, state: WalkState, timestamps: list[dt.datetime], undated: frozenset[int]
) -> tuple[list[int], int]:
    """Return the indexes of the entries at the position, and that of the first entry beyond it.

    An undated entry in front of the first entry beyond the position may be at the position.
    """
    at_position: list[int] = []
    if state.position is None:
        return at_position, 0
    for n, each in enumerate(timestamps):
        time = timeline.to_epoch(each)
        if timeline.comes_after(time, state.position):
            return at_position, n
        if time == state.position or n in undated:
            at_position.append(n)
    return at_position, len(timestamps)
