"""Prism: a mock server for a document, or a proxy that validates traffic."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.document import document as our_document
from tests.support.node import environment, judge


@contextmanager
def mocking(home: Path) -> Generator[str, None, None]:
    """Run a mock server for our document, and return its URL."""
    with _running(home, "mock", _plain(home)) as url:
        yield url


@contextmanager
def judging(home: Path, upstream: str) -> Generator[str, None, None]:
    """Run a proxy in front of a server, and return its URL.

    The proxy responds with 4xx to a request that our document forbids, and with 500 to a forbidden
    response. Both list the `VIOLATIONS`.
    """
    with _running(home, "proxy", "--errors", _plain(home), upstream) as url:
        yield url


@contextmanager
def serving(document: Path, home: Path) -> Generator[str, None, None]:
    """Run a mock server for any document, and return its URL."""
    with _running(home, "mock", str(document)) as url:
        yield url


def _plain(home: Path) -> str:
    """Write the document without aliases: Prism overlooks parameters in YAML aliases."""
    plain = home / "openapi.json"
    plain.write_text(json.dumps(our_document()), "utf-8")
    return str(plain)


@contextmanager
def _running(home: Path, *arguments: str) -> Generator[str, None, None]:
    with subprocess.Popen(
        [*judge("prism"), *arguments, "--host=127.0.0.1", "--port=0"],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield _address(process)
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _address(process: subprocess.Popen[str]) -> str:
    """Wait until the server listens, and keep reading its output, so that it never blocks."""
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        found = re.search(r"is listening on (http://127\.0\.0\.1:\d+)", line)
        if found:
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return found[1]
    pytest.fail(f"prism did not start: {''.join(lines)}")
