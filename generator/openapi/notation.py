"""Shapes of objects, written as tables: their fields and what may stand in them.

A field is written `name`, `name!` (its absence is an error) or `name?` (required by OpenAPI, but
its absence leaves one sensible reading). `*` stands for every name that is not an extension.

A type is a JSON type, `any`, the name of an object of this table, `'a literal'`, `[a list]`,
`{a map}`, or alternatives divided by `|`. After `~`, a value of another type is only a warning:
what stands there documents or constrains, and ignoring it changes no call.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.document.json_values import is_array, is_object


@dataclass(frozen=True, slots=True)
class Alternative:
    """One type that a value may have.

    Attributes:
        json: The JSON type, or `any`.
        kind: The object of the table, if it is one.
        members: What may stand in a list or a map.
        literal: The only text that is meant, if there is one.
    """

    json: str
    kind: str = ""
    members: tuple[Alternative, ...] = ()
    literal: str | None = None

    def fits(self, value: object) -> bool:
        """Whether a value has this type; members are not looked at."""
        if self.literal is not None:
            return value == self.literal
        return self.json == "any" or self.json in json_types(value)

    def __str__(self) -> str:
        if self.literal is not None:
            return f"'{self.literal}'"
        if self.kind:
            return f"an object ({self.kind} Object)"
        return _SPOKEN[self.json]


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand in a field, and what its absence means."""

    alternatives: tuple[Alternative, ...]
    lenient: bool
    presence: str  # "!" an error, "?" a warning, "" nothing

    def match(self, value: object) -> Alternative | None:
        """Give the type that a value has, if it may have it."""
        return next((each for each in self.alternatives if each.fits(value)), None)


Shape = Mapping[str, Field]

_SPOKEN = {
    "string": "a text",
    "number": "a number",
    "integer": "an integer",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "any": "anything",
    "null": "null",
}
_ALTERNATIVE = re.compile(r"\[.*?\](?!\])|\{.*?\}(?!\})|[^|\[\]{}]+")


def json_types(value: object) -> tuple[str, ...]:
    """Give the names of the JSON types that a value has; an integer is a number, too."""
    if value is None:
        return ("null",)
    if isinstance(value, bool):
        return ("boolean",)
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return ("integer", "number")
    if isinstance(value, float):
        return ("number",)
    if isinstance(value, str):
        return ("string",)
    return ("array",) if is_array(value) else ("object",) if is_object(value) else ()


def spoken(value: object) -> str:
    """Say what JSON type a value has."""
    names = json_types(value)
    return _SPOKEN[names[0]] if names else "something else"


def shape(table: Mapping[str, str]) -> Shape:
    """Read one object of a table."""
    fields: dict[str, Field] = {}
    for name, types in table.items():
        presence = name[-1] if name[-1] in "!?" else ""
        lenient = types.startswith("~")
        fields[name.rstrip("!?")] = Field(_alternatives(types.lstrip("~")), lenient, presence)
    return MappingProxyType(fields)


def _alternatives(types: str) -> tuple[Alternative, ...]:
    return tuple(_alternative(each) for each in _ALTERNATIVE.findall(types))


def _alternative(text: str) -> Alternative:
    if text[0] in "[{":
        return Alternative("array" if text[0] == "[" else "object", "", _alternatives(text[1:-1]))
    if text[0] == "'":
        return Alternative("string", literal=text[1:-1])
    return Alternative(text) if text in _SPOKEN else Alternative("object", kind=text)
