"""`deadline` limits the whole call, whatever the server does."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import anyio
import httpx
import pytest

from losant_audit_log import (
    APITimeoutError,
    Attempt,
    Client,
    InternalServerError,
    InvalidArgumentError,
    LosantError,
    NotFoundError,
    RateLimitError,
)
from tests.support import fault_server as fault
from tests.support.callers import Caller, Way
from tests.support.every_fault import AMPLE
from tests.support.examples import AUDIT_LOG, ENTRY, ORG
from tests.support.fault_server import Behavior, Faults, answer
from tests.support.modes import Scenario, play

DEADLINE = 0.2
SLACK = 2.0  # seconds of a busy machine; what is endless takes 5 or more

Get = Callable[[Any], Any]
FINE = answer(200, AUDIT_LOG)
ENDLESS: dict[str, Behavior] = {
    "hang": fault.hang,
    "hang in the body": fault.hang_in_body,
    "slow headers": fault.later(FINE, 5),
    "promises": fault.processing,
    "dripping head": fault.drip_head(0.01),
    "dripping body": fault.drip_body(b'{"id":"' + b"1" * 600 + b'"}', 0.01),
}


def get_within(deadline: float) -> Get:
    return lambda client: client.audit_logs.get(ORG, ENTRY, deadline=deadline)


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_response_ends_at_the_deadline(faults: Faults, call: Caller, name: str) -> None:
    faults.plan(ENDLESS[name])
    began = time.monotonic()
    with pytest.raises(APITimeoutError, match=r"did not finish within its deadline of 0\.2 s"):
        call(get_within(DEADLINE), max_retries=5)
    assert DEADLINE - 0.02 < time.monotonic() - began < DEADLINE + SLACK


def test_call_within_its_deadline_succeeds(faults: Faults, call: Caller) -> None:
    faults.plan(answer(503), FINE)
    assert call(get_within(5), max_retries=1).to_dict() == AUDIT_LOG


def test_retry_delay_beyond_the_deadline_raises_at_once(faults: Faults, call: Caller) -> None:
    faults.plan(answer(429, b"", {"Retry-After": "30"}), FINE)
    with pytest.raises(RateLimitError) as caught:
        call(get_within(AMPLE), max_retries=5)
    assert caught.value.retry_after == 30
    assert len(faults.requests) == 1


def test_received_status_error_is_raised_instead_of_a_timeout(faults: Faults, call: Caller) -> None:
    seen: list[Attempt] = []
    faults.plan(answer(503, b"", {"X-Request-Id": "r1"}), fault.hang)
    with pytest.raises(InternalServerError) as caught:
        call(get_within(1), max_retries=1, on_attempt=seen.append)
    assert caught.value.request_id == "r1"
    assert [type(each.error) for each in seen] == [InternalServerError, APITimeoutError]


@pytest.mark.parametrize("behavior", [fault.reset_before, fault.close_before])
def test_repeated_connection_errors_until_the_deadline_raise_a_timeout(
    faults: Faults, call: Caller, behavior: Behavior, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pause(_: float, __: float) -> float:
        return 0.05

    monkeypatch.setattr("losant_audit_log._runtime.calls.retries.random.uniform", pause)
    faults.plan(behavior)
    with pytest.raises(
        APITimeoutError, match=r"did not finish within its deadline of 0\.4 s"
    ) as caught:
        call(get_within(0.4), max_retries=1000)
    assert caught.value.request is not None
    assert len(faults.requests) > 1


def test_status_that_is_not_retried_is_raised_as_itself(faults: Faults, call: Caller) -> None:
    faults.plan(answer(404))
    with pytest.raises(NotFoundError):
        call(get_within(AMPLE))


def test_time_spent_on_the_token_counts_toward_the_deadline(faults: Faults, call: Caller) -> None:
    async def token() -> str:
        await anyio.sleep(5)
        return "t"

    def slow_token() -> str:
        time.sleep(DEADLINE)
        return "t"

    faults.plan(FINE)
    began = time.monotonic()
    with pytest.raises(APITimeoutError, match="deadline"):
        call(get_within(DEADLINE), token=slow_token if call.way is Way.SYNC else token)
    assert time.monotonic() - began < DEADLINE + SLACK
    assert faults.requests == []


def test_connections_are_usable_after_a_missed_deadline(faults: Faults, call: Caller) -> None:
    faults.plan(fault.hang, FINE)

    def scenario(client: Any) -> Scenario:
        with pytest.raises(APITimeoutError):
            yield client.audit_logs.get(ORG, ENTRY, deadline=0.1)
        entry = yield client.audit_logs.get(ORG, ENTRY)
        assert entry.to_dict() == AUDIT_LOG

    play(call, scenario)


def test_response_after_the_deadline_is_discarded() -> None:
    given_up = threading.Event()
    threads: list[threading.Thread] = []

    def respond(_: httpx.Request) -> httpx.Response:
        threads.append(threading.current_thread())
        assert given_up.wait(AMPLE)
        return httpx.Response(200, json=AUDIT_LOG)

    with httpx.Client(transport=httpx.MockTransport(respond)) as http:
        with pytest.raises(APITimeoutError):
            get_within(0.05)(Client("t", http_client=http))
        given_up.set()
        threads[0].join(AMPLE)
        assert not threads[0].is_alive()


def test_response_just_before_the_deadline_is_returned(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The response arrives as the wait for it times out."""

    class Late(Future[Any]):
        def result(self, timeout: float | None = None) -> Any:
            outcome = super().result(AMPLE)
            if timeout is not None:
                raise TimeoutError
            return outcome

    monkeypatch.setattr("concurrent.futures.Future", Late)
    faults.plan(FINE)
    assert Caller.sync(faults.url)(get_within(AMPLE)).to_dict() == AUDIT_LOG


def test_call_without_an_available_thread_sends_nothing(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoThread:
        def __init__(self, **_: Any) -> None:
            raise RuntimeError("can't start new thread")

    monkeypatch.setattr("losant_audit_log._runtime.clients.client.Thread", NoThread)
    with pytest.raises(LosantError, match="can't start new thread"):
        Caller.sync(faults.url)(get_within(AMPLE))
    assert faults.requests == []


def test_no_thread_remains_after_a_missed_deadline(faults: Faults) -> None:
    faults.plan(fault.drip_body(b" " * 100_000, 0.001))
    before = set(threading.enumerate())
    call = Caller.sync(faults.url)
    with pytest.raises(APITimeoutError):
        call(get_within(0.1))
    for thread in set(threading.enumerate()) - before:
        thread.join(1)
        assert not thread.is_alive()


@pytest.mark.parametrize("wrong", [0, -1, math.inf, math.nan, 1e12, 10**400, True, "1"])
def test_invalid_deadline_is_rejected(wrong: Any) -> None:
    with Client("t") as client, pytest.raises(InvalidArgumentError, match="deadline"):
        client.audit_logs.get(ORG, ENTRY, deadline=wrong)
