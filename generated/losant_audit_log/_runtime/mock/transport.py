# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""A transport for tests: the service's answers, and its failures, without a network."""

from __future__ import annotations

import datetime as dt
import time
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from email.utils import format_datetime
from typing import Literal, NoReturn, TypeAlias, get_args

import msgspec

from ..core import http, service
from ..core.errors import InvalidArgumentError
from .contents import Body, Entry
from .examples import Answered, MockOperation
from .service import MockService, Shown

FaultKind: TypeAlias = Literal[
    "status", "timeout", "reset", "refused", "closed", "html", "empty", "garbled", "truncated"
]
"""How a request fails, in a word; see `Fault`."""

_HTML = b"<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>"


class Fault(msgspec.Struct, frozen=True):
    """A way in which a request fails.

    Attributes:
        kind: `status` (the document's error for the status), `timeout` (no answer in time, without
            the wait), `reset` (the connection breaks), `refused` (nothing listens), `closed` (the
            connection ends without an answer), `html` (a page for people), `empty` (no body),
            `garbled` (half a body that claims to be whole), `truncated` (the connection ends in the
            middle of the body).
        status: The status of the answer; of `status` 503 unless told, of the others 200.
        retry_after: A `Retry-After` header to send: seconds, or a text as it is.
        delay: Seconds to wait first; longer than the client waits, it is a timeout. With the status
            200 nothing but the wait is wrong.
    """

    kind: FaultKind = "status"
    status: int | None = None
    retry_after: float | str | None = None
    delay: float = 0.0


class MockTransport(http.BaseTransport, http.AsyncBaseTransport):
    """A transport for `httpx.Client` and `httpx.AsyncClient` that answers as the service would.

    Attributes:
        requests: The requests so far.
    """

    def __init__(
        self,
        served: Iterable[MockOperation],
        entries: Mapping[str, Iterable[Entry]] | None = None,
        *,
        answers: Mapping[str, Body] | None = None,
        faults: Iterable[Fault | FaultKind | int | None] = (),
        token: str | None = None,
        base_url: str | None = None,
        now: dt.datetime | None = None,
        schemes: Mapping[str, Shown] | None = None,
    ) -> None:
        """Make a transport; see `mock_transport`."""
        path = http.URL(service.BASE_URL if base_url is None else base_url).path
        self.requests: list[http.Request] = []
        self._service = MockService(
            served, path=path, entries=entries, answers=answers, token=token, schemes=schemes
        )
        self._faults: deque[Fault | None] = deque(_fault(each) for each in faults)
        if now is not None and now.utcoffset() is None:
            raise InvalidArgumentError("now: a datetime needs a time zone, such as datetime.UTC")
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
        """Let the next requests fail, after those that are to fail already.

        Args:
            kind: How: a word, a status, or a `Fault`, which says it all.
            status: The status of the answer.
            retry_after: A `Retry-After` header to send: seconds, or a text as it is.
            delay: Seconds to wait first.
            times: How many requests fail.

        Raises:
            InvalidArgumentError: If there is no such fault.
        """
        fault = _fault(kind) or Fault()
        if not isinstance(kind, Fault):
            status = fault.status if status is None else status
            fault = Fault(fault.kind, status, retry_after, delay)
        self._faults.extend([fault] * times)

    def handle_request(self, request: http.Request) -> http.Response:
        """Answer a request of a synchronous client."""
        fault = self._begin(request)
        if fault.kind != "refused":
            request.read()
        if fault.delay:
            time.sleep(_wait(fault, request))
        return self._end(request, fault)

    async def handle_async_request(self, request: http.Request) -> http.Response:
        """Answer a request of an asynchronous client."""
        fault = self._begin(request)
        if fault.kind != "refused":
            await request.aread()
        if fault.delay:
            import anyio

            await anyio.sleep(_wait(fault, request))
        return self._end(request, fault)

    def __repr__(self) -> str:
        """Show how far it is, not what it holds."""
        return f"MockTransport({len(self.requests)} requests, {len(self._faults)} faults left)"

    def _begin(self, request: http.Request) -> Fault:
        """Record a request and decide how it fails; a fault of the status 200 is none."""
        self.requests.append(request)
        try:
            fault = self._faults.popleft()
        except IndexError:
            fault = None
        return fault or Fault("status", 200)

    def _end(self, request: http.Request, fault: Fault) -> http.Response:
        if fault.delay > _patience(request):
            raise http.ReadTimeout("the read operation timed out", request=request)
        _break_off(fault.kind, request)
        path, _, query = request.url.raw_path.decode("ascii").partition("?")
        headers = request.headers
        answered = self._service.answer(request.method, path, query, headers, request.content)
        if fault.kind == "status" and fault.status != 200:
            answered = self._service.failure(fault.status or 503, path)
        status, content, media_type = _spoilt(answered, fault)
        answer_headers = {
            **({"content-type": media_type} if media_type else {}),
            "content-length": str(len(content)),
            "date": format_datetime(self._now or dt.datetime.now(dt.UTC), usegmt=True),
        }
        if answered.allowed:
            answer_headers["allow"] = ", ".join(answered.allowed)
        if fault.retry_after is not None:
            after = fault.retry_after
            answer_headers["retry-after"] = after if isinstance(after, str) else f"{after:g}"
        body = _Body(content, request, is_whole=fault.kind != "truncated")
        return http.Response(status, headers=answer_headers, stream=body, request=request)


