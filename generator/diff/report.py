"""How differences are shown: as text, as Markdown, as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence

from generator.diff.change import Change, Impact
from generator.document.diagnostics import printable

_MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\|*_[]<>#~"})


def text(old: str, new: str, changes: Sequence[Change]) -> str:
    """Show a table for a terminal."""
    rows = [(str(each.impact), str(each.location), _message(each)) for each in changes]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    lines: list[str] = []
    for each, (impact, place, message) in zip(changes, rows, strict=True):
        lines.append(f"{impact:<{widths[0]}}  {place:<{widths[1]}}  {message}")
        lines.append(f"{'':<{sum(widths) + 4}}{each.rule}: {each.reason}")
    return "\n".join([*lines, f"{printable(old)} -> {printable(new)}: {summary(changes)}", ""])


def markdown(old: str, new: str, changes: Sequence[Change]) -> str:
    """Show a table for a pull request."""
    lines = [f"**{_cell(old)} → {_cell(new)}**: {summary(changes)}"]
    if changes:
        lines += ["", "| impact | change | place | why |", "| --- | --- | --- | --- |"]
    for each in changes:
        impact = f"**{each.impact}**" if each.impact is Impact.BREAKING else str(each.impact)
        cells = (_cell(f"{each.subject}: {each.message}"), _cell(str(each.location)))
        lines.append(f"| {impact} | {' | '.join(cells)} | {_cell(each.reason)} ({each.rule}) |")
    return "\n".join([*lines, ""])


def as_json(old: str, new: str, changes: Sequence[Change]) -> str:
    """Give all there is for a program."""
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
    """Count changes by what they mean."""
    counts = Counter(each.impact for each in changes)
    told = [f"{counts[impact]} {impact}" for impact in reversed(Impact) if counts[impact]]
    return ", ".join(told) or "no difference"


def _message(change: Change) -> str:
    return printable(f"{change.subject}: {change.message}")


def _cell(value: str) -> str:
    """Keep a text of a document from being read as Markdown or HTML; code keeps its quotes."""
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
