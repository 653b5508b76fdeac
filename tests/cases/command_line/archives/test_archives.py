"""The commands that archive, verify, describe, prove and read."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from losant_audit_log.testing import mock_transport
from tests.support.examples import AUDIT_LOG, INSTANCE, ORG
from tests.support.programs import Program
from tests.support.served import serve
from tests.support.server import Answer, Recorded, Server, json_answer

COUNT = 100
OTHER = f"{7:024x}"
IMPORTS = """\
import sys
import time
from losant_audit_log.__main__ import main
sys.argv = ["losant-audit-log", *sys.argv[1:]]
code = main()
print(code, "httpx" in sys.modules, file=sys.stderr)
"""


def hourly(count: int = COUNT) -> list[dict[str, object]]:
    """Make entries of the last hours, the oldest first."""
    now = dt.datetime.now(dt.UTC)
    return [
        {
            **AUDIT_LOG,
            "id": f"{number:024x}",
            "auditLogId": f"{number:024x}",
            "creationDate": (now - dt.timedelta(hours=count - number)).isoformat()[:19] + ".000Z",
        }
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def recent() -> Generator[Server, None, None]:
    """A server with the recent logs of two organizations."""
    others = [{**each, "id": f"a{str(each['id'])[1:]}", "orgId": OTHER} for each in hourly()]
    with serve(mock_transport({"auditLogs.list": [*hourly(), *others]})) as made:
        yield made


@pytest.fixture
def program(recent: Server) -> Program:
    """The program with a recent log."""
    return Program(recent.url)


@pytest.fixture
def folder(tmp_path: Path, program: Program) -> Path:
    """An archive."""
    made = tmp_path / "archive"
    ended = program("audit-logs", "export", ORG, "--to", str(made), "--start", "6d")
    assert (ended.code, ended.err) == (0, "")
    return made


def test_export_prints_the_head_and_a_second_run_adds_nothing(
    tmp_path: Path, program: Program
) -> None:
    command = ["audit-logs", "export", ORG, "--to", str(tmp_path / "a"), "--start", "6d"]
    first, second = program(*command), program(*command)
    origin, added, size, root = first.out.split()
    assert (origin, added) == (f"losant-audit-log/auditLogs.list/{ORG}", str(COUNT))
    assert second.out.split() == [origin, "0", size, root]
    checkpoint = (tmp_path / "a" / "checkpoint").read_text("utf-8")
    assert checkpoint == f"{origin}\n{size}\n{root}\n"


def test_several_logs_get_a_folder_each(tmp_path: Path, program: Program) -> None:
    ended = program("audit-logs", "export", ORG, OTHER, "--to", str(tmp_path), "--start", "6d")
    assert (ended.code, len(ended.out.splitlines())) == (0, 2)
    assert {each.name for each in tmp_path.iterdir()} == {ORG, OTHER}
    ended = program("archive", "status", str(tmp_path))
    assert [json.loads(line)["entries"] > 0 for line in ended.out.splitlines()] == [True, True]
    assert program("archive", "verify", str(tmp_path)).code == 0


def test_log_that_fails_does_not_stop_the_others(tmp_path: Path, program: Program) -> None:
    logs = [f"{8:024x}", ORG]
    ended = program("audit-logs", "export", *logs, "--to", str(tmp_path), "--start", "6d")
    assert (ended.code, len(ended.err.splitlines())) == (5, 1)
    assert ended.out.startswith(f"losant-audit-log/auditLogs.list/{ORG} {COUNT} ")


def test_one_archive_takes_no_second_log(folder: Path, program: Program) -> None:
    assert program("audit-logs", "export", ORG, OTHER, "--to", str(folder)).code == 2


def test_archive_of_another_log_exits_6(folder: Path, program: Program) -> None:
    assert program("audit-logs", "export", OTHER, "--to", str(folder)).code == 6


def test_rejected_token_exits_4(tmp_path: Path, server: Server) -> None:
    server.always(json_answer({"type": "Forbidden", "message": "no"}, 403))
    ended = Program(server.url)("audit-logs", "export", ORG, "--to", str(tmp_path / "a"))
    assert (ended.code, len(ended.err.splitlines())) == (4, 1)


@pytest.mark.parametrize(("status", "code"), [(401, 4), (403, 4), (404, 5), (501, 3), (0, 3)])
@pytest.mark.parametrize("logs", [[ORG], [ORG, OTHER]])
def test_first_run_that_reads_nothing_leaves_nothing(
    tmp_path: Path, server: Server, logs: list[str], status: int, code: int
) -> None:
    refusal = json_answer({"type": "Refused", "message": "no"}, status)
    server.always(refusal if status else Answer(status=0))
    (tmp_path / "kept").mkdir()
    for folder in ("new/a", "kept"):
        options = ["--to", str(tmp_path / folder), "--max-retries", "0"]
        ended = Program(server.url)("audit-logs", "export", *logs, *options)
        assert (ended.code, len(ended.err.splitlines())) == (code, len(logs))
    assert [*tmp_path.rglob("*")] == [tmp_path / "kept"]


def test_log_that_is_rejected_leaves_nothing_beside_the_others(
    tmp_path: Path, program: Program
) -> None:
    logs = [f"{8:024x}", ORG, OTHER]
    ended = program("audit-logs", "export", *logs, "--to", str(tmp_path / "m"), "--start", "6d")
    assert (ended.code, {each.name for each in (tmp_path / "m").iterdir()}) == (5, {ORG, OTHER})
    assert program("archive", "verify", str(tmp_path / "m")).code == 0


def test_later_run_that_is_rejected_keeps_the_archive(folder: Path, server: Server) -> None:
    server.always(json_answer({"type": "Forbidden", "message": "no"}, 403))
    assert Program(server.url)("audit-logs", "export", ORG, "--to", str(folder)).code == 4
    status = json.loads(Program()("archive", "status", str(folder)).out)
    assert (status["entries"] > 0, status["last_exit_code"]) == (True, 4)


def test_newer_archive_does_not_stop_the_verification_of_the_others(
    tmp_path: Path, program: Program
) -> None:
    program("audit-logs", "export", ORG, OTHER, "--to", str(tmp_path), "--start", "6d")
    header = tmp_path / OTHER / "archive.json"
    header.write_text(header.read_text("utf-8").replace('"format": 1', '"format": 2'), "utf-8")
    ended = program("archive", "verify", str(tmp_path))
    assert (ended.code, "unsupported format 2" in ended.err) == (2, True)
    assert ended.out.startswith(f"losant-audit-log/auditLogs.list/{ORG}: ")


@pytest.mark.parametrize("command", [["prove", f"{9:024x}"], ["read"], ["status"]])
def test_end_that_was_cut_off_is_damage_for_readers(
    folder: Path, program: Program, command: list[str]
) -> None:
    [*_, last] = sorted(folder.glob("seals/*"))
    last.unlink()
    ended = program("archive", command[0], str(folder), *command[1:])
    assert (ended.code, ended.out) == (6, "")
    assert "checkpoint: does not match the seals" in ended.err


def test_checkpoint_that_is_missing_is_damage_for_a_proof(folder: Path, program: Program) -> None:
    (folder / "checkpoint").unlink()
    ended = program("archive", "prove", str(folder), f"{9:024x}")
    assert (ended.code, "the checkpoint is missing" in ended.err) == (6, True)


def test_damage_is_reported_although_the_service_cannot_be_reached(
    folder: Path, server: Server
) -> None:
    server.always(json_answer({"type": "Forbidden", "message": "no"}, 403))
    program = Program(server.url)
    ended = program("archive", "verify", str(folder), "--recount")
    assert (ended.code, len(ended.err.splitlines())) == (4, 1)
    assert "integrity: holds" in ended.out
    next(folder.glob("entries/*/*.gz")).unlink()
    ended = program("archive", "verify", str(folder), "--recount")
    assert (ended.code, "integrity: fails" in ended.out) == (1, True)


@pytest.mark.parametrize(
    "option",
    [["--to", ""], ["--to", "a", "--end", "0001-01-01"], ["--to", "a", "--start", "2999-01-01"]],
)
def test_path_and_span_that_can_hold_no_entry_are_rejected(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch, option: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = program("audit-logs", "export", ORG, *option)
    assert (ended.code, option[-2] in ended.err) == (2, True)
    assert program("archive", "status", "").code == 2
    assert not [*tmp_path.iterdir()]


def test_time_limit_is_that_of_all_logs_together(tmp_path: Path, server: Server) -> None:
    page: dict[str, object] = {"items": [], "count": 0, "totalCount": 0, "perPage": 100, "page": 0}

    def slow(_request: Recorded) -> Answer:
        time.sleep(0.2)
        return json_answer(page)

    server.always(slow)
    logs = [f"{number:024x}" for number in range(9)]
    options = ["--to", str(tmp_path / "m"), "--start", "5d", "--jobs", "1", "--max-time", "1s"]
    began = time.monotonic()
    ended = Program(server.url)("audit-logs", "export", *logs, *options)
    assert time.monotonic() - began < 7  # With a second for each log it takes nine.
    assert (ended.code, len(ended.out.splitlines())) == (9, 9)
    assert len([*(tmp_path / "m").iterdir()]) < 4  # Logs that were not begun leave nothing.


def test_directory_in_place_of_the_header_is_not_an_archive(
    tmp_path: Path, program: Program
) -> None:
    (tmp_path / "a" / "archive.json").mkdir(parents=True)
    ended = program("archive", "read", str(tmp_path / "a"))
    assert (ended.code, ended.err.count("archive.json")) == (6, 1)


def test_missing_folder_is_wrong_usage(program: Program) -> None:
    assert program("audit-logs", "export", ORG).code == 2


def test_progress_of_an_export_is_json_for_machines(tmp_path: Path, program: Program) -> None:
    options = ["--start", "6d", "--progress", "json"]
    ended = program("audit-logs", "export", ORG, "--to", str(tmp_path / "a"), *options)
    assert json.loads(ended.err.splitlines()[-1])["entries"] == COUNT


def test_verify_judges_each_concern(folder: Path, program: Program) -> None:
    ended = program("archive", "verify", str(folder))
    assert ended.code == 0
    assert "integrity: holds" in ended.out
    assert "authenticity: not judged" in ended.out


def test_verify_sends_requests_if_requested(folder: Path, program: Program) -> None:
    options = ["--recount", "--refetch", "1%", "--format", "json"]
    found = json.loads(program("archive", "verify", str(folder), *options).out)
    assert found["completeness"]["verdict"] == "holds"
    assert (found["exit_code"], found["path"]) == (0, str(folder))


def test_verify_exits_1_if_a_seal_was_changed(folder: Path, program: Program) -> None:
    seal = folder / "seals" / "000000001.json"
    seal.write_bytes(seal.read_bytes().replace(b'"entries":', b'"entries":1', 1))
    ended = program("archive", "verify", str(folder), "--format", "json")
    assert (ended.code, json.loads(ended.out)["exit_code"]) == (1, 1)


def test_findings_of_later_seals_are_one_line(folder: Path, program: Program) -> None:
    file = next(iter(sorted(folder.glob("entries/*/000.jsonl.gz"))))
    file.write_bytes(file.read_bytes()[:-1])
    name = file.relative_to(folder).as_posix()
    ended = program("archive", "verify", str(folder))
    lines = [each for each in ended.out.splitlines() if each.startswith("damage: ")]
    assert (ended.code, lines[0]) == (1, f"damage: {name}: the file does not match its seal")
    assert len(lines) == 3
    assert re.match(r"damage: \d{9}\.json and \d more: tree: the root does not", lines[1])
    found = json.loads(program("archive", "verify", str(folder), "--format", "json").out)
    assert len(found["findings"]) > 4


def test_verify_exits_1_if_the_head_is_not_extended(folder: Path, program: Program) -> None:
    head = folder.parent / "head"
    head.write_text((folder / "checkpoint").read_text("utf-8"), "utf-8")
    assert program("archive", "verify", str(folder), "--head", str(head)).code == 0
    lines = head.read_text("utf-8").splitlines()
    head.write_text(f"{lines[0]}\n{lines[1]}\n{'A' * 43}=\n", "utf-8")
    assert program("archive", "verify", str(folder), "--head", str(head)).code == 1


@pytest.mark.parametrize("part", ["archive.json", "seals/000000000.json"])
def test_lost_file_of_one_of_several_archives_is_damage(
    tmp_path: Path, program: Program, part: str
) -> None:
    program("audit-logs", "export", ORG, OTHER, "--to", str(tmp_path), "--start", "6d")
    (tmp_path / OTHER / part).unlink()
    ended = program("archive", "verify", str(tmp_path))
    assert ended.code == 1
    assert f"{ORG}: " in ended.out


@pytest.mark.parametrize("command", [["read"], ["prove"], ["status"]])
def test_damaged_archive_exits_6(folder: Path, program: Program, command: list[str]) -> None:
    (folder / "archive.json").unlink()
    ended = program("archive", *command, str(folder), *([ORG] if command == ["prove"] else []))
    assert (ended.code, ended.out) == (6, "")


def test_newer_format_exits_2(folder: Path, program: Program) -> None:
    header = folder / "archive.json"
    header.write_bytes(header.read_bytes().replace(b'"format": 1', b'"format": 2'))
    header.write_bytes(header.read_bytes().replace(b'"format":1', b'"format":2'))
    for command in ("verify", "status", "read"):
        assert program("archive", command, str(folder)).code == 2


def test_export_without_a_token_creates_nothing(tmp_path: Path, program: Program) -> None:
    without = Program(program.url, environment={})
    ended = without("audit-logs", "export", ORG, "--to", str(tmp_path / "a"))
    assert (ended.code, "--token-file FILE" in ended.err) == (2, True)
    assert not [*tmp_path.iterdir()]


def test_entry_of_a_day_that_is_not_sealed_cannot_be_proven_yet(
    folder: Path, program: Program
) -> None:
    last = f"{COUNT - 1:024x}"
    ended = program("archive", "prove", str(folder), last)
    time = dt.datetime.fromisoformat(str(hourly()[-1]["creationDate"]))
    after = (time + dt.timedelta(days=2)).date().isoformat()
    message = f"id: entry '{last}' is not sealed yet; export after {after}T00:00:00.000Z"
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


def test_unknown_id_cannot_be_proven(folder: Path, program: Program) -> None:
    assert program("archive", "prove", str(folder), "none").code == 2
    proof = program("archive", "prove", str(folder), f"{0:024x}")
    assert proof.out.startswith("c2sp.org/tlog-proof@v1\n")


def test_read_prints_all_entries_in_order(folder: Path, program: Program) -> None:
    ended = program("archive", "read", str(folder))
    ids = [json.loads(line)["id"] for line in ended.out.splitlines()]
    assert ids == [f"{number:024x}" for number in range(COUNT)]


def test_read_bounds_and_formats_entries(folder: Path, program: Program) -> None:
    options = ["--start", "5.5h", "--columns", "id", "--output", "csv"]
    ended = program("archive", "read", str(folder), *options)
    assert ended.out.splitlines() == ["id", *(f"{number:024x}" for number in range(95, COUNT))]
    assert program("archive", "read", str(folder), "--start", "1d", "--end", "2d").code == 2


@pytest.mark.parametrize("arguments", [["verify"], ["status"], ["read", "--limit", "1"], ["prove"]])
def test_commands_on_archives_import_no_http_library(
    folder: Path, program: Program, arguments: list[str]
) -> None:
    command, *options = arguments
    more = [f"{1:024x}"] if command == "prove" else options
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, "archive", command, str(folder), *more],
        env=program.variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "0 False\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "missing command"),
        (["verfy"], "did you mean verify?"),
        (["verify"], "required: DIR"),
        (["verify", ".", "--refetch", "some"], "write 1%"),
        (["read", ".", "--output", "yaml"], "--output: 'yaml'"),
    ],
)
def test_wrong_usage_of_archives_exits_2(arguments: list[str], message: str) -> None:
    ended = Program()("archive", *arguments)
    assert (ended.code, message in ended.err) == (2, True), ended.err


def test_every_list_in_order_of_time_can_be_exported(tmp_path: Path, server: Server) -> None:
    page: dict[str, object] = {"items": [], "count": 0, "totalCount": 0, "perPage": 100, "page": 0}
    server.on(f"/instance/{INSTANCE}/audit-logs", json_answer(page))
    command = ["instance-audit-logs", "export", INSTANCE, "--to", str(tmp_path / "a")]
    ended = Program(server.url)(*command, "--start", "3d")
    assert (ended.code, ended.out.split()[0]) == (
        0,
        f"losant-audit-log/instanceAuditLogs.list/{INSTANCE}",
    )


def test_help_lists_the_commands() -> None:
    ended = Program()("archive", "--help")
    assert ended.code == 0
    assert all(each in ended.out for each in ("verify", "status", "prove", "read"))
    assert Program()("archive", "verify", "--help").code == 0
