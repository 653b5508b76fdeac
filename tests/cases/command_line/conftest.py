"""Fixtures: the program, and a loopback server that responds like the service."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from losant_audit_log.testing import mock_transport
from tests.support.cli import project
from tests.support.examples import AUDIT_LOG
from tests.support.programs import Program
from tests.support.served import serve
from tests.support.server import Server, serving

COUNT = 250


def entries(count: int = COUNT) -> list[dict[str, object]]:
    """Make entries, a minute apart, the oldest first."""
    return [
        {
            **AUDIT_LOG,
            "id": f"{number:024x}",
            "auditLogId": f"{number:024x}",
            "creationDate": f"2026-11-01T{number // 60:02}:{number % 60:02}:00.000Z",
            "actorType": ("User", "Device")[number % 2],
            "responseStatus": 200 + number % 2,
        }
        for number in range(count)
    ]


@pytest.fixture(scope="session")
def log() -> Generator[Server, None, None]:
    """A server with a log of entries."""
    with serve(mock_transport({"auditLogs.list": entries()})) as server:
        yield server


@pytest.fixture
def run(log: Server) -> Program:
    """The program, with the log and a token."""
    return Program(log.url)


@pytest.fixture
def server() -> Iterator[Server]:
    """A server whose responses a test sets."""
    with serving() as made:
        yield made


@contextmanager
def command_package(folder: Path, document: str) -> Generator[Program, None, None]:
    """Generate the package `pets` with a command line."""
    with pytest.MonkeyPatch.context() as patch:
        made = project(folder / "project", patch.chdir)
        made.spec.write_text(document, "utf-8")
        configuration = made.root / "pyproject.toml"
        text = configuration.read_text("utf-8").replace("strict = true", 'command = "pets"')
        configuration.write_text(text, "utf-8")
        ended = made.run("generate")
        assert ended.code == 0, ended.err
        yield Program(name="pets", folder=made.output, environment={})
