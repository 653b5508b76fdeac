"""A check reports an unusable token before it sends anything."""

from __future__ import annotations

from typing import Any

import pytest

from losant_audit_log import CheckResult, InvalidArgumentError, LosantError, MissingTokenError
from tests.support.callers import Caller, Way
from tests.support.examples import AUDIT_LOGS, ORG
from tests.support.fault_server import Faults, answer
from tests.support.shown import Shown

SECRET = "s3cret-t0ken-0123456789"


def check(client: Any) -> Any:
    return client.check(ORG)


def test_missing_token_is_reported_without_a_request(call: Caller, faults: Faults) -> None:
    found: CheckResult = call(check, token=None)
    assert found.problem == "no-token"
    assert "LOSANT_API_TOKEN" in found.advice
    assert isinstance(found.error, MissingTokenError)
    assert faults.requests == []


@pytest.mark.parametrize("token", ["", "two words", "line\n", "Bearer abc", "tök€n"])
def test_malformed_token_is_reported_without_a_request(
    call: Caller, faults: Faults, token: str
) -> None:
    found: CheckResult = call(check, token=lambda: token)
    assert found.problem == "malformed-token"
    assert "Copy the token" in found.advice
    assert isinstance(found.error, InvalidArgumentError)
    assert faults.requests == []
    assert not token or token not in f"{found!r}"


def test_token_of_another_type_than_string_is_reported_as_malformed(
    call: Caller, faults: Faults
) -> None:
    found: CheckResult = call(check, token=lambda: 1)
    assert found.problem == "malformed-token"
    assert faults.requests == []


def test_token_callable_is_called_once_per_check(call: Caller, faults: Faults) -> None:
    reads: list[str] = []

    def token() -> str:
        reads.append("t0ken")
        return reads[-1]

    faults.plan(answer(200, AUDIT_LOGS))
    assert call(check, token=token)
    assert reads == ["t0ken"]


@pytest.mark.parametrize("way", [Way.ASYNCIO, Way.TRIO])
def test_token_coroutine_function_is_awaited(faults: Faults, way: Way) -> None:
    async def good() -> str:
        return "t0ken"

    async def malformed_token() -> str:
        return "two words"

    faults.plan(answer(200, AUDIT_LOGS))
    assert Caller(way, faults.url)(check, token=good)
    assert Caller(way, faults.url)(check, token=malformed_token).problem == "malformed-token"


@pytest.mark.parametrize("way", [Way.ASYNCIO, Way.TRIO])
def test_token_coroutine_that_never_finishes_is_reported_as_a_timeout(
    faults: Faults, way: Way
) -> None:
    import anyio

    async def token() -> str:
        await anyio.sleep(60)
        return "t0ken"

    found = Caller(way, faults.url)(lambda client: client.check(ORG, deadline=0.1), token=token)
    assert found.problem == "no-answer"


def test_exception_of_a_token_callable_passes_through_the_check(call: Caller) -> None:
    def token() -> str:
        raise KeyError("vault")

    with pytest.raises(KeyError, match="vault"):
        call(check, token=token)


def test_losant_error_of_a_token_callable_passes_through_the_check(call: Caller) -> None:
    def token() -> str:
        raise LosantError("the vault is empty")

    with pytest.raises(LosantError, match="the vault is empty"):
        call(check, token=token)


@pytest.mark.parametrize("body", [SECRET.encode(), {"items": {SECRET: SECRET}}])
def test_error_of_a_check_does_not_contain_a_token_that_the_service_repeats(
    call: Caller, faults: Faults, body: Any
) -> None:
    faults.plan(answer(200, body))
    found: CheckResult = call(check, token=SECRET)
    assert found.problem == "odd-answer"
    assert found.error is not None
    assert SECRET not in str(Shown(found.error))
