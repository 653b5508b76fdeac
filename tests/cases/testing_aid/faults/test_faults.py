"""Injected faults of the mock transport, one request each."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from losant_audit_log import (
    APIConnectionError,
    APITimeoutError,
    Client,
    InternalServerError,
    InvalidArgumentError,
    LosantError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ResponseDecodeError,
)
from losant_audit_log.testing import Fault, mock_transport
from tests.support.callers import TOKEN
from tests.support.examples import ENTRY, ORG
from tests.support.mocked import Use


def get(client: Any) -> Any:
    return client.audit_logs.get(ORG, ENTRY)


@pytest.mark.parametrize(
    ("fault", "kind", "text"),
    [
        (503, InternalServerError, "503 Service Unavailable: Error: Internal server error"),
        (403, PermissionDeniedError, "403 Forbidden: Forbidden: Access is forbidden"),
        (404, NotFoundError, "404 Not Found: NotFound"),
        (429, RateLimitError, "429 Too Many Requests: Too many requests"),
        (599, InternalServerError, "599"),
        ("status", InternalServerError, "503"),
        ("timeout", APITimeoutError, "timed out"),
        ("reset", APIConnectionError, "reset"),
        ("refused", APIConnectionError, "refused"),
        ("closed", APIConnectionError, "disconnected"),
        ("truncated", APIConnectionError, "complete message body"),
        ("html", ResponseDecodeError, "HTML"),
        ("empty", ResponseDecodeError, "empty"),
        ("garbled", ResponseDecodeError, "not JSON"),
        (Fault("html", 502), InternalServerError, "502"),
        (Fault(status=429, retry_after=99), RateLimitError, "Retry after 99 s"),
    ],
    ids=str,
)
def test_each_fault_raises_its_error(
    use: Use, fault: Any, kind: type[LosantError], text: str
) -> None:
    transport = mock_transport(faults=[fault])
    with pytest.raises(kind, match=text) as caught:
        use(transport, get)
    assert type(caught.value) is kind
    assert use(transport, get).id == ENTRY
    assert len(transport.requests) == 2


def test_transient_faults_are_retried(use: Use) -> None:
    transport = mock_transport(faults=[503, "reset", "truncated", "timeout"])
    assert use(transport, get, max_retries=4).id == ENTRY
    assert len(transport.requests) == 5


def test_each_fault_applies_to_one_request(use: Use) -> None:
    transport = mock_transport(faults=[None, 503, None])
    assert use(transport, get)
    with pytest.raises(InternalServerError):
        use(transport, get)
    assert use(transport, get)


def test_fail_next_adds_faults(use: Use) -> None:
    transport = mock_transport()
    assert use(transport, get)
    transport.fail_next("timeout", times=2)
    transport.fail_next(status=429, retry_after=0.5)
    transport.fail_next(Fault("reset"))
    transport.fail_next(404)
    for kind in (APITimeoutError, APITimeoutError, RateLimitError, APIConnectionError):
        with pytest.raises(kind):
            use(transport, get)
    with pytest.raises(NotFoundError):
        use(transport, get)
    assert use(transport, get)


@pytest.mark.parametrize("value", [1, 1.5, "3", "Wed, 21 Oct 2026 07:28:00 GMT", "soon"])
def test_retry_after_of_a_fault_is_sent_unchanged(value: Any) -> None:
    transport = mock_transport(faults=[Fault(status=503, retry_after=value)])
    with httpx.Client(transport=transport, base_url="https://api.losant.com") as client:
        assert client.get("/").headers["retry-after"] == str(value)


def test_delay_shorter_than_the_timeout_is_waited_for(use: Use) -> None:
    transport = mock_transport()
    transport.fail_next(200, delay=0.2)
    started = time.monotonic()
    assert use(transport, get)
    assert time.monotonic() - started >= 0.2


def test_delay_longer_than_the_timeout_raises_a_timeout(use: Use) -> None:
    transport = mock_transport()
    transport.fail_next(200, delay=60)
    started = time.monotonic()
    with pytest.raises(APITimeoutError):
        use(transport, get, timeout=0.1)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("wrong", ["slow", "", "Timeout"])
def test_unknown_fault_is_rejected(wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="expected one of: status, timeout"):
        mock_transport(faults=[wrong])
    with pytest.raises(InvalidArgumentError, match="expected one of: status, timeout"):
        mock_transport().fail_next(wrong)


def test_naive_datetime_for_now_is_rejected() -> None:
    with pytest.raises(InvalidArgumentError, match="now: expected a timezone-aware datetime"):
        mock_transport(now=dt.datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (401, "malformed-token"),
        (403, "forbidden"),
        (429, "rate-limited"),
        (503, "server-error"),
        ("refused", "wrong-address"),
        ("html", "wrong-address"),
        ("timeout", "no-answer"),
        ("empty", "odd-answer"),
    ],
)
def test_check_reports_the_injected_fault(use: Use, fault: Any, problem: str) -> None:
    transport = mock_transport(faults=[fault])
    assert use(transport, lambda client: client.check(ORG)).problem == problem


def test_threads_share_a_mock_transport() -> None:
    transport = mock_transport(faults=[503] * 50)
    http = httpx.Client(transport=transport)

    def call(_: int) -> bool:
        try:
            get(client)
        except InternalServerError:
            return False
        return True

    with http, Client(token=TOKEN, http_client=http, max_retries=0) as client:
        pool = ThreadPoolExecutor(8)
        outcomes = list(pool.map(call, range(100)))
        pool.shutdown()
    assert outcomes.count(False) == 50
    assert len(transport.requests) == 100
