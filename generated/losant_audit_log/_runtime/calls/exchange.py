# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The steps of one call from first attempt to result, without I/O.

`exchange` is a generator: it yields steps, which a client executes, and receives their results.
So the synchronous and the asynchronous client share every decision, and differ only in how they
send and wait.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, Generator
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

from ..core.errors import APIConnectionError, APIStatusError
from ..core.guards import is_awaitable
from ..core.service import ServiceError
from .call import Call
from .errors import deadline_error, status_error
from .secret import Secret

if TYPE_CHECKING:
    from .settings import Settings
from .attempts import Attempt, Observer
from .reply import Reply

T = TypeVar("T")

_LOG = logging.getLogger((__package__ or "").partition(".")[0])
_EARLY = 0.01  # seconds by which a wait may end too early, because clocks round


class Ask(msgspec.Struct, frozen=True):
    """A step: await the token and return it as a `Secret`.

    Attributes:
        call: The call that the token is for.
        pending: The awaitable that returns the token.
        ends: The call's deadline as a time of the monotonic clock, or None.
        make: The function that turns the awaited value into a secret.
    """

    call: Call
    pending: Awaitable[Any]
    ends: float | None
    make: Callable[[Any], Secret] = Secret


class Send(msgspec.Struct, frozen=True):
    """A step: send a call once and return its `Reply`.

    Attributes:
        call: The call to send.
        secret: The token to send with it, or None.
        ends: The call's deadline as a time of the monotonic clock, or None.
    """

    call: Call
    secret: Secret | None
    ends: float | None


class Sleep(msgspec.Struct, frozen=True):
    """A step: wait.

    Attributes:
        seconds: The time to wait.
    """

    seconds: float


Steps: TypeAlias = Generator[Ask | Send | Sleep, Any, T]


def exchange(call: Call, settings: Settings, redirects: tuple[int, ...] = ()) -> Steps[Reply]:
    """Send a call until it succeeds or must not be retried.

    Args:
        call: The call to send.
        settings: The client's settings.
        redirects: The status codes of redirects that are results, not errors.

    Returns:
        The response, with a status code of 2xx or of a redirect.

    Raises:
        APIStatusError: If the status code is any other.
        APIConnectionError: If no complete response was received.
        ResponseDecodeError: If the body cannot be read.
    """
    ends = None if call.deadline is None else time.monotonic() + call.deadline
    rejection: APIStatusError | None = None  # It says more than that the deadline has passed.
    last: APIConnectionError | None = None
    secret: Any = None
    for number in count(1):
        if call.operation.security:
            secret = settings.token.ask(call.operation)
            if secret is not None and not isinstance(secret, Secret):
                secret = yield from fetch_secret(secret, call, settings, ends)
        if ends is not None and time.monotonic() >= ends:
            raise rejection or deadline_error(call, last)
        started = time.monotonic()
        outcome: Reply | ServiceError
        try:
            outcome = yield Send(call, secret, ends)
        except ServiceError as error:
            outcome = error
            last = error if isinstance(error, APIConnectionError) else None
        elapsed = time.monotonic() - started
        if isinstance(outcome, Reply) and not (
            outcome.response.is_success or outcome.response.status_code in redirects
        ):
            outcome = rejection = status_error(call, outcome)
        failure = None if isinstance(outcome, Reply) else outcome
        pause = None if failure is None else _pause(failure, call, number, settings, secret)
        is_late = ends is not None and time.monotonic() + (pause or _EARLY) >= ends
        wait = None if is_late else pause
        if settings.on_attempt is not None or _LOG.isEnabledFor(logging.DEBUG):
            _report_attempt(settings.on_attempt, call, outcome, (number, elapsed, wait))
        if isinstance(outcome, Reply):
            return outcome
        if wait is None:  # After the deadline, the server's last error says more than a timeout.
            is_unanswered = is_late and last is outcome
            raise (rejection or deadline_error(call, last)) if is_unanswered else outcome
        yield Sleep(wait)
    raise AssertionError  # The loop never ends.


def _pause(
    failure: ServiceError, call: Call, number: int, settings: Settings, secret: Secret | None
) -> float | None:
    """Return the seconds before the next attempt, or None if the call is not retried.

    A request that was rejected with 401 was not processed. So if the client can obtain a new
    token, the call is repeated once, immediately, whatever its method.
    """
    is_rejected = isinstance(failure, APIStatusError) and failure.status_code == 401
    is_spent = call.payload is not None and call.payload.is_spent
    if is_rejected and number == 1 and not is_spent and settings.token.renew(secret):
        return 0.0
    from .retries import delay  # here, so that the import of the package is fast

    return delay(failure, call, number, settings.max_retries)


def fetch_secret(pending: Any, call: Call, settings: Settings, ends: float | None) -> Steps[Secret]:
    """Return the steps that obtain a secret.

    Args:
        pending: An awaitable, or a function that returns further steps.
        call: The call that the secret is for.
        settings: The client's settings.
        ends: The call's deadline as a time of the monotonic clock, or None.
    """
    secret: Secret
    if is_awaitable(pending):
        secret = yield Ask(call, pending, ends)
    else:
        steps: Steps[Secret] = pending(call, settings, ends)
        secret = yield from steps
    return secret


def _report_attempt(
    observer: Observer | None,
    call: Call,
    outcome: Reply | ServiceError,
    course: tuple[int, float, float | None],
) -> None:
    """Write a line to the log, and call the observer."""
    number, elapsed, wait = course
    error = outcome if isinstance(outcome, ServiceError) else None
    response = outcome.response if isinstance(outcome, Reply) else error
    status: int | None = getattr(response, "status_code", None)
    what = status or type(error).__name__
    _LOG.debug("%s %s in %.0f ms, attempt %d", call, what, elapsed * 1000, number)
    if observer is not None:
        observer(
            Attempt(
                operation=call.operation.name,
                method=call.operation.method,
                path=call.path,
                number=number,
                elapsed=elapsed,
                status_code=status,
                error=error,
                retry_in=wait,
            )
        )
