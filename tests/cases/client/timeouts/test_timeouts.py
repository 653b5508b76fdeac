"""Every step of a request has a finite timeout."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from typing import Any

import httpx
import httpx2
import pytest

from losant_audit_log import APITimeoutError, Client, InvalidArgumentError
from losant_audit_log._runtime.core import http
from losant_audit_log._runtime.core.response_head import limit_heads
from tests.support import fault_server as fault
from tests.support.callers import Caller
from tests.support.examples import AUDIT_LOG, ENTRY, ORG
from tests.support.fault_server import Faults, answer

Get = Callable[[Any], Any]
Sent = dict[str, float]


def sent_timeouts(client: Callable[[httpx.Client], Client], **options: Any) -> Sent:
    """Return the timeouts that a call passes to httpx."""
    seen: list[Sent] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return httpx.Response(200, json=AUDIT_LOG)

    with httpx.Client(transport=httpx.MockTransport(respond)) as http:
        client(http).audit_logs.get(ORG, ENTRY, **options)
    return dict(seen[0])


def with_own_timeout(own: httpx.Timeout | None, **arguments: Any) -> Any:
    def make(http: httpx.Client) -> Client:
        http.timeout = own
        return Client("t", http_client=http, **arguments)

    return make


OURS = {"connect": 10.0, "read": 60.0, "write": 60.0, "pool": 60.0}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (httpx.Timeout(3), dict.fromkeys(OURS, 3.0)),
        (httpx.Timeout(None), OURS),
        (httpx.Timeout(3, read=None, pool=1), {**dict.fromkeys(OURS, 3.0), "read": 60, "pool": 1}),
    ],
)
def test_timeouts_of_a_users_client_apply_with_defaults_for_none(
    own: httpx.Timeout, expected: Sent
) -> None:
    assert sent_timeouts(with_own_timeout(own)) == expected


def test_timeout_of_the_client_or_the_call_replaces_other_timeouts() -> None:
    make = with_own_timeout(httpx.Timeout(3), timeout=4)
    assert sent_timeouts(make) == dict.fromkeys(OURS, 4.0)
    assert sent_timeouts(make, timeout=5) == dict.fromkeys(OURS, 5.0)
    partly = httpx.Timeout(6, read=None)
    assert sent_timeouts(make, timeout=partly) == {**dict.fromkeys(OURS, 6.0), "read": 4.0}


def test_timeout_of_httpx2_is_accepted() -> None:
    timeout: Any = httpx2.Timeout(3)
    assert sent_timeouts(with_own_timeout(None), timeout=timeout) == dict.fromkeys(OURS, 3.0)


def test_default_timeouts_are_finite() -> None:
    with Client("t") as client:
        assert client.client_settings.timeouts == OURS


@pytest.mark.parametrize(
    "wrong",
    [0, -1, math.inf, math.nan, 1e300, 10**400, True, "1", b"1", [1], {"read": 1}],
)
def test_invalid_timeout_is_rejected(wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="timeout"):
        Client("t", timeout=wrong)
    with Client("t") as client, pytest.raises(InvalidArgumentError, match="timeout"):
        client.audit_logs.get(ORG, ENTRY, timeout=wrong)


@pytest.mark.parametrize(
    "behavior", [fault.hang, fault.hang_in_body, fault.later(answer(200, AUDIT_LOG), 1.0)]
)
def test_step_that_takes_too_long_raises_a_timeout(
    faults: Faults, call: Caller, get: Get, behavior: fault.Behavior
) -> None:
    faults.plan(behavior)
    with pytest.raises(APITimeoutError, match=r"timed out: ReadTimeout") as caught:
        call(get, timeout=0.1)
    assert caught.value.request is not None
    assert caught.value.request.url.host == "127.0.0.1"


def test_slow_body_that_keeps_arriving_is_no_timeout(
    faults: Faults, call: Caller, get: Get
) -> None:
    faults.plan(fault.drip_body(b'{"id":"1"}', 0.06))
    assert call(get, timeout=0.5).id == "1"


@pytest.mark.parametrize("deadline", [None, 20])
@pytest.mark.parametrize("status", ["100 Continue", "102 Processing", "103 Early Hints"])
@pytest.mark.parametrize("pause", [0.0, 0.05])
def test_endless_interim_responses_raise_a_timeout(
    faults: Faults, call: Caller, status: str, pause: float, deadline: float | None
) -> None:
    async def respond(connection: fault.Connection) -> None:
        while True:
            await connection.write(f"HTTP/1.1 {status}\r\n\r\n".encode())
            await asyncio.sleep(pause)

    faults.plan(respond)
    began = time.monotonic()
    with pytest.raises(APITimeoutError, match="timed out"):
        call(lambda client: client.audit_logs.get(ORG, ENTRY, deadline=deadline), timeout=0.3)
    assert time.monotonic() - began < 3


def test_header_that_arrives_byte_by_byte_raises_a_timeout(
    faults: Faults, call: Caller, get: Get
) -> None:
    faults.plan(fault.drip_head(0.05))
    began = time.monotonic()
    with pytest.raises(APITimeoutError, match="timed out"):
        call(get, timeout=0.3)
    assert time.monotonic() - began < 3


def test_interim_responses_before_the_response_are_accepted(
    faults: Faults, call: Caller, get: Get
) -> None:
    body = b'{"id":"1"}'
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n"
    faults.plan(fault.raw(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 3 + head + body))
    assert call(get, timeout=5).id == "1"


def test_waiting_for_a_pool_connection_times_out(faults: Faults) -> None:
    faults.plan(answer(200, AUDIT_LOG))
    limits = httpx.Limits(max_connections=1)
    with httpx.Client(limits=limits) as http:
        client = Client("t", base_url=faults.url, http_client=http, timeout=0.1, max_retries=0)
        with http.stream("GET", faults.url), pytest.raises(APITimeoutError, match="PoolTimeout"):
            client.audit_logs.get(ORG, ENTRY)
        assert client.audit_logs.get(ORG, ENTRY).to_dict() == AUDIT_LOG


@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_http_library_has_the_private_fields_that_limit_response_headers(
    library: Any, kind: str
) -> None:
    """Without `_transport`, `_mounts`, `_pool` and `_network_backend`, nothing would be limited."""
    client = getattr(library, kind)(proxy="http://localhost:1")
    limit_heads(http.pools(client))
    transports = [client._transport, *client._mounts.values()]
    backends = [transport._pool._network_backend for transport in transports if transport]
    assert len(backends) > 1
    assert {type(each).__module__ for each in backends} == {limit_heads.__module__}
