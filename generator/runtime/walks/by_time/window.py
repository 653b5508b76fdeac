"""Time spans of lists, with the walks that read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...paging.pagination import Window

if TYPE_CHECKING:
    from ...paging.pagination import Pagination
    from ..checkpoint import WalkState
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
