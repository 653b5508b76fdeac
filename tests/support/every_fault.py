"""Faults of servers and networks, with the expected end of a call.

A fault is a plan for the fault server, made of the correct response. The call ends with the data of
that response, or with one of the package's error classes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, TypeAlias

import anyio
import httpx
import httpx2

from losant_audit_log import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AsyncClient,
    Client,
    InternalServerError,
    LosantError,
    RateLimitError,
    ResponseDecodeError,
)
from losant_audit_log._runtime.models.model import Model
from tests.support import fault_server as fault
from tests.support.callers import TOKEN, Way
from tests.support.examples import (
    AUDIT_LOG,
    AUDIT_LOGS,
    ENTRY,
    GET_PATH,
    INSTANCE,
    INSTANCE_AUDIT_LOG,
    INSTANCE_AUDIT_LOGS,
    INSTANCE_ENTRY,
    INSTANCE_GET_PATH,
    INSTANCE_LIST_PATH,
    LIST_PATH,
    ORG,
)
from tests.support.fault_server import Behavior, answer, raw

Plan: TypeAlias = Callable[[bytes], Sequence[Behavior]]

PATIENCE: Final = 0.1  # seconds that a client waits for a server that says nothing
AMPLE: Final = 5.0  # and for one that will say something: a busy machine may take a while
LIMIT: Final = 200_000  # bytes that an answer may have


def patience(ends: type[LosantError]) -> float:
    """Return the timeout in seconds for a call that is expected to end with an error."""
    return PATIENCE if ends is APITimeoutError else AMPLE


@dataclass(frozen=True)
class Fault:
    """A fault.

    Attributes:
        plan: The server's behaviors, given the correct body.
        ends: The expected error; None for the correct data.
        patience: The timeout in seconds for each step of a response.
    """

    plan: Plan
    ends: type[LosantError] | None = None
    patience: float = AMPLE


def _head(*lines: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    return "".join(f"{line}\r\n" for line in (status, *lines, "")).encode("latin-1")


def _with_length(body: bytes, *lines: str, status: str = "HTTP/1.1 200 OK") -> bytes:
    return _head(f"Content-Length: {len(body)}", *lines, status=status) + body


# Answers that did not arrive: asked for again, and where that does not help, an error.
BROKEN: Final[dict[str, tuple[Behavior, type[LosantError]]]] = {
    "status 408": (answer(408), APIStatusError),
    "status 429": (answer(429), RateLimitError),
    **{f"status {code}": (answer(code), InternalServerError) for code in (500, 502, 503, 504)},
    "status in HTML": (answer(503, b"<html>\xff</html>"), InternalServerError),
    "status in a bomb": (
        fault.send_compressed(b"\x1f\x8bnonsense", status=500),
        InternalServerError,
    ),
    "nothing": (fault.hang, APITimeoutError),
    "nothing after the head": (fault.hang_in_body, APITimeoutError),
    "a slow head": (fault.drip_head(1), APITimeoutError),
    "a reset": (fault.reset_before, APIConnectionError),
    "a reset in the body": (fault.reset_in_body, APIConnectionError),
    "an end": (fault.close_before, APIConnectionError),
    "a short body": (fault.short_body, APIConnectionError),
    "a short chunk": (fault.unfinished_chunk, APIConnectionError),
    "half of a gzip": (
        fault.send_compressed(fault.gzip_bytes(b"[]" * 99)[:-9]),
        APIConnectionError,
    ),
    "half of a deflate": (fault.send_compressed(b"\x78\x9c\x4b", "deflate"), APIConnectionError),
    "two megabytes of headers": (fault.huge_head, APIConnectionError),
    "one long header": (raw(_head("X: " + "x" * 300_000)), APIConnectionError),
    "half of a head": (raw(b"HTTP/1.1 200 OK\r\nX-A: "), APIConnectionError),
    "another protocol": (raw(b"SSH-2.0-OpenSSH_9.9\r\n"), APIConnectionError),
    "zeros": (raw(bytes(1000)), APIConnectionError),
    "other protocols": (
        raw(_head("Upgrade: h2c", status="HTTP/1.1 101 X")),
        APIConnectionError,
    ),
    "TLS": (raw(b"\x15\x03\x01\x00\x02\x02\x16"), APIConnectionError),
    "a status of four digits": (raw(_head(status="HTTP/1.1 2000 OK")), APIConnectionError),
    "no status": (raw(_head(status="HTTP/1.1")), APIConnectionError),
    "a header without a colon": (raw(_head("nonsense")), APIConnectionError),
    "a header with a zero": (raw(_head("X-A: a\0b")), APIConnectionError),
    "a negative length": (raw(_head("Content-Length: -1")), APIConnectionError),
    "a length that is none": (raw(_head("Content-Length: many")), APIConnectionError),
    "two lengths": (
        raw(_head("Content-Length: 2", "Content-Length: 3") + b"{}"),
        APIConnectionError,
    ),
    "chunks that are none": (
        raw(_head("Transfer-Encoding: chunked") + b"zz\r\n{}\r\n0\r\n\r\n"),
        APIConnectionError,
    ),
    "another transfer encoding": (
        raw(_head("Transfer-Encoding: gzip") + b"{}"),
        APIConnectionError,
    ),
}

# Answers that mean something else: never tried again, never taken for the right one.
WRONG: Final[dict[str, tuple[Behavior, type[LosantError]]]] = {
    **{
        f"status {code}": (answer(code, {"message": "no"}), APIStatusError)
        for code in (302, 304, 400, 401, 403, 404, 418, 422)
    },
    "status 520": (answer(520, b"\xff\xfe"), InternalServerError),
    "status 599": (answer(599), InternalServerError),
    "status in NaN": (answer(400, b'{"message": NaN, "type": 1e999}'), APIStatusError),
    "status in a tower": (answer(404, b"[" * 100_000), APIStatusError),
    "status in a tower of objects": (answer(404, b'{"type":' * 20_000), APIStatusError),
    "a redirect": (fault.redirect("https://example.com/"), APIStatusError),
    "a wait of an hour": (answer(429, b"", {"Retry-After": "3600"}), RateLimitError),
    "a wait for ever": (answer(503, b"", {"Retry-After": "9" * 400}), InternalServerError),
    "another version": (raw(_head(status="HTTP/9.9 200 OK")), ResponseDecodeError),
    "a header that goes on": (raw(_head("X-A: a", " b")), ResponseDecodeError),
    "no content": (answer(204), ResponseDecodeError),
    "no body": (answer(200), ResponseDecodeError),
    "HTML": (answer(200, b"<!DOCTYPE html><title>Log in</title>"), ResponseDecodeError),
    "another object": (answer(200, {"message": "hello"}), ResponseDecodeError),
    "an empty object": (answer(200, {}), ResponseDecodeError),
    "a list": (answer(200, []), ResponseDecodeError),
    "null": (answer(200, None), ResponseDecodeError),
    "a number": (answer(200, 5), ResponseDecodeError),
    "half of the JSON": (answer(200, b'{"items":[{"id":"1"}'), ResponseDecodeError),
    "NaN": (answer(200, b'{"items":[{"responseStatus":NaN}],"id":NaN}'), ResponseDecodeError),
    "a number out of range": (
        answer(200, b'{"items":[{"responseStatus":1e999}],"responseStatus":1e999}'),
        ResponseDecodeError,
    ),
    "a number of 5,000 digits": (
        answer(200, b'{"responseStatus":%b,"totalCount":%b}' % (b"9" * 5000, b"9" * 5000)),
        ResponseDecodeError,
    ),
    "bad UTF-8": (answer(200, b'{"id":"\xff","items":[{"id":"\xff"}]}'), ResponseDecodeError),
    "half a character": (
        answer(200, b'{"id":"\\ud800","items":[{"id":"\\ud800"}]}'),
        ResponseDecodeError,
    ),
    "UTF-16": (answer(200, '{"items":[]}'.encode("utf-16")), ResponseDecodeError),
    "100,000 brackets": (answer(200, b"[" * 100_000), ResponseDecodeError),
    "100,000 brackets and back": (answer(200, b"[" * 50_000 + b"]" * 50_000), ResponseDecodeError),
    "100,000 brackets inside": (
        answer(200, b'{"requestBody":%b,"items":[]}' % (b"[" * 50_000 + b"]" * 50_000)),
        ResponseDecodeError,
    ),
    "100,000 brackets in an unknown field": (
        answer(200, b'{"items":[],"id":"1","x":%b}' % (b"[" * 50_000 + b"]" * 50_000)),
        ResponseDecodeError,
    ),
    "a damaged gzip": (fault.send_compressed(b"\x1f\x8bnonsense"), ResponseDecodeError),
    "a gzip that is none": (fault.send_compressed(b'{"items":[]}'), ResponseDecodeError),
    "an encoding not asked for": (fault.send_compressed(b"x", "br"), ResponseDecodeError),
    "encodings one over another": (fault.send_compressed(b"x", "gzip, gzip"), ResponseDecodeError),
    "a gzip bomb": (fault.send_compressed(fault.bomb(20)), ResponseDecodeError),
    "a large body": (answer(200, b" " * (LIMIT + 1)), ResponseDecodeError),
}

# Odd, but right.
ODD: Final[dict[str, Plan]] = {
    "as it should be": lambda body: [answer(200, body)],
    "HTTP/1.0": lambda body: [raw(_head(status="HTTP/1.0 200 OK") + body)],
    "no length": lambda body: [raw(_head() + body)],
    "more after the end": lambda body: [raw(_with_length(body) + b"HTTP/1.1 500 No\r\n\r\n")],
    "hints before": lambda body: [
        raw(_head("Link: </x>", status="HTTP/1.1 103 Early Hints") * 3 + _with_length(body))
    ],
    "one byte at a time": lambda body: [fault.drip_body(body, 0)],
    "chunks of a byte": lambda body: [
        raw(
            _head("Transfer-Encoding: chunked")
            + b"".join(b"1;x=y\r\n%c\r\n" % byte for byte in body)
            + b"0\r\nX-Trailer: 1\r\n\r\n"
        )
    ],
    "gzip": lambda body: [fault.send_compressed(fault.gzip_bytes(body))],
    "gzip byte by byte": lambda body: [
        fault.send_compressed(
            b"".join(fault.gzip_bytes(body[i : i + 50]) for i in range(0, len(body), 50))
        )
    ],
    "another media type": lambda body: [
        answer(200, body, {"Content-Type": "text/html; charset=utf-7"})
    ],
    "headers that are no ASCII": lambda body: [
        raw(_with_length(body, "X-Name: \xff\xe9", "Date: \xe4"))
    ],
    "a status without words": lambda body: [raw(_with_length(body, status="HTTP/1.1 200 "))],
    "a byte order mark": lambda body: [answer(200, b"\xef\xbb\xbf" + body)],
    "another success": lambda body: [answer(206, body)],
    "cookies": lambda body: [answer(200, body, {"Set-Cookie": "a=b; Domain=.; Expires=x"})],
}


def _always(behavior: Behavior, ends: type[LosantError]) -> Fault:
    return Fault(lambda _: [behavior], ends, patience(ends))


def _once(behavior: Behavior, kind: type[LosantError]) -> Fault:
    # What follows has to come within the same time.
    seconds = 0.5 if kind is APITimeoutError else AMPLE
    return Fault(lambda body: [behavior, answer(200, body)], patience=seconds)


FAULTS: Final[dict[str, Fault]] = {
    **{name: Fault(plan) for name, plan in ODD.items()},
    **{name: _always(*wrong) for name, wrong in WRONG.items()},
    **{f"{name}, always": _always(*broken) for name, broken in BROKEN.items()},
    **{f"{name}, once": _once(*broken) for name, broken in BROKEN.items()},
}


@dataclass(frozen=True)
class Operation:
    """A call.

    Attributes:
        make: Makes the call with a client, and options.
        path: The requested path.
        body: The correct response.
        opening: Responses before it, which are not disturbed.
    """

    make: Callable[..., Any]
    path: str
    body: Any
    opening: tuple[Any, ...] = ()

    def plan(self, fault: Fault) -> list[Behavior]:
        """Return a plan in which a fault replaces the correct response."""
        return [*(answer(200, each) for each in self.opening), *fault.plan(self.content)]

    @property
    def content(self) -> bytes:
        """The bytes of the correct response."""
        return json.dumps(self.body).encode()

    @property
    def data(self) -> Any:
        """The expected result of the call."""
        return self.body.get("items", self.body)


def _get(client: Any, **options: Any) -> Any:
    return client.audit_logs.get(ORG, ENTRY, **options)


def _list(client: Any, **options: Any) -> Any:
    return client.audit_logs.list(ORG, **options)


def _get_of_instance(client: Any, **options: Any) -> Any:
    return client.instance_audit_logs.get(INSTANCE, INSTANCE_ENTRY, **options)


def _list_of_instance(client: Any, **options: Any) -> Any:
    return client.instance_audit_logs.list(INSTANCE, **options)


def _walk(client: Any, **options: Any) -> Any:
    return client.audit_logs.walk(ORG, start=_NOW - dt.timedelta(days=1), **options)


def _page(*ages: int, size: int) -> dict[str, Any]:
    """Return the first page of two entries that are some minutes old."""
    times = [(_NOW - dt.timedelta(minutes=age)).isoformat() for age in ages]
    items = [{**AUDIT_LOG, "id": f"{time}", "creationDate": time} for time in times]
    return {**AUDIT_LOGS, "items": items, "count": len(items), "totalCount": 2, "perPage": size}


_NOW: Final = dt.datetime.now(dt.UTC)
OPERATIONS: Final[dict[str, Operation]] = {
    "auditLogs.get": Operation(_get, GET_PATH, AUDIT_LOG),
    "auditLogs.list": Operation(_list, LIST_PATH, AUDIT_LOGS),
    "instanceAuditLogs.get": Operation(_get_of_instance, INSTANCE_GET_PATH, INSTANCE_AUDIT_LOG),
    "instanceAuditLogs.list": Operation(_list_of_instance, INSTANCE_LIST_PATH, INSTANCE_AUDIT_LOGS),
}

CALLS: Final = {
    **OPERATIONS,
    "a walk's second page": Operation(
        _walk, LIST_PATH, _page(1, 2, size=9), opening=(_page(1, size=1),)
    ),
}


@dataclass(frozen=True)
class Mode:
    """A mode of calling, and the HTTP library.

    Attributes:
        way: The mode.
        library: httpx or httpx2.
    """

    way: Way
    library: Any

    def __str__(self) -> str:
        return f"{self.way}-{self.library.__name__}"

    def run(
        self,
        url: str,
        operation: Operation,
        http_options: Mapping[str, Any] | None = None,
        *,
        times: int = 1,
        **options: Any,
    ) -> Any:
        """Make a call, and return its result in wire form.

        Args:
            url: The server's URL.
            operation: The call.
            http_options: Arguments of the HTTP library's client.
            times: How often to call, with one client; the last result is returned.
            **options: Arguments of our client.
        """
        arguments: dict[str, Any] = {"token": TOKEN, "base_url": url, **options}
        further = http_options or {}
        if self.way is Way.SYNC:
            with (
                self.library.Client(**further) as http,
                Client(http_client=http, **arguments) as client,
            ):
                return [wire(operation.make(client)) for _ in range(times)][-1]

        async def await_call() -> Any:
            async with (
                self.library.AsyncClient(**further) as http,
                AsyncClient(http_client=http, **arguments) as client,
            ):
                return [wire(await _outcome(operation.make(client))) for _ in range(times)][-1]

        return anyio.run(await_call, backend=str(self.way))


GET: Final = OPERATIONS["auditLogs.get"]
MODES: Final = [Mode(way, library) for way, library in product(Way, [httpx, httpx2])]


async def _outcome(made: Any) -> Any:
    """Return the result of an asynchronous call, or all entries of a walk."""
    is_walk = hasattr(made, "checkpoint")
    return [entry async for entry in made] if is_walk else await made


def wire(made: Any) -> Any:
    """Return a result in wire form: an entry, or the entries of a page or a walk."""
    if isinstance(made, Model):
        return made.to_dict()
    return [entry.to_dict() for entry in getattr(made, "items", made)]
