"""Programs and commands of the hand-written chapters, run with an archive."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.archives import Archiving, days_ago
from tests.support.drifting_log import HOUR, DriftingLog
from tests.support.paths import PACKAGE, ROOT

CHAPTERS = sorted((ROOT / "spec" / "docs").glob("*.md"))


def blocks(language: str) -> list[str]:
    texts = (path.read_text("utf-8") for path in CHAPTERS)
    pattern = re.compile(rf"^```{language}\n(.*?)^```", re.MULTILINE | re.DOTALL)
    return [found for text in texts for found in pattern.findall(text)]


@pytest.fixture
def filled_archive(archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive in the folder `archive` of the working directory."""
    log.fill(12, gaps=[7 * HOUR])
    archiving.export(start=days_ago(log, 6))
    monkeypatch.chdir(archiving.path.parent)
    return archiving.path


def verify() -> subprocess.CompletedProcess[str]:
    [program] = blocks("python")
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("filled_archive")
def test_independent_program_accepts_an_archive() -> None:
    done = verify()
    assert (done.stdout, done.stderr) == ("all sealed files and links are valid\n", "")


@pytest.mark.parametrize("pattern", ["entries/*/*.jsonl.gz", "seals/*0.json"])
def test_independent_program_finds_a_change(filled_archive: Path, pattern: str) -> None:
    path = min(filled_archive.glob(pattern))
    content = bytearray(path.read_bytes())
    content[-12] ^= 1
    path.write_bytes(content)
    assert verify().returncode != 0


def test_help_has_every_option_of_the_commands_in_the_chapters() -> None:
    commands = [
        shlex.split(line)[1:]
        for block in blocks("console")
        for line in block.splitlines()
        if line.startswith("losant-audit-log ")
    ]
    assert len(commands) >= 3
    for words in commands:
        help_ = subprocess.run(
            [sys.executable, "-m", "losant_audit_log", *words[:2], "--help"],
            env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert {each for each in words if each.startswith("--")} <= set(help_.split())
