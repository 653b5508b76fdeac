"""The seven types of JSON Schema, their words, and keywords of objects."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..document import Node
from ..document.json_values import is_object

TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")

SCALARS = frozenset(TYPES) - {"array", "object"}

TIME_FORMATS = frozenset({"date-time", "date"})

ALTERNATIVES = ("oneOf", "anyOf")
"""The keywords whose value is a list of alternatives."""

MAY_EVALUATE = frozenset({"additionalProperties", "anyOf", "oneOf", "if", "dependentSchemas"})
"""Keywords that may describe properties beside `properties`, for `unevaluatedProperties`."""

UNCHECKED = (
    "contains",
    "dependencies",
    "dependentSchemas",
    "if",
    "not",
    "propertyNames",
    "unevaluatedItems",
)
"""Keywords by which requests are not validated."""

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "string": "str text char uri url uuid guid email enum",
        "integer": "int int8 int16 int32 int64 long short bigint",
        "number": "float double decimal numeric real",
        "boolean": "bool",
        "array": "list set",
        "object": "map dict hash json",
        "null": "none nil void",
    }
)
_FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "date": "date",
        "datetime": "date-time",
        "file": "binary",
        "binary": "binary",
        "byte": "byte",
        "password": "password",
    }
)
_KNOWN = {
    **{name: (name, "") for name in TYPES},
    **{word: (name, "") for name, words in _WORDS.items() for word in words.split()},
    **{word: ("string", name) for word, name in _FORMATS.items()},
}


def type_of(text: str) -> tuple[str, str] | None:
    """Return the type and format of a word; None if the word is unknown."""
    return _KNOWN.get(text.strip().lower().replace("-", "").replace("_", ""))


def only_requires(schema: Node) -> bool:
    """Whether a schema, such as an alternative, only requires properties of an object."""
    return is_object(schema.value) and set(schema.value) <= {"required"}
