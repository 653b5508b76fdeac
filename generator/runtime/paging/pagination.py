"""The pagination of an operation, as described by the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from ..calls.operation import Operation

T = TypeVar("T")


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """The parameters that sort entries by time.

    Attributes:
        field: The parameter for the field to sort by, or an empty string.
        by_time: Its value that selects the timestamp.
        direction: The parameter for the direction, or an empty string.
        ascending: Its value that puts the oldest entries first.
        descending: Its value that puts the newest entries first.
        descends: Whether the newest entries come first by default.
    """

    field: str = ""
    by_time: str = ""
    direction: str = ""
    ascending: str = ""
    descending: str = ""
    descends: bool = True


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The parameters that restrict a list to a time span.

    Attributes:
        start: The parameter for the start.
        end: The parameter for the end.
        bounds: Whether the bounds are included: `inclusive`, `exclusive`, `half-open` or `unknown`.
        per_second: The number of its time units in a second.
        retention: The retention period of the service as an ISO 8601 duration; empty if unknown.
    """

    start: str
    end: str
    bounds: str = "unknown"
    per_second: int = 1000
    retention: str = ""


class Span(Protocol):
    """The parameters for the bounds of a time span."""

    def check(self, arguments: Mapping[str, Any], /) -> None:
        """Raise if the span ends before it starts."""
        ...


class Match(msgspec.Struct, frozen=True):
    """A filter condition that refers to a field of the entries.

    Attributes:
        group: The member of the filter that contains alternatives.
        key: The member of an alternative, or an empty string if alternatives are plain values.
        field: The member of an entry that must be equal.
    """

    group: str
    key: str
    field: str


class Pagination(msgspec.Struct, Generic[T], frozen=True, kw_only=True, eq=False):
    """The pagination of an operation.

    Members of a response are JSON Pointers, which are empty if the response lacks the member.

    Attributes:
        operation: The operation that returns a page.
        item: The class of an entry.
        style: `page`, `offset`, `cursor` or `link`.
        page: The parameter for the page number, the offset or the cursor; empty for links.
        first: The number or offset of the first page.
        size: The parameter for the page size, or an empty string.
        walk_size: The default page size in walks; None for the service's default.
        items: The member of the response that contains the entries.
        total: The member with the number of all entries.
        echoed_page: The member with the page number or offset.
        echoed_size: The member with the page size.
        cursor: The member with the cursor of the next page.
        more: The member that states whether there is a next page.
        item_id: The member of an entry with its id.
        item_time: The member of an entry with its timestamp.
        order: The parameters that sort entries, or None.
        window: The parameters that restrict the list to a time span, or None.
        span: The bounds of the time span, in any unit, or None.
        filter: The parameter that filters entries, or an empty string.
        find_link: Finds the URL of the next page in a response; None for other styles than `link`.
        matches: The filter conditions that refer to fields of the entries.
        check_filter: Compares entries with a filter; None if no condition refers to a field.
        expected: Patterns of names that entries have besides the fields of the document.
        variants: Decodes entries that are of several classes; None if they are of one.
    """

    operation: Operation[Any]
    item: type[T]
    style: str = "page"
    page: str = ""
    first: int = 0
    size: str = ""
    walk_size: int | None = None
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
    span: Span | None = None
    filter: str = ""
    find_link: Callable[[Any, str], str] | None = None
    matches: tuple[Match, ...] = ()
    check_filter: Callable[[Any, Any, Iterable[Any]], None] | None = None
    expected: tuple[str, ...] = ()
    variants: Any = None

    @property
    def is_counted(self) -> bool:
        """Whether the positions of pages are numbers."""
        return self.style in {"page", "offset"}

    @property
    def per_second(self) -> int:
        """The number of time units in a second."""
        return self.window.per_second if self.window else 1000
