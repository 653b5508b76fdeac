"""Position of the next page: a number, offset, cursor or link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from .page_data import Fetched
    from .pagination import Pagination

Position: TypeAlias = int | str
"""The position of a page: its number, its offset, its cursor, or its URL."""


def next_position(
    pagination: Pagination[Any], fetched: Fetched[Any], position: Position | None, size: int
) -> Position | None:
    """Return the position of the next page.

    Args:
        pagination: The pagination of the operation.
        fetched: A page.
        position: Its position, or None for the first page.
        size: The page size.

    Returns:
        The position, or None if this is the last page. If the service reports neither a total nor
        whether there are more entries, only an empty page is the last one.
    """
    data = fetched.data
    if pagination.style == "link":
        return fetched.link or None
    if pagination.style == "cursor":
        return None if data.more is False or data.cursor == "" else data.cursor
    is_last = not data.items
    if data.more is not None:
        is_last = not data.more
    elif data.total is not None:
        begun = count_before(pagination, position, size) or 0
        is_last = begun + len(data.items) >= data.total
    return None if is_last else _number(pagination, position) + _step(pagination, len(data.items))


def count_before(pagination: Pagination[Any], position: Position | None, size: int) -> int | None:
    """Return the number of entries before a page, or None if its position is not a number."""
    if position is None:
        return 0
    if not pagination.is_counted:
        return None
    pages = _number(pagination, position) - pagination.first
    return pages * size if pagination.style == "page" else pages


def _number(pagination: Pagination[Any], position: Position | None) -> int:
    return pagination.first if position is None else int(position)


def _step(pagination: Pagination[Any], count: int) -> int:
    return 1 if pagination.style == "page" else count
