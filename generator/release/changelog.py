"""Changelog entries: check of an entry, and draft of a new one.

The format is Keep a Changelog: `## [1.2.0] - 2026-01-31`, and the changes below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..config import command
from ..diff.change import Change, Impact
from ..planning.plan.package import Package

_HEADING = re.compile(r"^## \[?([^\]\s]+)\]?(?: - (\S+))?[ \t]*$", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TITLES = {
    Impact.BREAKING: "Breaking changes",
    Impact.ADDITIVE: "Added",
    Impact.DOCUMENTATION: "Documentation",
}


def missing_part(text: str, version: str) -> str | None:
    """Return the defect of the changelog entry of a version, or None if it is complete."""
    headings = list(_HEADING.finditer(text))
    for number, heading in enumerate(headings):
        if heading[1] != version:
            continue
        end = headings[number + 1].start() if number + 1 < len(headings) else len(text)
        if not any(
            line.strip() and not line.startswith("#")
            for line in text[heading.end() : end].splitlines()
        ):
            return f"the entry for {version} is empty: describe its changes"
        if not _DATE.fullmatch(heading[2] or ""):
            return f"the entry for {version} has no date: write `## [{version}] - YYYY-MM-DD`"
        return None
    return f"no entry for {version}: run `{command('changelog')}` for a draft"


def first_draft(version: str, date: str, plan: Package) -> str:
    """Return a draft of the entry of the first release, for a person to edit.

    Args:
        version: The version.
        date: The date of the release, as YYYY-MM-DD.
        plan: The package.
    """
    methods = [
        f"- `client.{resource.access}.{each.method}(...)`: {each.short_doc}"
        for resource in plan.resources
        for each in resource.operations
    ]
    lines = [f"## [{version}] - {date}", "", "The first release.", "", "### Added", "", *methods]
    if plan.command:
        lines.append(f"- The command line `{plan.command}`.")
    return "\n".join([*lines, ""])


def draft(version: str, date: str, changes: Sequence[Change]) -> str:
    """Return a draft of an entry, for a person to edit.

    Args:
        version: The version.
        date: The date of the release, as YYYY-MM-DD.
        changes: The changes since the last release.
    """
    lines = [f"## [{version}] - {date}"]
    for impact, title in _TITLES.items():
        items = [
            f"- `{each.subject}`: {each.message}." for each in changes if each.impact is impact
        ]
        if items:
            lines += ["", f"### {title}", "", *items]
    if not changes:
        lines += ["", "No changes that affect users."]
    return "\n".join([*lines, ""])
