# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The synchronous client: it carries out the steps of calls."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self, TypeVar

from . import http
from .body import Body
from .call import authorize
from .exchange import Observer, Reply, Send, Sleep, Steps
from .secrets import TokenSource, as_secret
from .service import ServiceError
from .settings import MAX_RESPONSE_BYTES, MAX_RETRIES, Settings, settings
from .transport import DeadlineError, failure

T = TypeVar("T")

LIMITS = http.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30)


class BaseClient:
    """A client that sends one request at a time in each thread; threads may share it.

    Args:
        token: The API access token, or a callable that gives one and is asked at every attempt.
            Without it the environment variable counts.
        base_url: The service's address, if it is not the document's.
        timeout: Seconds for each step of a request, or an `httpx.Timeout`.
        max_retries: How often a call that failed for a passing reason is tried again.
        max_response_bytes: The most bytes that a decoded answer may have.
        http_client: An `httpx.Client` to use as it is; it is not closed here.
        default_headers: Headers to send with every request.
        on_attempt: Is called with an `Attempt` after every attempt.

    Raises:
        InvalidArgumentError: If an argument cannot be used.
    """

    def __init__(
        self,
        token: TokenSource | None = None,
        *,
        base_url: str | None = None,
        timeout: http.Timeout | float | None = None,
        max_retries: int = MAX_RETRIES,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        http_client: http.Client | None = None,
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
        self._http = http_client or http.Client(limits=LIMITS)

    def close(self) -> None:
        """Close the connections, unless they belong to another client."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        """Give the client itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the client."""
        self.close()

    def __repr__(self) -> str:
        """Show where the client sends to."""
        return f"{type(self).__name__}(base_url={self.settings.base_url!r})"

    def run(self, steps: Steps[T]) -> T:
        """Carry out the steps of a call and give its outcome."""
        try:
            step = next(steps)
            while True:
                try:
                    outcome = self._carry_out(step)
                except ServiceError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(outcome)
        except StopIteration as stop:
            result: T = stop.value
            return result

    def _carry_out(self, step: Send | Sleep) -> Reply | None:
        if isinstance(step, Sleep):
            time.sleep(step.seconds)
            return None
        return self._send(step)

    def _send(self, step: Send) -> Reply:
        call = step.call
        request = self._http.build_request(
            call.operation.method,
            call.url,
            headers=call.headers,
            extensions={"timeout": call.timeouts.as_extension(step.time_left)},
        )
        if call.operation.authenticated:
            authorize(request.headers, as_secret(self.settings.token.ask()))
        ends = None if step.time_left is None else time.monotonic() + step.time_left
        try:
            response = self._http.send(request, stream=True, auth=None, follow_redirects=False)
            try:
                return Reply(response, self._read(response, ends))
            finally:
                response.close()
        except Exception as error:
            found = failure(error, call, request)
        raise found

    def _read(self, response: http.Response, ends: float | None) -> bytes:
        if response.is_stream_consumed:  # A mock transport's answer comes with its body.
            return response.content
        body = Body(response.headers.get("content-encoding", ""), self.settings.max_response_bytes)
        for chunk in response.iter_raw():
            body.feed(chunk)
            if ends is not None and time.monotonic() > ends:
                raise DeadlineError
        return body.finish()
