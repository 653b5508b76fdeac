# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""One call from its first attempt to its outcome, without any I/O.

`exchange` is a generator: it gives steps that a client carries out, and takes what came of them. So
the synchronous and the asynchronous client share every decision and differ in how they send and
wait.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator
from itertools import count
from typing import Any, TypeAlias, TypeVar

import msgspec

from . import http
from .call import Call
from .decoding import decode
from .errors import (
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    PermissionDeniedError,
    ResponseDecodeError,
    status_error_class,
)
from .retries import delay, retry_after
from .service import ServiceError

T = TypeVar("T")

_LOG = logging.getLogger((__package__ or "").partition(".")[0])
_REQUEST_ID_HEADERS = ("x-request-id", "request-id", "x-correlation-id")


class Send(msgspec.Struct, frozen=True):
    """Send a call once and give its `Reply`.

    Attributes:
        call: What to send.
        time_left: Seconds until the call's deadline, or None.
    """

    call: Call
    time_left: float | None


class Sleep(msgspec.Struct, frozen=True):
    """Wait.

    Attributes:
        seconds: For how long.
    """

    seconds: float


class Reply(msgspec.Struct, frozen=True):
    """An answer that arrived whole.

    Attributes:
        response: The HTTP library's object, without its body and with the token still in it.
        content: The body, decoded.
    """

    response: http.Response
    content: bytes


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """What `on_attempt` is told after each attempt.

    Attributes:
        operation: The operationId.
        method: The HTTP method.
        path: The path, without the query.
        number: Which attempt of the call this was, from 1.
        elapsed: Seconds that it took.
        status_code: The status of the answer; None if there was none.
        error: What went wrong; None for a success.
        retry_in: Seconds until the next attempt; None if there will be none.
    """

    operation: str
    method: str
    path: str
    number: int
    elapsed: float
    status_code: int | None
    error: ServiceError | None
    retry_in: float | None


class Outcome(msgspec.Struct, frozen=True):
    """What came of one attempt; the fields are those of `Attempt`."""

    number: int
    elapsed: float
    status_code: int | None
    error: ServiceError | None
    retry_in: float | None


Observer: TypeAlias = Callable[[Attempt], object]
Steps: TypeAlias = Generator[Send | Sleep, Any, T]


def exchange(call: Call, max_retries: int, observer: Observer | None) -> Steps[Reply]:
    """Send a call until it succeeds, or must not be tried again.

    Args:
        call: What to send.
        max_retries: How often to try again.
        observer: Is told about each attempt.

    Returns:
        The answer, which is a success.

    Raises:
        APIStatusError: If the answer is none.
        APIConnectionError: If there is no answer.
        ResponseDecodeError: If the body cannot be read.
    """
    began = time.monotonic()
    failure: ServiceError | None = None
    for number in count(1):
        left = _time_left(call, began, failure)
        started = time.monotonic()
        reply, failure = yield from _attempt(call, left)
        elapsed = time.monotonic() - started
        wait = None
        if failure is not None:
            wait = delay(failure, call.operation.method, number, max_retries)
            if wait is not None and call.deadline is not None:
                wait = wait if time.monotonic() - began + wait < call.deadline else None
        if observer is not None or _LOG.isEnabledFor(logging.DEBUG):
            status = reply.response.status_code if reply is not None else None
            _tell(observer, call, Outcome(number, elapsed, status, failure, wait))
        if failure is None and reply is not None:
            return reply
        if failure is not None and wait is None:
            raise failure
        if wait:
            yield Sleep(wait)
    raise AssertionError  # The loop has no end.


def _attempt(call: Call, left: float | None) -> Steps[tuple[Reply | None, ServiceError | None]]:
    """Send a call once; give its answer, and what is wrong with that or went wrong before."""
    try:
        reply: Reply = yield Send(call, left)
    except ServiceError as error:
        return None, error
    return reply, None if reply.response.is_success else status_error(call, reply)


