"""Reports of differences as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence

from ..document.diagnostics import printable
from .change import Change, Impact

_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\|*_[]<>#~"})


def text(old: str, new: str, changes: Sequence[Change]) -> str:
    """Return a table for a terminal."""
    rows = [(str(each.impact), str(each.location), _message(each)) for each in changes]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    lines: list[str] = []
    for each, (impact, location, message) in zip(changes, rows, strict=True):
        lines.append(f"{impact:<{widths[0]}}  {location:<{widths[1]}}  {message}")
        lines.append(f"{'':<{sum(widths) + 4}}{each.rule}: {each.reason}")
    return "\n".join([*lines, f"{printable(old)} -> {printable(new)}: {summary(changes)}", ""])


def markdown(old: str, new: str, changes: Sequence[Change]) -> str:
    """Return a Markdown table for a pull request."""
    lines = [f"**{_cell(old)} → {_cell(new)}**: {summary(changes)}"]
    if changes:
        lines += ["", "| impact | change | location | reason |", "| --- | --- | --- | --- |"]
    for each in changes:
        impact = f"**{each.impact}**" if each.impact is Impact.BREAKING else str(each.impact)
        cells = (_cell(f"{each.subject}: {each.message}"), _cell(str(each.location)))
        lines.append(f"| {impact} | {' | '.join(cells)} | {_cell(each.reason)} ({each.rule}) |")
    return "\n".join([*lines, ""])


def as_json(old: str, new: str, changes: Sequence[Change]) -> str:
    """Return all changes with all attributes as JSON."""
    content = {
        "old": old,
        "new": new,
        "impact": str(max((each.impact for each in changes), default="none")),
        "changes": [
            {
                "impact": str(each.impact),
                "rule": each.rule,
                "subject": each.subject,
                "message": each.message,
                "reason": each.reason,
                "file": each.location.file,
                "line": each.location.line,
                "column": each.location.column,
            }
            for each in changes
        ],
    }
    return f"{json.dumps(content, indent=2)}\n"


def summary(changes: Sequence[Change]) -> str:
    """Return the number of changes by impact."""
    counts = Counter(each.impact for each in changes)
    parts = [f"{counts[impact]} {impact}" for impact in reversed(Impact) if counts[impact]]
    return ", ".join(parts) or "no difference"


def _message(change: Change) -> str:
    return printable(f"{change.subject}: {change.message}")


def _cell(value: str) -> str:
    """Return a table cell with Markdown and HTML of the document escaped; code stays code."""
    pieces = printable(value).split("`")
    if len(pieces) % 2 == 0:
        return "'".join(pieces).translate(_MARKDOWN)
    return "`".join(
        piece.replace("|", "\\|") if number % 2 else piece.translate(_MARKDOWN)
        for number, piece in enumerate(pieces)
    )


FORMATS: dict[str, Callable[[str, str, Sequence[Change]], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}
