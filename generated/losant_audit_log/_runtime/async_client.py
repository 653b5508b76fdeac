# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The asynchronous client: it carries out the steps of calls, with asyncio or trio."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import TracebackType
from typing import Self, TypeVar

from . import http
from .body import Body
from .call import authorize
from .client import LIMITS
from .exchange import Observer, Reply, Send, Sleep, Steps
from .secrets import AsyncTokenSource, Secret, as_secret
from .service import ServiceError
from .settings import MAX_RESPONSE_BYTES, MAX_RETRIES, Settings, settings
from .transport import DeadlineError, failure

T = TypeVar("T")


class BaseAsyncClient:
    """A client whose methods are awaited; tasks of one event loop may share it.

    Args:
        token: The API access token, or a callable or coroutine function that gives one and is asked
            at every attempt. Without it the environment variable counts.
        base_url: The service's address, if it is not the document's.
        timeout: Seconds for each step of a request, or an `httpx.Timeout`.
        max_retries: How often a call that failed for a passing reason is tried again.
        max_response_bytes: The most bytes that a decoded answer may have.
        http_client: An `httpx.AsyncClient` to use as it is; it is not closed here.
        default_headers: Headers to send with every request.
        on_attempt: Is called with an `Attempt` after every attempt.

    Raises:
        InvalidArgumentError: If an argument cannot be used.
    """

    def __init__(
        self,
        token: AsyncTokenSource | None = None,
        *,
        base_url: str | None = None,
        timeout: http.Timeout | float | None = None,
        max_retries: int = MAX_RETRIES,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        http_client: http.AsyncClient | None = None,
        default_headers: Mapping[str, str] | None = None,
        on_attempt: Observer | None = None,
    ) -> None:
        self.settings: Settings = settings(
            token=token,
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            max_response_bytes=max_response_bytes,
            default_headers=default_headers,
            on_attempt=on_attempt,
            http_client=http_client,
        )
        self._owns_http = http_client is None
        self._http = http_client or http.AsyncClient(limits=LIMITS)
        import anyio

        self._anyio = anyio

    async def aclose(self) -> None:
        """Close the connections, unless they belong to another client."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        """Give the client itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the client."""
        await self.aclose()

    def __repr__(self) -> str:
        """Show where the client sends to."""
        return f"{type(self).__name__}(base_url={self.settings.base_url!r})"

    async def run(self, steps: Steps[T]) -> T:
        """Carry out the steps of a call and give its outcome."""
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

    async def _carry_out(self, step: Send | Sleep) -> Reply | None:
        if isinstance(step, Sleep):
            await self._anyio.sleep(step.seconds)
            return None
        return await self._send(step)

    async def _send(self, step: Send) -> Reply:
        call = step.call
        request = self._http.build_request(
            call.operation.method,
            call.url,
            headers=call.headers,
            extensions={"timeout": call.timeouts.as_extension(step.time_left)},
        )
        if call.operation.authenticated:
            authorize(request.headers, await self._secret())
        try:
            with self._anyio.move_on_after(step.time_left):
                response = await self._http.send(
                    request, stream=True, auth=None, follow_redirects=False
                )
                try:
                    return Reply(response, await self._read(response))
                finally:
                    await response.aclose()
            found = failure(DeadlineError(), call, request)
        except Exception as error:
            found = failure(error, call, request)
        raise found

    async def _secret(self) -> Secret:
        answer = self.settings.token.ask()
        return as_secret(await answer if inspect.isawaitable(answer) else answer)

    async def _read(self, response: http.Response) -> bytes:
        if response.is_stream_consumed:  # A mock transport's answer comes with its body.
            return response.content
        body = Body(response.headers.get("content-encoding", ""), self.settings.max_response_bytes)
        async for chunk in response.aiter_raw():
            body.feed(chunk)
        return body.finish()
