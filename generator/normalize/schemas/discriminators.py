"""Discriminators of unions: stated ones, and constants that differ by member."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...document import Document, Node, UnresolvedReferenceError
from ...document.json_values import JsonObject, is_object, object_at, text_at
from .composition import ANNOTATIONS, merged_keywords, parts
from .inline_names import NodeId, node_id
from .kinds import enum_values, kinds
from .shapes import (
    Discriminator,
    EnumShape,
    NamedShape,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
    target_of,
)

_DEEPEST = 20


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
    member = text_at(keyword, "propertyName")
    values: dict[str, list[Any]] = {}
    members: dict[str, JsonObject] = {}
    classes: dict[NodeId, str] = {}
    schema_names: dict[str, list[str]] = {}
    for option, shape in options:
        reference = _reference(shape)
        if reference is not None:
            values.setdefault(reference.name, [])
            members[reference.name] = _member(document, node, option, member)
            chain = list(_references(document, option))
            schema_names.setdefault(reference.name, []).extend(
                each.pointer[-1]  # An inline alternative has no name.
                for each in chain[1:] or chain
                if each.pointer and isinstance(each.pointer[-1], str)
            )
            classes |= {node_id(each): reference.name for each in chain}
    for option, shape in options:
        reference = _reference(shape)
        if reference is not None:
            for each in _aliases(document, option):
                classes.setdefault(node_id(each), reference.name)

    def name_of(target: object) -> str:
        targets = _targets(document, node, target) if isinstance(target, str) else ()
        return next((classes[node_id(each)] for each in targets if node_id(each) in classes), "")

    for value, target in object_at(keyword, "mapping").items():
        name = name_of(target)
        if name:
            values[name].append(_as_sent(value, members[name]))
    _add_implicit(values, members, schema_names, object_at(keyword, "mapping"))
    distinct = {name: tuple(dict.fromkeys(each)) for name, each in values.items()}
    default = name_of(keyword.get("defaultMapping"))
    return Discriminator(member, distinct, default=default)


def _add_implicit(
    values: dict[str, list[Any]],
    members: Mapping[str, JsonObject],
    schema_names: Mapping[str, list[str]],
    mapping: JsonObject,
) -> None:
    """Add the values of alternatives that no mapping has to state.

    An alternative that no mapping names has the constants of the property in its own schema, if no
    other alternative has them, else its name. Another one has its name beside the mapped values,
    unless its schema states the values.
    """
    stated = _distinct_constants(members)
    named = [name for name, each in values.items() if each and not enum_values(members[name])]
    for name, each in values.items():
        values[name] = each or stated[name] or schema_names[name]
    taken = {value for each in values.values() for value in each} | mapping.keys()
    for name in named:
        values[name] += [each for each in schema_names[name] if each not in taken]


def _member(document: Document, base: Node, option: Node, name: str) -> JsonObject:
    """Return the keywords of a property of an alternative, without those of a common base."""
    own = [each for each in parts(document, option) if node_id(each) != node_id(base)]
    schemas = [each.at("properties", name) for each in own]
    return merged_keywords([part for each in schemas for part in parts(document, each)])


def _distinct_constants(members: Mapping[str, JsonObject]) -> dict[str, list[Any]]:
    """Return the constants of each alternative's property, or none if another one has them too."""
    constants = {
        name: [*dict.fromkeys(each for each in enum_values(member) if isinstance(each, str | int))]
        for name, member in members.items()
    }
    count = Counter(value for each in constants.values() for value in each)
    return {
        name: each if all(count[value] == 1 for value in each) else []
        for name, each in constants.items()
    }


def _as_sent(value: str, member: JsonObject) -> Any:
    """Return a value of a mapping, whose keys are strings, in the type of the property."""
    if not {"integer", "boolean"}.issuperset(kinds(member) or ["string"]):
        return value
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return found if isinstance(found, int) else value


