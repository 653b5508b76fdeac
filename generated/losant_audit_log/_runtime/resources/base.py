# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Base classes of generated resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import msgspec

from ..calls.errors import decode_error, status_error
from ..calls.exchange import exchange
from ..core.errors import ResponseDecodeError
from .raw_response import RawResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..calls.exchange import Steps
    from ..calls.operation import Operation
    from ..calls.options import CallOptions
    from ..calls.reply import Reply
    from ..calls.settings import Settings
    from ..clients.async_client import AsyncClientCore
    from ..clients.client import ClientCore

T = TypeVar("T")


class Sender:
    """The calls of a resource, apart from it, so that its public names are operations only."""

    def __init__(self, client: Any, *, returns_raw: bool = False) -> None:
        """Use a client for every call. With `returns_raw`, calls return a `RawResponse`."""
        self._client = client
        self._returns_raw = returns_raw

    @property
    def settings(self) -> Settings:
        """The settings of the client."""
        return cast("Settings", self._client.client_settings)

    def steps(
        self,
        operation: Operation[Any],
        arguments: Mapping[str, Any],
        options: CallOptions,
        parse: Callable[[Reply], T],
        url: str = "",
    ) -> Steps[T | RawResponse[T]]:
        """Validate the arguments and return the steps of the call, or of the request for a link."""
        settings: Settings = self._client.client_settings
        call = settings.prepare(operation, arguments, options)
        if url:
            call = msgspec.structs.replace(call, url=url)
        is_promised = self._returns_raw or operation.response.reads_redirects
        reply = yield from exchange(call, settings, operation.redirects if is_promised else ())

        def read(reply: Reply) -> T:
            is_redirect = reply.response.status_code in operation.redirects
            if is_redirect and not operation.response.reads_redirects:
                raise status_error(call, reply)
            try:
                return parse(reply)
            except ResponseDecodeError as error:
                found = decode_error(error, call, reply)
            raise found  # Outside, so that it has no `__context__`, which may show the token.

        return RawResponse(reply, read) if self._returns_raw else read(reply)


class BaseResource:
    """The part of a resource that synchronous and asynchronous resources share."""

    def __init__(self, client: Any, *, returns_raw: bool = False) -> None:
        """Use a client for every call. With `returns_raw`, methods return a `RawResponse`."""
        self._client = client
        self._returns_raw = returns_raw
        self._sender = Sender(client, returns_raw=returns_raw)

    def _as_raw(self) -> Self:
        """Return a copy of this resource whose methods return a `RawResponse`."""
        return type(self)(self._client, returns_raw=True)


class Resource(BaseResource):
    """Base class of synchronous resources."""

    _client: ClientCore

    def _send(
        self, operation: Operation[T], arguments: Mapping[str, Any], options: CallOptions
    ) -> T:
        steps = self._sender.steps(operation, arguments, options, operation.response.read)
        return cast("T", self._client.run(steps))


class AsyncResource(BaseResource):
    """Base class of asynchronous resources."""

    _client: AsyncClientCore

    async def _send(
        self, operation: Operation[T], arguments: Mapping[str, Any], options: CallOptions
    ) -> T:
        steps = self._sender.steps(operation, arguments, options, operation.response.read)
        return cast("T", await self._client.run(steps))

    async def _open(
        self, operation: Operation[Any], arguments: Mapping[str, Any], options: CallOptions
    ) -> Any:
        """Send a call whose result has another type than in the synchronous client."""
        return await self._send(operation, arguments, options)
