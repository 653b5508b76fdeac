# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Spans of time that lists take, and how a walk reads one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...paging.pagination import Window
from .slices import SlicedWalk
from .walk import WindowWalk

if TYPE_CHECKING:
    from ...paging.pagination import Pagination
    from ..checkpoint import WalkState


class TimeWindow(Window, frozen=True, kw_only=True):
    """A span of time that walks read window by window, several at once if they are told to."""

    def engine(
        self, pagination: Pagination[Any], state: WalkState, *, size: int | None, concurrency: int
    ) -> WindowWalk[Any]:
        """Return the engine of a walk through the span.

        Args:
            pagination: How the operation pages.
            state: Where the walk begins.
            size: The page size to ask for, or None for the service's own.
            concurrency: How many slices are read at once.
        """
        if concurrency > 1:
            return SlicedWalk(pagination, self, state, size=size, concurrency=concurrency)
        return WindowWalk(pagination, self, state, size=size)