def _reference(shape: Shape) -> Ref | None:
    """Return the reference that a shape is, possibly with null."""
    options = shape.options if isinstance(shape, OneOf) else (shape,)
    found = [each for each in options if each != Scalar("null")]
    return found[0] if len(found) == 1 and isinstance(found[0], Ref) else None


def _references(document: Document, node: Node) -> Iterator[Node]:
    """Iterate over a schema and those that its `$ref` leads to."""
    yield node
    while (
        is_object(node.value)
        and text_at(node.value, "$ref")
        and not node.value.keys() - ANNOTATIONS
    ):
        node = document.target(node.value["$ref"], node.source)
        yield node


def _aliases(document: Document, node: Node) -> Iterator[Node]:
    """Iterate over a schema and those that it refers to by `$ref` or an `allOf` of one part.

    A schema that extends one with a discriminator is a separate schema.
    """
    for _ in range(_DEEPEST):
        chain = list(_references(document, node))
        yield from chain
        node = chain[-1]
        parts = list((node / "allOf").items())
        is_alias = is_object(node.value) and not node.value.keys() - ANNOTATIONS - {"allOf"}
        if not is_alias or len(parts) != 1 or "discriminator" in document.follow(parts[0]):
            return
        node = parts[0]


def _targets(document: Document, node: Node, target: str) -> Iterator[Node]:
    """Iterate over the schema that a mapping names, by component or reference, and its aliases."""
    for reference in (f"#/components/schemas/{target}", target):
        try:
            found = document.target(reference, node.source)
        except UnresolvedReferenceError:
            continue
        yield from _aliases(document, found)


def implied_discriminator(
    options: Sequence[str], named: Mapping[str, NamedShape]
) -> Discriminator | None:
    """Return a member that all objects of a union have, with different known values in each.

    Constants take precedence over enumerations, to which services add values, so that an object
    with an unknown one can be of any class. Otherwise a member with different values in some
    of the objects discriminates between these.

    Args:
        options: The class names of the objects.
        named: The named shapes.
    """
    shapes = [named[name].shape for name in options]
    known = [dict(_known_values(each, named)) for each in shapes if isinstance(each, ObjectShape)]
    if len(known) < 2 or len(known) != len(options):
        return None
    found: list[Discriminator] = []
    for member in known[0]:
        values = [each[member] for each in known if member in each]
        distinct = {value for each in values for value in each}
        if len(values) == len(options) and len(distinct) == sum(map(len, values)):
            by_name = dict(zip(options, values, strict=True))
            is_open = any(len(each) > 1 for each in values)
            found.append(Discriminator(member, by_name, is_open=is_open))
    return min(found, key=lambda each: each.is_open, default=None) or _shared_member(options, known)


def _shared_member(
    options: Sequence[str], known: Sequence[Mapping[str, tuple[Any, ...]]]
) -> Discriminator | None:
    """Return a member whose known values are different or equal in the objects that have any."""
    found: list[Discriminator] = []
    for member in dict.fromkeys(name for each in known for name in each):
        values = {
            name: each[member] for name, each in zip(options, known, strict=True) if member in each
        }
        every = {frozenset(each) for each in values.values()}
        distinct = {value for each in every for value in each}
        if len(every) > 1 and len(distinct) == sum(map(len, every)):
            found.append(Discriminator(member, values, is_shared=True))
    return max(found, key=_constants, default=None)


def _constants(discriminator: Discriminator) -> int:
    """Return how many objects have one known value of a discriminator only."""
    return sum(len(each) == 1 for each in discriminator.values.values())


def _known_values(
    shape: ObjectShape, named: Mapping[str, NamedShape]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Iterate over the members with constants or enumerations, and their values."""
    for each in shape.properties:
        values: tuple[Any, ...] = ()
        match target_of(each.shape, named):
            case EnumShape(values=known):
                values = known
            case Scalar(constraints=constraints):
                values = dict(constraints).get("enum", ())
            case _:
                pass
        if values and all(isinstance(value, str | int) for value in values):
            yield each.wire_name, values
