# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Additional requests of a walk: for the newest and oldest entries.

Each probe receives the function that fetches a page, and returns its result without side effects.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from ...core.errors import IncompleteWalkError
from ...core.service import ServiceError
from ...paging.page_data import Fetched, PageData
from ..steps import Fetch
from .span import requested_start

if TYPE_CHECKING:
    from ..checkpoint import WalkState
    from .span import PageRequest
    from .timeline import Timeline

FetchPage: TypeAlias = Callable[[Fetch], Generator[Fetch, Any, Fetched[Any]]]
"""Fetches a page and counts it."""

_DAY = 86_400  # seconds after which the newest entry lies for certain, if it has no timestamp


class OldestEntries(msgspec.Struct, frozen=True):
    """The oldest entries of a window.

    Attributes:
        times: The epochs of those up to the last entry of the page before the probe.
        gone: The decrease of the total of the window since that page, or None if unknown.
        is_all: Whether the window contains no other entries.
    """

    times: list[int]
    gone: int | None
    is_all: bool


def find_end(
    timeline: Timeline, state: WalkState, fetched: Fetched[Any], clock: int, fetch: FetchPage
) -> Generator[Fetch, Any, tuple[int, str]]:
    """Determine the end of a span that has none.

    The end of a descending walk is the time of the first response. An ascending walk passes the
    end with every further request. The end must be after every existing entry, even if a clock is
    wrong, so the walk requests the newest entry.

    Args:
        timeline: The order of the walk.
        state: The state of the walk before the first page.
        fetched: The first page.
        clock: The current time.
        fetch: Fetches a page.

    Returns:
        The end, and the clock that set it: `server` or `local`.
    """
    elapsed = math.ceil(fetched.elapsed * timeline.window.per_second)
    pinned_by = "local" if fetched.date is None else "server"
    end = clock - elapsed - 1
    if timeline.descending or not fetched.data.items:
        return end, pinned_by
    backwards: Timeline = msgspec.structs.replace(timeline, descending=True)
    step = backwards.fetch_step(requested_start(state), None, timeline.first_page)
    newest = yield from fetch(step)
    is_all = timeline.covers_all(fetched.data, timeline.first_page)
    if newest.data.ids == fetched.data.ids and not is_all:
        # All entries have the same timestamp, or the service repeated its response.
        newest = yield from fetch(step)
    found = timeline.entry_timestamps(fetched.data, clock)
    found += backwards.entry_timestamps(newest.data, timeline.to_epoch(found[-1]))
    after_newest = max(map(timeline.to_epoch, found)) + 1
    if 0 in newest.data.undated:
        after_newest = max(after_newest, clock) + _DAY * timeline.window.per_second
    return after_newest if pinned_by == "local" else max(end, after_newest), pinned_by


def find_oldest(
    timeline: Timeline,
    state: WalkState,
    data: PageData[Any],
    request: PageRequest,
    *,
    last: int,
    fetch: FetchPage,
) -> Generator[Fetch, Any, OldestEntries | ServiceError | None]:
    """Request the oldest entries in the window of a page.

    Args:
        timeline: The order of the walk, which is descending.
        state: The state of the walk.
        data: The page.
        request: The request for the page.
        last: The epoch of the last entry of the page.
        fetch: Fetches a page.

    Returns:
        The oldest entries, or the error if the request failed. None if the service did not sort
        the entries in ascending order or returned entries outside the window.

    Raises:
        IncompleteWalkError: If the page lacks entries that are younger than its last one.
    """
    end = request.bound
    if end is None:  # Exclude entries that arrived after the page.
        end = timeline.to_epoch(timeline.entry_timestamps(data, last)[0]) + 1
    forwards: Timeline = msgspec.structs.replace(timeline, descending=False)
    step = forwards.fetch_step(requested_start(state), end, timeline.first_page)
    try:
        fetched = yield from fetch(step)
    except ServiceError as error:
        return error
    oldest = fetched.data
    found = [timeline.to_epoch(each) for each in oldest.timestamps or ()]
    if found != sorted(found) or (found and found[-1] > end):
        return None
    before = (request.page - timeline.first_page) * timeline.page_size(data) + len(data.items)
    if found and found[0] > last and (oldest.total or 0) > before:
        raise IncompleteWalkError("the service omitted entries from a page")
    return OldestEntries(
        times=[each for each in found if each <= last],
        gone=None if data.total is None or oldest.total is None else data.total - oldest.total,
        is_all=forwards.covers_all(oldest, timeline.first_page),
    )
