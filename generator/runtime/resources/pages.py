"""Pages of entries, and requests for the next page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

import msgspec

from ..paging.page_data import UndecodedEntry
from ..walks.walk import AsyncFetcher, AsyncWalk, Fetcher, Walk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Generator, Iterator

    from ..calls.options import CallOptions
    from ..paging.next_page import Position
    from ..paging.page_data import Fetched
    from ..paging.pagination import Pagination
    from ..walks.plan import WalkPlan

T = TypeVar("T")


class PageRequest(msgspec.Struct, Generic[T], frozen=True):
    """The request for a page, from which the request for the next page is built.

    Attributes:
        pagination: The pagination of the operation.
        arguments: The operation's arguments by name.
        options: The options of the call.
        url: The URL of the page if it comes from a link; else empty.
        longest: The number of entries on the longest page so far.
    """

    pagination: Pagination[T]
    arguments: dict[str, Any]
    options: CallOptions
    url: str = ""
    longest: int = 0

    @property
    def position(self) -> Position | None:
        """The position that was requested: a number, a cursor or a URL. None for the first page."""
        return self.url or self.arguments.get(self.pagination.page)

    def plan(self) -> WalkPlan[T]:
        """Return the plan of the walk that starts with this page.

        It goes by time if this is the first page of a list in order of time, else by numbers.
        """
        from ..walks.plan import plan_walk  # here, so that the import of the package is fast

        pagination, page = self.pagination, self.position
        plan = plan_walk(pagination, self.arguments, self.options, widens=False)
        numbered = pagination.window is None or page not in {None, pagination.first}
        state = msgspec.structs.replace(plan.state, numbered=numbered)
        order: Any = pagination.order  # a `TimeOrder`, if any
        state = order.of_list(state, self.arguments) if order else state
        state = msgspec.structs.replace(state, page=page if state.numbered else None)
        return msgspec.structs.replace(plan, state=state)


class PageFetcher(Fetcher, Protocol):
    """A resource that fetches pages."""

    def page(self, request: PageRequest[T]) -> Page[T]:
        """Fetch one page."""
        ...


class AsyncPageFetcher(AsyncFetcher, Protocol):
    """An asynchronous resource that fetches pages."""

    async def page(self, request: PageRequest[T]) -> AsyncPage[T]:
        """Fetch one page."""
        ...


class BasePage(Generic[T]):
    """One page of entries.

    Attributes:
        items: The entries of this page.
        total_count: The number of entries on all pages, or None if the service does not return it.
        page: The number of this page, or None if pages have no numbers.
        per_page: The page size that the service returned, or None.
    """

    def __init__(self, fetched: Fetched[T], request: PageRequest[T]) -> None:
        """Store a page and its request.

        Raises:
            ResponseDecodeError: If an entry does not match the OpenAPI document.
        """
        data = fetched.data
        for item in data.items if data.has_undecodable else ():
            if isinstance(item, UndecodedEntry):
                raise item.error
        self.items: list[T] = cast("list[T]", [*data.items])
        self.total_count = data.total
        self.page = data.page
        self.per_page = data.size
        self._fetched = fetched
        self._request = request

    def __len__(self) -> int:
        """Return the number of entries on this page."""
        return len(self.items)

    def __repr__(self) -> str:
        """Return a string with the page number and the counts, without the entries."""
        return f"{type(self).__name__}(page={self.page}, {len(self)} of {self.total_count} entries)"

    @property
    def has_next(self) -> bool:
        """Whether there is a further page."""
        pagination, data = self._request.pagination, self._fetched.data
        is_short = data.total is None and len(self.items) < self._size()
        if pagination.is_counted and data.more is None and (is_short or not self.items):
            return False
        return self._next_position() is not None

    def _next_position(self) -> Position | None:
        """Return the position of the next page; a page number in the response takes priority."""
        from ..paging.next_page import next_position  # here, for the same reason

        position = self._request.position if self.page is None else self.page
        return next_position(self._request.pagination, self._fetched, position, self._size())

    def _size(self) -> int:
        """Return the page size: the one in the response, else the longest page so far."""
        return self.per_page or max(self._request.longest, len(self.items))

    def _next(self) -> PageRequest[T]:
        """Return the request for the next page, with the page size that the service applied."""
        pagination, position = self._request.pagination, self._next_position()
        longest = max(self._request.longest, len(self.items))
        if pagination.style == "link":
            return msgspec.structs.replace(self._request, url=str(position or ""))
        changed: dict[str, Any] = {pagination.page: position}
        if pagination.size and self.per_page is not None:
            changed[pagination.size] = self.per_page
        arguments = {**self._request.arguments, **changed}
        return msgspec.structs.replace(self._request, arguments=arguments, longest=longest)


class Page(BasePage[T]):
    """One page of entries. Iterating over it yields these and the entries of all further pages.

    The iteration is complete, or raises `IncompleteWalkError`. It does not rely on page numbers
    where the OpenAPI document describes a better way.
    """

    def __init__(self, fetched: Fetched[T], request: PageRequest[T], resource: PageFetcher) -> None:
        """Store a page and the resource that fetches the next one."""
        super().__init__(fetched, request)
        self._resource = resource

    def __iter__(self) -> Iterator[T]:
        """Iterate over the entries of this page and of all further pages."""
        return iter(Walk(self._request.plan(), self._resource, self._fetched))

    def next_page(self) -> Page[T] | None:
        """Fetch the next page; return None if this is the last one."""
        return self._resource.page(self._next()) if self.has_next else None

    def pages(self) -> Iterator[Page[T]]:
        """Iterate over this page and all further pages.

        Page numbers shift when entries are added or deleted; iterate over the page to miss none.
        """
        page: Page[T] | None = self
        while page is not None:
            yield page
            page = page.next_page()


class AsyncPage(BasePage[T]):
    """One page of entries. `async for` yields these and the entries of all further pages.

    The iteration is complete, or raises `IncompleteWalkError`. It does not rely on page numbers
    where the OpenAPI document describes a better way.
    """

    def __init__(
        self, fetched: Fetched[T], request: PageRequest[T], resource: AsyncPageFetcher
    ) -> None:
        """Store a page and the resource that fetches the next one."""
        super().__init__(fetched, request)
        self._resource = resource

    def __aiter__(self) -> AsyncIterator[T]:
        """Iterate over the entries of this page and of all further pages."""
        return aiter(AsyncWalk(self._request.plan(), self._resource, self._fetched))

    async def next_page(self) -> AsyncPage[T] | None:
        """Fetch the next page; return None if this is the last one."""
        return await self._resource.page(self._next()) if self.has_next else None

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """Iterate over this page and all further pages.

        Page numbers shift when entries are added or deleted; iterate over the page to miss none.
        """
        page: AsyncPage[T] | None = self
        while page is not None:
            yield page
            page = await page.next_page()


class AsyncPages(Generic[T]):
    """A list that is not fetched yet.

    Await it for its first page, or iterate over all of its entries with `async for`.
    """

    def __init__(self, request: PageRequest[T], resource: AsyncPageFetcher) -> None:
        """Store the request for the first page."""
        self._request = request
        self._resource = resource

    def __await__(self) -> Generator[Any, Any, AsyncPage[T]]:
        """Fetch the first page."""
        return self._resource.page(self._request).__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        """Iterate over the entries of all pages."""
        async for entry in await self:
            yield entry
