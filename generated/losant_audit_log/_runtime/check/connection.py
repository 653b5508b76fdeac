# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The connection check: one call that diagnoses why calls fail.

A service often returns the same error for different causes. So its response is interpreted together
with the claims of the token, the required scopes, and both clocks.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from typing import Any

import msgspec

from ..calls.call import Call
from ..calls.credentials import FixedSecret
from ..calls.errors import decode_error
from ..calls.exchange import Steps, exchange, fetch_secret
from ..calls.operation import Operation
from ..calls.options import CallOptions
from ..calls.reply import Reply
from ..calls.secret import Secret
from ..calls.settings import Settings
from ..core import epoch, http
from ..core.errors import InvalidArgumentError, MissingTokenError, ResponseDecodeError
from ..core.public import publish
from ..core.service import ServiceError
from .diagnosis import Context, Finding, Problem, diagnose, malformed_token, no_token

_TOLERANCE = 60  # seconds; a smaller clock skew gives no warning


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a connection check. It is truthy if the call succeeded.

    Attributes:
        ok: Whether the call succeeded.
        problem: A short name of the problem; None if the call succeeded.
        message: A description of the problem.
        advice: How to fix the problem; empty if the call succeeded.
        warnings: Conditions that did not prevent the call, such as a wrong local clock.
        base_url: The base URL that the request was sent to.
        operation: The operationId of the operation that was called.
        status_code: The status code of the response; None if there was no response.
        required_scopes: The scopes of the operation, any one of which suffices.
        token_scopes: The scopes that the token claims, unverified; None if it cannot be read.
        token_expires: The expiry time that the token claims; None if it claims none.
        clock_skew: The offset of the local clock from the service's clock; negative if it is
            behind, None if the response had no date.
        error: The error that a method would have raised; None if the call succeeded.
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
        """Return the message, the advice and the warnings as one text."""
        return " ".join(filter(None, (self.message, self.advice, *self.warnings)))


publish(CheckResult)


class _Trial(msgspec.Struct):
    """The outcome of the call.

    Attributes:
        secret: The token that was sent.
        response: The response, if there was one.
        error: The error, if there was one.
        finding: The diagnosis, if it was made before the request.
        span: When the call began and ended, by the local clock.
    """

    secret: Secret | None = None
    response: http.Response | None = None
    error: ServiceError | None = None
    finding: Finding | None = None
    span: tuple[float, float] = (0.0, 0.0)


def check(
    settings: Settings,
    operation: Operation[Any],
    arguments: dict[str, Any],
    options: CallOptions,
    token_format: str = "",
    *,
    read: Callable[[Reply], object] | None = None,
) -> Steps[CheckResult]:
    """Call an operation once, and return a diagnosis.

    Args:
        settings: The client's settings. The call is never retried, whatever they are.
        operation: The operation to call.
        arguments: The operation's arguments by name.
        options: The options of the call.
        token_format: The documented format of tokens, such as `JWT`; may be empty.
        read: Validates the response; None to decode it as the operation does.

    Raises:
        InvalidArgumentError: If an argument is invalid. No request was sent.
    """
    call = settings.prepare(operation, arguments, options)
    trial = yield from _try(settings, call, read or operation.response.read)
    server_time = _server_time(trial.response)
    context = Context(
        operation=operation,
        base_url=settings.base_url,
        token_format=token_format,
        secret=trial.secret,
        now=trial.span[1] if server_time is None else server_time,
    )
    finding = trial.finding
    if finding is None and trial.error is not None:
        finding = diagnose(trial.error, context)
        if finding is None:
            raise trial.error
    skew = None if server_time is None else _skew(server_time, trial.span)
    return _result(finding or Finding(None, "The call succeeded."), trial, context, skew)


def _try(settings: Settings, call: Call, read: Callable[[Reply], object]) -> Steps[_Trial]:
    """Obtain the token, send the call once, and decode its response."""
    trial = _Trial()
    began = time.monotonic()
    if call.operation.security:
        try:
            secret = settings.token.ask(call.operation)
            if secret is not None and not isinstance(secret, Secret):
                ends = None if call.deadline is None else began + call.deadline
                secret = yield from fetch_secret(secret, call, settings, ends)
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
    once = msgspec.structs.replace(settings, token=FixedSecret(trial.secret), max_retries=0)
    started = time.time()
    try:
        reply = yield from exchange(call, once)
        trial.response = reply.response
        try:
            read(reply)
        except ResponseDecodeError as error:
            trial.error = decode_error(error, call, reply)
    except ServiceError as error:
        trial.error = error
        trial.response = getattr(error, "response", None) or trial.response
    trial.span = (started, time.time())
    return trial


def _result(
    finding: Finding, trial: _Trial, context: Context, skew: dt.timedelta | None
) -> CheckResult:
    return CheckResult(
        ok=finding.problem is None,
        **msgspec.structs.asdict(finding),
        warnings=() if skew is None else tuple(_clock_warnings(skew)),
        base_url=context.base_url,
        operation=context.operation.name,
        status_code=trial.response.status_code if trial.response is not None else None,
        required_scopes=context.operation.scopes,
        token_scopes=context.scopes,
        token_expires=context.expires,
        clock_skew=skew,
        error=trial.error,
    )


def _clock_warnings(skew: dt.timedelta) -> list[str]:
    seconds = skew.total_seconds()
    if abs(seconds) <= _TOLERANCE:
        return []
    side = "ahead of" if seconds > 0 else "behind"
    text = f"The local clock is {abs(seconds):.0f} s {side} the service's clock"
    return [f"{text}. Correct it, or time ranges that end now will be shifted."]


def _server_time(response: http.Response | None) -> float | None:
    """Return the time in the Date header, in seconds since 1970, or None."""
    date = epoch.from_http_date(response.headers.get("date"), 1) if response is not None else None
    return None if date is None else float(date)


def _skew(server_time: float, span: tuple[float, float]) -> dt.timedelta:
    """Return the offset of the local clock, as the smallest certain value.

    The service wrote its Date header, which has whole seconds, at some time during the call.
    """
    earliest, latest = span
    ahead = max(earliest - (server_time + 1), 0.0) + min(latest - server_time, 0.0)
    return dt.timedelta(seconds=round(ahead))
