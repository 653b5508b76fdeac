"""Fixtures that several areas use."""

from __future__ import annotations

import functools
import ssl
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.callers import Caller, Way
from tests.support.cli import Project, project
from tests.support.server import Server, serving


@pytest.fixture(scope="session", autouse=True)
def certificates_are_read_once() -> Generator[None, None, None]:
    """Spare each client 30 ms. Who wants a context for itself makes an `ssl.SSLContext`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        yield


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the caller's own token, address and proxies out of the tests."""
    for name in ("LOSANT_API_TOKEN", "LOSANT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def new_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project of its own, with a document and without a package."""
    return project(tmp_path / "project", monkeypatch.chdir)


@pytest.fixture
def server() -> Generator[Server, None, None]:
    """A server on loopback."""
    with serving() as running:
        yield running


@pytest.fixture(params=list(Way))
def call(request: pytest.FixtureRequest, server: Server) -> Caller:
    """Makes calls to the server, each way in turn."""
    return Caller(Way(request.param), server.url)
