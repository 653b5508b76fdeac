"""Fixtures that several areas use."""

from __future__ import annotations

import functools
import shutil
import signal
import ssl
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any, cast

import pytest

from tests.support import figures, packages, releases, skips
from tests.support.callers import Caller, Way
from tests.support.cli import Project, project
from tests.support.server import Server, serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run long tests first, so that all cores finish at about the same time; else at random."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Use half as many processes again as there are cores: tests wait a quarter of their time."""
    cores = yield
    return cores + cores // 2


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run in CI if a test was skipped."""
    skips.pytest_sessionfinish(session)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the measurements of tests, and the skipped tests."""
    figures.show(terminalreporter)
    skips.pytest_terminal_summary(config)


@pytest.fixture(scope="session", autouse=True)
def heeded_signals() -> None:
    """Heed signals that a shell makes programs in its background, or `nohup` all, ignore."""
    for number, handler in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGHUP, signal.SIG_DFL),
    ):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


@pytest.fixture(scope="session", autouse=True)
def no_long_sleeps() -> Generator[None, None, None]:
    """Fail a test that sleeps for more than a second, in any function of its process."""
    sleep = time.sleep

    def sleep_briefly(seconds: float) -> None:
        assert seconds <= 1, f"a test sleeps for {seconds} s"
        sleep(seconds)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", sleep_briefly)
        yield


@pytest.fixture(scope="session", autouse=True)
def certificates_are_read_once() -> Generator[None, None, None]:
    """Save 30 ms per client. A test that needs its own context makes an `ssl.SSLContext`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", functools.cache(ssl.create_default_context))
        yield


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the caller's own token, URL and proxies from the tests."""
    for name in ("LOSANT_API_TOKEN", "LOSANT_API_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def new_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with a document and without a package."""
    return project(tmp_path / "project", monkeypatch.chdir)


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "project"
    with pytest.MonkeyPatch.context() as patch:
        ended = project(root, patch.chdir).run("generate")
    assert (ended.code, ended.err) == (0, "")
    return root


@pytest.fixture
def generated_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _made_once: Path) -> Project:
    """A project with its package."""
    shutil.copytree(_made_once, tmp_path / "project")
    return Project(tmp_path / "project", monkeypatch.chdir)


@pytest.fixture(scope="session")
def _laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("released") / "project"
    with pytest.MonkeyPatch.context() as patch:
        releases.lay_out(project(root, patch.chdir))
    return root


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _laid_out: Path) -> Project:
    """A project that can be released as 1.0.0, without an index."""
    for name in ("URL", "INDEX_URL", "USERNAME", "PASSWORD", "TOKEN_FILE"):
        monkeypatch.delenv(f"PUBLISH_{name}", raising=False)
    shutil.copytree(_laid_out, tmp_path / "project")
    return Project(tmp_path / "project", monkeypatch.chdir)


@pytest.fixture(scope="module")
def pets(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Any, None, None]:
    """The package of the test module's `DOCUMENT`."""
    document = cast("Any", request).module.DOCUMENT
    with packages.generated_package(tmp_path_factory.mktemp("pets"), document) as package:
        yield package


@pytest.fixture
def server() -> Generator[Server, None, None]:
    """A server on loopback."""
    with serving() as running:
        yield running


@pytest.fixture(params=list(Way))
def call(request: pytest.FixtureRequest, server: Server) -> Caller:
    """Calls the server, once in each mode."""
    return Caller(Way(request.param), server.url)
