"""Models, enumerations and aliases of the package."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.document.json_values import is_object
from generator.normalize.schemas.shapes import EnumShape, NamedShape, ObjectShape
from generator.planning.annotations import Annotations, optional
from generator.planning.directions import Directions
from generator.planning.plan.models import Alias, Enumeration, Field, Model
from generator.planning.types import ModelTypes
from generator.python import names
from generator.python.code import Code

# What every model has already.
RESERVED = frozenset({"raw", "extra", "to_dict", "to_json", "dt", "msgspec"})


def field_names(shape: ObjectShape) -> list[str]:
    """Give the Python names of an object's properties; two that would be equal get numbers."""
    reserved = RESERVED | names.TYPES
    wanted = [names.identifier(each.wire_name, reserved) for each in shape.properties]
    return names.distinct(wanted)


def models(
    schemas: dict[str, NamedShape],
    types: ModelTypes,
    annotations: Annotations,
    directions: Directions,
) -> tuple[Model, ...]:
    """Plan the classes."""
    return tuple(
        _model(named, directions.relaxed(named.name, named.shape), types, annotations)
        for named in schemas.values()
        if isinstance(named.shape, ObjectShape)
    )


def enumerations(schemas: dict[str, NamedShape]) -> tuple[Enumeration, ...]:
    """Plan the types with known values."""
    return tuple(
        Enumeration(named.name, named.doc, tuple(_members(named.shape.values)))
        for named in schemas.values()
        if isinstance(named.shape, EnumShape)
    )


def aliases(
    schemas: dict[str, NamedShape], types: ModelTypes, annotations: Annotations
) -> tuple[Alias, ...]:
    """Plan the other named types, each behind those that it is made of."""
    return tuple(
        Alias(name, schemas[name].doc, annotations.field(expression))
        for name, expression in types.aliases.items()
        if not isinstance(schemas[name].shape, ObjectShape | EnumShape)
    )


def _model(
    named: NamedShape, shape: ObjectShape, types: ModelTypes, annotations: Annotations
) -> Model:
    python_names = field_names(shape)
    every = zip(shape.properties, python_names, types.fields[named.name], strict=True)
    pairs = [each for each in every if names.can_be_field(each[0].wire_name)]
    told = [(each.wire_name, name) for each, name, _ in pairs if name == name.rstrip("_")]
    renames = any(name != wire_name for wire_name, name in told) and all(
        _camel(name) == wire_name for wire_name, name in told
    )
    fields: list[Field] = []
    for each, name, expression in pairs:
        annotation = annotations.field(expression)
        if each.sensitive:
            annotation = Code(f"Sensitive[{annotation}]")
        fields.append(
            Field(
                name=name,
                wire_name=each.wire_name,
                explicit=(_camel(name) if renames else name) != each.wire_name,
                annotation=annotation if each.required else optional(annotation),
                required=each.required,
                doc=f"Deprecated. {each.doc}".strip() if each.deprecated else each.doc,
            )
        )
    doc = named.doc
    if is_object(named.node.value) and named.node.value.get("deprecated") is True:
        doc = f"{doc or named.name}\n\nDeprecated in the OpenAPI document."
    return Model(named.name, doc, renames, tuple(fields), shape.expected)


def _camel(name: str) -> str:
    """Give the name that msgspec's rule `camel` makes of a field's name."""
    return re.sub(r"_+(\w)", lambda match: match.group(1).upper(), name)


def _members(values: Sequence[str | int]) -> list[tuple[str, str | int]]:
    """Name the known values; those that differ only in case keep it."""
    wanted = [names.constant_name(str(value)) for value in values]
    for index, value in enumerate(values):
        if wanted.count(wanted[index]) > 1 and str(value).isidentifier():
            wanted[index] = names.class_name(str(value)) if str(value).islower() else str(value)
    return list(zip(names.distinct(wanted), values, strict=True))
