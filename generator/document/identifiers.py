"""Schemas that name themselves: `$id`, `$anchor` and `$dynamicAnchor` of JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from .json_values import JsonObject, Pointer, is_array, is_object

_VALUES = frozenset({"example", "examples", "default", "enum", "const"})


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The schemas of a file that have names of their own.

    Attributes:
        ids: The schemas by `$id`, as it is written and as it is resolved.
        anchors: The schemas by anchor; the schemas of two `$id`s may have the same one.
        references: The URIs of references that are relative to a `$id`, by their file parts.
    """

    ids: dict[str, Pointer]
    anchors: dict[str, list[Pointer]]
    references: dict[str, str]

    def schema(self, file: str) -> Pointer | None:
        """Return the schema that the file part of a reference names by its `$id`."""
        return self.ids.get(file, self.ids.get(self.references.get(file, file)))

    def find(self, owner: Pointer, anchor: str) -> Pointer | None:
        """Return the schema with an anchor inside another schema."""
        found = self.anchors.get(anchor, ())
        return next((each for each in found if each[: len(owner)] == owner), None)


def identifiers(data: Any, base: str = "") -> Identifiers:
    """Find the schemas of a file that have names of their own.

    Args:
        data: The contents of the file.
        base: The base URI that it states; empty if it states none.
    """
    found = Identifiers({}, {}, {})
    waiting: list[tuple[Any, Pointer, str]] = [(data, (), base)]
    seen: set[int] = set()
    while waiting:
        value, pointer, base = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if is_array(value):
            waiting += [(each, (*pointer, index), base) for index, each in enumerate(value)]
        if not is_object(value):
            continue
        base = _note_names(found, value, pointer, base)
        waiting += [
            (each, (*pointer, key), base) for key, each in value.items() if key not in _VALUES
        ]
    return found


def _note_names(found: Identifiers, value: JsonObject, pointer: Pointer, base: str) -> str:
    """Note the names of a schema and its reference; return the base URI inside of it."""
    if isinstance(value.get("$id"), str) and pointer:
        written = value["$id"].partition("#")[0]
        base = _absolute(base, written)
        found.ids.setdefault(base, pointer)
        found.ids.setdefault(written, pointer)
    for keyword in ("$anchor", "$dynamicAnchor"):
        if isinstance(value.get(keyword), str):
            found.anchors.setdefault(value[keyword], []).append(pointer)
    if isinstance(value.get("$ref"), str):
        file = value["$ref"].partition("#")[0]
        found.references.setdefault(file, _absolute(base, file))
    return base


def _absolute(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference
