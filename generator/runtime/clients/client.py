"""The synchronous client."""

from __future__ import annotations

import time
from collections.abc import Mapping
from threading import Event, Thread
from typing import Any, Self, TypeVar, Unpack

from ..calls.attempts import Observer
from ..calls.credentials import TokenSource
from ..calls.exchange import Ask, Send, Sleep, Steps
from ..calls.reply import Reply
from ..calls.settings import (
    MAX_RESPONSE_BYTES,
    MAX_RETRIES,
    ClientOptions,
    check_http_client,
    hide_token,
)
from ..core import http
from ..core.errors import InvalidArgumentError
from ..core.response_body import DeadlineError
from ..core.service import ServiceError
from .base import ClientBase
from .sending import Sending

T = TypeVar("T")


class ClientCore(ClientBase):
    """The part of a synchronous client that is independent of its credentials."""

    _http: http.ClientLike

    def _begin(self, options: dict[str, Any], http_client: http.ClientLike | None) -> None:
        """Initialize a client from its arguments, with the token wrapped."""
        check_http_client(http_client, "close", f"{http.NAME}.Client")
        self._open(options, http_client, http.new_client)

    def close(self) -> None:
        """Close the connections, unless another client owns them."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the client."""
        self.close()

    def run(self, steps: Steps[T], abandoned: Event | None = None) -> T:
        """Execute the steps of a call until an event is set, and return its result."""
        try:
            step = next(steps)
            while True:
                if abandoned is not None and abandoned.is_set():
                    raise ServiceError("the walk was left")
                try:
                    outcome = self._carry_out(step, abandoned)
                except ServiceError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(outcome)
        except StopIteration as stop:
            result: T = stop.value
            return result

    def _carry_out(self, step: Ask | Send | Sleep, abandoned: Event | None) -> Reply | None:
        if isinstance(step, Send):
            sending = Sending(step, self.client_settings.max_response_bytes)
            if sending.time_left is None:
                return self._send(sending)
            return self._send_within(sending.time_left, sending)
        if isinstance(step, Sleep):
            (time.sleep if abandoned is None else abandoned.wait)(step.seconds)
            return None
        getattr(step.pending, "close", int)()
        message = "token: the callable returned an awaitable, which only AsyncClient can await"
        raise InvalidArgumentError(message)

    def _send(self, sending: Sending) -> Reply:
        try:
            return self._attempt(sending)
        except BaseException as error:
            found = sending.failure(error)
        raise found  # The locals of `_attempt`, which no longer matter, may show the token.

    def _attempt(self, sending: Sending) -> Reply:
        request = sending.make_request(self._http)
        try:
            response = self._http.send(request, stream=True, auth=None, follow_redirects=False)
        except BaseException:
            from ..core.lost_connections import take_lost  # here, so that the import is fast

            for each in take_lost(self._http):
                each.close()
            raise
        if sending.may_stream and (streamed := sending.stream(response, is_async=False)):
            return streamed
        try:
            if response.is_stream_consumed:  # A mock transport or a user's hook has read it.
                return sending.reply(response, response.content)
            body = sending.body(response, sending.ends)
            for chunk in response.iter_raw():
                body.feed(chunk)
            return sending.reply(response, body.finish())
        finally:
            response.close()

    def _send_within(self, seconds: float, sending: Sending) -> Reply:
        """Send in a separate thread, which is abandoned at the deadline.

        The timeouts of the HTTP library restart with every byte, and none covers the DNS lookup.
        An abandoned thread ends at the next timeout, or at the next chunk of a body.
        """
        from concurrent.futures import Future
        from contextvars import copy_context

        done: Future[Reply] = Future()

        def work() -> None:
            try:
                reply = self._send(sending)
            except BaseException as error:
                if done.set_running_or_notify_cancel():
                    done.set_exception(error)
                return
            if done.set_running_or_notify_cancel():
                done.set_result(reply)
            elif reply.stream is not None:  # The caller has gone, so it is closed here.
                reply.response.close()

        try:
            Thread(target=copy_context().run, args=(work,), daemon=True).start()
            return done.result(seconds)
        except TimeoutError:
            if not done.cancel():
                return done.result()  # It arrived just now.
            found = sending.failure(DeadlineError())
        except RuntimeError as error:  # The system cannot start another thread.
            found = sending.failure(error)
        raise found


class BaseClient(ClientCore):
    """A synchronous client. Threads can share it.

    Args:
        token: The API access token, or a callable that returns one and is called for every attempt.
            Default: the environment variable.
        base_url: The base URL. Default: the environment variable, then the OpenAPI document.
        timeout: Seconds for each step of a request, or a `Timeout` of the HTTP library.
        max_retries: Maximum number of retries after a transient failure.
        max_response_bytes: Maximum size of a decompressed response.
        http_client: A client of httpx or httpx2 to use. It is not closed with this client.
            Its timeouts apply unless `timeout` is passed.
        default_headers: Headers to send with every request.
        on_attempt: A callable that receives an `Attempt` after every attempt.

    Raises:
        InvalidArgumentError: If an argument is invalid.
    """

    def __init__(
        self,
        token: TokenSource | None = None,
        *,
        base_url: str | None = None,
        timeout: http.Timeout | float | None = None,
        max_retries: int = MAX_RETRIES,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        http_client: http.ClientLike | None = None,
        default_headers: Mapping[str, str] | None = None,
        on_attempt: Observer | None = None,
    ) -> None:
        limits = {"max_retries": max_retries, "max_response_bytes": max_response_bytes}
        others = {"default_headers": default_headers, "on_attempt": on_attempt, **limits}
        options = hide_token({"token": token, "base_url": base_url, "timeout": timeout, **others})
        del token
        self._begin(options, http_client)

    def with_options(self, **options: Unpack[ClientOptions]) -> Self:
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
