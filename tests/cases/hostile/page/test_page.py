"""SECURITY.md names a test for each promise; those are there, and run by default."""

from __future__ import annotations

import re

import pytest

from tests.support.paths import ROOT

PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("|")][2:]
CASES = ROOT / "tests" / "cases"


def named(row: str) -> list[str]:
    """Give the folders in a row's last cell."""
    return re.findall(r"`([^`]+)`", row.split("|")[-2])


@pytest.mark.parametrize("folder", sorted({each for row in ROWS for each in named(row)}))
def test_a_test_that_the_page_names_is_there(folder: str) -> None:
    files = sorted((CASES / folder).glob("test_*.py"))
    assert files
    texts = "".join(path.read_text("utf-8") for path in files)
    assert len(re.findall(r"^(?:async )?def test_", texts, re.MULTILINE)) > texts.count(
        "pytest.mark.slow"
    )


def test_every_row_names_one() -> None:
    assert len(ROWS) > 10
    assert all(named(row) for row in ROWS)


def test_every_attacker_is_on_the_page() -> None:
    attackers = re.findall(r"\*\*(\w+)\*\*", "\n".join(row.split("|")[1] for row in ROWS))
    wanted = {"document", "server", "proxy", "logs", "index", "checkpoints"}
    assert wanted <= set(attackers)
