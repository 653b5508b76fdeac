"""Dense timestamps: those with more entries than a page can hold.

A window cannot be moved past a part of such a timestamp. Its entries are read by page numbers in a
window of their own, until as many distinct ids were found as the service reports. If the order of
the entries changes between pages, the pages are read again.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from ...core.errors import IncompleteWalkError
from ..steps import Batch, Fetch
from .page_check import MAX_REPEATS, OUTSIDE, REPEATED, is_short
from .span import requested_end

if TYPE_CHECKING:
    from ...paging.page_data import PageData
    from ..checkpoint import WalkState
    from .reading import WindowReader
    from .timeline import Timeline

_MAX_PASSES = 16


def read_dense(reader: WindowReader[Any], time: int) -> Generator[Fetch | Batch, Any, None]:
    """Yield all entries of a dense timestamp that were not yielded before.

    Args:
        reader: Reads the pages of the walk.
        time: The epoch of the timestamp.

    Raises:
        IncompleteWalkError: If fewer entries are found than the service reports.
    """
    start, end = time - 1, time + 1
    requested = requested_end(reader.state)
    if requested is not None and reader.state.pinned_by == "end":
        end = min(end, requested)
    found: set[str] = set()
    size: int | None = None
    count = 0
    for _ in range(_MAX_PASSES):
        count, size = yield from _read_pages(reader, time, (start, end), size, found)
        if len(found) >= count:
            return
    message = (
        f"more entries have the same timestamp than fit on a page, and only {len(found)} of "
        f"{count} were found"
    )
    raise IncompleteWalkError(message)


def _read_pages(
    reader: WindowReader[Any], time: int, span: tuple[int, int], size: int | None, found: set[str]
) -> Generator[Fetch | Batch, Any, tuple[int, int | None]]:
    """Read the entries of a dense timestamp once, page by page, and collect their ids.

    Args:
        reader: Reads the pages of the walk.
        time: The epoch of the timestamp.
        span: The start and end of the window.
        size: The page size to request, or None for the size of the walk.
        found: The ids that were found; those of this pass are added.

    Returns:
        The number of entries there are at least, and the page size to request in the next pass.

    Raises:
        IncompleteWalkError: If the pages contradict the total, or repeat without end.
    """
    timeline = reader.timeline
    page, requested_size = timeline.first_page, size
    # `most` is the highest total, `last_new` the last page with an id that no earlier one had.
    count, most, last_new = 0, 0, 0
    met: set[str] = set()
    while True:
        fetched = yield from reader.fetch(timeline.fetch_step(*span, page, requested_size))
        data = reader.complete(fetched.data, page, requested_size)
        yield from reader.hand_out(dense_batch(timeline, reader.state, data, time))
        found.update(data.ids)
        length, total = len(data.items), data.total
        count += length
        most = max(most, total or 0)
        if 0 < most < count:
            message = f"{count} entries have the same timestamp, but the service reports {most}"
            raise IncompleteWalkError(message)
        if not data.items:
            return count if total is None else total, size
        if is_short(timeline, data):
            if total is None or (count >= total and not reader.reports_size):
                further = timeline.fetch_step(*span, timeline.first_page + count, 1)
                behind = yield from reader.fetch(further)
                count += len(behind.data.items)
                return max(count, total or 0), min(size or length, length)
            if count >= total:
                return total, size
            size = min(size or length, length)
        last_new = last_new if met.issuperset(data.ids) else page
        met.update(data.ids)
        if page - last_new > MAX_REPEATS:
            raise IncompleteWalkError(REPEATED)
        requested_size = requested_size if reader.knows_size else length
        page += 1


def dense_batch(timeline: Timeline, state: WalkState, data: PageData[Any], time: int) -> Batch:
    """Return the new entries of a dense timestamp on a page.

    Args:
        timeline: The order of the walk.
        state: The state of the walk before the page.
        data: The page.
        time: The epoch of the timestamp.

    Raises:
        IncompleteWalkError: If an entry is more than one unit away from the timestamp.
    """
    times = [timeline.to_epoch(each) for each in timeline.entry_timestamps(data, time)]
    if any(abs(each - time) > 1 for each in times):
        raise IncompleteWalkError(OUTSIDE)
    yielded = {*state.ids, *state.undated}
    new = {
        id_: n
        for n, (id_, each) in enumerate(zip(data.ids, times, strict=True))
        if id_ not in yielded and (n in data.undated or each == time)
    }
    ids, indexes = list(new), list(new.values())
    timestamps = [timeline.to_timestamp(time)] * len(new)
    undated = frozenset(n for n, index in enumerate(indexes) if index in data.undated)
    items = [data.items[index] for index in indexes]
    return Batch(items, ids, timestamps, undated=undated, has_undecodable=data.has_undecodable)
