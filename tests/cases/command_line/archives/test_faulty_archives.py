"""Commands on folders without an archive, or with an unsuitable one."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from losant_audit_log._command.program import run
from losant_audit_log._command.tables import PROGRAM
from tests.support.archives import Archiving, archiving_clock, days_ago
from tests.support.cli import Ended
from tests.support.drifting_log import HOUR, DriftingLog
from tests.support.examples import ORG
from tests.support.tokens import jwt

Run = Callable[..., Ended]


@pytest.fixture
def run_here(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process."""
    monkeypatch.setenv("LOSANT_API_TOKEN", jwt(exp=10**18))

    def runs(*arguments: object) -> Ended:
        code = run(PROGRAM, [*map(str, arguments)])
        out, err = capfd.readouterr()
        return Ended(code, out, err)

    return runs


@pytest.fixture
def filled_archive(tmp_path: Path) -> Archiving:
    """An archive of a few days, with an entry that no text can contain."""
    log = DriftingLog()
    archiving = Archiving(log, tmp_path / "archives" / "one")
    with archiving_clock(log):
        log.fill(12, gaps=[7 * HOUR])
        log.add(log.now - 60 * HOUR, actorName="a\ud800b")
        archiving.export(start=days_ago(log, 5))
    return archiving


@pytest.mark.parametrize("form", ["text", "json"])
def test_folder_without_an_archive_is_damage_for_verify(
    run_here: Run, tmp_path: Path, form: str
) -> None:
    ended = run_here("archive", "verify", tmp_path, "--format", form)
    assert ended.code == 1
    assert "archive.json is missing" in ended.err
    assert ended.err.startswith("{") == (form == "json")
    assert ('"exit_code": 1' in ended.err) == (form == "json")


def test_head_belongs_to_one_archive(run_here: Run, filled_archive: Archiving) -> None:
    other = filled_archive.path.with_name("two")
    other.mkdir()
    (other / "archive.json").write_bytes((filled_archive.path / "archive.json").read_bytes())
    head = filled_archive.path / "checkpoint"
    ended = run_here("archive", "verify", filled_archive.path.parent, "--head", head)
    assert (ended.code, "pass the directory of a single archive" in ended.err) == (2, True)


def test_archive_of_an_unknown_list_is_not_counted_again(
    run_here: Run, filled_archive: Archiving
) -> None:
    header = filled_archive.path / "archive.json"
    header.write_text(header.read_text().replace('"operation": "auditLogs', '"operation": "other'))
    ended = run_here("archive", "verify", filled_archive.path, "--recount")
    assert (ended.code, "has no list" in ended.err) == (2, True)


def test_token_that_never_expires_has_no_end(run_here: Run, filled_archive: Archiving) -> None:
    [status] = map(json.loads, run_here("archive", "status", filled_archive.path).out.splitlines())
    assert status["token_expires"] is None
    assert status["margin"] is not None


