"""Filter conditions that the client can verify on the returned entries.

A server ignores an unknown parameter and returns all entries. Therefore the client verifies a
condition where it clearly refers to a property of an entry: `actor` with `id` refers to `actorId`;
a list of scalars refers to the only property with the same first word and the same constraints.
Conditions on names are not verified, because documents do not define how servers compare names.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..normalize.schemas.shapes import (
    ListOf,
    NamedShape,
    ObjectShape,
    Property,
    Ref,
    Scalar,
    Shape,
)
from ..python import names
from ..python.code import Code, construct
from ..runtime.paging.pagination import Match

_LOOSE = frozenset({"name"})


def matches(filter_: Shape, entry: Shape, schemas: dict[str, NamedShape]) -> tuple[Code, ...]:
    """Return the conditions of a filter that refer to a known property of an entry.

    Args:
        filter_: The shape of the filter.
        entry: The shape of an entry.
        schemas: The named shapes of the document.
    """
    known = {each.wire_name: each for each in _properties(entry, schemas)}
    found: list[Code] = []
    for group in _properties(filter_, schemas):
        if isinstance(group.shape, ListOf):
            item = group.shape.item
            inside = _properties(item, schemas)
            pairs = (
                _by_name(group, inside, known) if inside else _by_constraints(group, item, known)
            )
            found += (construct(Match, group=group.wire_name, key=k, field=f) for k, f in pairs)
    return tuple(found)


def _properties(shape: Shape, schemas: dict[str, NamedShape]) -> tuple[Property, ...]:
    named = schemas[shape.name].shape if isinstance(shape, Ref) else None
    return named.properties if isinstance(named, ObjectShape) else ()


def _by_name(
    group: Property, inside: tuple[Property, ...], known: dict[str, Property]
) -> Iterator[tuple[str, str]]:
    for each in inside:
        field = group.wire_name + each.wire_name[:1].upper() + each.wire_name[1:]
        if field in known and each.wire_name not in _LOOSE:
            yield each.wire_name, field


def _by_constraints(
    group: Property, item: Shape, known: dict[str, Property]
) -> Iterator[tuple[str, str]]:
    beginning = names.words(group.wire_name)[:1]
    candidates = [
        name
        for name, each in known.items()
        if each.shape == item and names.words(name)[:1] == beginning
    ]
    if isinstance(item, Scalar) and item.constraints and len(candidates) == 1:
        yield "", candidates[0]
