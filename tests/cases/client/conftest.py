"""The server that misbehaves, and what keeps the tests quick."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.support.callers import Caller, Way
from tests.support.examples import ENTRY, ORG
from tests.support.fault_server import Faults, faulty


@pytest.fixture(autouse=True)
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the jitter always choose the shortest wait."""

    def shortest(low: float, _: float) -> float:
        return low

    monkeypatch.setattr("losant_audit_log._runtime.calls.retries.random.uniform", shortest)


@pytest.fixture
def faults() -> Generator[Faults, None, None]:
    """A server that misbehaves."""
    with faulty() as running:
        yield running


@pytest.fixture(params=list(Way))
def call(request: pytest.FixtureRequest, faults: Faults) -> Caller:
    """Makes calls to that server, each way in turn."""
    return Caller(Way(request.param), faults.url)


@pytest.fixture
def get() -> Callable[[Any], Any]:
    """The call that most tests make."""
    return lambda client: client.audit_logs.get(ORG, ENTRY)
