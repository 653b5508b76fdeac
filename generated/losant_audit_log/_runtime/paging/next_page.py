# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Where the next page is: behind a number, an offset, a cursor or a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from ..core import http
from ..core.errors import ResponseDecodeError

if TYPE_CHECKING:
    from .page_data import Fetched
    from .pagination import Pagination

Position: TypeAlias = int | str
"""What a page is asked for with: its number, its offset, a cursor, or the address of a link."""

COUNTED = frozenset({"page", "offset"})


def following(
    pagination: Pagination[Any], fetched: Fetched[Any], position: Position | None, size: int
) -> Position | None:
    """Give the position of the next page.

    Args:
        pagination: How the operation pages.
        fetched: A page.
        position: Its position; None for the first page.
        size: How many entries a page has.

    Returns:
        The position, or None if this is the last page. Where the service says neither how many
        entries there are nor whether there are more, only a page without entries is the last one.
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
        begun = skipped(pagination, position, size) or 0
        is_last = begun + len(data.items) >= data.total
    return None if is_last else _number(pagination, position) + _step(pagination, len(data.items))


def skipped(pagination: Pagination[Any], position: Position | None, size: int) -> int | None:
    """Give how many entries come before a page; None if its position does not tell."""
    if position is None:
        return 0
    if pagination.style not in COUNTED:
        return None
    pages = _number(pagination, position) - pagination.first
    return pages * size if pagination.style == "page" else pages


def link(response: http.Response, base_url: str) -> str:
    """Give the address of the next page that the `Link` header names; empty if it names none.

    Raises:
        ResponseDecodeError: If it leads to another origin, where the token must not be sent.
    """
    relation: dict[str, str] = response.links.get("next", {})
    given = relation.get("url", "")
    if not given:
        return ""
    try:
        target, base = response.url.join(given), http.URL(base_url)
    except (ValueError, http.InvalidURL):
        raise ResponseDecodeError("the Link header names no address") from None
    if (target.scheme, target.host, target.port) != (base.scheme, base.host, base.port):
        raise ResponseDecodeError("the link to the next page leads to another origin")
    return str(target)


def _number(pagination: Pagination[Any], position: Position | None) -> int:
    return pagination.first if position is None else int(position)


def _step(pagination: Pagination[Any], count: int) -> int:
    return 1 if pagination.style == "page" else count
