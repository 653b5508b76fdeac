"""Plots of the ratios as SVG, with a bar for each benchmark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import jinja2

from tests.bench.bars import TIMES
from tests.bench.report import Figure

_TEMPLATE: Final = Path(__file__).with_name("plot.svg.jinja")
_PLOTS: Final = {
    "reading": ("decode", "walks", "memory"),
    "calling": ("calls", "imports"),
    "generating": ("generation", "size"),
}
_TITLES: Final = {
    "reading": "Reading entries: time and memory, as a share of the other's",
    "calling": "Calling and importing: time, as a share of the other's",
    "generating": "Generating: time and size, as a share of the other's",
}
_WIDTH: Final = 300  # of the longest bar
_ROW: Final = 44


@dataclass(frozen=True)
class Row:
    """A row of a plot, in its units.

    Attributes:
        top: The top of the row.
        what: The subject of the measurement.
        against: The reference of the ratio.
        value: The formatted value.
        length: The length of the bar.
        low: The lower end of the middle half of the rounds.
        high: The upper end.
        limit: The position of the limit.
        is_reached: Whether the limit is respected.
    """

    top: int
    what: str
    against: str
    value: str
    length: float
    low: float
    high: float
    limit: float
    is_reached: bool


def plots(figures: Sequence[Figure]) -> dict[str, str]:
    """Draw the plots for which there are figures; return them by file name."""
    drawn: dict[str, str] = {}
    for name, groups in _PLOTS.items():
        chosen = [each for each in figures if each.bar.group in groups and each.bar.unit == TIMES]
        if chosen:
            drawn[f"{name}.svg"] = _draw(_TITLES[name], chosen)
    return drawn


def _draw(title: str, figures: Sequence[Figure]) -> str:
    longest = max(max(each.value.high, each.value.value, each.bar.most, 1) for each in figures)

    def bar_length(value: float) -> float:
        return round(value / longest * _WIDTH, 1)

    rows = [
        Row(
            top=number * _ROW,
            what=each.bar.what,
            against=each.bar.against,
            value=each.value_text,
            length=bar_length(each.value.value),
            low=bar_length(each.value.low),
            high=bar_length(each.value.high),
            limit=bar_length(each.bar.most),
            is_reached=each.is_reached,
        )
        for number, each in enumerate(figures)
    ]
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(_TEMPLATE.read_text("utf-8"))
    size = {"width": _WIDTH, "height": len(rows) * _ROW, "one": bar_length(1)}
    return template.render(title=title, rows=rows, **size) + "\n"
