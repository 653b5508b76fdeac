"""Retries of calls: their conditions, number and delays."""

from __future__ import annotations

import datetime as dt
import email.utils
import logging
import time
from collections.abc import Callable, Generator
from typing import Any

import httpx
import msgspec
import pytest

from losant_audit_log import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    Attempt,
    Client,
    InternalServerError,
    InvalidArgumentError,
    RateLimitError,
    ResponseDecodeError,
)
from losant_audit_log._runtime.calls import retries
from losant_audit_log._runtime.calls.call import Call
from losant_audit_log._runtime.calls.options import TIMEOUTS
from losant_audit_log.resources.audit_logs import GET
from tests.support import fault_server as fault
from tests.support.callers import TOKEN, Caller
from tests.support.examples import AUDIT_LOG, ENTRY, GET_PATH, ORG
from tests.support.fault_server import Behavior, Faults, answer
from tests.support.modes import Scenario, play

Get = Callable[[Any], Any]
FINE = answer(200, AUDIT_LOG)
ZIPPED = fault.gzip_bytes(b'{"id": "1"}' * 100)
NO_ANSWER: dict[str, Behavior] = {
    "reset before the answer": fault.reset_before,
    "reset in the body": fault.reset_in_body,
    "closed before the answer": fault.close_before,
    "shorter than Content-Length": fault.short_body,
    "unfinished chunk": fault.unfinished_chunk,
    "truncated gzip": fault.send_compressed(ZIPPED[:-12]),
    "two megabytes of headers": fault.huge_head,
}


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_transient_statuses_are_retried(
    faults: Faults, call: Caller, get: Get, status: int
) -> None:
    faults.plan(answer(status), answer(status), FINE)
    assert call(get, max_retries=2).to_dict() == AUDIT_LOG
    assert len(faults.requests) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 418, 422, 501, 505, 520, 599])
def test_other_statuses_are_not_retried(
    faults: Faults, call: Caller, get: Get, status: int
) -> None:
    faults.plan(answer(status), FINE)
    with pytest.raises(APIStatusError):
        call(get, max_retries=2)
    assert len(faults.requests) == 1


@pytest.mark.parametrize("name", NO_ANSWER)
def test_broken_response_is_retried(faults: Faults, call: Caller, get: Get, name: str) -> None:
    faults.plan(NO_ANSWER[name], FINE)
    assert call(get, max_retries=1).to_dict() == AUDIT_LOG
    assert len(faults.requests) == 2


@pytest.mark.parametrize("name", NO_ANSWER)
def test_repeated_broken_responses_raise_a_connection_error(
    faults: Faults, call: Caller, get: Get, name: str
) -> None:
    faults.plan(NO_ANSWER[name])
    with pytest.raises(APIConnectionError) as caught:
        call(get, max_retries=1)
    assert not isinstance(caught.value, APITimeoutError)
    assert str(caught.value.request and caught.value.request.url) == f"{faults.url}{GET_PATH}"
    assert len(faults.requests) == 2


def test_timeout_is_retried(faults: Faults, call: Caller, get: Get) -> None:
    faults.plan(fault.hang, FINE)
    assert call(get, max_retries=1, timeout=0.5).to_dict() == AUDIT_LOG


def test_invalid_json_is_not_retried(faults: Faults, call: Caller, get: Get) -> None:
    faults.plan(answer(200, b"<html>"), FINE)
    with pytest.raises(ResponseDecodeError):
        call(get, max_retries=2)
    assert len(faults.requests) == 1


@pytest.mark.parametrize("most", [0, 1, 4])
def test_max_retries_limits_the_number_of_requests(
    faults: Faults, call: Caller, get: Get, most: int
) -> None:
    faults.plan(answer(500))
    with pytest.raises(InternalServerError):
        call(get, max_retries=most)
    assert len(faults.requests) == most + 1


def test_default_number_of_retries_is_two(faults: Faults) -> None:
    faults.plan(answer(500))
    with Client("t", base_url=faults.url) as client, pytest.raises(InternalServerError):
        client.audit_logs.get(ORG, ENTRY)
    assert len(faults.requests) == 3


@pytest.mark.parametrize("wrong", [-1, True, 1.0, "2"])
def test_invalid_max_retries_is_rejected(wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="max_retries: expected an integer from 0, got"):
        Client("t", max_retries=wrong)


