# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""How an operation pages, as its document says."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

from ..calls.operation import Operation

T = TypeVar("T")


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """How entries can be ordered by time.

    Attributes:
        field: The argument that chooses the field to order by; empty if there is none.
        by_time: Its value that means the time.
        direction: The argument that chooses the direction; empty if there is none.
        ascending: Its value that puts the oldest first.
        descending: Its value that puts the newest first.
        descends: Whether the newest come first unless a direction is chosen.
        ties_by_id: Whether entries of the same moment are ordered by their ids.
    """

    field: str = ""
    by_time: str = ""
    direction: str = ""
    ascending: str = ""
    descending: str = ""
    descends: bool = True
    ties_by_id: bool = False


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The span of time that entries can be asked for.

    Attributes:
        start: The argument for its beginning.
        end: The argument for its end.
        bounds: Whether the ends belong to it: `inclusive`, `exclusive`, `half-open` or `unknown`.
        per_second: How many of its units a second has.
        retention: How long the service keeps entries, as a duration of ISO 8601; empty if it does
            not say.
    """

    start: str
    end: str
    bounds: str = "unknown"
    per_second: int = 1000
    retention: str = ""

    def engine(
        self, pagination: Pagination[Any], state: Any, *, size: int | None, concurrency: int
    ) -> Any:
        """Return the engine of a walk through the span.

        Args:
            pagination: How the operation pages.
            state: Where the walk begins.
            size: The page size to ask for, or None for the service's own.
            concurrency: How many slices are read at once.
        """
        raise NotImplementedError  # `walks.by_time` has it, which only some packages need.


class Match(msgspec.Struct, frozen=True):
    """A condition of a filter whose meaning is known, so that entries can be held against it.

    Attributes:
        group: The filter's member that holds alternatives.
        key: The member of an alternative; empty if the alternatives are plain values.
        field: The member of an entry that must be equal.
    """

    group: str
    key: str
    field: str


class Pagination(msgspec.Struct, Generic[T], frozen=True, kw_only=True, eq=False):
    """How an operation gives its entries page by page.

    Attributes:
        operation: The operation that gives one page.
        item: What an entry is read as.
        style: `page`, `offset`, `cursor` or `link`.
        page: The argument that chooses the page: its number, its offset or a cursor; empty where
            the next page is a link.
        first: The number or offset of the first page.
        size: The argument that chooses how many entries a page has; empty if there is none.
        items: Where the entries are in an answer, as a JSON Pointer.
        total: Where the number of all entries is; empty if the service does not say.
        echoed_page: Where the number or offset of the page is; empty if the service does not say.
        echoed_size: Where the size of the page is; empty if the service does not say.
        cursor: Where the cursor of the next page is.
        more: Where it is said whether there is a next page; empty if the service does not say.
        item_id: Where an entry has its id.
        item_time: Where an entry has its time.
        order: How entries can be ordered, or None.
        window: How a span of time can be asked for, or None.
        filter: The argument that chooses entries by what is in them; empty if there is none.
        matches: The conditions of the filter whose meaning is known.
        expected: Patterns of names that entries have besides the document's fields.
    """

    operation: Operation[Any]
    item: type[T]
    style: str = "page"
    page: str = ""
    first: int = 0
    size: str = ""
    items: str
    total: str = ""
    echoed_page: str = ""
    echoed_size: str = ""
    cursor: str = ""
    more: str = ""
    item_id: str = ""
    item_time: str = ""
    order: Order | None = None
    window: Window | None = None
    filter: str = ""
    matches: tuple[Match, ...] = ()
    expected: tuple[str, ...] = ()
