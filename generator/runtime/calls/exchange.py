"""One call from its first attempt to its outcome, without any I/O.

`exchange` is a generator: it gives steps that a client carries out, and takes what came of them. So
the synchronous and the asynchronous client share every decision and differ in how they send and
wait.
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
from .failures import deadline_error, status_error
from .retries import delay
from .secret import Secret

if TYPE_CHECKING:
    from .settings import Settings
from .attempts import Attempt, Observer
from .reply import Reply

T = TypeVar("T")

_LOG = logging.getLogger((__package__ or "").partition(".")[0])
_EARLY = 0.01  # seconds that a wait may end too early, by the rounding of clocks


class Ask(msgspec.Struct, frozen=True):
    """Await the token and give it as a `Secret`.

    Attributes:
        call: What it is for.
        answer: What to await.
        ends: When the call's deadline is, by the monotonic clock, or None.
        make: What makes a secret of what was awaited.
    """

    call: Call
    answer: Awaitable[Any]
    ends: float | None
    make: Callable[[Any], Secret] = Secret


class Send(msgspec.Struct, frozen=True):
    """Send a call once and give its `Reply`.

    Attributes:
        call: What to send.
        secret: The token to send with it, or None.
        ends: When the call's deadline is, by the monotonic clock, or None.
    """

    call: Call
    secret: Secret | None
    ends: float | None


class Sleep(msgspec.Struct, frozen=True):
    """Wait.

    Attributes:
        seconds: For how long.
    """

    seconds: float


Steps: TypeAlias = Generator[Ask | Send | Sleep, Any, T]


def exchange(call: Call, settings: Settings) -> Steps[Reply]:
    """Send a call until it succeeds, or must not be tried again.

    Args:
        call: What to send.
        settings: The client's settings.

    Returns:
        The answer, which is a success.

    Raises:
        APIStatusError: If the answer is none.
        APIConnectionError: If there is no answer.
        ResponseDecodeError: If the body cannot be read.
    """
    ends = None if call.deadline is None else time.monotonic() + call.deadline
    refusal: APIStatusError | None = None  # The last one says more than that time is up.
    last: APIConnectionError | None = None
    secret: Any = None
    for number in count(1):
        if call.operation.security:
            secret = settings.token.ask(call.operation)
            if secret is not None and not isinstance(secret, Secret):
                secret = yield from obtain(secret, call, settings, ends)
        if ends is not None and time.monotonic() >= ends:
            raise refusal or deadline_error(call, last)
        started = time.monotonic()
        outcome: Reply | ServiceError
        try:
            outcome = yield Send(call, secret, ends)
        except ServiceError as error:
            outcome = error
            last = error if isinstance(error, APIConnectionError) else None
        elapsed = time.monotonic() - started
        if isinstance(outcome, Reply) and not outcome.response.is_success:
            outcome = refusal = status_error(call, outcome)
        failure = None if isinstance(outcome, Reply) else outcome
        pause = None if failure is None else _pause(failure, call, number, settings, secret)
        is_late = ends is not None and time.monotonic() + (pause or _EARLY) >= ends
        wait = None if is_late else pause
        if settings.on_attempt is not None or _LOG.isEnabledFor(logging.DEBUG):
            _tell(settings.on_attempt, call, outcome, (number, elapsed, wait))
        if isinstance(outcome, Reply):
            return outcome
        if wait is None:
            raise _last_word(call, outcome, refusal) if is_late else outcome
        yield Sleep(wait)
    raise AssertionError  # The loop has no end.


def _pause(
    failure: ServiceError, call: Call, number: int, settings: Settings, secret: Secret | None
) -> float | None:
    """Give the seconds before the next attempt; None if there is to be none.

    What was refused for its token was not carried out. So if the client can have another token, the
    call is sent once more at once, whatever it does.
    """
    is_refused = isinstance(failure, APIStatusError) and failure.status_code == 401
    is_spent = call.payload is not None and call.payload.is_spent
    if is_refused and number == 1 and not is_spent and settings.token.renew(secret):
        return 0.0
    return delay(failure, call, number, settings.max_retries)


def obtain(pending: Any, call: Call, settings: Settings, ends: float | None) -> Steps[Secret]:
    """Give the steps to a secret that is not there yet.

    Args:
        pending: What has to be awaited, or a function that gives further steps.
        call: What the secret is for.
        settings: The client's settings.
        ends: When the call's deadline is, by the monotonic clock, or None.
    """
    secret: Secret
    if is_awaitable(pending):
        secret = yield Ask(call, pending, ends)
    else:
        steps: Steps[Secret] = pending(call, settings, ends)
        secret = yield from steps
    return secret


def _last_word(call: Call, failure: ServiceError, refusal: ServiceError | None) -> ServiceError:
    """Give the error of a call whose time is up: what the server said, or that it said nothing."""
    if isinstance(failure, APIConnectionError):
        return refusal or deadline_error(call, failure)
    return failure


def _tell(
    observer: Observer | None,
    call: Call,
    outcome: Reply | ServiceError,
    course: tuple[int, float, float | None],
) -> None:
    """Write a line to the log, and tell the observer."""
    number, elapsed, wait = course
    error = outcome if isinstance(outcome, ServiceError) else None
    answer = outcome.response if isinstance(outcome, Reply) else error
    status: int | None = getattr(answer, "status_code", None)
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
