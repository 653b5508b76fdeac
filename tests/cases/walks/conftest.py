"""A log that drifts, and what reads it."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.support.callers import Way
from tests.support.drifting_log import DriftingLog, ticking
from tests.support.reading import Reader
from tests.support.server import Server


@pytest.fixture
def log() -> Generator[DriftingLog, None, None]:
    """An empty log, whose clock the client reads."""
    made = DriftingLog()
    with ticking(made):
        yield made


@pytest.fixture
def reader(log: DriftingLog) -> Reader:
    """Reads it with a synchronous client, in memory."""
    return Reader(log)


@pytest.fixture(params=list(Way))
def any_reader(
    request: pytest.FixtureRequest, log: DriftingLog, server: Server
) -> Generator[Reader, None, None]:
    """Reads it from a server on loopback, in each way in turn."""
    server.always(log.route)
    reader = Reader(log, Way(request.param), server.url)
    yield reader
    reader.close()