def status_error(call: Call, reply: Reply) -> APIStatusError:
    """Make the error for an answer that is no success."""
    response = without_token(reply)
    status = response.status_code
    body, kind, message = _read_error(call, status, reply.content)
    text = f"{call} was answered with {status} {response.reason_phrase}".rstrip()
    if kind or message:
        text = f"{text}: {': '.join(filter(None, (kind, message)))}"
    error = status_error_class(status)(
        text,
        response=response,
        body=body,
        kind=kind,
        message=message,
        request_id=request_id(response.headers),
        retry_after=retry_after(response.headers),
    )
    if isinstance(error, AuthenticationError | PermissionDeniedError):
        error.explain(call.operation.scopes, None)
    return error


def request_id(headers: http.Headers) -> str | None:
    """Give the id that the server gave the request, if it did."""
    for name in _REQUEST_ID_HEADERS:
        if name in headers:
            value: str = headers[name]
            return value
    return None


def without_token(reply: Reply) -> http.Response:
    """Give the answer with its body and without the token in its request."""
    response = reply.response
    headers = response.headers.copy()
    for name in ("content-encoding", "content-length", "transfer-encoding"):
        headers.pop(name, None)
    copied: http.Response = type(response)(
        response.status_code,
        headers=headers,
        content=reply.content,
        request=public_request(response.request),
        extensions={
            key: value for key, value in response.extensions.items() if key == "reason_phrase"
        },
    )
    return copied


def public_request(request: http.Request) -> http.Request:
    """Give a request without its token, which errors may keep."""
    headers = request.headers.copy()
    headers.pop("authorization", None)
    copied: http.Request = type(request)(request.method, request.url, headers=headers)
    return copied


def decode_error(error: ResponseDecodeError, call: Call, reply: Reply) -> ResponseDecodeError:
    """Complete an error with the answer that it is about."""
    response = without_token(reply)
    return ResponseDecodeError(
        f"{call} was answered with {response.status_code}, but {error}",
        pointer=error.pointer,
        content=error.content or reply.content,
        request=response.request,
        response=response,
        request_id=request_id(response.headers),
    )


def _time_left(call: Call, began: float, failure: ServiceError | None) -> float | None:
    if call.deadline is None:
        return None
    left = call.deadline - (time.monotonic() - began)
    if left <= 0:
        if isinstance(failure, APIStatusError):
            raise failure
        raise APITimeoutError(f"{call} was not done within its deadline of {call.deadline} s")
    return left


def _read_error(call: Call, status: int, content: bytes) -> tuple[Any, str | None, str | None]:
    """Read an error's body: as the document says, else as any JSON, else as a text."""
    errors = call.operation.errors
    kind = errors.get(str(status)) or errors.get(f"{status // 100}XX") or errors.get("default")
    body: Any = None
    for type_ in (kind, Any):
        if type_ is not None:
            try:
                body = decode(content, type_)
                break
            except ResponseDecodeError:
                continue
    else:
        return content.decode("utf-8", errors="replace") or None, None, None
    try:
        members = msgspec.json.decode(content, type=dict[str, Any])
    except msgspec.DecodeError:
        return body, None, None
    return body, _text(members, "type", "code"), _text(members, "message", "detail", "title")


def _text(members: dict[str, Any], *names: str) -> str | None:
    for name in names:
        value = members.get(name)
        if isinstance(value, str):
            return value
    return None


def _tell(observer: Observer | None, call: Call, outcome: Outcome) -> None:
    """Write a line to the log, and tell the observer."""
    what = outcome.status_code or type(outcome.error).__name__
    ms = outcome.elapsed * 1000
    _LOG.debug("%s %s in %.0f ms, attempt %d", call, what, ms, outcome.number)
    if observer is not None:
        observer(
            Attempt(
                operation=call.operation.name,
                method=call.operation.method,
                path=call.path,
                number=outcome.number,
                elapsed=outcome.elapsed,
                status_code=outcome.status_code,
                error=outcome.error,
                retry_in=outcome.retry_in,
            )
        )
