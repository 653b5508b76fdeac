"""HTTP transport for tests: responses and failures, without a network."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from email.utils import format_datetime
from typing import Any, Literal, TypeAlias, get_args

import msgspec

from ..arguments.validation import NAIVE
from ..core import http, service
from ..core.errors import InvalidArgumentError
from ..core.media_types import HTML
from .contents import Body, Entry
from .examples import MockOperation, MockResponse
from .service import CheckCredentials, MockService

FaultKind: TypeAlias = Literal[
    "status", "timeout", "reset", "refused", "closed", "html", "empty", "garbled", "truncated"
]
"""The kind of a failure; see `Fault`."""

_HTML = b"<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>"


class Fault(msgspec.Struct, frozen=True):
    """A failure of a request.

    Attributes:
        kind: `status` (the document's error response for the status code), `timeout` (raises a
            timeout at once), `reset` (connection reset), `refused` (connection refused), `closed`
            (connection closed without a response), `html` (an HTML page), `empty` (no body),
            `garbled` (half of the body, with a matching `Content-Length`), `truncated` (connection
            closed in the middle of the body).
        status: The status code of the response; by default 503 for the kind `status`, and 200 for
            the other kinds.
        retry_after: The `Retry-After` header: seconds, or a string that is sent unchanged.
        delay: Seconds to wait before the failure; a delay that exceeds the client's read timeout
            is a timeout. With the status code 200 the delay is the only failure.
    """

    kind: FaultKind = "status"
    status: int | None = None
    retry_after: float | str | None = None
    delay: float = 0.0


class MockTransport(http.BaseTransport, http.AsyncBaseTransport):
    """A transport for clients of httpx and httpx2 that responds like the service.

    Attributes:
        requests: The requests so far, in order.
    """

    def __init__(
        self,
        operations: Iterable[MockOperation],
        entries: Mapping[str, Iterable[Entry]] | None = None,
        *,
        answers: Mapping[str, Body] | None = None,
        faults: Iterable[Fault | FaultKind | int | None] = (),
        token: str | None = None,
        base_url: str | None = None,
        now: dt.datetime | None = None,
        check_credentials: CheckCredentials | None = None,
    ) -> None:
        """Create a transport; see `mock_transport`."""
        path = http.URL(service.BASE_URL if base_url is None else base_url).path
        self.requests: list[http.Request] = []
        self._service = MockService(
            operations,
            path=path,
            entries=entries,
            answers=answers,
            token=token,
            check_credentials=check_credentials,
        )
        self._faults: deque[Fault | None] = deque(_fault(each) for each in faults)
        if now is not None and now.utcoffset() is None:
            raise InvalidArgumentError(f"now: {NAIVE}, got {now!r}")
        self._now = None if now is None else now.astimezone(dt.UTC)

    def fail_next(
        self,
        kind: Fault | FaultKind | int = "status",
        *,
        status: int | None = None,
        retry_after: float | str | None = None,
        delay: float = 0.0,
        times: int = 1,
    ) -> None:
        """Make the next requests fail, after those that already have a failure.

        Args:
            kind: The kind of the failure, a status code, or a `Fault`. With a `Fault`, the
                arguments `status`, `retry_after` and `delay` are ignored.
            status: The status code of the response.
            retry_after: The `Retry-After` header: seconds, or a string that is sent unchanged.
            delay: Seconds to wait before the failure.
            times: The number of requests that fail.

        Raises:
            InvalidArgumentError: If the kind is unknown.
        """
        fault = _fault(kind) or Fault()
        if not isinstance(kind, Fault):
            status = fault.status if status is None else status
            fault = Fault(fault.kind, status, retry_after, delay)
        self._faults.extend([fault] * times)

    def add(self, *entries: Entry, operation: str | None = None) -> None:
        """Add entries, also while a walk runs.

        Args:
            entries: Models, mappings in wire form, or bytes, which are returned unchecked.
            operation: The operationId of the list; it can be omitted if only one has entries.

        Raises:
            InvalidArgumentError: If an entry is invalid, or the list is ambiguous.
        """
        self._service.add(entries, operation)

    def remove(self, entry: Entry | str, *, operation: str | None = None) -> None:
        """Remove an entry, as if it had expired.

        A walk accepts that only of the oldest entries, at the end of the service's retention
        period. Any other one that it has counted is missing: it raises an `IncompleteWalkError`.

        Args:
            entry: The entry, or its id.
            operation: The operationId of the list; it can be omitted if only one has entries.

        Raises:
            InvalidArgumentError: If the entry does not exist, or the list is ambiguous.
        """
        self._service.remove(entry, operation)

    def handle_request(self, request: http.Request) -> http.Response:
        """Return the response to a request of a synchronous client."""
        fault = self._begin(request)
        if fault.kind != "refused":
            request.read()
        if fault.delay:
            time.sleep(min(fault.delay, _read_timeout(request)))
        return self._end(request, fault, iter)

    async def handle_async_request(self, request: http.Request) -> http.Response:
        """Return the response to a request of an asynchronous client."""
        fault = self._begin(request)
        if fault.kind != "refused":
            await request.aread()
        if fault.delay:
            import anyio

            await anyio.sleep(min(fault.delay, _read_timeout(request)))
        return self._end(request, fault, _async_parts)

    def __repr__(self) -> str:
        """Return the numbers of requests and of remaining faults."""
        return f"MockTransport({len(self.requests)} requests, {len(self._faults)} faults left)"

    def _begin(self, request: http.Request) -> Fault:
        """Record a request and return its fault; the status code 200 means no failure."""
        self.requests.append(request)
        try:
            fault = self._faults.popleft()
        except IndexError:
            fault = None
        return fault or Fault("status", 200)

    def _end(
        self, request: http.Request, fault: Fault, streamed: Callable[[Iterator[bytes]], Any]
    ) -> http.Response:
        if fault.delay > _read_timeout(request):
            raise http.ReadTimeout("the read operation timed out", request=request)
        _raise_connection_error(fault.kind, request)
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        headers = request.headers
        response = self._service.respond(request.method, path, query, headers, request.content)
        if fault.kind == "status" and fault.status != 200:
            response = self._service.failure(fault.status or 503, path)
        status, content, media_type = _apply_fault(response, fault)
        response_headers = {
            **({"content-type": media_type} if media_type else {}),
            "content-length": str(len(content)),
            "date": format_datetime(self._now or dt.datetime.now(dt.UTC), usegmt=True),
        }
        if response.allowed:
            response_headers["allow"] = ", ".join(response.allowed)
        if (after := fault.retry_after) is not None:
            response_headers["retry-after"] = after if isinstance(after, str) else f"{after:g}"
        body = streamed(_parts(content, request, is_complete=fault.kind != "truncated"))
        library: Any = sys.modules[type(request).__module__]  # That of the client: httpx or httpx2.
        sent: http.Response = library.Response(
            status, headers=response_headers, content=body, request=request
        )
        return sent


def _parts(content: bytes, request: http.Request, *, is_complete: bool) -> Iterator[bytes]:
    """Iterate over a response body that arrives completely or is truncated in the middle."""
    yield content if is_complete else content[: len(content) // 2]
    if not is_complete:
        message = "peer closed connection without sending complete message body"
        raise http.RemoteProtocolError(message, request=request)


async def _async_parts(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    for each in parts:
        yield each


def _fault(given: Fault | FaultKind | int | None) -> Fault | None:
    if given is None or isinstance(given, Fault):
        return given
    if isinstance(given, int):
        return Fault("status", given)
    if given not in get_args(FaultKind):
        known = ", ".join(get_args(FaultKind))
        raise InvalidArgumentError(f"unknown fault {given!r}; expected one of: {known}")
    return Fault(given)


def _read_timeout(request: http.Request) -> float:
    """Return the client's read timeout in seconds."""
    read = request.extensions.get("timeout", {}).get("read")
    return float("inf") if read is None else float(read)


def _raise_connection_error(kind: FaultKind, request: http.Request) -> None:
    """Raise the error of a failed connection.

    Raises:
        TransportError: If the kind of failure has no response.
    """
    if kind == "timeout":
        raise http.ReadTimeout("the read operation timed out", request=request)
    if kind == "reset":
        raise http.ReadError("[Errno 104] Connection reset by peer", request=request)
    if kind == "closed":
        message = "Server disconnected without sending a response."
        raise http.RemoteProtocolError(message, request=request)
    if kind == "refused":
        cause = ConnectionRefusedError(111, "Connection refused")
        raise http.ConnectError(str(cause), request=request) from cause


def _apply_fault(response: MockResponse, fault: Fault) -> tuple[int, bytes, str]:
    """Return the status code, the body and the media type of a response with a fault."""
    if fault.kind == "status":
        return response.status, response.content, response.media_type
    status = response.status if fault.status is None else fault.status
    if fault.kind == "html":
        return status, _HTML, HTML
    content = response.content
    if fault.kind == "garbled":
        content = content[: len(content) // 2]
    return status, b"" if fault.kind == "empty" else content, response.media_type
