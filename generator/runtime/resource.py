"""The bases of the classes that group an API's methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from .decoding import decode
from .errors import ResponseDecodeError
from .exchange import decode_error, exchange
from .pages import AsyncPage, AsyncPages, Page, Place, read_page
from .raw_response import RawResponse

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from .async_client import BaseAsyncClient
    from .client import BaseClient
    from .exchange import Reply, Steps
    from .operation import Operation
    from .options import CallOptions
    from .pagination import Pagination
    from .settings import Settings

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

    def _steps(
        self,
        operation: Operation[Any],
        options: CallOptions,
        arguments: tuple[Any, ...],
        parse: Callable[[Reply], T],
    ) -> Steps[T | RawResponse[T]]:
        """Check the arguments and give the steps of the call."""
        settings: Settings = self._client.settings
        call = settings.prepare(operation, arguments, options)
        reply = yield from exchange(call, settings.max_retries, settings.on_attempt)

        def read(reply: Reply) -> T:
            try:
                return parse(reply)
            except ResponseDecodeError as error:
                raise decode_error(error, call, reply) from None

        return RawResponse(reply, read) if self._gives_raw else read(reply)


class Resource(BaseResource):
    """Base of the synchronous resources."""

    _client: BaseClient

    def page(
        self, pagination: Pagination[T], options: CallOptions, arguments: tuple[Any, ...]
    ) -> Page[T]:
        """Fetch one page."""
        place = Place(pagination, arguments, options)

        def parse(reply: Reply) -> Page[T]:
            return Page(read_page(pagination, reply.content), place, self)

        steps = self._steps(pagination.operation, options, arguments, parse)
        return cast("Page[T]", self._client.run(steps))

    def _send(self, operation: Operation[T], options: CallOptions, *arguments: Any) -> T:
        def parse(reply: Reply) -> T:
            return decode(reply.content, operation.answer.type)

        steps = self._steps(operation, options, arguments, parse)
        return cast("T", self._client.run(steps))

    def _page(self, pagination: Pagination[T], options: CallOptions, *arguments: Any) -> Page[T]:
        return self.page(pagination, options, arguments)


class AsyncResource(BaseResource):
    """Base of the asynchronous resources."""

    _client: BaseAsyncClient

    async def page(
        self, pagination: Pagination[T], options: CallOptions, arguments: tuple[Any, ...]
    ) -> AsyncPage[T]:
        """Fetch one page."""
        place = Place(pagination, arguments, options)

        def parse(reply: Reply) -> AsyncPage[T]:
            return AsyncPage(read_page(pagination, reply.content), place, self)

        steps = self._steps(pagination.operation, options, arguments, parse)
        return cast("AsyncPage[T]", await self._client.run(steps))

    async def _send(self, operation: Operation[T], options: CallOptions, *arguments: Any) -> T:
        def parse(reply: Reply) -> T:
            return decode(reply.content, operation.answer.type)

        steps = self._steps(operation, options, arguments, parse)
        return cast("T", await self._client.run(steps))

    def _page(
        self, pagination: Pagination[T], options: CallOptions, *arguments: Any
    ) -> AsyncPages[T]:
        return AsyncPages(Place(pagination, arguments, options), self)
