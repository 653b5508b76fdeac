"""Report of the benchmarks: a table, and `results.json` for the plots."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tests.bench.bars import BARS, TIMES, Bar
from tests.bench.measure import Value

_COMPARED = (
    "attrs",
    "datamodel-code-generator",
    "httpx",
    "httpx2",
    "losant-rest",
    "msgspec",
    "openapi-python-client",
    "pydantic",
)
_HEAD = ("figure", "against", "is", "middle half", "at most", "")


@dataclass(frozen=True)
class Figure:
    """A row of the table.

    Attributes:
        bar: The benchmark.
        value: The measured value.
    """

    bar: Bar
    value: Value

    @property
    def is_reached(self) -> bool:
        """Whether the value is within its limit."""
        return self.value.value <= self.bar.most

    @property
    def value_text(self) -> str:
        """The formatted value."""
        return _value_text(self.value.value, self.bar.unit)

    @property
    def limit(self) -> str:
        """The formatted limit."""
        return _value_text(self.bar.most, self.bar.unit)

    @property
    def middle_half(self) -> str:
        """The formatted spread; empty for a value without spread."""
        low, high = self.value.low, self.value.high
        return "" if low == high else f"{low:.2f} to {high:.2f}"


def figures(values: Mapping[str, Value]) -> list[Figure]:
    """Return the rows that have values, in the order of the table."""
    return [Figure(bar, values[bar.key]) for bar in BARS if bar.key in values]


def table(rows: Sequence[Figure]) -> str:
    """Format the table, followed by the reasons of missed limits."""
    cells = [_HEAD] + [
        (
            each.bar.what,
            each.bar.against,
            each.value_text,
            each.middle_half,
            each.limit,
            "reached" if each.is_reached else "MISSED",
        )
        for each in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    notes = [
        f"{each.bar.what}: {each.bar.reason}"
        for each in rows
        if not each.is_reached and each.bar.reason
    ]
    return "\n".join([*lines, *([""] if notes else []), *notes, ""])


def results(rows: Sequence[Figure]) -> str:
    """Format the results as JSON, without anything about the machine."""
    value: dict[str, Any] = {
        "python": platform.python_version(),
        "versions": _versions(),
        "figures": [
            {
                "key": each.bar.key,
                "what": each.bar.what,
                "against": each.bar.against,
                "unit": each.bar.unit,
                "value": round(each.value.value, 3),
                "middle_half": [round(each.value.low, 3), round(each.value.high, 3)],
                "at_most": each.bar.most,
                "reached": each.is_reached,
                **({"reason": each.bar.reason} if not each.is_reached else {}),
            }
            for each in rows
        ],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _COMPARED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _value_text(value: float, unit: str) -> str:
    return f"{value:.2f} x" if unit == TIMES else f"{value:.3g} {unit}"
