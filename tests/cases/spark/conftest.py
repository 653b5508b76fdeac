"""Fixtures of the data source, without Spark."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.support.many_logs import DAY, ManyLogs, iso, org, today
from tests.support.server import Server
from tests.support.spark_stand_in import spark_stand_in


class Schema:
    """A schema as Spark passes it, from the text that Spark receives."""

    def __init__(self, text: str) -> None:
        self.names = re.findall(r"`(.*?)`", text)


@pytest.fixture
def source() -> Generator[Any, None, None]:
    """The class that users register, with a stand-in for Spark."""
    with spark_stand_in("losant_audit_log"):
        yield importlib.import_module("losant_audit_log.spark").LosantAuditLog


@pytest.fixture
def logs(server: Server, monkeypatch: pytest.MonkeyPatch) -> ManyLogs:
    """A service with ten days of three organizations, the last day of which was two days ago."""
    found = ManyLogs(today() - 12 * DAY, 10)
    found.fill(range(1, 4), 5)
    server.always(found)
    monkeypatch.setenv("LOSANT_API_URL", server.url)
    monkeypatch.setenv("LOSANT_API_TOKEN", "t0ken")
    return found


@pytest.fixture
def options(logs: ManyLogs) -> dict[str, str]:
    """The options that read all of it."""
    return {
        "orgs": ",".join(org(number) for number in range(1, 4)),
        "start": iso(logs.begin),
        "end": iso(logs.begin + 10 * DAY),
    }


@pytest.fixture
def batch(source: Any) -> Callable[[dict[str, str]], Any]:
    """Return a function that creates the reader of a batch."""

    def create(options: dict[str, str]) -> Any:
        created = source(options)
        return created.reader(Schema(created.schema()))

    return create


@pytest.fixture
def stream(source: Any) -> Callable[[dict[str, str]], Any]:
    """Return a function that creates the reader of a stream."""

    def create(options: dict[str, str]) -> Any:
        created = source(options)
        return created.streamReader(Schema(created.schema()))

    return create


@pytest.fixture
def rows() -> Callable[..., dict[str, list[Any]]]:
    """Return a function that reads parts, and returns the values by column."""

    def read(reader: Any, parts: list[Any] | None = None) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for part in reader.partitions() if parts is None else parts:
            for each in reader.read(part):
                for name, values in each.items():
                    found.setdefault(name, []).extend(values)
        return found

    return read
