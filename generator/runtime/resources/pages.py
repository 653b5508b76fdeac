"""Pages of entries, and how the next one is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import msgspec

from ..paging.next_page import COUNTED, Position, next_position
from ..paging.page_data import UndecodedEntry
from ..walks.fetcher import AsyncFetcher, Fetcher
from ..walks.plan import WalkPlan, plan_walk
from ..walks.walk import AsyncWalk, Walk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator, Iterator

    from ..calls.options import CallOptions
    from ..paging.page_data import Fetched
    from ..paging.pagination import Pagination

T = TypeVar("T")


class Place(msgspec.Struct, Generic[T], frozen=True):
    """Which page a page is: what it was asked with, which the next one needs.

    Attributes:
        pagination: How the operation pages.
        arguments: The operation's arguments by name.
        options: The options of the call.
        url: The address of the page, where a link named it.
        longest: How many entries the longest page had so far.
    """

    pagination: Pagination[T]
    arguments: dict[str, Any]
    options: CallOptions
    url: str = ""
    longest: int = 0

    @property
    def position(self) -> Position | None:
        """What the page was asked for with; None for the first page."""
        return self.url or self.arguments.get(self.pagination.page)

    def plan(self) -> WalkPlan[T]:
        """Plan the walk that begins with this page.

        It goes by time where the page is the first one in the order of time, else by numbers.
        """
        pagination, order, given = self.pagination, self.pagination.order, self.arguments
        plan = plan_walk(pagination, given, self.options, widens=False)
        page = self.position
        descending = order.descends if order is not None else True
        by_time = pagination.window is not None and page in {None, pagination.first}
        if order is not None:
            by_time = by_time and given.get(order.field) in {None, order.by_time}
            if given.get(order.direction) is not None:
                descending = given[order.direction] == order.descending
        chosen = (
            {}
            if order is None
            else {each: given.get(each) for each in (order.field, order.direction)}
        )
        state = msgspec.structs.replace(
            plan.state,
            ascending=not descending,
            numbered=not by_time,
            order={name: value for name, value in chosen.items() if value is not None},
            page=None if by_time else page,
        )
        return msgspec.structs.replace(plan, state=state)


class PageFetcher(Fetcher, Protocol):
    """A resource that fetches pages."""

    def page(self, place: Place[T]) -> Page[T]:
        """Fetch one page."""
        ...


class AsyncPageFetcher(AsyncFetcher, Protocol):
    """An asynchronous resource that fetches pages."""

    async def page(self, place: Place[T]) -> AsyncPage[T]:
        """Fetch one page."""
        ...


class BasePage(Generic[T]):
    """One page of entries.

    Attributes:
        items: The entries of this page.
        total_count: How many entries there are on all pages, if the service says so.
        page: The number of this page, if pages have numbers.
        per_page: How many entries a page has, as the service says.
    """

    def __init__(self, fetched: Fetched[T], place: Place[T]) -> None:
        """Keep a page, and where it is among the others.

        Raises:
            ResponseDecodeError: If one of its entries does not fit.
        """
        data = fetched.data
        for item in data.items if data.has_undecodable else ():
            if isinstance(item, UndecodedEntry):
                raise item.error
        entries: list[Any] = [*data.items]
        self.items: list[T] = entries
        self.total_count = data.total
        self.page = data.page
        self.per_page = data.size
        self._fetched = fetched
        self._place = place

    def __len__(self) -> int:
        """Give the number of entries on this page."""
        return len(self.items)

    def __repr__(self) -> str:
        """Show which page this is, not what is in it."""
        return f"{type(self).__name__}(page={self.page}, {len(self)} of {self.total_count} entries)"

    @property
    def has_next(self) -> bool:
        """Whether there is a further page."""
        pagination, data = self._place.pagination, self._fetched.data
        is_short = data.total is None and len(self.items) < self._size()
        if pagination.style in COUNTED and data.more is None and (is_short or not self.items):
            return False
        return self._next_position() is not None

    def _next_position(self) -> Position | None:
        """Give the position of the next page; this one's is what the service says, if it does."""
        position = self._place.position if self.page is None else self.page
        return next_position(self._place.pagination, self._fetched, position, self._size())

    def _size(self) -> int:
        """Give how many entries a page has: what the service says, else what was seen."""
        return self.per_page or max(self._place.longest, len(self.items))

    def _next(self) -> Place[T]:
        """Give the place of the next page, in the size that the service keeps to."""
        pagination, position = self._place.pagination, self._next_position()
        longest = max(self._place.longest, len(self.items))
        if pagination.style == "link":
            return msgspec.structs.replace(self._place, url=str(position or ""))
        changed: dict[str, Any] = {pagination.page: position}
        if pagination.size and self.per_page is not None:
            changed[pagination.size] = self.per_page
        arguments = {**self._place.arguments, **changed}
        return msgspec.structs.replace(self._place, arguments=arguments, longest=longest)


class Page(BasePage[T]):
    """One page of entries; iterating over it gives these and all further ones.

    Iterating is complete, or raises `IncompleteWalkError`: it does not go by page numbers where
    the document says of a better way.
    """

    def __init__(self, fetched: Fetched[T], place: Place[T], resource: PageFetcher) -> None:
        """Keep a page and what fetches the next."""
        super().__init__(fetched, place)
        self._resource = resource

    def __iter__(self) -> Iterator[T]:
        """Give the entries of this page and of every further one."""
        return iter(Walk(self._place.plan(), self._resource, self._fetched))

    def next_page(self) -> Page[T] | None:
        """Fetch the page that comes next; None if this is the last."""
        return self._resource.page(self._next()) if self.has_next else None

    def pages(self) -> Iterator[Page[T]]:
        """Give this page and every further one.

        Numbers shift while entries come and go; iterate over the page itself to miss nothing.
        """
        page: Page[T] | None = self
        while page is not None:
            yield page
            page = page.next_page()


class AsyncPage(BasePage[T]):
    """One page of entries; `async for` over it gives these and all further ones.

    Iterating is complete, or raises `IncompleteWalkError`: it does not go by page numbers where
    the document says of a better way.
    """

    def __init__(self, fetched: Fetched[T], place: Place[T], resource: AsyncPageFetcher) -> None:
        """Keep a page and what fetches the next."""
        super().__init__(fetched, place)
        self._resource = resource

    def __aiter__(self) -> AsyncIterator[T]:
        """Give the entries of this page and of every further one."""
        return aiter(AsyncWalk(self._place.plan(), self._resource, self._fetched))

    async def next_page(self) -> AsyncPage[T] | None:
        """Fetch the page that comes next; None if this is the last."""
        return await self._resource.page(self._next()) if self.has_next else None

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """Give this page and every further one.

        Numbers shift while entries come and go; iterate over the page itself to miss nothing.
        """
        page: AsyncPage[T] | None = self
        while page is not None:
            yield page
            page = await page.next_page()


class AsyncPages(Generic[T]):
    """A list that was asked for and not fetched yet.

    Await it for its first page, or iterate over all its entries with `async for`.
    """

    def __init__(self, place: Place[T], resource: AsyncPageFetcher) -> None:
        """Keep what to fetch."""
        self._place = place
        self._resource = resource

    def __await__(self) -> Generator[Any, Any, AsyncPage[T]]:
        """Fetch the first page."""
        return self._resource.page(self._place).__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        """Give all entries."""
        async for entry in await self:
            yield entry
