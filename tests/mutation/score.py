"""What came of the mutants of a module."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

LEAST = 90.0  # per cent

# Exit codes of tries: 0 if all tests passed, 33 if none reaches the function.
_MISSED = frozenset({0, 5, 33})


@dataclass(frozen=True)
class Score:
    """How many mutants of a module tests noticed.

    Attributes:
        module: The module's name.
        total: How many there are.
        survivors: Those that no test noticed.
    """

    module: str
    total: int
    survivors: tuple[str, ...]

    @property
    def caught(self) -> int:
        """How many tests noticed."""
        return self.total - len(self.survivors)


def read(folder: Path, module: str) -> Score:
    """Read what mutmut left of a module.

    Raises:
        ValueError: If it did not try all of its mutants.
    """
    path = folder / "mutants" / "generator" / f"{module}.py.meta"
    codes: Mapping[str, int | None] = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    if None in codes.values():
        raise ValueError(f"{module}: not all of its mutants were tried")
    return Score(module, len(codes), tuple(name for name, code in codes.items() if code in _MISSED))


def percentage(scores: Iterable[Score]) -> float:
    """Give how many of all mutants were caught."""
    scores = list(scores)
    return 100 * sum(each.caught for each in scores) / (sum(each.total for each in scores) or 1)


def table(scores: Iterable[Score]) -> str:
    """Write scores as a table, the sum last."""
    scores = list(scores)
    total, caught = sum(each.total for each in scores), sum(each.caught for each in scores)
    rows = [*((each.module, each.total, each.caught) for each in scores), ("all", total, caught)]
    return "".join(
        f"{name:<28}{caught:>5} of {total:>5}{100 * caught / (total or 1):>7.1f} %\n"
        for name, total, caught in rows
    )
