"""Time spans of lists, with the walks that read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ...core.errors import InvalidArgumentError
from ...paging.pagination import Window

if TYPE_CHECKING:
    from ...paging.pagination import Pagination
    from ..checkpoint import WalkState
    from .prefetch import Gathering, Prefetching
    from .slices import SlicedWalk
    from .walk import WindowWalk


class TimeWindow(Window, frozen=True, kw_only=True):
    """A time span that a walk reads page by page, or in concurrent slices."""

    def engine(
        self, pagination: Pagination[Any], state: WalkState, *, size: int | None, concurrency: int
    ) -> WindowWalk[Any] | SlicedWalk[Any]:
        """Return the engine of a walk through the span.

        Args:
            pagination: The pagination of the operation.
            state: The state to start from.
            size: The page size to request, or None for the service's default.
            concurrency: The number of slices that are read concurrently.
        """
        # Loaded by the first walk, so that the import of the package stays fast.
        if concurrency > 1:
            from .slices import SlicedWalk

            return SlicedWalk(pagination, self, state, size=size, concurrency=concurrency)
        from .walk import WindowWalk

        return WindowWalk(pagination, self, state, size=size)

    def include_bounds(self, state: WalkState) -> WalkState:
        """Return a state whose span includes its bounds, unless the service includes them anyway.

        Otherwise the walk would miss an entry exactly where an earlier walk ended.
        """
        lower = None if self.bounds in {"inclusive", "half-open"} else state.start
        upper = None if self.bounds == "inclusive" else state.end
        return msgspec.structs.replace(state, lower=lower, upper=upper)

    def end_of(self, state: WalkState) -> int | None:
        """Return the end of the span that a walk covers, where the next walk can start.

        It is never after the first response by the service's own clock, because entries may still
        be written there. Without that clock it is the timestamp of the newest entry, which the next
        walk reads again.
        """
        end = state.end
        if end is not None and state.clock is not None:
            end = min(end, state.clock)
        if state.pinned_by == "end":
            return end
        if state.pinned_by != "server":
            known = [each for each in (state.first, state.last) if each is not None]
            end = max([*known, *state.late.values()], default=None)
            if end is not None and state.clock is None:
                end += 1  # A checkpoint of version 1 lacks the ids there.
        found = [each for each in (end, state.since) if each is not None]
        return max(found, default=state.start)

    def follow(self, state: WalkState, before: WalkState, *, is_default: bool) -> WalkState:
        """Return the state of a walk that starts where a finished one ended.

        Args:
            state: The state of a walk without a start.
            before: The state of the finished walk.
            is_default: Whether the overlap is the default one, which the finished walk may lack.

        Raises:
            InvalidArgumentError: If the overlap or the end does not fit.
        """
        overlap = min(state.overlap, before.overlap) if is_default else state.overlap
        if overlap > before.overlap:
            message = (
                "overlap: longer than that of the earlier walk; pass the same or a shorter one"
            )
            raise InvalidArgumentError(message)
        end = self.end_of(before)
        begin = None if end is None else end - overlap
        if state.end is not None and begin is not None and state.end <= begin:
            raise InvalidArgumentError("end: expected a time after the end of the walk in since")
        late = {id_: at for id_, at in before.late.items() if begin is None or at >= begin}
        if begin is not None:  # Undated entries may be repeated as well.
            late |= dict.fromkeys(before.undated, begin)
        return msgspec.structs.replace(
            state, start=begin, lower=begin, upper=state.end, since=end, late=late
        )

    def prefetching(self) -> Prefetching:
        """Return what fetches pages concurrently, in threads."""
        from .prefetch import Prefetching

        return Prefetching()

    def gathering(self) -> Gathering:
        """Return what fetches pages concurrently, in tasks."""
        from .prefetch import Gathering

        return Gathering()
