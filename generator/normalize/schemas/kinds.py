"""Types that a schema allows, and unions of shapes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...document.json_values import JsonObject, array_at, is_array, is_object
from .shapes import Anything, OneOf, Scalar, Shape

FORMATS = frozenset({"date-time", "date", "binary"})
"""The formats of strings that are not `str` in Python."""


def kinds(value: JsonObject) -> list[str]:
    """Return the types that a schema declares, or implies by its other keywords."""
    given = value.get("type")
    if isinstance(given, str):
        return [given]
    if is_array(given):
        return [kind for kind in given if isinstance(kind, str)]
    if "properties" in value or "additionalProperties" in value:
        return ["object"]
    if "items" in value or "prefixItems" in value:
        return ["array"]
    return list(dict.fromkeys(_kind_of(each) for each in enum_values(value)))


def known_values(value: JsonObject, kind: str) -> tuple[Any, ...]:
    """Return the distinct values of `const` or `enum` that have a JSON type, or () without any.

    An integer with a zero fraction, such as 2.0, is an integer, as JSON Schema defines it.
    """
    every = enum_values(value)
    if kind == "integer":
        every = [int(each) if _is_whole(each) else each for each in every]
    allowed = {kind, "integer"} if kind == "number" else {kind}
    return tuple(dict.fromkeys(each for each in every if _kind_of(each) in allowed))


def _is_whole(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer()


def _kind_of(value: Any) -> str:
    """Return the JSON type of a value; a boolean is not an integer."""
    if isinstance(value, bool):
        return "boolean"
    for kind, type_ in (("string", str), ("integer", int), ("number", float), ("null", type(None))):
        if isinstance(value, type_):
            return kind
    return "object" if is_object(value) else "array"


def enum_values(value: JsonObject) -> list[Any]:
    """Return the values of a schema's `const` or `enum`."""
    if "const" in value:
        return [value["const"]]
    return array_at(value, "enum")


def is_nullable(value: JsonObject) -> bool:
    """Whether a schema allows null."""
    if value.get("nullable") is True:
        return True
    return "null" in kinds(value) or ("enum" in value and None in enum_values(value))


def nullable(shape: Shape) -> Shape:
    """Return the union of a shape and null."""
    return union_of([shape, Scalar("null")])


def union_of(options: list[Shape]) -> Shape:
    """Return the union of shapes; `Anything` absorbs the others, and a single shape is returned.

    A union with a discriminator or constraints keeps them: only null joins its alternatives.
    """
    flat: list[Shape] = []
    for option in dict.fromkeys(options):
        is_joined = isinstance(option, OneOf) and option == OneOf(option.options)
        flat += option.options if isinstance(option, OneOf) and is_joined else [option]
    unique = tuple(dict.fromkeys(flat))
    if len(unique) == 1:
        return unique[0]
    if not unique or any(isinstance(option, Anything) for option in unique):
        return Anything()
    own = [each for each in unique if each != Scalar("null")]
    if len(own) == 1 and isinstance(own[0], OneOf):
        return replace(own[0], options=tuple(dict.fromkeys([*own[0].options, Scalar("null")])))
    return OneOf(unique)
