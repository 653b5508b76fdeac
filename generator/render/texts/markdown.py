"""Markdown from docstrings, and from the chapters of the README."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SECTION = re.compile(r"^(Args|Attributes|Returns|Raises|Yields):$")
_TITLES = {
    "Args": "Arguments",
    "Attributes": "Fields",
    "Returns": "Returns",
    "Raises": "Errors",
    "Yields": "Yields",
}
_ITEM = re.compile(r"^    (\*{0,2}\w+): (.*)$")
_FENCE = "```"
_PIPED = re.compile(r"`([^`\n]*\|[^`\n]*)`")


def from_docstring(text: str, *, level: int = 3) -> str:
    """Return a Google-style docstring as Markdown: its sections become headings and tables.

    Args:
        text: The docstring, without its first line.
        level: The level of the headings.
    """
    lines: list[str] = []
    section = ""
    for line in text.splitlines():
        match = _SECTION.match(line)
        if match:
            section = match[1]
            lines += [f"{'#' * level} {_TITLES[section]}", ""]
            if section != "Returns":
                lines += ["| name | description |", "| --- | --- |"]
        elif not section or not line.startswith("    "):
            lines.append(line)
        elif section != "Returns" and (item := _ITEM.match(line)):
            lines.append(f"| `{item[1]}` | {in_table(item[2])} |")
        else:
            lines.append(line.strip())
    return "\n".join(lines).strip()


def lower_headings(text: str) -> str:
    """Return a chapter as a page: with its headings one level higher."""
    return "\n".join(
        line[1:] if is_text and line.startswith("##") else line for line, is_text in _lines(text)
    )


def anchor(heading: str) -> str:
    """Return the anchor that Markdown renderers give to a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.strip().replace(" ", "-")


def in_table(text: str) -> str:
    """Return a text for a cell of a table.

    Renderers disagree about a pipe in a code span, so such a span is written as HTML.
    """
    return _PIPED.sub(lambda match: _html_code(match[1]), text).replace("|", "\\|")


def _html_code(text: str) -> str:
    escaped = re.sub(r"[^\w ,.:=-]", lambda match: f"&#{ord(match[0])};", text)
    return f"<code>{escaped}</code>"


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Iterate over the lines of a text, each with whether it is outside of code blocks."""
    is_text = True
    for line in text.splitlines():
        if line.startswith(_FENCE):
            is_text = not is_text
            yield line, False
        else:
            yield line, is_text
