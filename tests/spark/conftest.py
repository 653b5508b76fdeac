"""Fixtures of the tests with Spark.

`make test-spark` runs them in an environment of their own; other runs, without Spark, do not
collect them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from importlib.util import find_spec
from typing import Any

import pytest

from tests.support.many_logs import DAY, ManyLogs, iso, org, today
from tests.support.server import Server, serving
from tests.support.spark_sessions import start_session

collect_ignore_glob = [] if find_spec("pyspark") else ["test_*.py"]

ORGS = range(1, 51)


def pytest_configure(config: pytest.Config) -> None:
    """Ignore sockets that Spark's own library leaves to the garbage collector."""
    config.addinivalue_line("filterwarnings", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="session")
def spark() -> Generator[Any, None, None]:
    """A session with two tasks at once, and three attempts of each."""
    os.environ["NO_PROXY"] = "127.0.0.1,localhost"
    session = start_session()
    yield session
    session.stop()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on loopback."""
    with serving() as found:
        yield found


@pytest.fixture
def month() -> ManyLogs:
    """A service with a month of 50 organizations, the last day of which was two days ago."""
    logs = ManyLogs(today() - 32 * DAY, 30)
    logs.fill(ORGS, 4)
    return logs


@pytest.fixture
def options(server: Server, month: ManyLogs) -> dict[str, object]:
    """The options that read the month."""
    server.always(month)
    return {
        "baseUrl": server.url,
        "orgs": ",".join(map(org, ORGS)),
        "start": iso(month.begin),
        "end": iso(month.begin + month.days * DAY),
        "parallelism": 2,
    }


@pytest.fixture
def ids() -> Callable[[Any], list[str]]:
    """Return the ids of all rows, sorted."""
    return lambda rows: sorted(each.id for each in rows.select("id").collect())
