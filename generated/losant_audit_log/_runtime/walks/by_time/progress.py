# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The state of a walk after some entries of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from .reconciliation import expiry_limit, remove_from_tail
from .span import is_in_span, overlap_start
from .timeline import MAX_UNDATED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from ..checkpoint import WalkState
    from ..steps import Batch
    from .timeline import Timeline


def state_after(timeline: Timeline, state: WalkState, batch: Batch, count: int) -> WalkState:
    """Return the state after the first entries of a batch were yielded.

    Args:
        timeline: The order of the walk.
        state: The state before the batch.
        batch: The batch.
        count: The number of its entries that were yielded or suppressed.
    """
    if not count:
        return state
    position, ids = _position_after(timeline, state, batch, count)
    suppressed = sum(index < count for index in batch.suppressed)
    first, newest = state.first, state.last
    if suppressed < count:
        if first is None:
            first = next(_yielded_epochs(timeline, batch, range(count)))
        newest = next(_yielded_epochs(timeline, batch, reversed(range(count))))
    return msgspec.structs.replace(
        state,
        position=position,
        ids=ids,
        seen=state.seen + count,
        entries=state.entries + count - suppressed,
        undecodable=state.undecodable + batch.count_undecodable(count),
        first=first,
        last=newest,
        older=_count_older(timeline, state, batch.timestamps[:count]),
        late=_overlap_ids(timeline, state, batch, count),
        tail=remove_from_tail(timeline, state.tail, state.known, batch.timestamps[:count]),
        undated=(*state.undated, *_undated_ids(batch, count))[-MAX_UNDATED:],
    )


def _position_after(
    timeline: Timeline, state: WalkState, batch: Batch, count: int
) -> tuple[int | None, tuple[str, ...]]:
    """Return the epoch of the last dated entry, and the ids that were yielded at that epoch.

    Undated entries at the front take the timestamp of the next dated entry, which is not yielded
    yet. They do not define a position.
    """
    dated = next((n for n in reversed(range(count)) if n not in batch.undated), None)
    if dated is None:
        return state.position, state.ids
    last = timeline.to_epoch(batch.timestamps[dated])
    begin = dated
    while begin and timeline.to_epoch(batch.timestamps[begin - 1]) == last:
        begin -= 1
    same = batch.ids[begin:count]
    return last, (*state.ids, *same) if state.position == last else tuple(same)


def _yielded_epochs(timeline: Timeline, batch: Batch, indexes: Iterable[int]) -> Iterator[int]:
    """Iterate over the epochs of the entries at some indexes that are not suppressed."""
    return (timeline.to_epoch(batch.timestamps[n]) for n in indexes if n not in batch.suppressed)


def _overlap_ids(timeline: Timeline, state: WalkState, batch: Batch, count: int) -> dict[str, int]:
    """Return the ids within the overlap, with their epochs, for the next walk."""
    newest = max(
        timeline.to_epoch(batch.timestamps[0]), timeline.to_epoch(batch.timestamps[count - 1])
    )
    late, since = state.late, overlap_start(state, newest)
    if newest < since:
        return late
    if state.ascending:
        late = {id_: at for id_, at in late.items() if at >= since}
    recent = zip(batch.ids[:count], batch.timestamps[:count], strict=True)
    found = {id_: timeline.to_epoch(each) for id_, each in recent}
    return {
        **late,
        **{id_: at for id_, at in found.items() if at >= since and is_in_span(state, at)},
    }


def _count_older(timeline: Timeline, state: WalkState, timestamps: list[dt.datetime]) -> int | None:
    """Return the number of entries older than a limit, after some entries were yielded."""
    begin, limit = 0, expiry_limit(timeline, state)
    if state.expected is not None:
        limit = state.new_from or 0
        begin = 0 if state.lower == state.start else state.lower or 0
    if state.older is None or timeline.to_epoch(min(timestamps[0], timestamps[-1])) >= limit:
        return state.older
    return state.older + sum(begin <= timeline.to_epoch(each) < limit for each in timestamps)


def _undated_ids(batch: Batch, count: int) -> list[str]:
    """Return the ids of the undated entries among the first entries of a batch."""
    return [batch.ids[n] for n in sorted(batch.undated) if n < count]
