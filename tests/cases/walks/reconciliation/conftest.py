"""Fixture: a clock that stands at noon."""

from __future__ import annotations

import pytest

from tests.support.drifting_log import DriftingLog


@pytest.fixture(autouse=True)
def clock(log: DriftingLog) -> DriftingLog:
    """The clock of the client, which tests can set."""
    return log
