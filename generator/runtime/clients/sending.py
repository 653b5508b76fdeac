"""One attempt: its request, its answer, and what the HTTP library raises on the way.

The library's own errors lead to the token: by their requests, and by the variables of the functions
in their tracebacks. So they are told in errors of this package, and let go.
"""

from __future__ import annotations

import time

from ..calls.exchange import Send
from ..calls.failures import deadline_error, decode_error, hidden, public_request, status_error
from ..calls.reply import Incoming, Reply
from ..core import http
from ..core.errors import (
    APIConnectionError,
    APITimeoutError,
    InvalidArgumentError,
    ResponseDecodeError,
)
from ..core.media_types import essence
from ..core.response_body import Body, DeadlineError, too_large
from ..core.service import ServiceError


def time_left(ends: float | None) -> float | None:
    """Give the seconds until a moment of the monotonic clock, at least a millisecond."""
    return None if ends is None else max(ends - time.monotonic(), 0.001)


class Sending:
    """One attempt to send a call, all but the I/O.

    Attributes:
        ends: When the call's deadline is, by the monotonic clock, or None.
        time_left: Seconds until then, or None.
        request: The request to send; None until it was made.
        may_stream: Whether there are answers that are read item by item.
    """

    def __init__(self, step: Send, limit: int) -> None:
        """Begin an attempt.

        Args:
            step: What to send.
            limit: The most bytes that the decoded answer may have.
        """
        self.ends = step.ends
        self.time_left = None if step.ends is None else time_left(step.ends)
        self.request: http.Request | None = None
        self.may_stream = bool(step.call.operation.streams)
        self._step = step
        self._limit = limit
        self._response: http.Response | None = None

    def make_request(self, client: http.ClientLike | http.AsyncClientLike) -> http.Request:
        """Make the request, with the token where only the request sees it."""
        call, left = self._step.call, self.time_left
        timeouts, headers, content = call.timeouts, call.headers, None
        if left is not None:
            timeouts = {name: min(each, left) for name, each in timeouts.items()}
        if call.payload is not None:
            content = call.payload.content(is_async=hasattr(client, "aclose"))
            if call.payload.size is not None:
                headers = {**headers, "content-length": str(call.payload.size)}
        request: http.Request = client.build_request(
            call.operation.method,
            call.url,
            headers=headers,
            content=content,
            extensions={"timeout": timeouts},
        )
        if self._step.secret is not None:
            self._step.secret.apply(request)
        self.request = request
        return request

    def body(self, response: http.Response, ends: float | None) -> Body:
        """Take the head of the answer, and give what collects its body.

        Args:
            response: The answer, its body not read.
            ends: When to give the body up, if nothing else watches the time.
        """
        self._response = response
        headers, is_success = response.headers, response.is_success
        return Body(headers, self._limit, ends, is_success=is_success)

    def opened(self, response: http.Response, *, is_async: bool) -> Reply | None:
        """Give an answer that is to be read item by item; None if this one is to be read whole."""
        kind = essence(response.headers.get("content-type", ""))
        operation, status = self._step.call.operation, response.status_code
        if not response.is_success or status in {204, 205}:
            return None
        if kind not in operation.streams and (kind or len(operation.streams) > 1):
            return None
        if not operation.response.is_streamed(status, kind):
            return None
        self._response = response
        incoming = Incoming(
            response,
            self._limit,
            None if self.ends is None else time_left(self.ends),
            self.failure,
            is_async,
        )
        return Reply(response, b"", self._step.secret, incoming)

    def reply(self, response: http.Response, content: bytes) -> Reply:
        """Give the answer, which has arrived whole."""
        self._response = response
        if len(content) > self._limit:
            raise too_large(self._limit)
        return Reply(response, content, self._step.secret)

    def failure(self, error: BaseException) -> BaseException:
        """Give the error to raise for what went wrong.

        Args:
            error: What was raised.

        Returns:
            An error of this package; the same error if it is not about sending, such as a
            cancellation. It has no traceback, since that would show the token.
        """
        is_own = isinstance(error, MemoryError | InvalidArgumentError)  # A body that is unreadable.
        if is_own or not isinstance(error, Exception):
            return error.with_traceback(None)
        call, secret = self._step.call, self._step.secret
        request = None if self.request is None else public_request(self.request, secret)
        if isinstance(error, ResponseDecodeError) and self._response is not None:
            return decode_error(error, call, Reply(self._response, b"", secret))
        if isinstance(error, ServiceError):
            return APIConnectionError(f"{call} failed on the way: {error}", request=request)
        if isinstance(error, DeadlineError):
            last = APITimeoutError("", request=request)
            return deadline_error(call, last)
        words = f"{type(error).__name__}: {http.failure_text(error)}"
        what = hidden(words.removesuffix(": "), secret)
        refused: http.Response | None = getattr(error, "response", None)
        if refused is not None and http.is_status_error(error):
            return status_error(call, Reply(refused, b"", secret))
        if http.is_timeout(error):
            return APITimeoutError(f"{call} was not answered in time: {what}", request=request)
        if http.is_usage_error(error):
            return InvalidArgumentError(f"{call} cannot be sent: {what}")
        if http.is_broken_encoding(error):
            message = f"{call} was answered with a damaged body: {what}"
            return ResponseDecodeError(message, request=request)
        if http.is_connection_error(error):
            text, reason = f"{call} failed on the way: {what}", http.failure_reason(error)
            return APIConnectionError(text, request=request, reason=reason)
        return ServiceError(f"{call} cannot be sent: {what}")
