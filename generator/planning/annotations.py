"""Python annotations for types, in the two places where they differ: fields and arguments.

A field is what an answer brings: known values are open, lists are lists. An argument is what a
program passes: known values are closed, and models may be written as mappings.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.python_code import Code
from generator.shapes import EnumShape, NamedShape, ObjectShape
from generator.type_expressions import (
    NONE,
    DictType,
    ListType,
    Name,
    TypeExpression,
    UnionType,
    union,
)


class Annotations:
    """Writes annotations for one document.

    Args:
        schemas: The document's named shapes.
        aliases: The types that those stand for that are no classes.
    """

    def __init__(self, schemas: dict[str, NamedShape], aliases: dict[str, TypeExpression]) -> None:
        self._schemas = schemas
        self._aliases = aliases

    def field(self, expression: TypeExpression) -> Code:
        """Write the type of a field or an answer."""
        match expression:
            case ListType():
                return Code(f"list[{self.field(expression.item)}]")
            case DictType():
                return Code(f"dict[str, {self.field(expression.value)}]")
            case UnionType():
                return self._union(expression)
            case Name(name="datetime"):
                return Code("Timestamp")
            case Name(name="date"):
                return Code("dt.date")
            case Name(name=name):
                shape = self._schemas[name].shape if name in self._schemas else None
                if isinstance(shape, EnumShape):
                    return Code(f"Open[{name}]") if shape.type == "string" else Code("int")
                return Code(name)

    def _union(self, expression: UnionType) -> Code:
        """Write a union; one whose alternatives JSON does not tell apart is any value."""
        kinds = [self._kind(option) for option in expression.options]
        if len({kind for kind in kinds if kind != "null"}) == 1 and kinds.count("text") > 1:
            return _join(["str", *(["None"] if "null" in kinds else [])])
        if any(kinds.count(kind) > 1 for kind in ("object", "array", "text", "any")):
            return Code("Any")
        return _join(self.field(option) for option in expression.options)

    def _kind(self, expression: TypeExpression) -> str:
        """Give the kind of JSON value that a type is read from."""
        match expression:
            case ListType():
                return "array"
            case DictType():
                return "object"
            case UnionType():
                return "any"
            case Name(name="str" | "datetime" | "date"):
                return "text"
            case Name(name="None"):
                return "null"
            case Name(name=name) if name in self._schemas:
                shape = self._schemas[name].shape
                if isinstance(shape, ObjectShape):
                    return "object"
                if isinstance(shape, EnumShape):
                    return "text" if shape.type == "string" else "integer"
                return self._kind(self._aliases[name])
            case Name(name=name):
                return name

    def argument(self, expression: TypeExpression) -> Code:
        """Write the type of an argument."""
        match expression:
            case ListType():
                return Code(f"Sequence[{self.argument(expression.item)}]")
            case DictType():
                return Code(f"Mapping[str, {self.argument(expression.value)}]")
            case UnionType():
                return _join(self.argument(option) for option in expression.options)
            case Name(name="datetime"):
                return Code("dt.datetime")
            case Name(name="date"):
                return Code("dt.date")
            case Name(name=name):
                shape = self._schemas[name].shape if name in self._schemas else None
                if isinstance(shape, ObjectShape):
                    return Code(f"{name} | Mapping[str, Any]")
                if shape is None or isinstance(shape, EnumShape):
                    return Code(name)
                return self.argument(self._aliases[name])


def optional(annotation: Code) -> Code:
    """Allow None."""
    alternatives = annotation.split(" | ")
    if annotation == "Any" or "None" in alternatives:
        return annotation
    return Code(f"{annotation} | None")


def without_none(expression: TypeExpression) -> TypeExpression:
    """Leave None out of a union."""
    if isinstance(expression, UnionType):
        return union([option for option in expression.options if option != NONE])
    return expression


def names_in(expression: TypeExpression) -> set[str]:
    """Give the names that a type is made of."""
    match expression:
        case Name():
            return {expression.name}
        case ListType():
            return names_in(expression.item)
        case DictType():
            return names_in(expression.value)
        case UnionType():
            return {name for option in expression.options for name in names_in(option)}


def _join(parts: Iterable[str]) -> Code:
    """Write a union, each alternative once."""
    return Code(" | ".join(dict.fromkeys(parts)))
