"""Base classes of resources with paginated operations."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from ..calls.errors import redact_decode_error
from ..core import epoch
from ..paging.page_data import Fetched, UndecodedEntry, read_page
from ..walks.walk import AsyncWalk, Walk
from .pages import AsyncPage, AsyncPages, Page, PageRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from ..calls.exchange import Steps
    from ..calls.options import CallOptions
    from ..calls.reply import Reply
    from ..clients.async_client import AsyncClientCore
    from ..clients.client import ClientCore
    from ..paging.pagination import Pagination
    from ..walks.plan import WalkPlan
    from ..walks.steps import Fetch

from .base import AsyncResource, Resource, Sender

T = TypeVar("T")


class _PageSender(Sender):
    """Requests for pages: the part that synchronous and asynchronous resources share."""

    def _plain(self) -> Self:
        """Return a sender whose calls return decoded responses."""
        return type(self)(self._client) if self._returns_raw else self

    def _page_steps(self, request: PageRequest[T], make: Callable[[Fetched[T]], Any]) -> Steps[Any]:
        """Return the steps that fetch a page and build the result from it."""
        pagination, find_link = request.pagination, request.pagination.find_link
        began = time.monotonic()

        def parse(reply: Reply) -> Any:
            elapsed = time.monotonic() - began
            date = epoch.from_http_date(reply.response.headers.get("date"), pagination.per_second)
            data = read_page(pagination, reply.content)
            for item in data.items if data.has_undecodable else ():
                if isinstance(item, UndecodedEntry):
                    redact_decode_error(item.error, reply.secret)
            link = find_link(reply.response, self.settings.base_url) if find_link else ""
            return make(Fetched(data, date, elapsed, link))

        call = (pagination.operation, request.arguments, request.options)
        return self.steps(*call, parse, request.url)

    def _list_steps(self, request: PageRequest[T], make: Callable[[Fetched[T]], Any]) -> Steps[Any]:
        """Return the steps that fetch a page which the caller asked for."""
        if request.pagination.span is not None:
            request.pagination.span.check(request.arguments)
        return self._page_steps(request, make)

    def plan_walk(self, *arguments: Any, **controls: Any) -> WalkPlan[Any]:
        """Return the plan of a walk whose calls can be made."""
        from ..walks.plan import plan_walk  # here, so that the import of the package is fast

        plan: WalkPlan[Any] = plan_walk(*arguments, **controls)
        self.check_call(plan)
        return plan

    def check_call(self, plan: WalkPlan[Any]) -> None:
        """Raise if a call of a walk cannot be made."""
        self.settings.prepare(plan.pagination.operation, plan.arguments, plan.options)

    def fetch_steps(self, plan: WalkPlan[T], step: Fetch, time_left: float | None) -> Steps[Any]:
        """Return the steps that fetch a page of a walk."""
        options: CallOptions = {**plan.options}
        if time_left is not None:
            options["deadline"] = time_left
        arguments = {**plan.arguments, **step.arguments}
        request = PageRequest(plan.pagination, arguments, options, step.url)
        return self._page_steps(request, lambda fetched: fetched)


class PageSender(_PageSender):
    """Fetches pages for a resource, for its pages, and for walks."""

    _client: ClientCore

    def page(self, request: PageRequest[T]) -> Page[T]:
        """Fetch one page."""
        resource = self._plain()
        steps = self._list_steps(request, lambda fetched: Page(fetched, request, resource))
        return cast("Page[T]", self._client.run(steps))

    def fetch(
        self,
        plan: WalkPlan[T],
        step: Fetch,
        time_left: float | None,
        abandoned: Event | None = None,
    ) -> Fetched[T]:
        """Fetch one page of a walk, and send nothing more once an event is set."""
        steps = self._plain().fetch_steps(plan, step, time_left)
        return cast("Fetched[T]", self._client.run(steps, abandoned))


class PagedResource(Resource):
    """Base class of synchronous resources with paginated operations."""

    def _page(
        self, pagination: Pagination[T], arguments: dict[str, Any], options: CallOptions
    ) -> Page[T]:
        return self._pages().page(PageRequest(pagination, arguments, options))

    def _walk(
        self,
        pagination: Pagination[T],
        arguments: dict[str, Any],
        options: CallOptions,
        **controls: Any,
    ) -> Walk[T]:
        pages = self._pages()
        return Walk(pages.plan_walk(pagination, arguments, options, **controls), pages)

    def _pages(self) -> PageSender:
        return PageSender(self._client, returns_raw=self._returns_raw)


class AsyncPageSender(_PageSender):
    """Fetches pages for an asynchronous resource, for its pages, and for walks."""

    _client: AsyncClientCore

    async def page(self, request: PageRequest[T]) -> AsyncPage[T]:
        """Fetch one page."""
        resource = self._plain()
        steps = self._list_steps(request, lambda fetched: AsyncPage(fetched, request, resource))
        return cast("AsyncPage[T]", await self._client.run(steps))

    async def fetch(self, plan: WalkPlan[T], step: Fetch, time_left: float | None) -> Fetched[T]:
        """Fetch one page of a walk."""
        steps = self._plain().fetch_steps(plan, step, time_left)
        return cast("Fetched[T]", await self._client.run(steps))


class AsyncPagedResource(AsyncResource):
    """Base class of asynchronous resources with paginated operations."""

    def _page(
        self, pagination: Pagination[T], arguments: dict[str, Any], options: CallOptions
    ) -> AsyncPages[T]:
        return AsyncPages(PageRequest(pagination, arguments, options), self._pages())

    def _walk(
        self,
        pagination: Pagination[T],
        arguments: dict[str, Any],
        options: CallOptions,
        **controls: Any,
    ) -> AsyncWalk[T]:
        pages = self._pages()
        return AsyncWalk(pages.plan_walk(pagination, arguments, options, **controls), pages)

    def _pages(self) -> AsyncPageSender:
        return AsyncPageSender(self._client, returns_raw=self._returns_raw)
