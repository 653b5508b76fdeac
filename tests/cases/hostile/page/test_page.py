"""Every test that SECURITY.md names exists and runs by default."""

from __future__ import annotations

import re

import pytest

from tests.support.paths import ROOT

PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("|")][2:]
CASES = ROOT / "tests" / "cases"


def named_directories(row: str) -> list[str]:
    """Return the directories in the last cell of a row."""
    return re.findall(r"`([^`]+)`", row.split("|")[-2])


@pytest.mark.parametrize(
    "folder", sorted({each for row in ROWS for each in named_directories(row)})
)
def test_directory_named_in_security_md_has_tests_that_run_by_default(folder: str) -> None:
    files = sorted((CASES / folder).glob("test_*.py"))
    assert files
    texts = "".join(path.read_text("utf-8") for path in files)
    assert len(re.findall(r"^(?:async )?def test_", texts, re.MULTILINE)) > texts.count(
        "pytest.mark.slow"
    )


def test_every_row_of_security_md_names_a_directory() -> None:
    assert len(ROWS) > 10
    assert all(named_directories(row) for row in ROWS)


def test_every_attacker_has_a_row_in_security_md() -> None:
    attackers = re.findall(r"\*\*(\w+)\*\*", "\n".join(row.split("|")[1] for row in ROWS))
    wanted = {"document", "server", "proxy", "logs", "index", "checkpoints"}
    assert wanted <= set(attackers)
