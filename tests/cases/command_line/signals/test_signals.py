"""A program that is interrupted ends at once, without a traceback."""

from __future__ import annotations

import signal
import subprocess
import time

import pytest

from tests.support.examples import ENTRY, GET_PATH, ORG
from tests.support.programs import Program
from tests.support.server import Answer, Recorded, Server


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signal_ends_a_waiting_request(server: Server, number: signal.Signals, code: int) -> None:
    def slow(_request: Recorded) -> Answer:
        time.sleep(3)
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
