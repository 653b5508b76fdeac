# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The asynchronous client, for asyncio and trio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, Unpack

import anyio

from ..calls.attempts import Observer
from ..calls.credentials import AsyncTokenSource
from ..calls.errors import deadline_error
from ..calls.exchange import Ask, Send, Sleep, Steps
from ..calls.reply import Reply
from ..calls.secret import Secret
from ..calls.settings import (
    MAX_RESPONSE_BYTES,
    MAX_RETRIES,
    AsyncClientOptions,
    check_http_client,
    hide_token,
)
from ..core import http
from ..core.cancellation import run_apart
from ..core.lost_connections import take_lost
from ..core.response_body import DeadlineError
from ..core.service import ServiceError
from .base import ClientBase
from .sending import Sending, time_left

T = TypeVar("T")


class AsyncClientCore(ClientBase):
    """The part of an asynchronous client that is independent of its credentials."""

    _http: http.AsyncClientLike

    def _begin(self, options: dict[str, Any], http_client: http.AsyncClientLike | None) -> None:
        """Initialize a client from its arguments, with the token wrapped."""
        check_http_client(http_client, "aclose", f"{http.NAME}.AsyncClient")
        self._open(options, http_client, http.new_async_client)

    async def aclose(self) -> None:
        """Close the connections, unless another client owns them."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        """Return the client itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the client."""
        await self.aclose()

    async def run(self, steps: Steps[T]) -> T:
        """Execute the steps of a call and return its result."""
        try:
            step = next(steps)
            while True:
                try:
                    outcome = await self._carry_out(step)
                except ServiceError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(outcome)
        except StopIteration as stop:
            result: T = stop.value
            return result

    async def _carry_out(self, step: Ask | Send | Sleep) -> Reply | Secret | None:
        if isinstance(step, Send):
            return await self._send(Sending(step, self.client_settings.max_response_bytes))
        if isinstance(step, Sleep):
            await anyio.sleep(step.seconds)
            return None
        with anyio.move_on_after(time_left(step.ends)):
            secret = step.make(await step.pending)
            secret.check()
            return secret
        raise deadline_error(step.call)

    async def _send(self, sending: Sending) -> Reply:
        with anyio.move_on_after(sending.time_left):
            try:
                return await run_apart(lambda: self._attempt(sending), _release)
            except BaseException as error:
                found = sending.failure(error)
            raise found  # The locals of `_attempt`, which no longer matter, may show the token.
        raise sending.failure(DeadlineError())

    async def _attempt(self, sending: Sending) -> Reply:
        request = sending.make_request(self._http)
        options: Any = {"stream": True, "auth": None, "follow_redirects": False}
        try:
            response = await self._http.send(request, **options)
        except BaseException:
            with anyio.CancelScope(shield=True):
                for each in take_lost(self._http):
                    await each.aclose()
            raise
        if sending.may_stream and (streamed := sending.stream(response, is_async=True)):
            return streamed
        try:
            if response.is_stream_consumed:  # A mock transport or a user's hook has read it.
                return sending.reply(response, response.content)
            body = sending.body(response, None)
            async for chunk in response.aiter_raw():
                body.feed(chunk)
            return sending.reply(response, body.finish())
        finally:
            await response.aclose()


async def _release(reply: Reply) -> None:
    """Release the connection of a reply that is not received."""
    if reply.stream is not None:
        await reply.response.aclose()


class BaseAsyncClient(AsyncClientCore):
    """An asynchronous client. The tasks of one event loop can share it.

    Args:
        token: The API access token, or a callable or coroutine function that returns one and is
            called for every attempt. Default: the environment variable.
        base_url: The base URL. Default: the environment variable, then the OpenAPI document.
        timeout: Seconds for each step of a request, or a `Timeout` of the HTTP library.
        max_retries: Maximum number of retries after a transient failure.
        max_response_bytes: Maximum size of a decompressed response.
        http_client: An `AsyncClient` of httpx or httpx2 to use. It is not closed with this
            client. Its timeouts apply unless `timeout` is passed.
        default_headers: Headers to send with every request.
        on_attempt: A callable that receives an `Attempt` after every attempt.

    Raises:
        InvalidArgumentError: If an argument is invalid.
    """

    def __init__(
        self,
        token: AsyncTokenSource | None = None,
        *,
        base_url: str | None = None,
        timeout: http.Timeout | float | None = None,
        max_retries: int = MAX_RETRIES,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        http_client: http.AsyncClientLike | None = None,
        default_headers: Mapping[str, str] | None = None,
        on_attempt: Observer | None = None,
    ) -> None:
        limits = {"max_retries": max_retries, "max_response_bytes": max_response_bytes}
        others = {"default_headers": default_headers, "on_attempt": on_attempt, **limits}
        options = hide_token({"token": token, "base_url": base_url, "timeout": timeout, **others})
        del token
        self._begin(options, http_client)

    def with_options(self, **options: Unpack[AsyncClientOptions]) -> Self:
        """Return a copy of this client with some options replaced.

        The copy shares the connections of this client. Closing the copy leaves them open.

        Args:
            **options: The keyword arguments of the class, except `http_client`. Options that are
                omitted or None keep their values.

        Raises:
            InvalidArgumentError: If an option is invalid.
        """
        changed = hide_token(options)
        del options
        return self._copy(changed)
