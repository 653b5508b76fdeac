"""Errors of the command line, on one line or as JSON."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from losant_audit_log._command import program as commands
from losant_audit_log._command.failures import Exit, most_severe, report
from losant_audit_log._command.tables import PROGRAM
from tests.support.examples import ENTRY, GET_PATH, LIST_PATH, ORG
from tests.support.programs import TOKEN, Program
from tests.support.server import Answer, Server, json_answer, text_answer

GET = ("audit-logs", "get", ORG, ENTRY)
USAGE: list[tuple[list[str], str]] = [
    ([], "missing command"),
    (["audit-log"], "did you mean audit-logs?"),
    (["--outptu", "json"], "the option '--outptu' is unknown"),
    (["audit-logs"], "missing command"),
    (["audit-logs", "lst"], "did you mean list?"),
    (["audit-logs", "list"], "required: ORG_ID"),
    (["audit-logs", "list", ORG, "extra"], "unexpected arguments: 1"),
    (["audit-logs", "list", ORG, "--", "--help"], "unexpected arguments: 1; see losant-audit-log"),
    (["audit-logs", "list", ORG, "x", "--"], "unexpected arguments: 1; see losant-audit-log"),
    (["audit-logs", "list", ORG, "-5"], "'-5' is unknown; see losant-audit-log audit-logs list"),
    (["audit-logs", "list", ORG, "--strat", "7d"], "did you mean --start?"),
    (["audit-logs", "list", ORG, "--sta", "7d"], "did you mean --start?"),
    (["audit-logs", "list", ORG, "--output", "yaml"], "--output: 'yaml' is unknown"),
    (["audit-logs", "list", ORG, "--limit", "0"], "--limit: expected 1 or more, got 0"),
    (["audit-logs", "list", ORG, "--limit", "x"], "--limit: 'x' is not an integer"),
    (["audit-logs", "list", ORG, "--page", "-1"], "--page: expected at least 0"),
    (["audit-logs", "list", ORG, "--timeout", "soon"], "--timeout: 'soon'"),
    (["audit-logs", "list", ORG, "--timeout", "0"], "--timeout: expected a positive"),
    (["audit-logs", "list", ORG, "--sort-field", "x"], "--sort-field: expected one of"),
    (["audit-logs", "list", "me"], "ORG_ID: expected a str that matches"),
    (["audit-logs", "list", ORG, "--start", "2026-11-01T00:00:00"], "write 2026-11-01T00:00:00Z"),
    (["audit-logs", "list", ORG, "--start", "yesterday"], "--start: 'yesterday' is not a time"),
    (["audit-logs", "list", ORG, "--start", "1d", "--end", "2d"], "start"),
    (["audit-logs", "list", ORG, "--audit-log-filter", "{"], "--audit-log-filter: not valid JSON"),
    (["audit-logs", "list", ORG, "--audit-log-filter", "@none"], "cannot read 'none'"),
    (["audit-logs", "list", ORG, "--audit-log-filter", "{}"], "--audit-log-filter"),
    (
        ["audit-logs", "list", ORG, "--audit-log-filter.actor.type", "Usr"],
        "--audit-log-filter.actor[0].type",
    ),
    (["audit-logs", "list", ORG, "--base-url", "ftp://x"], "--base-url"),
    (["audit-logs", "list", ORG, "--max-retries", "-1"], "--max-retries: expected"),
    (["scopes", "auditLogs.lst"], "did you mean auditLogs.list?"),
    (["completion", "tcsh"], "the shell 'tcsh' is unknown"),
]


@pytest.mark.parametrize(("arguments", "message"), USAGE)
def test_wrong_usage_exits_2_with_the_fix(run: Program, arguments: list[str], message: str) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    [line] = ended.err.splitlines()
    assert line.startswith("error: ")
    assert message in line


@pytest.mark.parametrize(
    ("status", "code"),
    [
        *((400, 5), (401, 4), (403, 4), (404, 5), (409, 5), (418, 5), (429, 3)),
        *((500, 3), (502, 3), (503, 3), (599, 3), (302, 5)),
    ],
)
def test_status_decides_the_exit_code(server: Server, status: int, code: int) -> None:
    server.on(GET_PATH, json_answer({"type": "Odd", "message": "no"}, status))
    ended = Program(server.url)(*GET, "--max-retries", "0")
    assert (ended.code, ended.out) == (code, "")
    assert len(ended.err.splitlines()) == 1


def test_error_is_a_json_object_where_output_is_json(server: Server) -> None:
    body = {"type": "Forbidden", "message": "not\nallowed"}
    server.on(GET_PATH, json_answer(body, 403, {"X-Request-Id": "r-1"}))
    for form in ("--output=json", "--output=jsonl"):
        ended = Program(server.url)(*GET, form)
        found: dict[str, Any] = json.loads(ended.err)
        assert len(ended.err.splitlines()) == 1
        assert {**found, "message": ""} == {
            "type": "PermissionDeniedError",
            "message": "",
            "status": 403,
            "request_id": "r-1",
            "required_scopes": sorted(found["required_scopes"]),
            "exit_code": 4,
        }
        assert "auditLog.get" in found["required_scopes"]
        assert "auditLog.get" in found["message"]


def test_usage_error_is_a_json_object_where_output_is_json(run: Program) -> None:
    ended = run("audit-logs", "list", ORG, "--output", "json", "--nonsense")
    assert json.loads(ended.err)["exit_code"] == ended.code == 2


def test_refused_connection_exits_3() -> None:
    assert Program("http://127.0.0.1:9")(*GET, "--max-retries", "0").code == 3


def test_exceeded_deadline_exits_3(server: Server) -> None:
    server.on(GET_PATH, json_answer({}, 503, {"Retry-After": "30"}))
    assert Program(server.url)(*GET, "--deadline", "0.2s").code == 3


@pytest.mark.parametrize("body", ["<html>", "", "[]", '{"id": 5}'])
def test_undecodable_response_exits_5(server: Server, body: str) -> None:
    server.on(GET_PATH, text_answer(body))
    assert Program(server.url)(*GET).code == 5


def test_list_that_contradicts_itself_exits_5(server: Server) -> None:
    server.on(LIST_PATH, json_answer({"items": [], "totalCount": 7, "perPage": 100, "page": 0}))
    assert Program(server.url)("audit-logs", "list", ORG).code == 5


def test_message_of_the_service_cannot_control_the_terminal(server: Server) -> None:
    server.on(GET_PATH, json_answer({"type": "Odd", "message": "\x1b[2J\u202eno\r\nerror: x"}, 400))
    [line] = Program(server.url)(*GET).err.splitlines()
    assert line.isprintable()


def test_missing_token_is_named_with_its_sources(log: Server) -> None:
    ended = Program(log.url, environment={})(*GET)
    assert ended.code == 2
    for source in ("LOSANT_API_TOKEN", "--token-file", "--token-command"):
        assert source in ended.err


def test_token_in_a_message_of_the_service_is_hidden(server: Server) -> None:
    server.on(GET_PATH, json_answer({"type": "Odd", "message": f"bad token {TOKEN}"}, 400))
    for form in ("table", "json"):
        assert TOKEN not in Program(server.url)(*GET, "--output", form).err


def test_closed_stdout_is_no_traceback(run: Program) -> None:
    command = " ".join(run.command(*GET))
    done = subprocess.run(
        ["bash", "-c", f"{command} >&-"], env=run.variables, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode in {2, 5}


def test_closed_stderr_keeps_the_exit_code(server: Server) -> None:
    server.on(GET_PATH, Answer(status=403))
    program = Program(server.url)
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(program.command(*GET))} 2>&-"],
        env=program.variables,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 4


def test_stdout_that_was_never_open_is_an_error() -> None:
    program = Program()
    done = subprocess.run(
        ["bash", "-c", f"{' '.join(program.command('scopes'))} >&-"],
        env=program.variables,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == b"error: stdout is closed; there is nowhere to print to\n"


def test_error_that_nothing_expects_is_to_be_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert report(LookupError("a"), as_json=False) == 5
    assert capsys.readouterr().err == "error: LookupError: a; please report it\n"


def test_exit_of_a_generator_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def close(*_: object) -> int:
        raise GeneratorExit

    monkeypatch.setattr(commands, "_branch", close)
    with pytest.raises(GeneratorExit):
        commands.run(PROGRAM, [])


@pytest.mark.parametrize(
    ("codes", "first"),
    [
        ([0, 7, 9, 8, 3, 5, 2, 4, 6], 6),
        ([0, 7, 9, 8, 3, 5, 2, 4], 4),
        ([0, 7, 9, 8, 3, 5, 2], 2),
        ([0, 7, 9, 8, 3, 5], 5),
        ([0, 7, 9, 8, 3], 3),
        ([0, 7, 9, 8], 8),
        ([0, 7, 9], 9),
        ([0, 7], 7),
        ([0], 0),
        ([], 0),
    ],
)
def test_most_severe_outcome_decides_the_exit_code(codes: list[int], first: int) -> None:
    assert most_severe(codes) == Exit(first)


def test_short_token_does_not_garble_messages(server: Server) -> None:
    program = Program(server.url, environment={"LOSANT_API_TOKEN": "token"})
    ended = program("audit-logs", "get", ORG, ENTRY, "--token", "x")
    assert (ended.code, "--token-file FILE" in ended.err) == (2, True)


def test_short_token_is_redacted_where_it_is_a_whole_word(server: Server) -> None:
    program = Program(server.url, environment={"LOSANT_API_TOKEN": "s3cr3t"})
    ended = program("audit-logs", "get", "s3cr3t", ENTRY)
    assert (ended.code, "s3cr3t" in ended.err, "***" in ended.err) == (2, False, True)


@pytest.mark.parametrize("below", ["", "/folder"])
def test_export_to_a_file_or_below_it_exits_2(run: Program, tmp_path: Path, below: str) -> None:
    path = tmp_path / "file"
    path.touch()
    ended = run("audit-logs", "export", ORG, "--to", f"{path}{below}")
    assert (ended.code, f"Not a directory: {path}\n" in ended.err) == (2, True)
