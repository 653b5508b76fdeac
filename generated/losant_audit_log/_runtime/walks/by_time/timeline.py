# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The order of time in which a walk goes, and how a service is asked for a piece of it."""

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


class Timeline(msgspec.Struct, frozen=True):
    """The order of a walk.

    Attributes:
        pagination: How the operation pages.
        window: How it takes a span of time.
        descending: Whether the newest come first.
        size: The page size to ask for, or None for the service's own.
    """

    pagination: Pagination[Any]
    window: Window
    descending: bool
    size: int | None

    def units(self, moment: dt.datetime) -> int:
        """Give the unit of the window that a moment lies in."""
        return epoch.units(moment, self.window.per_second)

    def is_later(self, one: int, other: int) -> bool:
        """Whether one time comes later in the walk than another."""
        return one < other if self.descending else one > other

    def before(self, time: int) -> int:
        """Give the time that comes one unit earlier in the walk."""
        return time + 1 if self.descending else time - 1

    def fetch(
        self, start: int | None, end: int | None, page: int, size: int | None = None
    ) -> Fetch:
        """Ask for a page of a span of time, in the order of the walk."""
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

    def times(self, data: PageData[Any], otherwise: int | None = None) -> list[dt.datetime]:
        """Give the times of a page's entries.

        Args:
            data: The page.
            otherwise: The time of its entries if none of them has one.

        Raises:
            IncompleteWalkError: If they are not in the order that was asked for, or have no time.
        """
        if not data.items:
            return []
        found = data.times
        if found is None:
            if otherwise is None:
                raise IncompleteWalkError("no entry has a time, so they cannot be walked by time")
            return [epoch.moment(otherwise, self.window.per_second)] * len(data.items)
        if found != sorted(found, reverse=self.descending):
            whole = [self.units(each) for each in found]
            if whole != sorted(whole, reverse=self.descending):
                raise IncompleteWalkError("the service did not sort the entries by their time")
        return [*found]

    def page_size(self, data: PageData[Any]) -> int:
        """Give the size that pages have: what the service says, else what was asked for."""
        return data.size or self.size or max(1, len(data.items))

    def covers_all(self, data: PageData[Any], page: int) -> bool:
        """Whether a window holds no more than a page and those before it."""
        covered = (page - self.pagination.first) * self.page_size(data) + len(data.items)
        return data.total is not None and covered >= data.total
