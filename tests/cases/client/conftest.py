"""Fixtures: the fault server, and retries without backoff."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.support.callers import Caller, Way
from tests.support.examples import ENTRY, ORG
from tests.support.fault_server import Faults, faulty


@pytest.fixture(autouse=True)
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the jitter to the shortest delay."""

    def shortest(low: float, _: float) -> float:
        return low

    monkeypatch.setattr("losant_audit_log._runtime.calls.retries.random.uniform", shortest)


@pytest.fixture
def faults() -> Generator[Faults, None, None]:
    """A fault server."""
    with faulty() as running:
        yield running


@pytest.fixture(params=list(Way))
def call(request: pytest.FixtureRequest, faults: Faults) -> Caller:
    """Calls the fault server, once in each mode."""
    return Caller(Way(request.param), faults.url)


@pytest.fixture
def get() -> Callable[[Any], Any]:
    """Get one entry: the call that most tests make."""
    return lambda client: client.audit_logs.get(ORG, ENTRY)
