"""Services of real frameworks on loopback, with clients generated from them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.callers import Way
from tests.support.node import required_node
from tests.support.packages import PackageCaller, generated_package
from tests.support.paths import JUDGES
from tests.support.server import Answer, Server


@contextmanager
def running(service: str) -> Generator[str, None, None]:
    """Start a service of `tests/judges`, and return the URL of its document."""
    program = JUDGES / service
    if program.suffix == ".js":
        command = [required_node(JUDGES / "node_modules" / "@nestjs" / "core"), str(program)]
    else:
        command = [sys.executable, str(program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            if not url:
                pytest.fail(f"{service} did not start")
            yield url
        finally:
            process.terminate()


class Judge:
    """A running service, and a client of the package that its own document makes.

    Attributes:
        package: The package.
        client: The client.
        called: The ids of the operations that were called.
    """

    def __init__(self, package: Any, url: str) -> None:
        self.package = package
        self.called: set[str] = set()
        self.client: Any = package.Client(
            base_url=url.removesuffix("/openapi.json"),
            max_retries=0,
            on_attempt=self._note,
        )

    def _note(self, attempt: Any) -> None:
        self.called.add(attempt.operation)

    @property
    def operations(self) -> set[str]:
        """The ids of all operations of the package."""
        return {each.operation.name for each in self.package._examples.MOCK_OPERATIONS}


@contextmanager
def running_service(service: str, folder: Path) -> Generator[Judge, None, None]:
    """Start a service, and generate and import the package of its document."""
    with running(service) as url:
        document = httpx.get(url).text
        with generated_package(folder, document, names="short") as package:
            judge = Judge(package, url)
            yield judge
            judge.client.close()


def check(package: Any, server: Server, call: tuple[Any, str, str, Answer]) -> None:
    """Make a call of a recorded document's client, and compare the request and the result."""
    function, request, result, response = call
    server.always(response)
    caller = PackageCaller(package, Way.SYNC, server.url, {})
    assert str(caller(function)) == result
    assert f"{server.last.method} {server.last.target}" == request
