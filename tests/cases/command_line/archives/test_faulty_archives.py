"""Commands on folders without an archive, or with an unsuitable one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from losant_audit_log._command.program import run
from losant_audit_log._command.tables import PROGRAM
from tests.support.archives import Archiving, archiving_clock, days_ago
from tests.support.cli import Ended
from tests.support.drifting_log import HOUR, DriftingLog
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
def filled(tmp_path: Path) -> Archiving:
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


def test_head_belongs_to_one_archive(run_here: Run, filled: Archiving) -> None:
    other = filled.path.with_name("two")
    other.mkdir()
    (other / "archive.json").write_bytes((filled.path / "archive.json").read_bytes())
    head = filled.path / "checkpoint"
    ended = run_here("archive", "verify", filled.path.parent, "--head", head)
    assert (ended.code, "belong to one archive" in ended.err) == (2, True)


def test_archive_of_an_unknown_list_is_not_counted_again(run_here: Run, filled: Archiving) -> None:
    header = filled.path / "archive.json"
    header.write_text(header.read_text().replace('"operation": "auditLogs', '"operation": "other'))
    ended = run_here("archive", "verify", filled.path, "--recount")
    assert (ended.code, "has no list" in ended.err) == (2, True)


def test_token_that_never_expires_has_no_end(run_here: Run, filled: Archiving) -> None:
    [status] = map(json.loads, run_here("archive", "status", filled.path).out.splitlines())
    assert status["token_expires"] is None
    assert status["margin"] is not None


def test_end_of_the_token_is_part_of_the_status(
    run_here: Run, filled: Archiving, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = dt.datetime(2030, 1, 2, tzinfo=dt.UTC)
    monkeypatch.setenv("LOSANT_API_TOKEN", jwt(exp=int(end.timestamp())))
    [status] = map(json.loads, run_here("archive", "status", filled.path).out.splitlines())
    assert status["token_expires"] == end.isoformat()


def test_damaged_archive_proves_nothing(run_here: Run, filled: Archiving) -> None:
    (filled.path / "seals" / "000000001.json").unlink()
    assert run_here("archive", "prove", filled.path, f"{1:024x}").code == 6


@pytest.mark.parametrize("output", ["json", "jsonl", "csv", "table", "raw"])
def test_entry_with_an_unpaired_surrogate_is_printed(
    run_here: Run, filled: Archiving, output: str
) -> None:
    ended = run_here("archive", "read", filled.path, "--output", output)
    assert (ended.code, ended.err) == (0, "")
    assert ("a\\ud800b" if output in {"json", "jsonl", "raw"} else "a\ufffdb") in ended.out