@pytest.mark.parametrize("leave", [fault.then_close, fault.then_reset])
def test_closed_idle_connection_does_not_use_up_a_retry(
    faults: Faults, call: Caller, get: Get, leave: Callable[[Behavior], Behavior]
) -> None:
    faults.plan(leave(FINE), FINE)

    def scenario(client: Any) -> Scenario:
        yield get(client)
        time.sleep(0.05)
        yield get(client)

    play(call, scenario)
    assert len(faults.requests) == 2


def test_token_callable_is_called_for_each_attempt(faults: Faults, call: Caller, get: Get) -> None:
    tokens = iter(["first", "second", "third"])
    faults.plan(answer(503), fault.reset_before, FINE)
    call(get, max_retries=2, token=lambda: next(tokens))
    sent = [request.headers["authorization"] for request in faults.requests]
    assert sent == ["Bearer first", "Bearer second", "Bearer third"]


def test_rejected_token_is_not_retried(faults: Faults, call: Caller, get: Get) -> None:
    faults.plan(answer(401), FINE)
    with pytest.raises(APIStatusError):
        call(get, max_retries=2, token=lambda: TOKEN)
    assert len(faults.requests) == 1


def test_retry_after_an_hour_raises_at_once(faults: Faults, call: Caller, get: Get) -> None:
    faults.plan(answer(429, b"", {"Retry-After": "3600"}), FINE)
    with pytest.raises(RateLimitError) as caught:
        call(get, max_retries=2)
    assert caught.value.retry_after == 3600
    assert str(caught.value).endswith("Retry after 3600 s")
    assert len(faults.requests) == 1


def test_retry_after_a_date_in_an_hour_raises_at_once(
    faults: Faults, call: Caller, get: Get
) -> None:
    date = email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1), usegmt=True)
    faults.plan(answer(503, b"", {"Retry-After": date}), FINE)
    with pytest.raises(InternalServerError) as caught:
        call(get, max_retries=2)
    assert caught.value.retry_after == pytest.approx(3600, abs=10)
    assert len(faults.requests) == 1


@pytest.mark.parametrize("text", ["0", "soon", "-1", "", "1e3", "Fri, 31 Dec 1999 23:59:59 GMT"])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_zero_or_unreadable_retries_at_once(
    faults: Faults, call: Caller, get: Get, status: int, text: str
) -> None:
    faults.plan(answer(status, b"", {"Retry-After": text}), FINE)
    assert call(get, max_retries=1).to_dict() == AUDIT_LOG


def test_retry_after_sets_the_delay(faults: Faults, call: Caller, get: Get) -> None:
    seen: list[Attempt] = []
    faults.plan(answer(429, b"", {"Retry-After": "0.2"}), FINE)
    call(get, max_retries=1, on_attempt=seen.append)
    assert [attempt.retry_in for attempt in seen] == [0.2, None]


NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7.0),
        ("1" * 400, float("inf")),
        ("Thu, 01 Jan 2026 00:00:07 GMT", 7.0),
        ("Thursday, 01-Jan-26 00:00:07 GMT", 7.0),
        ("Thu Jan  1 00:00:07 2026", 7.0),
        ("Thu, 01 Jan 2026 00:00:07 -0000", 7.0),
        ("Thu, 01 Jan 2026 01:00:07 +0100", 7.0),
        ("Wed, 31 Dec 2025 00:00:00 GMT", 0.0),
        ("Thu, 99 Jan 2026 00:00:07 GMT", None),
        ("Thu, 01 Jan 99999 00:00:07 GMT", None),
        ("\u0667", None),
        ("nan", None),
    ],
)
def test_retry_after_is_parsed_in_every_format(text: str, seconds: float | None) -> None:
    """A date is compared with the Date header of the response: our clock may be wrong."""
    date = email.utils.format_datetime(NOW, usegmt=True)
    headers = httpx.Headers({"Retry-After": text, "Date": date}, encoding="utf-8")
    assert retries.retry_after(headers) == seconds


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Generator[None, None, None]:
    """Set an unusual time zone."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "XXX-13:37")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("far_away")
@pytest.mark.parametrize("zone", ["GMT", "-0000", "+0000"])
def test_retry_after_date_does_not_depend_on_the_local_time_zone(zone: str) -> None:
    headers = httpx.Headers(
        {
            "Retry-After": f"Thu, 01 Jan 2026 00:00:07 {zone}",
            "Date": "Thu, 01 Jan 2026 00:00:00 GMT",
        }
    )
    assert retries.retry_after(headers) == 7


def test_retry_after_date_without_a_date_header_uses_the_local_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW.timestamp() - 5)
    headers = httpx.Headers({"Retry-After": "Thu, 01 Jan 2026 00:00:00 GMT"})
    assert retries.retry_after(headers) == 5


def call_by(method: str) -> Call:
    operation = msgspec.structs.replace(GET, method=method)
    return Call(operation=operation, path="/", url="", headers={}, timeouts=TIMEOUTS, deadline=None)


def test_backoff_is_exponential_with_full_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    ranges: list[tuple[float, float]] = []

    def uniform(low: float, high: float) -> float:
        ranges.append((low, high))
        return high

    monkeypatch.setattr("losant_audit_log._runtime.calls.retries.random.uniform", uniform)
    failure = APIConnectionError("")
    waits = [retries.delay(failure, call_by("GET"), attempt, 5000) for attempt in range(1, 8)]
    assert waits == [0.5, 1, 2, 4, 8, 8, 8]
    assert {low for low, _ in ranges} == {0}
    assert retries.delay(failure, call_by("GET"), 5000, 5000) == 8


@pytest.mark.parametrize(("retry_after", "waited"), [(0.0, 0.0), (60.0, 60.0), (60.5, None)])
def test_retry_after_of_more_than_a_minute_is_not_waited_for(
    retry_after: float, waited: float | None
) -> None:
    request = httpx.Request("GET", "https://api.losant.com")
    failure = RateLimitError(
        "", response=httpx.Response(429, request=request), retry_after=retry_after
    )
    assert retries.delay(failure, call_by("GET"), 1, 2) == waited


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
def test_idempotent_methods_are_retried(method: str) -> None:
    assert retries.delay(APIConnectionError(""), call_by(method), 1, 2) is not None


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_post_and_patch_are_not_retried(method: str) -> None:
    assert retries.delay(APIConnectionError(""), call_by(method), 1, 2) is None


def test_on_attempt_receives_every_attempt(faults: Faults, call: Caller, get: Get) -> None:
    seen: list[Attempt] = []
    faults.plan(answer(503), fault.reset_before, FINE)
    call(get, max_retries=2, on_attempt=seen.append)
    assert [attempt.number for attempt in seen] == [1, 2, 3]
    assert [attempt.status_code for attempt in seen] == [503, None, 200]
    assert [type(attempt.error) for attempt in seen] == [
        InternalServerError,
        APIConnectionError,
        type(None),
    ]
    assert [attempt.retry_in for attempt in seen] == [0, 0, None]
    assert {(each.operation, each.method, each.path) for each in seen} == {
        ("auditLogs.get", "GET", GET_PATH)
    }
    assert all(0 < attempt.elapsed < 5 for attempt in seen)


def test_exception_of_on_attempt_propagates(faults: Faults, call: Caller, get: Get) -> None:
    class OwnError(Exception):
        pass

    error = OwnError()

    def observe(_: Attempt) -> None:
        raise error

    faults.plan(FINE)
    with pytest.raises(OwnError) as caught:
        call(get, on_attempt=observe)
    assert caught.value is error


def test_exception_of_a_token_callable_propagates(faults: Faults, call: Caller, get: Get) -> None:
    error = APIConnectionError("the vault is closed")  # Not even ours is tried again.

    def token() -> str:
        raise error

    faults.plan(FINE)
    with pytest.raises(APIConnectionError) as caught:
        call(get, token=token, max_retries=2)
    assert caught.value is error
    assert faults.requests == []


def test_each_request_is_logged_in_one_line(
    faults: Faults, call: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    faults.plan(answer(503, b"words of the body"), fault.reset_before, answer(200, AUDIT_LOG))
    with caplog.at_level(logging.DEBUG, "losant_audit_log"):
        call(
            lambda client: client.audit_logs.get("5" * 24, "6" * 24, extra_query={"q": "asked"}),
            max_retries=2,
        )
    lines = [each for each in caplog.records if each.name == "losant_audit_log"]
    assert {line.levelname for line in lines} == {"DEBUG"}
    texts = [line.getMessage().split(" in ")[0] for line in lines]
    path = f"/orgs/{'5' * 24}/audit-logs/{'6' * 24}"
    assert texts == [f"GET {path} {what}" for what in ("503", "APIConnectionError", "200")]
    assert [line.getMessage().split(" ms, ")[1] for line in lines] == [
        "attempt 1",
        "attempt 2",
        "attempt 3",
    ]
    everything = " ".join(line.getMessage() for line in lines)
    assert "words" not in everything
    assert "asked" not in everything
    assert TOKEN not in everything
