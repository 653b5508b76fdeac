# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The bases of the classes that group an API's methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec

from ..calls.exchange import exchange
from ..calls.failures import decode_error
from ..core.errors import ResponseDecodeError
from .raw_response import RawResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    from ..calls.exchange import Steps
    from ..calls.operation import Operation
    from ..calls.options import CallOptions
    from ..calls.reply import Reply
    from ..calls.settings import Settings
    from ..clients.async_client import AsyncClientCore
    from ..clients.client import ClientCore

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
        arguments: Mapping[str, Any],
        options: CallOptions,
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
        self, operation: Operation[T], arguments: Mapping[str, Any], options: CallOptions
    ) -> Steps[T | RawResponse[T]]:
        """Give the steps of a call whose answer is read as the document says."""
        return self._steps(operation, arguments, options, operation.response.read)


class Resource(BaseResource):
    """Base of the synchronous resources."""

    _client: ClientCore

    def _send(
        self, operation: Operation[T], arguments: Mapping[str, Any], options: CallOptions
    ) -> T:
        steps = self.send_steps(operation, arguments, options)
        return cast("T", self._client.run(steps))

    def send_raw(
        self, operation: Operation[Any], arguments: Mapping[str, Any], options: CallOptions
    ) -> Any:
        """Send a call and leave its answer as it came."""
        return self._client.run(self.as_raw().send_steps(operation, arguments, options))


class AsyncResource(BaseResource):
    """Base of the asynchronous resources."""

    _client: AsyncClientCore

    async def _send(
        self, operation: Operation[T], arguments: Mapping[str, Any], options: CallOptions
    ) -> T:
        steps = self.send_steps(operation, arguments, options)
        return cast("T", await self._client.run(steps))

    async def _open(
        self, operation: Operation[Any], arguments: Mapping[str, Any], options: CallOptions
    ) -> Any:
        """Send a call whose answer is another type than that of the synchronous client."""
        return await self._send(operation, arguments, options)

    async def send_raw(
        self, operation: Operation[Any], arguments: Mapping[str, Any], options: CallOptions
    ) -> Any:
        """Send a call and leave its answer as it came."""
        return await self._client.run(self.as_raw().send_steps(operation, arguments, options))
