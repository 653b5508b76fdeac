"""Programs and tables of the README's chapter on archives."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.archives import Archiving, days_ago
from tests.support.drifting_log import HOUR, DriftingLog
from tests.support.examples import ORG
from tests.support.paths import PACKAGE
from tests.support.programs import Program
from tests.support.server import Server

pytestmark = pytest.mark.long

README = PACKAGE / "README.md"


def chapter() -> str:
    text = README.read_text("utf-8")
    return text[text.index("## Archiving\n") : text.index("\n## Responses")]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", chapter(), re.MULTILINE | re.DOTALL)


@pytest.fixture
def filled_archive(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> Archiving:
    """The archive in the folder `archive` of the working directory."""
    log.fill(12, gaps=[7 * HOUR])
    log.add(log.now - 50 * HOUR, creationDate=None)
    archiving.export(start=days_ago(log, 6))
    monkeypatch.chdir(archiving.path.parent)
    return archiving


def run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_archive_is_read_with_duckdb_and_pandas(filled_archive: Archiving) -> None:
    sealed = sum(day.entries for day in filled_archive.archive.days)
    assert sealed > 5
    reading = [each for each in blocks("python") if "duckdb" in each or "pandas" in each]
    assert len(reading) == 2
    shown = [run(each) for each in reading]
    assert "2026-03-02" in shown[0]
    assert "creationDate" in shown[1]


def test_commands_of_the_chapter_succeed_in_their_order(
    log: DriftingLog, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.now = int(time.time() * 1000)
    log.fill(20, gaps=[5 * HOUR])
    server.on(f"/orgs/{ORG}/audit-logs", log.route)
    monkeypatch.chdir(tmp_path)
    ways = ("losant-audit-log audit-logs", "losant-audit-log archive")
    lines = [line for block in blocks("console") for line in block.splitlines()]
    commands = [line for line in lines if line.startswith(ways) and "--signature" not in line]
    assert len(commands) == 4
    shown = list[str]()
    for each in commands:
        words = each.replace("ORG_ID", ORG).split()[1:]
        ended = Program(server.url)(*words, *["--start", "9d"] * (words[1] == "export"))
        assert ended.code == 0, ended.err
        shown.append(ended.out)
    assert len(shown[-1].splitlines()) == 21


def test_archive_is_read_with_zcat(filled_archive: Archiving) -> None:
    [command] = [each for each in blocks("console") if "zcat" in each]
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert int(done.stdout) == filled_archive.archive.status().entries


def test_example_in_python_exports_and_verifies(
    log: DriftingLog, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.now = int(time.time() * 1000)
    log.fill(5, gaps=[HOUR])
    server.on(f"/orgs/{ORG}/audit-logs", log.route)
    monkeypatch.setenv("LOSANT_API_URL", server.url)
    monkeypatch.setenv("LOSANT_API_TOKEN", "t0ken")
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE.parent))
    monkeypatch.chdir(tmp_path)
    [program] = [each for each in blocks("python") if "export(" in each]
    program = program.replace('"ORG_ID"', repr(ORG)).replace(
        '"archive", warn', '"archive", retention=__import__("datetime").timedelta(days=9), warn'
    )
    shown = run(program)
    assert "holds 8 days" in shown
    assert all(each.id in shown for each in log.entries)
