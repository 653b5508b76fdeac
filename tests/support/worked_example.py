"""The README's worked example: an endpoint that is added to the document."""

from __future__ import annotations

import re

from tests.support.paths import ROOT

README = ROOT / "README.md"


def with_endpoint(document: str) -> str:
    """Return the document with the endpoint of the README, where a reader would put it.

    The path comes after the other paths, the schema after the other schemas, and the tag and the
    scope after the others of theirs. Existing parts of the document are not added again.
    """
    text = README.read_text("utf-8")
    text = text[text.index("## Adding an endpoint") : text.index("## Releasing")]
    path, schema = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    tag, scope = re.findall(r"to `tags`: `(.*?)`,.*`x-scopes`: `(.*?)`", text, re.DOTALL)[0]
    for key, addition in (
        ("tags", f"  {tag}\n"),
        ("paths", f"\n{path}"),
        ("components.securitySchemes.bearer.x-scopes", f"        {scope}\n"),
        ("components.schemas", f"\n{schema}"),
    ):
        if addition.strip() not in document:
            document = append_lines(document, key, addition)
    return document


def append_lines(document: str, key: str, addition: str) -> str:
    """Return a document with lines after the last value below a key, like `components.schemas`."""
    lines = document.splitlines(keepends=True)
    first, last = 0, len(lines)
    for depth, name in enumerate(key.split(".")):
        [first] = [
            number
            for number in range(first, last)
            if lines[number].startswith(f"{'  ' * depth}{name}:")
        ]
        end = re.compile(rf" {{0,{2 * depth}}}[^\s#-]")
        last = next((each for each in range(first + 1, last) if end.match(lines[each])), last)
        first += 1
    while not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#"):
        last -= 1
    return "".join([*lines[:last], addition, *lines[last:]])
