"""Output formats, and the escaping of hostile entries in them."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.drifting_log import HOUR, DriftingLog
from tests.support.examples import AUDIT_LOG, ENTRY, GET_PATH, LIST_PATH, ORG
from tests.support.programs import Program
from tests.support.server import Answer, Recorded, Server, json_answer

HOSTILE = {
    "escape": "\x1b[2J\x1b]0;owned\x07",
    "bidi": "user\u202egpj.exe\u2066",
    "hidden": "a\u200bb\ufeff\u00adc",
    "c1": "\x9b31m\x7f",
    "tag": "x\U000e0041",
    "line": "one\r\ntwo",
}
SHOWN = ("\\u001b", "\\u202e", "\\u2066", "\\u200b", "\\ufeff", "\\u00ad", "\\u009b", "\\u007f")


def list_entries(server: Server, *entries: dict[str, Any]) -> Program:
    """Set the entries that the server lists."""
    page = {"items": entries, "count": len(entries), "totalCount": len(entries)}
    server.on(LIST_PATH, json_answer({**page, "perPage": 100, "page": 0}))
    return Program(server.url)


def test_auto_is_jsonl_in_a_pipe(run: Program) -> None:
    ended = run("audit-logs", "list", ORG, "--limit", "2", "--output", "auto")
    assert [json.loads(line)["responseStatus"] for line in ended.out.splitlines()] == [201, 200]


def test_auto_is_a_table_on_a_terminal(run: Program) -> None:
    lines = run.on_terminal("audit-logs", "list", ORG, "--limit", "2").splitlines()
    assert lines[0].split()[:2] == ["id", "auditLogId"]
    assert len(lines) == 3
    assert all(len(line) <= 100 for line in lines)


def test_progress_on_a_terminal_ends_after_the_output(run: Program) -> None:
    options = ("--output", "json")
    shown = run.on_terminal("audit-logs", "list", ORG, *options, streams=("stdout", "stderr"))
    *rows, last = shown.splitlines()
    assert json.loads("\n".join(each for each in rows if each.strip()))
    assert last.strip().endswith("entries")


def test_warning_on_a_terminal_begins_a_line(server: Server, tmp_path: Path) -> None:
    log = DriftingLog()
    log.now = time.time_ns() // 1_000_000
    log.add(log.now - HOUR, actorName=5)

    def slow(request: Recorded) -> Answer:
        time.sleep(0.6)  # The progress is shown after half a second.
        return log.route(request)

    server.always(slow)
    options = ("--to", str(tmp_path / "archive"), "--start", "2h")
    command = ("audit-logs", "export", ORG, *options)
    shown = Program(server.url).on_terminal(*command, streams=("stdout", "stderr"))
    lines = re.split("[\r\n]+", shown)
    assert "1 entries" in lines
    assert any(line.startswith("warning: ") for line in lines), shown


def test_json_of_a_list_is_one_array(run: Program) -> None:
    ended = run("audit-logs", "list", ORG, "--limit", "3", "--output", "json")
    assert len(json.loads(ended.out)) == 3


def test_json_of_an_empty_list_is_an_empty_array(server: Server) -> None:
    assert json.loads(list_entries(server)("audit-logs", "list", ORG, "--output", "json").out) == []


def test_json_of_an_entry_is_indented(run: Program) -> None:
    ended = run("audit-logs", "get", ORG, f"{7:024x}", "--output", "json")
    assert ended.out.startswith('{\n  "id"')


def test_raw_is_the_bytes_of_the_service(server: Server) -> None:
    body = b'{ "id":"' + ENTRY.encode() + b'",\n "new": 1.00 }'
    server.on(GET_PATH, Answer(body=body, headers={"Content-Type": "application/json"}))
    ended = Program(server.url)("audit-logs", "get", ORG, ENTRY, "--output", "raw")
    assert ended.out.encode() == body


def test_raw_of_a_result_of_our_own_is_a_line(run: Program) -> None:
    lines = [run("scopes", "auditLogs.get", "--output", each).out for each in ("raw", "jsonl")]
    assert lines[0] == lines[1]
    assert lines[0].startswith('{"operation":"auditLogs.get"')
    assert lines[0].endswith("}\n")


def test_table_of_an_empty_list_has_no_lines(server: Server) -> None:
    ended = list_entries(server)("audit-logs", "list", ORG, "--output", "table")
    assert (ended.code, ended.out) == (0, "")


def test_raw_of_a_list_is_the_bytes_of_each_entry(server: Server) -> None:
    item = (
        '{ "id" : "586e9d5151265cb9d72f6ec6", "creationDate":"2016-06-13T04:00:00.000Z","x":1.0 }'
    )
    body = f'{{"items":[{item}],"count":1,"totalCount":1,"perPage":100,"page":0}}'
    server.on(LIST_PATH, Answer(body=body.encode(), headers={"Content-Type": "application/json"}))
    assert Program(server.url)("audit-logs", "list", ORG, "--output", "raw").out == f"{item}\n"


def test_jsonl_keeps_numbers_and_unknown_members_as_they_came(server: Server) -> None:
    item = f'{{"id":"{ENTRY}","creationDate":"2016-06-13T04:00:00.000Z","x":1.00,\n"y":1}}'
    body = f'{{"items":[{item}],"count":1,"totalCount":1,"perPage":100,"page":0}}'
    server.on(LIST_PATH, Answer(body=body.encode(), headers={"Content-Type": "application/json"}))
    [line] = Program(server.url)("audit-logs", "list", ORG).out.splitlines()
    assert line == item.replace("\n", " ")


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "table"])
def test_columns_choose_members(run: Program, form: str) -> None:
    columns = ["--columns", "actorType,responseStatus", "--output", form]
    ended = run("audit-logs", "list", ORG, "--limit", "1", *columns)
    expected = {
        "json": '[\n{"actorType":"Device","responseStatus":201}\n]\n',
        "jsonl": '{"actorType":"Device","responseStatus":201}\n',
        "csv": "actorType,responseStatus\nDevice,201\n",
        "table": "actorType  responseStatus\nDevice     201\n",
    }
    assert ended.out == expected[form]


def test_unknown_column_is_an_error(run: Program) -> None:
    ended = run("audit-logs", "list", ORG, "--columns", "actorTyp")
    assert (ended.code, ended.out) == (2, "")
    assert "did you mean actorType?" in ended.err


def test_columns_do_not_fit_raw_output(run: Program) -> None:
    ended = run("audit-logs", "get", ORG, ENTRY, "--columns", "id", "--output", "raw")
    assert ended.code == 2


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("form", ["auto", "json", "jsonl", "csv", "raw"])
def test_terminal_shows_hostile_characters_as_escapes(server: Server, text: str, form: str) -> None:
    program = list_entries(server, {**AUDIT_LOG, "actorName": text})
    columns = [] if form == "raw" else ["--columns", "actorName"]
    shown = program.on_terminal("audit-logs", "list", ORG, *columns, "--output", form)
    assert shown
    assert all(char.isprintable() or char == "\n" for char in shown), ascii(shown)
    if form in {"json", "jsonl"}:
        [found] = json.loads(shown) if form == "json" else [json.loads(shown)]
        assert found == {"actorName": text}


def test_table_has_escapes_in_a_pipe_too(server: Server) -> None:
    program = list_entries(server, {**AUDIT_LOG, "actorName": "\x1b[2J\nx"})
    ended = program("audit-logs", "list", ORG, "--output", "table", "--columns", "actorName")
    assert ended.out == "actorName\n\\u001b[2J\\u000ax\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_cells_of_csv_are_no_formulas(server: Server, text: str) -> None:
    program = list_entries(server, {**AUDIT_LOG, "actorName": text})
    columns = ["--columns", "actorName", "--output", "csv"]
    ended = program("audit-logs", "list", ORG, *columns)
    [_, [cell]] = csv.reader(io.StringIO(ended.out, newline=""))
    assert cell == f"'{text}"
    ended = program("audit-logs", "list", ORG, *columns, "--csv-raw")
    [_, [cell]] = csv.reader(io.StringIO(ended.out, newline=""))
    assert cell == text


def test_no_color_is_ever_printed_without_a_terminal(run: Program) -> None:
    assert "\x1b" not in run("audit-logs", "list", ORG, "--output", "table").out
    assert "\x1b" not in run("audit-logs", "list", "--help").out


def test_terminal_output_has_no_color_if_the_user_disables_it(run: Program) -> None:
    program = Program(run.url, environment={**run.environment, "NO_COLOR": "1"})
    assert "\x1b" not in program.on_terminal("audit-logs", "list", ORG, "--limit", "1")
    assert "\x1b" not in program.on_terminal("audit-logs", "list", "--help")


def test_full_disk_is_an_error(run: Program) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("wb") as out:
        done = subprocess.run(
            run.command("audit-logs", "list", ORG),
            env=run.variables,
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 5
    assert b"Traceback" not in done.stderr
    assert b"No space left" in done.stderr
