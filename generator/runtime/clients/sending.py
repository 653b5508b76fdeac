"""One attempt of a call: request, response, and HTTP library's errors.

The library's errors refer to the token: in their requests, and in the local variables of the
functions in their tracebacks. So they are replaced by errors of this package, and dropped.
"""

from __future__ import annotations

import logging
import os
import time
from contextvars import ContextVar

from ..calls.errors import deadline_error, decode_error, public_request, redact_text, status_error
from ..calls.exchange import Send
from ..calls.reply import Incoming, Reply
from ..calls.secret import Secret
from ..core import http
from ..core.errors import (
    APIConnectionError,
    APITimeoutError,
    InvalidArgumentError,
    ResponseDecodeError,
)
from ..core.media_types import essence
from ..core.response_body import DeadlineError, ResponseBody, too_large
from ..core.response_head import HeadTimeout
from ..core.service import ServiceError

_FINAL = (MemoryError, InvalidArgumentError)  # The latter for an unreadable request body.
_SENT: ContextVar[Secret | None] = ContextVar("sent", default=None)
_FORKED = "http_client: it was used before os.fork(); create the client in each process"
_LOGGERS = ("connection", "http11", "http2", "proxy", "socks")


class _RedactingFilter(logging.Filter):
    """A filter that redacts the token in the logs of the HTTP libraries."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message if it contains the token of the last request of this context."""
        message = record.getMessage()
        redacted = redact_text(message, _SENT.get())
        if redacted != message:
            record.msg, record.args = redacted, ()
        return True


for _version in ("", "2"):
    for _name in (f"httpx{_version}", *(f"httpcore{_version}.{each}" for each in _LOGGERS)):
        logging.getLogger(_name).addFilter(_RedactingFilter())


def time_left(ends: float | None) -> float | None:
    """Return the seconds until a time of the monotonic clock, at least a millisecond."""
    return None if ends is None else max(ends - time.monotonic(), 0.001)


class Sending:
    """One attempt to send a call, without the I/O.

    Attributes:
        ends: The call's deadline as a time of the monotonic clock, or None.
        time_left: Seconds until the deadline, or None.
        request: The request; None until it is made.
        may_stream: Whether the operation has responses that are read item by item.
    """

    def __init__(self, step: Send, limit: int) -> None:
        """Start an attempt.

        Args:
            step: The step to execute.
            limit: The maximum number of bytes of the decompressed body.
        """
        self.ends = step.ends
        self.time_left = None if step.ends is None else time_left(step.ends)
        self.request: http.Request | None = None
        self.may_stream = bool(step.call.operation.streams)
        self._step = step
        self._limit = limit
        self._response: http.Response | None = None
        self._timeouts: dict[str, float] = {}

    def make_request(self, client: http.ClientLike | http.AsyncClientLike) -> http.Request:
        """Return the request, which alone has the token."""
        call, left = self._step.call, self.time_left
        headers, content = call.headers, None
        timeouts = self._timeouts = dict(call.timeouts)
        if left is not None:
            timeouts.update((name, min(each, left)) for name, each in call.timeouts.items())
        timeouts["read"] = HeadTimeout(timeouts["read"])
        if call.payload is not None:
            content = call.payload.content(is_async=hasattr(client, "aclose"))
            if call.payload.size is not None:
                headers = {**headers, "content-length": str(call.payload.size)}
        cookies = headers.get("cookie")
        if cookies is not None:  # Added to those of the caller's HTTP client below.
            headers = {name: each for name, each in headers.items() if name != "cookie"}
        request: http.Request = client.build_request(
            call.operation.method,
            call.url,
            headers=headers,
            content=content,
            extensions={"timeout": timeouts},
        )
        if vars(client).setdefault(http.PROCESS, os.getpid()) != os.getpid():
            raise InvalidArgumentError(_FORKED)
        request.method = call.operation.method  # HTTP clients write it in uppercase.
        if cookies is not None:
            others = request.headers.get("cookie")
            request.headers["cookie"] = f"{cookies}; {others}" if others else cookies
        if self._step.secret is not None:
            self._step.secret.apply(request)
        self.request = request
        _SENT.set(self._step.secret)
        return request

    def body(self, response: http.Response, ends: float | None) -> ResponseBody:
        """Return the object that collects the body of a response.

        Args:
            response: The response, before its body is read.
            ends: The deadline, as a time of the monotonic clock; None if the caller enforces it.
        """
        self._response = response
        self._timeouts["read"] = float(self._timeouts["read"])  # For each read, from here on.
        headers, is_success = response.headers, response.is_success
        return ResponseBody(headers, self._limit, ends, is_success=is_success)

    def stream(self, response: http.Response, *, is_async: bool) -> Reply | None:
        """Return a reply that is read item by item; None if the body is to be read at once."""
        kind = essence(response.headers.get("content-type", ""))
        operation, status = self._step.call.operation, response.status_code
        if not response.is_success or status in {204, 205}:
            return None
        if kind not in operation.streams and (kind or len(operation.streams) > 1):
            return None
        if not operation.response.is_streamed(status, kind):
            return None
        self._response = response
        self._timeouts["read"] = float(self._timeouts["read"])
        incoming = Incoming(
            response,
            self._limit,
            None if self.ends is None else time_left(self.ends),
            self.failure,
            is_async,
        )
        return Reply(response, b"", self._step.secret, incoming)

    def reply(self, response: http.Response, content: bytes) -> Reply:
        """Return the reply for a response with its complete body."""
        self._response = response
        if len(content) > self._limit:
            raise too_large(self._limit)
        return Reply(response, content, self._step.secret)

    def failure(self, error: BaseException) -> BaseException:
        """Return the error to raise for an error that occurred.

        Args:
            error: The error that was raised.

        Returns:
            An error of this package, or the same error if it is not about sending, such as a
            cancellation. It has no traceback, because that would show the token.
        """
        if not isinstance(error, Exception):
            error.__cause__ = error.__context__ = None  # Their tracebacks show it as well.
            return error.with_traceback(None)
        if isinstance(error, _FINAL):
            return error.with_traceback(None)
        return self._service_error(error)

    def _service_error(self, error: Exception) -> ServiceError:
        """Return an error of this package for another one."""
        call, secret = self._step.call, self._step.secret
        request = None if self.request is None else public_request(self.request, secret)
        if isinstance(error, ResponseDecodeError) and self._response is not None:
            return decode_error(error, call, Reply(self._response, b"", secret))
        if isinstance(error, ServiceError):
            return APIConnectionError(f"{call} failed: {error}", request=request)
        if isinstance(error, DeadlineError):
            last = APITimeoutError("", request=request)
            return deadline_error(call, last)
        text = f"{type(error).__name__}: {http.failure_text(error)}"
        cause = redact_text(text.removesuffix(": "), secret)
        rejected: http.Response | None = getattr(error, "response", None)
        if rejected is not None and http.is_status_error(error):
            return status_error(call, Reply(rejected, b"", secret))
        if http.is_timeout(error):
            return APITimeoutError(f"{call} timed out: {cause}", request=request)
        if http.is_usage_error(error):
            return InvalidArgumentError(f"{call} cannot be sent: {cause}")
        if http.is_decoding_error(error):
            message = f"{call} returned a corrupt body: {cause}"
            return ResponseDecodeError(message, request=request)
        if http.is_connection_error(error):
            message, reason = f"{call} failed: {cause}", http.failure_reason(error)
            return APIConnectionError(message, request=request, reason=reason)
        return ServiceError(f"{call} cannot be sent: {cause}")
