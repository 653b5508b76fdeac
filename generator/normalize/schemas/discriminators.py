"""Discriminators of unions: explicit ones, and members with one constant value per object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.document import Document, Node, UnresolvedReferenceError
from generator.document.json_values import Pointer, object_at, text_at
from generator.normalize.schemas.shapes import (
    Discriminator,
    NamedShape,
    ObjectShape,
    Ref,
    Scalar,
    Shape,
)


def explicit_discriminator(
    document: Document, node: Node, options: Sequence[tuple[Node, Shape]]
) -> Discriminator | None:
    """Return the `discriminator` of a union; None if it has none.

    Args:
        document: The document.
        node: The schema of the union.
        options: The alternatives and their shapes.
    """
    has_one = text_at(object_at(node.value, "discriminator"), "propertyName")
    return read_discriminator(document, node, options) if has_one else None


def read_discriminator(
    document: Document, node: Node, options: Sequence[tuple[Node, Shape]]
) -> Discriminator:
    """Read the `discriminator` of a schema; see `explicit_discriminator` for the arguments."""
    keyword = object_at(node.value, "discriminator")
    values: dict[str, list[str]] = {}
    classes: dict[Pointer, str] = {}
    for option, shape in options:
        if isinstance(shape, Ref):
            pointer = document.follow(option).pointer
            classes[pointer] = shape.name
            values.setdefault(shape.name, [])
    for value, target in object_at(keyword, "mapping").items():
        found = _target(document, node, target) if isinstance(target, str) else None
        if found is not None and found.pointer in classes:
            values[classes[found.pointer]].append(value)
    for pointer, name in classes.items():
        if not values[name] and pointer:
            values[name].append(str(pointer[-1]))
    known = {name: tuple(each) for name, each in values.items()}
    return Discriminator(text_at(keyword, "propertyName"), known)


def _target(document: Document, node: Node, target: str) -> Node | None:
    """Return the schema that a mapping names by a reference or by the name of a component."""
    reference = target if "#" in target or "/" in target else f"#/components/schemas/{target}"
    try:
        return document.target(reference, node.source)
    except UnresolvedReferenceError:
        return None


def implied_discriminator(
    options: Sequence[str], named: Mapping[str, NamedShape]
) -> Discriminator | None:
    """Return a member that all objects of a union require, with a different constant in each.

    Args:
        options: The class names of the objects.
        named: The named shapes.
    """
    shapes = [named[name].shape for name in options]
    constants = [dict(_constants(shape)) for shape in shapes if isinstance(shape, ObjectShape)]
    if len(constants) < 2 or len(constants) != len(options):
        return None
    for member in constants[0]:
        values = [each[member] for each in constants if member in each]
        if len(values) == len(options) and len(set(values)) == len(values):
            pairs = zip(options, values, strict=True)
            return Discriminator(member, {name: (value,) for name, value in pairs})
    return None


def _constants(shape: ObjectShape) -> Iterator[tuple[str, Any]]:
    """Iterate over the required members with one allowed value, and these values."""
    for each in shape.properties:
        constraints = dict(each.shape.constraints) if isinstance(each.shape, Scalar) else {}
        known = constraints.get("enum", ())
        if each.required and len(known) == 1 and isinstance(known[0], str | int):
            yield each.wire_name, known[0]
