"""The changelog: whether it has an entry for a version, and a draft of one.

The format is that of Keep a Changelog: `## [1.2.0] - 2026-01-31`, and below it what changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.diff.change import Change, Impact

_HEADING = re.compile(r"^## \[?([^\]\s]+)\]?(?: - (\S+))?[ \t]*$", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TITLES = {
    Impact.BREAKING: "Changed, and breaking",
    Impact.ADDITIVE: "Added",
    Impact.DOCUMENTATION: "Documentation",
}


def missing(text: str, version: str) -> str | None:
    """Tell what the changelog lacks to release a version; None if that is nothing."""
    headings = list(_HEADING.finditer(text))
    for number, heading in enumerate(headings):
        if heading[1] != version:
            continue
        end = headings[number + 1].start() if number + 1 < len(headings) else len(text)
        if not any(
            line.strip() and not line.startswith("#")
            for line in text[heading.end() : end].splitlines()
        ):
            return f"the entry for {version} says nothing"
        if not _DATE.fullmatch(heading[2] or ""):
            return f"the entry for {version} has no date: write `## [{version}] - YYYY-MM-DD`"
        return None
    return f"there is no entry for {version}: `make changelog` drafts one"


def draft(version: str, date: str, changes: Sequence[Change]) -> str:
    """Draft an entry, for a person to make readable.

    Args:
        version: The version.
        date: When it is released, as YYYY-MM-DD.
        changes: What changed since the last release.
    """
    lines = [f"## [{version}] - {date}"]
    for impact, title in _TITLES.items():
        told = [f"- `{each.subject}`: {each.message}." for each in changes if each.impact is impact]
        if told:
            lines += ["", f"### {title}", "", *told]
    if not changes:
        lines += ["", "Nothing that users notice."]
    return "\n".join([*lines, ""])
