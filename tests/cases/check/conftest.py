"""Fixtures: a server whose responses a connection check diagnoses."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.support.callers import Caller, Way
from tests.support.fault_server import Faults, faulty


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Disable this machine's proxies."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def faults() -> Generator[Faults, None, None]:
    """A fault server."""
    with faulty() as running:
        yield running


@pytest.fixture(params=list(Way))
def call(request: pytest.FixtureRequest, faults: Faults) -> Caller:
    """Calls the fault server, once in each mode."""
    return Caller(Way(request.param), faults.url)
