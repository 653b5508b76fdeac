"""The time span of a walk, and requests for its unread part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from ..checkpoint import WalkState
    from ..steps import Fetch
    from .timeline import Timeline


class PageRequest(msgspec.Struct, frozen=True):
    """A page of the window that is still unread.

    Attributes:
        bound: The bound of the window that moves during the walk: the end of a descending walk,
            the start of an ascending one. None if the window is open on that side.
        page: The page number within the window.
        size: The page size to request, or None for the size of the walk.
    """

    bound: int | None
    page: int
    size: int | None = None


def span_start(state: WalkState) -> int | None:
    """Return the start of the span, or of its part that is read again."""
    return state.start if state.lower is None else state.lower


def requested_start(state: WalkState) -> int | None:
    """Return the start to request, so that the response includes the first unit of the span."""
    if state.lower is None:
        return state.start
    return state.lower - 1 if state.lower > 1 else None


def requested_end(state: WalkState) -> int | None:
    """Return the end to request, so that the response includes the last unit of the span."""
    return state.end if state.upper is None else state.upper + 1


def first_request(timeline: Timeline, state: WalkState) -> PageRequest:
    """Return the request with which a walk starts or resumes."""
    if state.position is not None:
        bound: int | None = timeline.previous(state.position)
    elif timeline.descending:
        bound = requested_end(state) if state.pinned_by == "end" else None
    else:
        bound = requested_start(state)
    return PageRequest(bound, timeline.first_page)


def window_of(
    timeline: Timeline, state: WalkState, bound: int | None
) -> tuple[int | None, int | None]:
    """Return the start and end of the unread window with a given moving bound."""
    if timeline.descending:
        return requested_start(state), bound
    return bound, requested_end(state)


def fetch_step(timeline: Timeline, state: WalkState, request: PageRequest) -> Fetch:
    """Return the step for a request."""
    start, end = window_of(timeline, state, request.bound)
    return timeline.fetch_step(start, end, request.page, request.size)


def is_in_span(state: WalkState, time: int) -> bool:
    """Return whether an epoch is within the span that the caller requested."""
    return (state.lower is None or time >= state.lower) and (
        state.upper is None or time <= state.upper
    )


def overlap_start(state: WalkState, newest: int = 0) -> int:
    """Return the start of the overlap, whose ids are stored.

    Args:
        state: The state of the walk.
        newest: The epoch of the newest entry of the page that is read.
    """
    if state.expected is not None and state.new_from is not None:
        return state.new_from  # as when the walk was read before
    end = state.end or 0  # The end is pinned before the first entry is yielded.
    if state.pinned_by == "local" or state.is_ahead:  # The next walk starts at the newest entry.
        is_newest = state.first is None or state.ascending
        end = max([newest, *state.late.values()] if is_newest else [state.first or 0])
    elif state.clock is not None:
        end = min(end, state.clock)
    return end - state.overlap
