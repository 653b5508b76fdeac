"""Fixtures: clients with a transport that needs no network."""

from __future__ import annotations

import pytest

from tests.support.callers import Way
from tests.support.mocked import Use


@pytest.fixture(autouse=True)
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the jitter to the shortest delay."""

    def shortest(low: float, _: float) -> float:
        return low

    monkeypatch.setattr("losant_audit_log._runtime.calls.retries.random.uniform", shortest)


@pytest.fixture(params=list(Way))
def use(request: pytest.FixtureRequest) -> Use:
    """Makes a call through a transport, once in each mode."""
    return Use(Way(request.param))


@pytest.fixture
def use_sync() -> Use:
    """Makes a call through a transport with the synchronous client."""
    return Use(Way.SYNC)
