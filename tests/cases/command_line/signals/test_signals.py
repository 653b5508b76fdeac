"""A program that is interrupted ends at once, without a traceback."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.examples import ENTRY, GET_PATH, ORG
from tests.support.programs import Program
from tests.support.server import Answer, Recorded, Server, json_answer

pytestmark = pytest.mark.long

ENDS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]


@pytest.fixture
def end() -> Generator[threading.Event, None, None]:
    """The end of the test, until which slow responses wait."""
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.parametrize(("number", "code"), ENDS)
def test_signal_ends_a_waiting_request(
    server: Server, end: threading.Event, number: signal.Signals, code: int
) -> None:
    def slow(_request: Recorded) -> Answer:
        end.wait(60)
        return Answer()

    server.on(GET_PATH, slow)
    program = Program(server.url)
    with subprocess.Popen(
        program.command("audit-logs", "get", ORG, ENTRY),
        env=program.variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        while not server.requests:
            time.sleep(0.01)
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (code, b"", b"")


@pytest.mark.parametrize(("number", "code"), ENDS)
def test_signal_ends_an_export_of_many_logs_that_waits(
    server: Server,
    tmp_path: Path,
    end: threading.Event,
    number: signal.Signals,
    code: int,
) -> None:
    page: dict[str, object] = {"items": [], "count": 0, "totalCount": 0, "perPage": 100, "page": 0}
    logs = [f"{each:024x}" for each in range(6)]

    def slow(_request: Recorded) -> Answer:
        if len(server.requests) > 8:
            end.wait(60)
        return json_answer(page)

    for each in logs:
        server.on(f"/orgs/{each}/audit-logs", slow)
    program = Program(server.url)
    command = program.command("audit-logs", "export", *logs, "--to", str(tmp_path), "--start", "5d")
    with subprocess.Popen(
        command, env=program.variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        while len(server.requests) < 10:
            time.sleep(0.01)
        began = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    assert time.monotonic() - began < 9
    assert (process.returncode, out, err) == (code, b"", b"")


@pytest.mark.parametrize(("number", "code"), ENDS)
def test_signal_ends_a_verification_that_waits(
    server: Server,
    tmp_path: Path,
    end: threading.Event,
    number: signal.Signals,
    code: int,
) -> None:
    page: dict[str, object] = {"items": [], "count": 0, "totalCount": 0, "perPage": 100, "page": 0}
    server.on(f"/orgs/{ORG}/audit-logs", json_answer(page))
    program = Program(server.url)
    folder = str(tmp_path / "a")
    assert program("audit-logs", "export", ORG, "--to", folder, "--start", "5d").code == 0

    def slow(_request: Recorded) -> Answer:
        end.wait(60)
        return Answer()

    server.on(f"/orgs/{ORG}/audit-logs", slow)
    sent = len(server.requests)
    with subprocess.Popen(
        program.command("archive", "verify", folder, "--recount"),
        env=program.variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        while len(server.requests) == sent:
            time.sleep(0.01)
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (code, b"", b"")


def test_nohup_keeps_an_export_alive_after_the_terminal_was_closed(
    server: Server, tmp_path: Path
) -> None:
    page: dict[str, object] = {"items": [], "count": 0, "totalCount": 0, "perPage": 100, "page": 0}

    def slow(_request: Recorded) -> Answer:
        time.sleep(0.2)
        return json_answer(page)

    server.on(f"/orgs/{ORG}/audit-logs", slow)
    program = Program(server.url)
    command = program.command("audit-logs", "export", ORG, "--to", str(tmp_path), "--start", "5d")
    with subprocess.Popen(
        ["nohup", *command], env=program.variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        while not server.requests:
            time.sleep(0.01)
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=60)
    assert process.returncode == 0


def test_closed_pipe_exits_141(run: Program) -> None:
    command = " ".join(run.command("audit-logs", "list", ORG, "--per-page", "10"))
    done = subprocess.run(
        ["bash", "-c", f"{command} | head -n 1; echo ${{PIPESTATUS[0]}}"],
        env=run.variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[1:] == ["141"]
    assert done.stderr == ""
