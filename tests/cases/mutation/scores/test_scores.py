"""Mutation scores."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mutation.score import Score, percentage, read, table


def leave(folder: Path, **codes: int | None) -> None:
    path = folder / "mutants" / "generator" / "planning" / "media.py.meta"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"exit_code_by_key": codes}), "utf-8")


def test_failing_crashing_or_hanging_test_catches_a_mutant(tmp_path: Path) -> None:
    """A mutant survives if all its tests pass, or if it has no test."""
    leave(tmp_path, failed=1, broke=3, stuck=-24, killed=-9, passed=0, no_tests=33)
    score = read(tmp_path, "planning/media")
    assert (score.total, score.caught) == (6, 4)
    assert score.survivors == ("passed", "no_tests")


def test_unfinished_run_has_no_score(tmp_path: Path) -> None:
    leave(tmp_path, failed=1, waiting=None)
    with pytest.raises(ValueError, match="planning/media: not all of its mutants were tried"):
        read(tmp_path, "planning/media")


def test_total_counts_mutants_instead_of_modules() -> None:
    scores = [Score("a", 90, ()), Score("b", 10, tuple("1234567890"))]
    assert percentage(scores) == 90
    assert table(scores).splitlines() == [
        "a                              90 of    90  100.0 %",
        "b                               0 of    10    0.0 %",
        "all                            90 of   100   90.0 %",
    ]


def test_empty_list_of_scores_has_a_percentage_of_zero() -> None:
    assert percentage([]) == 0
