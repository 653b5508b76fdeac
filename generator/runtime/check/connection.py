"""One call that tells why calls fail, and what to do about it.

A service says little to whoever it refuses, and often the same for different causes. What it says
is read here together with what is known on this side: what the token claims, which scopes the
document asks for, and what the two clocks show.
"""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import msgspec

from ..calls.call import Call
from ..calls.credentials import Given
from ..calls.exchange import Steps, exchange, obtain
from ..calls.failures import decode_error
from ..calls.operation import Operation
from ..calls.options import CallOptions
from ..calls.reply import Reply
from ..calls.secret import Secret
from ..calls.settings import Settings
from ..core import epoch, http
from ..core.errors import InvalidArgumentError, MissingTokenError, ResponseDecodeError
from ..core.service import ServiceError
from ..paging.page_data import read_page
from ..paging.pagination import Pagination
from .diagnosis import Finding, Known, Problem, diagnose, malformed_token, no_token

_TOLERANCE = 60  # seconds between two clocks that nobody needs to hear of


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found. It is true, as a condition, if nothing stands in the way.

    Attributes:
        ok: Whether the call succeeded.
        problem: What is wrong, in a word; None if the call succeeded.
        message: What was seen.
        advice: What to do about it; empty if there is nothing to be done.
        warnings: What did not stop the call and should be looked after, such as a wrong clock.
        base_url: The address that was asked.
        operation: The operationId of what was tried.
        status_code: The status of the answer; None if there was none.
        required_scopes: The scopes any one of which suffices for the operation.
        token_scopes: The scopes that the token claims; None if it cannot be read. Never verified.
        token_expires: When the token ends by its own account; None if it does not say.
        clock_skew: How far the local clock is ahead of the service's; negative if it is behind,
            None if the service did not say its time.
        error: What a call would have raised; None if it succeeded.
    """

    ok: bool
    problem: Problem | None
    message: str
    advice: str
    warnings: tuple[str, ...]
    base_url: str
    operation: str
    status_code: int | None
    required_scopes: frozenset[str]
    token_scopes: frozenset[str] | None
    token_expires: dt.datetime | None
    clock_skew: dt.timedelta | None
    error: ServiceError | None

    def __bool__(self) -> bool:
        """Whether the call succeeded."""
        return self.ok

    def __str__(self) -> str:
        """Give what was seen and what to do, for a person."""
        return " ".join(filter(None, (self.message, self.advice, *self.warnings)))


class _Trial(msgspec.Struct):
    """What came of the call.

    Attributes:
        secret: The token that was sent.
        response: The answer.
        error: What went wrong.
        finding: What that means, where it is known already.
        span: When the call began and ended, by the local clock.
    """

    secret: Secret | None = None
    response: http.Response | None = None
    error: ServiceError | None = None
    finding: Finding | None = None
    span: tuple[float, float] = (0.0, 0.0)


def check(
    settings: Settings,
    tried: Operation[Any] | Pagination[Any],
    arguments: dict[str, Any],
    options: CallOptions,
    token_format: str = "",
) -> Steps[CheckResult]:
    """Try an operation once, and say what stands in the way.

    Args:
        settings: The client's settings; nothing is tried again, whatever they say.
        tried: What to try; of what is paged, one entry is asked for.
        arguments: The operation's arguments by name.
        options: The options of the call.
        token_format: What the document says that tokens are, such as `JWT`.

    Raises:
        InvalidArgumentError: If an argument does not fit; nothing was sent.
    """
    paged = tried if isinstance(tried, Pagination) else None
    operation: Operation[Any] = tried.operation if isinstance(tried, Pagination) else tried
    if paged is not None and paged.size:
        arguments = {paged.size: 1, **arguments}
    call = settings.prepare(operation, arguments, options)
    trial = yield from _try(settings, call, paged)
    server_time = _server_time(trial.response)
    known = Known(
        operation=operation,
        base_url=settings.base_url,
        token_format=token_format,
        secret=trial.secret,
        now=trial.span[1] if server_time is None else server_time,
    )
    finding = trial.finding
    if finding is None and trial.error is not None:
        finding = diagnose(trial.error, known)
        if finding is None:
            raise trial.error
    skew = None if server_time is None else _skew(server_time, trial.span)
    return _result(
        finding or Finding(None, "The service answers as it should."), trial, known, skew
    )


def _try(settings: Settings, call: Call, paged: Pagination[Any] | None) -> Steps[_Trial]:
    """Ask for the token, send the call once, and read its answer."""
    trial = _Trial()
    began = time.monotonic()
    if call.operation.security:
        try:
            secret = settings.token.ask(call.operation)
            if secret is not None and not isinstance(secret, Secret):
                ends = None if call.deadline is None else began + call.deadline
                secret = yield from obtain(secret, call, settings, ends)
            trial.secret = secret
        except MissingTokenError as error:
            trial.error, trial.finding = error, no_token()
            return trial
        except InvalidArgumentError as error:
            reason = str(error).removeprefix("token: ")
            trial.error, trial.finding = error, malformed_token(reason)
            return trial
        except ServiceError as error:
            trial.error = error
            return trial
    if call.deadline is not None:
        left = max(call.deadline - (time.monotonic() - began), 0.001)
        call = msgspec.structs.replace(call, deadline=left)
    once = msgspec.structs.replace(settings, token=Given(trial.secret), max_retries=0)
    started = time.time()
    try:
        reply = yield from exchange(call, once)
        trial.response = reply.response
        _read(call, reply, paged)
    except ServiceError as error:
        trial.error = error
        trial.response = getattr(error, "response", None) or trial.response
    trial.span = (started, time.time())
    return trial


def _read(call: Call, reply: Reply, paged: Pagination[Any] | None) -> None:
    """Read an answer; an entry that does not fit is no obstacle if the page itself does."""
    try:
        if paged is None:
            call.operation.response.read(reply)
        else:
            read_page(paged, reply.content)
    except ResponseDecodeError as error:
        raise decode_error(error, call, reply) from None


def _result(
    finding: Finding, trial: _Trial, known: Known, skew: dt.timedelta | None
) -> CheckResult:
    return CheckResult(
        ok=finding.problem is None,
        problem=finding.problem,
        message=finding.message,
        advice=finding.advice,
        warnings=() if skew is None else tuple(_clock_warnings(skew)),
        base_url=known.base_url,
        operation=known.operation.name,
        status_code=trial.response.status_code if trial.response is not None else None,
        required_scopes=known.operation.scopes,
        token_scopes=known.scopes,
        token_expires=known.expires,
        clock_skew=skew,
        error=trial.error,
    )


def _clock_warnings(skew: dt.timedelta) -> list[str]:
    seconds = skew.total_seconds()
    if abs(seconds) <= _TOLERANCE:
        return []
    side = "ahead of" if seconds > 0 else "behind"
    text = f"The local clock is {abs(seconds):.0f} s {side} the service's: set it right"
    return [f"{text}, else spans of time that end now are not those that were meant."]


def _server_time(response: http.Response | None) -> float | None:
    """Give what the service's clock said, in seconds since 1970."""
    date = epoch.http_date(response.headers.get("date"), 1) if response is not None else None
    return None if date is None else float(date)


def _skew(server_time: float, span: tuple[float, float]) -> dt.timedelta:
    """Give how far the local clock is ahead; no more than is certain.

    The service wrote its time, which lacks the fraction of its second, at some moment of the call.
    """
    earliest, latest = span
    ahead = max(earliest - (server_time + 1), 0.0) + min(latest - server_time, 0.0)
    return dt.timedelta(seconds=round(ahead))
