"""Python types of shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...normalize.schemas.shapes import (
    Anything,
    EnumShape,
    ListOf,
    MapOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Scalar,
    Shape,
)
from ...python.types import ANY, DictType, ListType, Name, TypeExpression, UnionType, union
from .aliases import in_definition_order

_FORMATS = {"date-time": "datetime", "date": "date"}
_SCALARS = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
}


@dataclass(frozen=True, slots=True)
class ModelTypes:
    """The types of a document.

    Attributes:
        fields: For each object's class name, the types of its properties in their order.
        aliases: The types of the other named shapes.
        shapes: The types of the other shapes.
    """

    fields: dict[str, tuple[TypeExpression, ...]]
    aliases: dict[str, TypeExpression]
    shapes: dict[Shape, TypeExpression]


def model_types(schemas: dict[str, NamedShape], others: Iterable[Shape]) -> ModelTypes:
    """Return the types of all named shapes and of some others.

    Args:
        schemas: The named shapes, by class name.
        others: Further shapes that need a type: those of parameters, bodies and responses.
    """
    fields: dict[str, tuple[TypeExpression, ...]] = {}
    aliases: dict[str, TypeExpression] = {}
    for name, named in schemas.items():
        match named.shape:
            case ObjectShape(properties=properties):
                fields[name] = tuple(type_of(each.shape) for each in properties)
            case EnumShape(type=kind):
                aliases[name] = type_of(Scalar(kind))
            case shape:
                aliases[name] = type_of(shape)
    return ModelTypes(
        fields, in_definition_order(aliases), {shape: type_of(shape) for shape in others}
    )


def type_of(shape: Shape) -> TypeExpression:
    """Return the type of a shape; a named shape is a name."""
    match shape:
        case Anything():
            return ANY
        case Scalar():
            return Name(_FORMATS.get(shape.format) or _SCALARS[shape.type])
        case ListOf():
            return ListType(type_of(shape.item))
        case MapOf():
            return DictType(type_of(shape.value))
        case OneOf():
            joined = union([type_of(option) for option in shape.options])
            if isinstance(joined, UnionType) and shape.discriminator is not None:
                return UnionType(joined.options, shape.discriminator)
            return joined
        case _:
            return Name(shape.name)
