"""The chronological order of a walk, and requests in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ...core import epoch
from ...core.errors import IncompleteWalkError
from ...paging.page_data import PageData
from ..steps import Fetch

if TYPE_CHECKING:
    import datetime as dt

    from ...paging.pagination import Pagination, Window

MAX_UNDATED = 20
"""The longest run of entries without a timestamp that a walk can place."""


class Timeline(msgspec.Struct, frozen=True):
    """The chronological order of a walk.

    Timestamps are compared as epochs: whole units of the window since 1970.

    Attributes:
        pagination: The pagination of the operation.
        window: The parameters that restrict the list to a time span.
        descending: Whether the newest entries come first.
        size: The page size to request, or None for the service's default.
    """

    pagination: Pagination[Any]
    window: Window
    descending: bool
    size: int | None

    @property
    def first_page(self) -> int:
        """The number of the first page."""
        return self.pagination.first

    def to_epoch(self, timestamp: dt.datetime) -> int:
        """Return the unit of the window that contains a timestamp."""
        return epoch.from_datetime(timestamp, self.window.per_second)

    def to_timestamp(self, time: int) -> dt.datetime:
        """Return the timestamp at which a unit of the window begins."""
        return epoch.to_datetime(time, self.window.per_second)

    def comes_after(self, one: int, other: int) -> bool:
        """Return whether one epoch comes after another in the order of the walk."""
        return one < other if self.descending else one > other

    def previous(self, time: int) -> int:
        """Return the epoch one unit before another in the order of the walk."""
        return time + 1 if self.descending else time - 1

    def fetch_step(
        self, start: int | None, end: int | None, page: int, size: int | None = None
    ) -> Fetch:
        """Return the step that fetches a page of a time span in the order of the walk.

        Args:
            start: The start of the span, or None for the start of the log.
            end: The end of the span, or None for an open end.
            page: The page number.
            size: The page size to request, or None for the size of the walk.

        Raises:
            IncompleteWalkError: If the span ends or starts before 1970, where no time is a bound.
        """
        if (bound := min(start or 0, end or 0)) < 0:
            message = f"the walk cannot continue at {self.to_timestamp(bound)}; pass a later start"
            raise IncompleteWalkError(message)
        order = self.pagination.order
        arguments: dict[str, Any] = {
            self.window.start: start,
            self.window.end: end,
            self.pagination.page: page,
            self.pagination.size: size or self.size,
        }
        if order is not None:
            arguments[order.field] = order.by_time
            arguments[order.direction] = order.descending if self.descending else order.ascending
        arguments.pop("", None)
        return Fetch(arguments)

    def entry_timestamps(
        self, data: PageData[Any], default: int | None = None
    ) -> list[dt.datetime]:
        """Return the timestamps of the entries of a page, in a new list.

        Args:
            data: The page.
            default: The epoch of its entries if none of them has a timestamp.

        Raises:
            IncompleteWalkError: If the entries are not in the requested order, or if none has a
                timestamp and there is no default.
        """
        if not data.items:
            return []
        found = data.timestamps
        if found is None:
            if default is None:
                message = "no entry has a timestamp, so the list cannot be walked by time"
                raise IncompleteWalkError(message)
            return [self.to_timestamp(default)] * len(data.items)
        if not (self._are_sorted(found) or self._are_sorted([*map(self.to_epoch, found)])):
            message = "the service did not sort the entries by timestamp as requested"
            raise IncompleteWalkError(message)
        return [*found]

    def _are_sorted(self, values: list[Any]) -> bool:
        return values == sorted(values, reverse=self.descending)

    def page_size(self, data: PageData[Any]) -> int:
        """Return the page size: as the service reports it, else as requested, else as received."""
        return data.size or self.size or max(1, len(data.items))

    def covers_all(self, data: PageData[Any], page: int) -> bool:
        """Return whether a page and the pages before it contain all entries of the window."""
        covered = (page - self.pagination.first) * self.page_size(data) + len(data.items)
        return data.total is not None and covered >= data.total
