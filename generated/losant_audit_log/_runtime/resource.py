# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The bases of the classes that group an API's methods."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from . import moments
from .answers import decode_error
from .errors import ResponseDecodeError
from .exchange import exchange
from .page_reading import read_page
from .pages import AsyncPage, AsyncPages, Page, Place
from .raw_response import RawResponse
from .walk_plan import plan_walk
from .walk_steps import Fetched
from .walks import AsyncWalk, Walk

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from .async_client import AsyncClientCore
    from .client import ClientCore
    from .exchange import Reply, Steps
    from .operation import Operation
    from .options import CallOptions
    from .pagination import Pagination
    from .settings import Settings
    from .walk_plan import WalkPlan
    from .walk_steps import Fetch

T = TypeVar("T")


class BaseResource:
    """What synchronous and asynchronous resources share: everything but the sending."""

    def __init__(self, client: Any, *, gives_raw: bool = False) -> None:
        """Use a client for every call; with `gives_raw` answers are left as they came."""
        self._client = client
        self._gives_raw = gives_raw

    def as_raw(self) -> Self:
        """Give a twin whose methods leave answers as they came."""
        return type(self)(self._client, gives_raw=True)

    def _plain(self) -> Self:
        """Give the twin whose methods read their answers."""
        return type(self)(self._client) if self._gives_raw else self

    def _steps(
        self,
        operation: Operation[Any],
        options: CallOptions,
        arguments: tuple[Any, ...],
        parse: Callable[[Reply], T],
        url: str = "",
    ) -> Steps[T | RawResponse[T]]:
        """Check the arguments and give the steps of the call, or of following a link."""
        settings: Settings = self._client.settings
        call = settings.prepare(operation, arguments, options)
        if url:
            call = msgspec.structs.replace(call, url=url)
        reply = yield from exchange(call, settings)

        def read(reply: Reply) -> T:
            try:
                return parse(reply)
            except ResponseDecodeError as error:
                found = decode_error(error, call, reply)
            raise found  # Outside, so that it has no context: that may show the token.

        return RawResponse(reply, read) if self._gives_raw else read(reply)

    def send_steps(
        self, operation: Operation[T], options: CallOptions, arguments: tuple[Any, ...]
    ) -> Steps[T | RawResponse[T]]:
        """Give the steps of a call whose answer is read as the document says."""
        return self._steps(operation, options, arguments, operation.answer.read)

    def _page_steps(self, place: Place[T], make: Callable[[Fetched[T]], Any]) -> Steps[Any]:
        """Give the steps of fetching a page, which is made of the answer at the end."""
        operation = place.pagination.operation
        arguments = tuple(place.arguments.get(each.name) for each in operation.parameters)
        per_second = place.pagination.window.per_second if place.pagination.window else 1000
        began = time.monotonic()

        def parse(reply: Reply) -> Any:
            elapsed = time.monotonic() - began
            date = moments.http_date(reply.response.headers.get("date"), per_second)
            data = read_page(place.pagination, reply.content)
            if place.pagination.style == "link":
                from .following import link

                address = link(reply.response, self._client.settings.base_url)
                return make(Fetched(data, date, elapsed, address))
            return make(Fetched(data, date, elapsed))

        return self._steps(operation, place.options, arguments, parse, place.url)

    def _plan(
        self,
        pagination: Pagination[T],
        options: CallOptions,
        arguments: dict[str, Any],
        controls: dict[str, Any],
    ) -> WalkPlan[T]:
        """Check everything about a walk, before it sends anything."""
        plan = plan_walk(pagination, arguments, options, **controls)
        operation = pagination.operation
        given = tuple(arguments.get(each.name) for each in operation.parameters)
        self._client.settings.prepare(operation, given, options)
        return plan

    def fetch_steps(self, plan: WalkPlan[T], step: Fetch, time_left: float | None) -> Steps[Any]:
        """Give the steps of fetching a page of a walk."""
        options: CallOptions = {**plan.options}
        if time_left is not None:
            options["deadline"] = time_left
        place = Place(plan.pagination, {**plan.arguments, **step.arguments}, options, step.url)
        return self._page_steps(place, lambda fetched: fetched)


class Resource(BaseResource):
    """Base of the synchronous resources."""

    _client: ClientCore

    def page(self, place: Place[T]) -> Page[T]:
        """Fetch one page."""
        resource = self._plain()
        steps = self._page_steps(place, lambda fetched: Page(fetched, place, resource))
        return cast("Page[T]", self._client.run(steps))

    def fetch(self, plan: WalkPlan[T], step: Fetch, time_left: float | None) -> Fetched[T]:
        """Fetch one page of a walk."""
        steps = self._plain().fetch_steps(plan, step, time_left)
        return cast("Fetched[T]", self._client.run(steps))

    def _send(self, operation: Operation[T], options: CallOptions, *arguments: Any) -> T:
        steps = self.send_steps(operation, options, arguments)
        return cast("T", self._client.run(steps))

    def send_raw(self, operation: Operation[Any], options: CallOptions, *arguments: Any) -> Any:
        """Send a call and leave its answer as it came."""
        return self._client.run(self.as_raw().send_steps(operation, options, arguments))

    def _page(self, pagination: Pagination[T], options: CallOptions, *arguments: Any) -> Page[T]:
        return self.page(Place(pagination, _by_name(pagination, arguments), options))

    def _walk(
        self,
        pagination: Pagination[T],
        options: CallOptions,
        arguments: dict[str, Any],
        **controls: Any,
    ) -> Walk[T]:
        return Walk(self._plan(pagination, options, arguments, controls), self._plain())


class AsyncResource(BaseResource):
    """Base of the asynchronous resources."""

    _client: AsyncClientCore

    async def page(self, place: Place[T]) -> AsyncPage[T]:
        """Fetch one page."""
        resource = self._plain()
        steps = self._page_steps(place, lambda fetched: AsyncPage(fetched, place, resource))
        return cast("AsyncPage[T]", await self._client.run(steps))

    async def fetch(self, plan: WalkPlan[T], step: Fetch, time_left: float | None) -> Fetched[T]:
        """Fetch one page of a walk."""
        steps = self._plain().fetch_steps(plan, step, time_left)
        return cast("Fetched[T]", await self._client.run(steps))

    async def _send(self, operation: Operation[T], options: CallOptions, *arguments: Any) -> T:
        steps = self.send_steps(operation, options, arguments)
        return cast("T", await self._client.run(steps))

    async def _open(self, operation: Operation[Any], options: CallOptions, *arguments: Any) -> Any:
        """Send a call whose answer is another type than that of the synchronous client."""
        return await self._send(operation, options, *arguments)

    async def send_raw(
        self, operation: Operation[Any], options: CallOptions, *arguments: Any
    ) -> Any:
        """Send a call and leave its answer as it came."""
        return await self._client.run(self.as_raw().send_steps(operation, options, arguments))

    def _page(
        self, pagination: Pagination[T], options: CallOptions, *arguments: Any
    ) -> AsyncPages[T]:
        return AsyncPages(Place(pagination, _by_name(pagination, arguments), options), self)

    def _walk(
        self,
        pagination: Pagination[T],
        options: CallOptions,
        arguments: dict[str, Any],
        **controls: Any,
    ) -> AsyncWalk[T]:
        return AsyncWalk(self._plan(pagination, options, arguments, controls), self._plain())


def _by_name(pagination: Pagination[Any], arguments: tuple[Any, ...]) -> dict[str, Any]:
    names = (each.name for each in pagination.operation.parameters)
    return dict(zip(names, arguments, strict=True))
