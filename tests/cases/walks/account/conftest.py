"""A clock that stands at noon."""

from __future__ import annotations

import pytest

from tests.support.drifting_log import DriftingLog


@pytest.fixture(autouse=True)
def clock(log: DriftingLog) -> DriftingLog:
    """What tells the client the time; it can be set."""
    return log
