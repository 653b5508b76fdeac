"""Properties and parameters with only one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...normalize import Normalized
from ...normalize.schemas.shapes import (
    EnumShape,
    NamedShape,
    ObjectShape,
    OneOf,
    Property,
    Ref,
    Scalar,
    Shape,
    discriminators_in,
)
from ...python.code import Code, literal


def constant_of(shape: Shape, schemas: Mapping[str, NamedShape]) -> Code | None:
    """Return the literal of the only value of a string, integer or boolean; None without one.

    Null may be allowed beside it.
    """
    seen: set[str] = set()
    while not isinstance(shape, Scalar):
        named: Shape | ObjectShape | EnumShape | None = None
        match shape:
            case OneOf(options=options):
                own = [each for each in options if each != Scalar("null")]
                named = own[0] if len(own) == 1 else None
            case Ref(name=name) if name not in seen:
                seen.add(name)
                named = schemas[name].shape
            case _:
                pass
        if named is None or isinstance(named, ObjectShape | EnumShape):
            return None
        shape = named
    if shape.format or shape.type in {"number", "null"}:
        return None
    known = dict(shape.constraints).get("enum", ())
    return literal(known[0]) if len(known) == 1 else None


def discriminating_properties(
    normalized: Normalized, shapes: Iterable[Shape]
) -> frozenset[tuple[str, str]]:
    """Return the class names and JSON names of the discriminators of unions.

    Args:
        normalized: The document.
        shapes: The shapes of its operations.
    """
    found = list(normalized.discriminators.values())
    for shape in (*shapes, *_inside(normalized.schemas.values())):
        found += discriminators_in(shape)
    return frozenset(
        (name, each.member) for each in found if not each.is_shared for name in each.values
    )


def is_default(member: Property, constant: Code) -> bool:
    """Whether the only value of a property is also its default; not of one that is never sent."""
    return not member.read_only and constant == literal(member.default)


def _inside(schemas: Iterable[NamedShape]) -> Iterable[Shape]:
    for named in schemas:
        if isinstance(named.shape, ObjectShape):
            yield from (each.shape for each in named.shape.properties)
            yield from (each for _, each in named.shape.patterns)
            if named.shape.additional is not None:
                yield named.shape.additional
        elif not isinstance(named.shape, EnumShape):
            yield named.shape