def test_end_of_the_token_is_part_of_the_status(
    run_here: Run, filled_archive: Archiving, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = dt.datetime(2030, 1, 2, tzinfo=dt.UTC)
    monkeypatch.setenv("LOSANT_API_TOKEN", jwt(exp=int(end.timestamp())))
    [status] = map(json.loads, run_here("archive", "status", filled_archive.path).out.splitlines())
    assert status["token_expires"] == end.isoformat()


def test_damaged_archive_proves_nothing(run_here: Run, filled_archive: Archiving) -> None:
    (filled_archive.path / "seals" / "000000001.json").unlink()
    assert run_here("archive", "prove", filled_archive.path, f"{1:024x}").code == 6


@pytest.mark.parametrize("output", ["json", "jsonl", "csv", "table", "raw"])
def test_entry_with_an_unpaired_surrogate_is_printed(
    run_here: Run, filled_archive: Archiving, output: str
) -> None:
    ended = run_here("archive", "read", filled_archive.path, "--output", output)
    assert (ended.code, ended.err) == (0, "")
    assert ("a\\ud800b" if output in {"json", "jsonl", "raw"} else "a\ufffdb") in ended.out


@pytest.mark.parametrize("output", ["json", "jsonl", "csv", "table", "raw"])
@pytest.mark.parametrize("number", ["1e400", "-1e400", "5" * 5_000, "12345678901234567890123"])
def test_number_of_any_size_is_printed(
    run_here: Run, tmp_path: Path, number: str, output: str
) -> None:
    log = DriftingLog()
    archiving = Archiving(log, tmp_path / "archive")
    entry = log.add(log.now - HOUR)
    body = {"items": [{**entry.wire, "actorName": 0}], "totalCount": 1, "page": 0, "perPage": 100}
    content = json.dumps(body).replace('"actorName": 0', f'"actorName": {number}')
    log.hooks[1] = lambda: httpx.Response(200, text=content)
    with archiving_clock(log):
        archiving.export(start=days_ago(log, 1))
    ended = run_here("archive", "read", archiving.path, "--output", output)
    assert (ended.code, ended.err) == (0, "")
    assert number in ended.out


@pytest.mark.parametrize("output", ["json", "jsonl", "csv", "table", "raw"])
def test_entry_with_invalid_bytes_is_printed(run_here: Run, tmp_path: Path, output: str) -> None:
    log = DriftingLog()
    archiving = Archiving(log, tmp_path / "archive")
    body = {"items": [log.add(log.now - HOUR, actorName="a?b").wire], "totalCount": 1}
    content = json.dumps(body).encode().replace(b"a?b", b"a\xffb")
    log.hooks[1] = lambda: httpx.Response(200, content=content)
    with archiving_clock(log):
        archiving.export(start=days_ago(log, 1))
    ended = run_here("archive", "read", archiving.path, "--output", output)
    assert (ended.code, ended.err) == (0, "")
    assert "a\ufffdb" in ended.out


def test_damaged_archive_does_not_hide_the_others(run_here: Run, filled_archive: Archiving) -> None:
    folder = filled_archive.path.parent
    shutil.copytree(filled_archive.path, folder / "damaged")
    (folder / "damaged" / "archive.json").write_text("{}")
    verified = run_here("archive", "verify", folder, "--format", "json")
    assert (verified.code, json.loads(verified.err)["exit_code"]) == (1, 1)
    ended = run_here("archive", "status", folder, "--columns", "path")
    assert (ended.code, "not a valid header" in ended.err) == (6, True)
    assert json.loads(ended.out) == {"path": str(filled_archive.path)}
    assert run_here("archive", "prove", folder, f"{1:024x}").code == 0
    assert run_here("archive", "prove", folder, ORG).code == 6


def test_archive_without_a_header_is_not_left_out_when_several_are_read(
    run_here: Run, filled_archive: Archiving
) -> None:
    folder = filled_archive.path.parent
    shutil.copytree(filled_archive.path, folder / "two")
    (folder / "two" / "archive.json").unlink()
    ended = run_here("archive", "read", folder)
    assert (ended.code, ended.out) == (6, "")
    assert f"{folder / 'two'}: not an archive: archive.json is missing" in ended.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["archive", "read", "DIR", "--limit", "-1"], "--limit: expected 1 or more, got -1"),
        (
            ["archive", "verify", "DIR", "--key", "key.pub"],
            "--signature and --key: pass both or neither",
        ),
        (["archive", "verify", "DIR", "--head", "nowhere"], "head: nowhere: No such file"),
        (
            ["archive", "verify", "DIR", "--signature", "DIR", "--key", "nowhere"],
            "signature, key: nowhere: No such file",
        ),
        (
            ["audit-logs", "export", ORG, "--to", "NEW", "--retention", "0s"],
            "--retention: expected a positive duration, got 0:00:00",
        ),
        (["audit-logs", "export", ORG, ORG, "--to", "NEW"], f"{ORG} occurs twice"),
        (
            ["audit-logs", "export", ORG, "--to", "NEW", "--jobs", "0"],
            "--jobs: expected",
        ),
        (
            ["audit-logs", "export", ORG, "--to", "NEW", "--rate", "0"],
            "--rate: expected",
        ),
        (
            ["audit-logs", "export", ORG, "--to", "NEW", "--per-page", "0"],
            "--per-page: expected",
        ),
        (["audit-logs", "export", "x", "--to", "NEW"], "ORG_ID: expected a str"),
        (
            ["audit-logs", "export", ORG, "--to", "NEW", "--start", "1d", "--end", "2d"],
            "--start is after --end",
        ),
    ],
)
def test_wrong_value_is_named_by_its_option_and_writes_nothing(
    run_here: Run, filled_archive: Archiving, tmp_path: Path, arguments: list[str], message: str
) -> None:
    folders = {"DIR": str(filled_archive.path), "NEW": str(tmp_path / "new")}
    ended = run_here(*(folders.get(each, each) for each in arguments))
    assert (ended.code, message in ended.err, ended.out) == (2, True, ""), ended.err
    assert not (tmp_path / "new").exists()


def test_invalid_key_is_named(run_here: Run, filled_archive: Archiving, tmp_path: Path) -> None:
    key = tmp_path / "key.pub"
    key.write_bytes(b"\xff\xfe")
    command = ["archive", "verify", filled_archive.path, "--signature", key, "--key", key]
    ended = run_here(*command)
    assert (ended.code, ended.err) == (2, f"error: key: {key}: not an SSH public key\n")


def test_recount_without_a_token_names_its_sources(
    run_here: Run, filled_archive: Archiving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOSANT_API_TOKEN")
    ended = run_here("archive", "verify", filled_archive.path, "--recount")
    assert (ended.code, "--token-file FILE" in ended.err) == (2, True)


def test_status_is_a_list_of_lines_on_a_terminal(run_here: Run, filled_archive: Archiving) -> None:
    ended = run_here("archive", "status", filled_archive.path.parent, "--output", "table")
    lines = dict(line.split(maxsplit=1) for line in ended.out.splitlines())
    assert {"origin", "until", "margin", "root"} <= {*lines}
    assert re.fullmatch(r"\d+ days( \d+ hours?)?( \d+ minutes?)?", lines["margin"])
    chosen = run_here(
        "archive", "status", filled_archive.path, "--output", "table", "--columns", "days"
    )
    assert chosen.out.splitlines()[0] == "days"
    [status] = map(json.loads, run_here("archive", "status", filled_archive.path).out.splitlines())
    assert re.fullmatch(r"P\d+DT[\d.]+S", status["margin"])
    raw = run_here("archive", "status", filled_archive.path, "--output", "raw")
    assert raw.out.endswith("}\n")
