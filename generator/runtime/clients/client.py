"""The synchronous client: it carries out the steps of calls."""

from __future__ import annotations

import time
from collections.abc import Mapping
from threading import Thread
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

from ..calls.attempts import Observer
from ..calls.credentials import TokenSource
from ..calls.exchange import Ask, Send, Sleep, Steps
from ..calls.reply import Reply
from ..calls.settings import (
    MAX_RESPONSE_BYTES,
    MAX_RETRIES,
    ClientOptions,
    Settings,
    check_http_client,
    opened,
    sealed,
    settings,
)
from ..core import http
from ..core.errors import InvalidArgumentError
from ..core.response_body import DeadlineError
from ..core.service import ServiceError
from .sending import Sending

T = TypeVar("T")


class ClientCore:
    """What every synchronous client does, whatever its credentials are."""

    settings: Settings
    _http: http.ClientLike
    _owns_http: bool

    def _begin(self, options: dict[str, Any], http_client: http.ClientLike | None) -> None:
        """Take the arguments of a new client, sealed."""
        check_http_client(http_client, "close", "httpx.Client")
        self.settings = settings(options, getattr(http_client, "timeout", None))
        self._owns_http = http_client is None
        self._http = opened(http.new_client) if http_client is None else http_client

    def _copy(self, changed: dict[str, Any]) -> Self:
        """Give a copy that does some things differently; they are sealed."""
        copy = type(self).__new__(type(self))
        own = {"_http": self._http, "_owns_http": False}
        vars(copy).update(own, settings=self.settings.replaced(changed))
        return copy

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
        """Show where the client sends to; one that could not be made sends nowhere."""
        base_url = getattr(vars(self).get("settings"), "base_url", None)
        return f"{type(self).__name__}(base_url={base_url!r})"

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

    def _carry_out(self, step: Ask | Send | Sleep) -> Reply | None:
        if isinstance(step, Send):
            sending = Sending(step, self.settings.max_response_bytes)
            if sending.time_left is None:
                return self._send(sending)
            return self._send_within(sending.time_left, sending)
        if isinstance(step, Sleep):
            time.sleep(step.seconds)
            return None
        getattr(step.answer, "close", int)()
        message = "token: the callable gives something to await, which only AsyncClient can do"
        raise InvalidArgumentError(message)

    def _send(self, sending: Sending) -> Reply:
        try:
            request = sending.make_request(self._http)
            response = self._http.send(request, stream=True, auth=None, follow_redirects=False)
            if sending.may_stream and (opened := sending.opened(response, is_async=False)):
                return opened
            try:
                if response.is_stream_consumed:  # By a mock transport, or a user's hook.
                    return sending.reply(response, response.content)
                body = sending.body(response, sending.ends)
                for chunk in response.iter_raw():
                    body.feed(chunk)
                return sending.reply(response, body.finish())
            finally:
                response.close()
        except BaseException as error:
            found = sending.failure(error)
        raise found

    def _send_within(self, seconds: float, sending: Sending) -> Reply:
        """Send in a thread of its own, which is left behind when the time is up.

        Timeouts of the HTTP library begin anew with every byte, and it has none for looking up a
        name. The thread that is left behind ends at the next timeout, or at the next piece of a
        body.
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
            elif reply.stream is not None:  # Nobody is left to close it.
                reply.response.close()

        try:
            Thread(target=copy_context().run, args=(work,), daemon=True).start()
            return done.result(seconds)
        except TimeoutError:
            if not done.cancel():
                return done.result()  # It came in this very moment.
            found = sending.failure(DeadlineError())
        except RuntimeError as error:  # The system starts no more threads.
            found = sending.failure(error)
        raise found


class BaseClient(ClientCore):
    """A client that sends one request at a time in each thread; threads may share it.

    Args:
        token: The API access token, or a callable that gives one and is asked at every attempt.
            Without it the environment variable counts.
        base_url: The service's address, if it is not the document's.
        timeout: Seconds for each step of a request, or an `httpx.Timeout`.
        max_retries: How often a call that failed for a passing reason is tried again.
        max_response_bytes: The most bytes that a decoded answer may have.
        http_client: An `httpx.Client` to use as it is, or one of httpx2; it is not closed here. Its
            timeouts hold, unless `timeout` is given.
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
        http_client: http.ClientLike | None = None,
        default_headers: Mapping[str, str] | None = None,
        on_attempt: Observer | None = None,
    ) -> None:
        options = sealed(
            {
                "token": token,
                "base_url": base_url,
                "timeout": timeout,
                "max_retries": max_retries,
                "max_response_bytes": max_response_bytes,
                "default_headers": default_headers,
                "on_attempt": on_attempt,
            }
        )
        del token
        self._begin(options, http_client)

    def with_options(self, **options: Unpack[ClientOptions]) -> Self:
        """Give a copy that does some things differently.

        The copy shares the connections of this client, and closing it leaves them open.

        Args:
            **options: The same keyword arguments as those of the class, all but `http_client`. What
                is not given, or None, stays as it is.

        Raises:
            InvalidArgumentError: If an option cannot be used.
        """
        changed = sealed(options)
        del options
        return self._copy(changed)
