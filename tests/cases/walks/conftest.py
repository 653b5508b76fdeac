"""Fixtures: a drifting log and its readers."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.support.callers import Way
from tests.support.drifting_log import DriftingLog, ticking
from tests.support.reading import Reader
from tests.support.server import Server


@pytest.fixture
def log() -> Generator[DriftingLog, None, None]:
    """An empty log, whose clock the client uses."""
    made = DriftingLog()
    with ticking(made):
        yield made


@pytest.fixture
def reader(log: DriftingLog) -> Reader:
    """Reads the log with a synchronous client, in memory."""
    return Reader(log)


@pytest.fixture(params=list(Way))
def any_reader(
    request: pytest.FixtureRequest, log: DriftingLog, server: Server
) -> Generator[Reader, None, None]:
    """Reads the log from a server on loopback, once in each mode."""
    server.always(log.route)
    reader = Reader(log, Way(request.param), server.url)
    yield reader
    reader.close()
