"""Mutation scores of modules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

LEAST = 90.0  # per cent

MISSED = frozenset({0, 5, 33})
"""Exit codes of tries: 0 if all tests passed, 33 if none reaches the function."""


@dataclass(frozen=True)
class Score:
    """The mutants of a module that tests noticed.

    Attributes:
        module: The module's name.
        total: The number of mutants.
        survivors: The mutants that no test noticed.
    """

    module: str
    total: int
    survivors: tuple[str, ...]

    @property
    def caught(self) -> int:
        """The number of mutants that tests noticed."""
        return self.total - len(self.survivors)


def read(folder: Path, module: str) -> Score:
    """Read mutmut's results for a module.

    Raises:
        ValueError: If not all of its mutants were tried.
    """
    path = folder / "mutants" / "generator" / f"{module}.py.meta"
    codes: Mapping[str, int | None] = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    if None in codes.values():
        raise ValueError(f"{module}: not all of its mutants were tried")
    return Score(module, len(codes), tuple(name for name, code in codes.items() if code in MISSED))


def percentage(scores: Iterable[Score]) -> float:
    """Return the percentage of all mutants that were caught."""
    scores = list(scores)
    return 100 * sum(each.caught for each in scores) / (sum(each.total for each in scores) or 1)


def table(scores: Iterable[Score]) -> str:
    """Format scores as a table, with the total last."""
    scores = list(scores)
    total, caught = sum(each.total for each in scores), sum(each.caught for each in scores)
    rows = [*((each.module, each.total, each.caught) for each in scores), ("all", total, caught)]
    return "".join(
        f"{name:<28}{caught:>5} of {total:>5}{100 * caught / (total or 1):>7.1f} %\n"
        for name, total, caught in rows
    )
