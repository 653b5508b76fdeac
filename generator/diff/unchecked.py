"""Keywords of schemas that only services check: what becomes stricter or looser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..document import Node
from ..document.json_values import array_at
from ..lint.conformance import UNCHECKED
from ..openapi.patterns import python_pattern
from ..openapi.survey import composed_schemas
from . import schema_rules as rules
from .change import Change
from .side import Side

_KEYWORDS = (*UNCHECKED, "then", "else")


def compare_members(
    old: tuple[Side, Node], new: tuple[Side, Node], name: str, subject: str
) -> Iterator[Change]:
    """Compare the schemas of a property, unless they describe an object, which has its own."""
    was, now = (_members(side, schema, name) for side, schema in (old, new))
    if was and now and not any("properties" in part for part in _parts(new[0], now[0])):
        yield from compare((old[0], was[0]), (new[0], now[0]), now[0], subject)


def compare(
    old: tuple[Side, Node], new: tuple[Side, Node], node: Node, subject: str
) -> Iterator[Change]:
    """Compare the keywords of two schemas of requests that the client does not apply.

    Args:
        old: The old side and schema.
        new: The new side and schema.
        node: The node for the location of changes.
        subject: The name of the value in Python.
    """
    before, after = _keywords(*old), _keywords(*new)
    location = new[0].location(node)
    for keyword in sorted({*before, *after}):
        was, now = before.get(keyword, ()), after.get(keyword, ())
        added = [each for each in now if each not in was]
        removed = [each for each in was if each not in now]
        one, other = (_value(each) for each in (removed, added))
        if added:
            yield rules.request_constraint_tightened(location, subject, keyword, one, other)
        elif removed:
            yield rules.request_constraint_loosened(location, subject, keyword, one, other)


def _keywords(side: Side, schema: Node) -> dict[str, list[str]]:
    """Return the values of keywords as JSON, each once."""
    found: dict[str, list[str]] = {}
    parts = _parts(side, schema)
    described = {name for part in parts for name, _ in (part / "properties").members()}
    for part in parts:
        values = {keyword: part.value[keyword] for keyword in _KEYWORDS if keyword in part}
        pattern = part.value.get("pattern")
        if isinstance(pattern, str) and python_pattern(pattern) is None:
            values["pattern"] = pattern
        for keyword, value in values.items():
            found.setdefault(keyword, []).append(json.dumps(value, sort_keys=True))
        unknown = [each for each in array_at(part.value, "required") if each not in described]
        if described and unknown:
            found.setdefault("required", []).extend(map(json.dumps, unknown))
    return found


def _parts(side: Side, schema: Node) -> list[Node]:
    return list(composed_schemas(side.normalized.document, schema, ("allOf",)))


def _members(side: Side, schema: Node, name: str) -> list[Node]:
    parts = _parts(side, schema)
    return [part.at("properties", name) for part in parts if name in part / "properties"]


def _value(texts: list[str]) -> Any:
    """Return the value for a message: the only one, or a list; None without any."""
    values = [json.loads(each) for each in texts]
    return values[0] if len(values) == 1 else values or None
