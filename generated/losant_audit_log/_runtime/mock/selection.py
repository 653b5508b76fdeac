# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Selection and order of a mock's entries, like the service's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from ..core import epoch
from ..core.errors import IncompleteWalkError
from ..paging.pagination import Order, Pagination, Window
from .pages import PageEntry


def select_entries(
    pagination: Pagination[Any], entries: list[PageEntry], arguments: Mapping[str, Any]
) -> list[PageEntry]:
    """Return the entries in the requested time window that match the filter, sorted."""
    found, window, filter_ = entries, pagination.window, arguments.get(pagination.filter)
    if window is not None:
        is_inside = _window_check(window, arguments)
        found = [each for each in found if each.time is None or is_inside(each.time)]
    if filter_:
        found = [each for each in found if _matches(pagination, filter_, each.item)]
    if pagination.order is not None:
        found = _sort(pagination, pagination.order, found, arguments)
    return found


def _window_check(window: Window, arguments: Mapping[str, Any]) -> Callable[[dt.datetime], bool]:
    """Return a function that checks whether a timestamp is in the requested window."""
    start, end = (arguments.get(name) for name in (window.start, window.end))
    open_start, open_end = {"exclusive": (True, True), "half-open": (False, True)}.get(
        window.bounds, (False, False)
    )

    def is_inside(time: dt.datetime) -> bool:
        unit = epoch.from_datetime(time, window.per_second)
        if isinstance(start, int) and (unit < start or (open_start and unit == start)):
            return False
        return not isinstance(end, int) or unit < end or (not open_end and unit == end)

    return is_inside


def _matches(pagination: Pagination[Any], filter_: Any, item: Any) -> bool:
    """Whether an entry matches a filter, by the check that the client uses."""
    try:
        if pagination.check_filter is not None:
            pagination.check_filter(pagination, filter_, [item])
    except IncompleteWalkError:
        return False
    return True


def _sort(
    pagination: Pagination[Any],
    order: Order,
    entries: list[PageEntry],
    arguments: Mapping[str, Any],
) -> list[PageEntry]:
    field = arguments.get(order.field, order.by_time)
    direction = arguments.get(order.direction)
    descending = order.descends if direction is None else direction == order.descending

    def key(each: PageEntry) -> tuple[bool, Any]:
        value: Any = each.members.get(field)
        if field == order.by_time and pagination.item_time:
            value = each.time
        return (value is not None, 0 if value is None else value)

    try:
        return sorted(entries, key=key, reverse=descending)
    except TypeError:  # Values of different types, in entries that were passed as bytes.
        return entries
