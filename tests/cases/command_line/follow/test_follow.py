"""The command that prints new entries as they come."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from losant_audit_log._command import follows
from losant_audit_log.testing import MockTransport, mock_transport
from tests.cases.command_line.archives.test_archives import hourly
from tests.support.examples import ORG
from tests.support.programs import Program
from tests.support.served import serve
from tests.support.server import Server, json_answer

pytestmark = pytest.mark.long

COMMAND = ("audit-logs", "follow", ORG, "--interval", "0.2s", "--start", "5.5h")


@pytest.fixture
def transport() -> MockTransport:
    """A log that grows."""
    return mock_transport({"auditLogs.list": hourly()})


@pytest.fixture
def program(transport: MockTransport) -> Generator[Program, None, None]:
    """The program with that log."""
    with serve(transport) as server:
        yield Program(server.url)


@contextmanager
def following(program: Program, *options: str) -> Generator[subprocess.Popen[bytes], None, None]:
    """Run the command in the background."""
    with subprocess.Popen(
        program.command(*COMMAND, *options),
        env=program.variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def ids(process: subprocess.Popen[bytes], count: int) -> list[str]:
    """Read lines, and return the ids in them."""
    assert process.stdout is not None
    return [json.loads(process.stdout.readline())["id"] for _ in range(count)]


def entry(number: int) -> dict[str, object]:
    """Make an entry of this moment."""
    now = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    return {**hourly(1)[0], "id": f"{number:024x}", "creationDate": now}


def entry_ids(*numbers: int) -> list[str]:
    return [f"{number:024x}" for number in numbers]


def test_entries_come_once_each_line_at_once(program: Program, transport: MockTransport) -> None:
    with following(program) as process:
        assert ids(process, 5) == entry_ids(95, 96, 97, 98, 99)
        transport.add(entry(100))
        assert ids(process, 1) == entry_ids(100)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]
)
def test_signal_saves_the_state_and_the_next_run_continues(
    program: Program,
    transport: MockTransport,
    tmp_path: Path,
    number: signal.Signals,
    code: int,
) -> None:
    state = tmp_path / "state"
    with following(program, "--state", str(state)) as process:
        assert ids(process, 5) == entry_ids(95, 96, 97, 98, 99)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (code, b"")
    assert json.loads(state.read_text("utf-8"))
    assert state.stat().st_mode & 0o777 == 0o600
    transport.add(entry(100))
    with following(program, "--state", str(state)) as process:
        assert ids(process, 1) == entry_ids(100)


def test_kill_loses_no_entry(program: Program, transport: MockTransport, tmp_path: Path) -> None:
    state = tmp_path / "state"
    seen: set[str] = set()
    for number in (100, 101, 102):
        transport.add(entry(number))
        with following(program, "--state", str(state)) as process:
            seen |= {*ids(process, 1)}
            process.kill()
            assert process.stdout is not None
            seen |= {json.loads(line)["id"] for line in process.stdout}
    with following(program, "--state", str(state)) as process:
        while len(seen) < 8:
            seen |= {*ids(process, 1)}
    assert seen == {*entry_ids(*range(95, 103))}


def test_closed_pipe_exits_141_and_does_not_count_the_line(
    program: Program, tmp_path: Path
) -> None:
    state = str(tmp_path / "state")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            program.command(*COMMAND, "--state", state),
            env=program.variables,
            stdout=closed,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")
    with following(program, "--state", state) as process:
        assert ids(process, 1) == entry_ids(95)


def test_failure_that_passes_is_one_line_and_is_waited_out(
    program: Program, transport: MockTransport
) -> None:
    transport.fail_next(status=503)
    with following(program, "--max-retries", "0") as process:
        assert ids(process, 5) == entry_ids(95, 96, 97, 98, 99)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert err.startswith(b"warning: ")
    assert len(err.splitlines()) == 1


def test_rejected_token_ends_a_follow(server: Server) -> None:
    server.always(json_answer({"type": "Forbidden", "message": "no"}, 403))
    assert Program(server.url)(*COMMAND).code == 4


@pytest.mark.parametrize(
    "options",
    [
        ["--interval", "5"],
        ["--interval", "0s"],
        ["--interval", "0.05s"],
        ["--state", "/"],
        ["--audit-log-filter.actor.type", "Usr"],
    ],
)
def test_wrong_option_exits_2(program: Program, options: list[str]) -> None:
    assert program(*COMMAND, *options).code == 2


def test_filter_restricts_the_entries(program: Program) -> None:
    with following(program, "--audit-log-filter.actor.type", "User") as process:
        assert ids(process, 1) == entry_ids(95)


def test_closed_pipe_ends_it_before_the_next_entry(program: Program, tmp_path: Path) -> None:
    state = tmp_path / "state"
    with following(program, "--state", str(state)) as process:
        assert ids(process, 5) == entry_ids(95, 96, 97, 98, 99)
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(timeout=20) == 141
    assert json.loads(state.read_text("utf-8"))


def test_state_that_cannot_be_written_is_an_error_before_the_first_line(
    program: Program, tmp_path: Path
) -> None:
    ended = program(*COMMAND, "--state", str(tmp_path / "missing" / "state"))
    assert (ended.code, ended.out) == (2, "")
    assert "--state: the directory of" in ended.err


def test_state_that_is_no_regular_file_is_neither_read_nor_replaced(
    program: Program, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "state")
    ended = program(*COMMAND, "--state", str(tmp_path / "state"))
    assert ended.code == 2
    assert "is not a regular file; name another one" in ended.err
    assert [each.name for each in tmp_path.iterdir()] == ["state"]


def test_state_that_is_not_text_is_named_by_its_option(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "state"
    path.write_bytes(b"\xff")
    ended = program(*COMMAND, "--state", str(path))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: --state: cannot read '{path}'")


def test_windows_has_no_signals_of_pipes_and_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    handled: list[int] = []

    def note(number: int, _handler: object) -> None:
        handled.append(number)

    monkeypatch.setattr(signal, "signal", note)
    monkeypatch.setattr(sys, "platform", "win32")
    vars(follows)["_Printing"]()
    assert handled == [signal.SIGINT, signal.SIGTERM]


def test_state_of_another_kind_is_named_by_its_option_and_path(
    program: Program, tmp_path: Path
) -> None:
    path = tmp_path / "state"
    path.write_text("a shopping list", "utf-8")
    ended = program(*COMMAND, "--state", str(path))
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"error: --state {path}: the string is not a checkpoint")
