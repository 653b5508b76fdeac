"""Skipped tests fail the run in CI, where nobody would see them."""

from __future__ import annotations

import os

import pytest

_FINE = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a successful run with skipped tests."""
    if hasattr(session.config, "workerinput"):  # One of the run's processes, not the run itself.
        return
    if _has_skipped(session.config) and session.exitstatus in _FINE:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(config: pytest.Config) -> None:
    """Print the reason."""
    if _has_skipped(config):
        _reporter(config).write_line("CI is set, and something was skipped: that is a failure")


def _has_skipped(config: pytest.Config) -> bool:
    return bool(os.environ.get("CI")) and bool(_reporter(config).stats.get("skipped"))


def _reporter(config: pytest.Config) -> pytest.TerminalReporter:
    found = config.pluginmanager.get_plugin("terminalreporter")
    assert isinstance(found, pytest.TerminalReporter)
    return found
