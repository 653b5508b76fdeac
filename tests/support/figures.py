"""Figures of tests, printed at the end of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

Note: TypeAlias = Callable[[str, object], None]
"""Pytest's `record_property`."""

_FIGURE = "figure"


def note(record: Note, text: str) -> None:
    """Store a line to print at the end of the run."""
    record(_FIGURE, text)


def show(reporter: pytest.TerminalReporter) -> None:
    """Print the figures of all tests."""
    lines = {
        f"{report.nodeid.rpartition('::')[2]}: {value}"
        for reports in reporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == _FIGURE
    }
    if lines:
        reporter.section("figures")
        for line in sorted(lines):
            reporter.write_line(line)
