"""Types of mappings with JSON names, which arguments accept beside models."""

from __future__ import annotations

import keyword
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from ...normalize.schemas.shapes import (
    NamedShape,
    ObjectShape,
    Property,
    Shape,
    without_aliases,
)
from ...python import names
from ...python.code import Code
from ...python.types import TypeExpression
from ..directions import reachable
from ..plan.models import Member, TypedMapping
from .annotations import Annotations
from .model_types import ModelTypes

_TYPES = names.TYPES | {"abc", "dt", "typing"}


def mapping_names(schemas: Mapping[str, NamedShape], parameters: Iterable[Shape]) -> dict[str, str]:
    """Return the names of the `TypedDict`s of classes in parameters, by class name.

    Aliases of these classes have names too. A class whose further members the document describes
    has none: its mappings are dynamic.
    """
    inside = reachable(parameters, schemas)
    classes = [
        name for name in schemas if _has_mapping(without_aliases(name, schemas), inside, schemas)
    ]
    wanted = names.distinct([f"{name}Dict" for name in classes], list(schemas))
    return dict(zip(classes, wanted, strict=True))


def _has_mapping(name: str, inside: Collection[str], schemas: Mapping[str, NamedShape]) -> bool:
    shape = schemas[name].shape
    return name in inside and isinstance(shape, ObjectShape) and not shape.is_open


def typed_mappings(
    schemas: Mapping[str, NamedShape],
    types: ModelTypes,
    annotations: Annotations,
) -> tuple[TypedMapping, ...]:
    """Return the `TypedDict`s of classes, by the names of the classes."""
    annotations = replace(annotations, in_mapping=True)
    found: list[TypedMapping] = []
    for class_name, name in annotations.mappings.items():
        shape = schemas[class_name].shape
        if not isinstance(shape, ObjectShape):  # An alias.
            continue
        properties = shape.properties
        pairs = zip(properties, types.fields[class_name], strict=True)
        members = tuple(_member(*pair, annotations) for pair in pairs if not pair[0].read_only)
        has_names = all(_is_name(each.name) for each in members)
        found.append(TypedMapping(name, class_name, members, has_names=has_names))
    return tuple(found)


def _member(member: Property, expression: TypeExpression, annotations: Annotations) -> Member:
    annotation = annotations.argument(expression)
    return Member(
        member.wire_name, Code(f"typing.Required[{annotation}]") if member.required else annotation
    )


def _is_name(text: str) -> bool:
    """Whether a text can be a member in a class: Python changes `__a`, others hide a type."""
    is_name = text.isidentifier() and text.isascii() and not keyword.iskeyword(text)
    return is_name and not text.startswith("__") and text not in _TYPES
