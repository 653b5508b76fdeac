"""Notation for tables of objects: their fields and the fields' types.

A field is `name`, `name!` (its absence is an error) or `name?` (required by OpenAPI, but its
absence leaves one sensible reading). `*` matches every name that is not an extension.

A type is a JSON type, `any`, the name of an object in the table, `'a literal'`, `[a list]`,
`{a map}`, or alternatives separated by `|`. With the prefix `~`, a value of another type is only a
warning: the field documents or constrains, and no call changes if it is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..document.json_values import is_array, is_object


@dataclass(frozen=True, slots=True)
class Alternative:
    """One type that a value may have.

    Attributes:
        json: The JSON type, or `any`.
        kind: The name of the object in the table; empty for other types.
        members: The types of the items of a list or the values of a map.
        literal: The only string allowed; None if any value of the type is.
    """

    json: str
    kind: str = ""
    members: tuple[Alternative, ...] = ()
    literal: str | None = None

    def fits(self, value: object) -> bool:
        """Whether a value has this type; the types of its members are not checked."""
        if self.literal is not None:
            return value == self.literal
        return self.json == "any" or self.json in json_types(value)

    def __str__(self) -> str:
        if self.literal is not None:
            return f"'{self.literal}'"
        if self.kind:
            return f"an object ({self.kind} Object)"
        return _TYPE_NAMES[self.json]


@dataclass(frozen=True, slots=True)
class Field:
    """The types allowed in a field, and the severity of its absence."""

    alternatives: tuple[Alternative, ...]
    lenient: bool
    presence: str  # if the field is missing: "!" an error, "?" a warning, "" no problem

    def match(self, value: object) -> Alternative | None:
        """Return the first allowed type that a value has, or None."""
        return matching_type(self.alternatives, value)


def matching_type(alternatives: Iterable[Alternative], value: object) -> Alternative | None:
    """Return the first of several types that a value has, or None."""
    return next((each for each in alternatives if each.fits(value)), None)


Shape = Mapping[str, Field]

_TYPE_NAMES = {
    "string": "a string",
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
    """Return the names of the JSON types of a value; an integer is also a number."""
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


def describe_type(value: object) -> str:
    """Return the JSON type of a value with its article, such as "a string"."""
    names = json_types(value)
    return _TYPE_NAMES[names[0]] if names else "a value of another type"


def shape(table: Mapping[str, str]) -> Shape:
    """Parse the fields of one object of a table."""
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
    return Alternative(text) if text in _TYPE_NAMES else Alternative("object", kind=text)
