"""A token that cannot be sent is found before anything is."""

from __future__ import annotations

from typing import Any

import pytest

from losant_audit_log import CheckResult, InvalidArgumentError, LosantError, MissingTokenError
from tests.support.callers import Caller, Way
from tests.support.examples import AUDIT_LOGS, ORG
from tests.support.fault_server import Faults, answer


def check(client: Any) -> Any:
    return client.check(ORG)


def test_there_is_none(call: Caller, faults: Faults) -> None:
    found: CheckResult = call(check, token=None)
    assert found.problem == "no-token"
    assert "LOSANT_API_TOKEN" in found.advice
    assert isinstance(found.error, MissingTokenError)
    assert faults.requests == []


@pytest.mark.parametrize("token", ["", "two words", "line\n", "Bearer abc", "tök€n"])
def test_it_is_malformed(call: Caller, faults: Faults, token: str) -> None:
    found: CheckResult = call(check, token=lambda: token)
    assert found.problem == "malformed-token"
    assert "Copy the token" in found.advice
    assert isinstance(found.error, InvalidArgumentError)
    assert faults.requests == []
    assert not token or token not in f"{found!r}"


def test_it_is_no_text(call: Caller, faults: Faults) -> None:
    found: CheckResult = call(check, token=lambda: 1)
    assert found.problem == "malformed-token"
    assert faults.requests == []


def test_a_callable_is_asked_once(call: Caller, faults: Faults) -> None:
    asked: list[str] = []

    def token() -> str:
        asked.append("t0ken")
        return asked[-1]

    faults.plan(answer(200, AUDIT_LOGS))
    assert call(check, token=token)
    assert asked == ["t0ken"]


@pytest.mark.parametrize("way", [Way.ASYNCIO, Way.TRIO])
def test_a_coroutine_function_is_awaited(faults: Faults, way: Way) -> None:
    async def good() -> str:
        return "t0ken"

    async def malformed() -> str:
        return "two words"

    faults.plan(answer(200, AUDIT_LOGS))
    assert Caller(way, faults.url)(check, token=good)
    assert Caller(way, faults.url)(check, token=malformed).problem == "malformed-token"


@pytest.mark.parametrize("way", [Way.ASYNCIO, Way.TRIO])
def test_a_token_that_does_not_come(faults: Faults, way: Way) -> None:
    import anyio

    async def token() -> str:
        await anyio.sleep(60)
        return "t0ken"

    found = Caller(way, faults.url)(lambda client: client.check(ORG, deadline=0.1), token=token)
    assert found.problem == "no-answer"


def test_what_a_callable_raises_is_its_own(call: Caller) -> None:
    def token() -> str:
        raise KeyError("vault")

    with pytest.raises(KeyError, match="vault"):
        call(check, token=token)


def test_so_is_an_error_of_ours_that_says_nothing_about_the_service(call: Caller) -> None:
    def token() -> str:
        raise LosantError("the vault is empty")

    with pytest.raises(LosantError, match="the vault is empty"):
        call(check, token=token)