class _Body(http.SyncByteStream, http.AsyncByteStream):
    """A body that arrives whole, or only in part."""

    def __init__(self, content: bytes, request: http.Request, *, is_whole: bool) -> None:
        self._content = content if is_whole else content[: len(content) // 2]
        self._request = request
        self._is_whole = is_whole

    def __iter__(self) -> Iterator[bytes]:
        yield self._content
        self._end()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content
        self._end()

    def _end(self) -> None:
        if not self._is_whole:
            message = "peer closed connection without sending complete message body"
            raise http.RemoteProtocolError(message, request=self._request)


def _fault(given: Fault | FaultKind | int | None) -> Fault | None:
    if given is None or isinstance(given, Fault):
        return given
    if isinstance(given, int):
        return Fault("status", given)
    if given not in get_args(FaultKind):
        known = ", ".join(get_args(FaultKind))
        raise InvalidArgumentError(f"there is no fault {given!r}, only: {known}")
    return Fault(given)


def _patience(request: http.Request) -> float:
    """Give how many seconds a client waits for an answer."""
    read = request.extensions.get("timeout", {}).get("read")
    return float("inf") if read is None else float(read)


def _wait(fault: Fault, request: http.Request) -> float:
    return min(fault.delay, _patience(request))


def _break_off(kind: FaultKind, request: http.Request) -> None:
    """Fail as a connection does.

    Raises:
        httpx.TransportError: If there is to be no answer.
    """
    if kind == "timeout":
        raise http.ReadTimeout("the read operation timed out", request=request)
    if kind == "reset":
        raise http.ReadError("[Errno 104] Connection reset by peer", request=request)
    if kind == "closed":
        message = "Server disconnected without sending a response."
        raise http.RemoteProtocolError(message, request=request)
    if kind == "refused":
        _refuse(request)


def _refuse(request: http.Request) -> NoReturn:
    cause = ConnectionRefusedError(111, "Connection refused")
    raise http.ConnectError("[Errno 111] Connection refused", request=request) from cause


def _spoilt(answered: Answered, fault: Fault) -> tuple[int, bytes, str]:
    """Give status, body and media type of an answer with its fault."""
    if fault.kind == "status":
        return answered.status, answered.content, answered.media_type
    status = answered.status if fault.status is None else fault.status
    if fault.kind == "html":
        return status, _HTML, "text/html"
    content = answered.content
    if fault.kind == "garbled":
        content = content[: len(content) // 2]
    return status, b"" if fault.kind == "empty" else content, answered.media_type
