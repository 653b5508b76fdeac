# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""What a walk through a span of time asks besides its pages: where it ends, and what is oldest."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ...core.errors import IncompleteWalkError
from ...core.service import ServiceError
from ...paging.page_data import Fetched, PageData
from ..steps import Fetch, WalkSteps
from .window_reading import WindowReading

if TYPE_CHECKING:
    from .timeline import Timeline

T = TypeVar("T")

_FAR = 86_400  # seconds behind which the newest entry lies, if it does not tell its time


class WindowProbing(WindowReading[T]):
    """A walk through a span of time, and the questions that it asks about it."""

    _can_look = True

    def _pin(self, fetched: Fetched[T], clock: int) -> WalkSteps:
        """Settle the end of an open span.

        Ascending, further requests name it, so it must lie behind all that is there, whatever a
        clock says: the newest entry is asked for.
        """
        elapsed = math.ceil(fetched.elapsed * self._timeline.window.per_second)
        by = "local" if fetched.date is None else "server"
        end = clock - elapsed - 1
        if not self._timeline.descending and fetched.data.items:
            backwards = msgspec.structs.replace(self._timeline, descending=True)
            ask = backwards.fetch(self.state.asked_start, None, self._first_page)
            newest: Fetched[T] = yield ask
            self._change(pages=self.state.pages + 1)
            is_all = self._timeline.covers_all(fetched.data, self._first_page)
            if newest.data.ids == fetched.data.ids and not is_all:
                newest = yield ask  # All share a moment, or the last answer was given once more.
                self._change(pages=self.state.pages + 1)
            found = self._timeline.times(fetched.data, clock)
            found += backwards.times(newest.data, self._timeline.units(found[-1]))
            behind = max(map(self._timeline.units, found)) + 1
            if 0 in newest.data.timeless:
                behind = max(behind, clock) + _FAR * self._timeline.window.per_second
            end = behind if by == "local" else max(end, behind)
        self._change(pinned_by=by, end=end)

    def _look(
        self, data: PageData[T], bound: int | None, page: int, last: int
    ) -> Generator[Fetch, Any, ServiceError | None]:
        """Ask for the oldest entries in the window of a page, if they must be known now.

        Returns:
            What went wrong, if it did; the page that was read is to be handed out first.
        """
        if not self._can_look or not self._account.must_look(self.state, last):
            return None
        if bound is None:  # Without what has arrived since.
            bound = self._timeline.units(self._timeline.times(data, last)[0]) + 1
        forwards: Timeline = msgspec.structs.replace(self._timeline, descending=False)
        step = forwards.fetch(self.state.asked_start, bound, self._first_page)
        try:
            fetched: Fetched[T] = yield step
        except ServiceError as error:
            return error
        self._change(pages=self.state.pages + 1)
        oldest = fetched.data
        found = [self._timeline.units(each) for each in oldest.times or ()]
        if found != sorted(found) or (found and found[-1] > bound):
            self._can_look = False  # It does not do as it was asked, and nothing follows from that.
            return None
        before = (page - self._first_page) * self._timeline.page_size(data) + len(data.items)
        if found and found[0] > last and (oldest.total or 0) > before:
            raise IncompleteWalkError("the service left entries out of a page")
        gone = None if data.total is None or oldest.total is None else data.total - oldest.total
        is_all = forwards.covers_all(oldest, self._first_page)
        times = [each for each in found if each <= last]
        self.state = self._account.looked(self.state, times, last, gone=gone, is_all=is_all)
        return None
