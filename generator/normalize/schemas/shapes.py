"""Shapes: schemas after their notations are resolved.

A shape has the facts that Python code and requests need. Its leaves are scalars and `Ref`s to named
shapes, which become classes and type aliases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from ...document import Node


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value.

    Attributes:
        constraints: The constraints of values of the types that they apply to, by keyword.
    """

    constraints: tuple[tuple[str, Any], ...] = ()


NOTHING = Anything((("not", True),))
"""No value: the schema `false`. A response may have one nevertheless."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, number, boolean or null.

    Attributes:
        type: `string`, `integer`, `number`, `boolean` or `null`.
        format: The document's format if this generator supports it, else an empty string.
        constraints: The constraints, such as `pattern` and `minimum`, by keyword.
    """

    type: str
    format: str = ""
    constraints: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of items of one shape.

    Attributes:
        item: The shape of the items.
        constraints: The constraints, by keyword.
        prefix: The shapes of the first items, by position.
        further: The shape of the items after these if there are any, else None.
    """

    item: Shape
    constraints: tuple[tuple[str, Any], ...] = ()
    prefix: tuple[Shape, ...] = ()
    further: Shape | None = None


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object with members of any name and values of one shape.

    Attributes:
        value: The shape of the values.
        constraints: The constraints of the number of members and of members together.
        patterns: The shapes of members whose names match a pattern.
        further: The shape of the other members if there are patterns, else None.
    """

    value: Shape
    constraints: tuple[tuple[str, Any], ...] = ()
    patterns: tuple[tuple[str, Shape], ...] = ()
    further: Shape | None = None


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The discriminator of a union.

    Attributes:
        member: The JSON name of the discriminating member.
        values: The values of the member for each object, by class name.
        otherwise: The class name of a base, for all other values; may be empty.
        default: The class name that the document states for all other values, and for objects
            without the member; may be empty.
        is_open: Whether an object with another value is of the class that fits it best.
        is_shared: Whether an object can be of another class than that of its value, because not all
            classes have a value, or several have the same one.
    """

    member: str
    values: dict[str, tuple[Any, ...]] = field(hash=False)
    otherwise: str = ""
    default: str = ""
    is_open: bool = False
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """A value of one of several shapes.

    Attributes:
        options: The shapes.
        discriminator: The discriminator that the schema itself has; None without one.
        constraints: The constraints beside the alternatives, by keyword.
    """

    options: tuple[Shape, ...]
    discriminator: Discriminator | None = None
    constraints: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a named shape by its class name."""

    name: str


Shape: TypeAlias = Anything | Scalar | ListOf | MapOf | OneOf | Ref


def inner_shapes(shape: Shape) -> tuple[Shape, ...]:
    """Return the shapes directly inside a shape, but not those that it references."""
    match shape:
        case ListOf():
            further = () if shape.further is None else (shape.further,)
            return (shape.item, *shape.prefix, *further)
        case MapOf():
            further = () if shape.further is None else (shape.further,)
            return (shape.value, *(each for _, each in shape.patterns), *further)
        case OneOf():
            return shape.options
        case _:
            return ()


def with_inner_shapes(shape: Shape, change: Callable[[Shape], Shape]) -> Shape:
    """Return a shape in which a function has changed each shape directly inside it."""
    match shape:
        case ListOf():
            return replace(
                shape,
                item=change(shape.item),
                prefix=tuple(map(change, shape.prefix)),
                further=shape.further and change(shape.further),
            )
        case MapOf():
            return replace(
                shape,
                value=change(shape.value),
                patterns=tuple((pattern, change(each)) for pattern, each in shape.patterns),
                further=shape.further and change(shape.further),
            )
        case OneOf():
            return replace(shape, options=tuple(map(change, shape.options)))
        case _:
            return shape


def alternatives_of(shape: Shape, schemas: Mapping[str, NamedShape]) -> list[Shape]:
    """Return the alternatives of a shape, named unions resolved; each of these once."""
    found: list[Shape] = []
    waiting = [shape]
    seen: set[str] = set()
    while waiting:
        each = waiting.pop()
        named = definition_of(each, schemas)
        if not isinstance(named, Ref | OneOf):
            found.append(each)
            continue
        if isinstance(each, Ref):
            if each.name in seen:
                continue
            seen.add(each.name)
        waiting += reversed(named.options if isinstance(named, OneOf) else (named,))
    return found


def without_aliases(name: str, schemas: Mapping[str, NamedShape]) -> str:
    """Return the name of the shape that a named shape is, if that is only a reference to another.

    A reference that leads back to itself ends where it began.
    """
    seen = {name}
    while name in schemas:
        shape = schemas[name].shape
        if not isinstance(shape, Ref) or shape.name in seen:
            break
        name = shape.name
        seen.add(name)
    return name


def definition_of(
    shape: Shape, schemas: Mapping[str, NamedShape]
) -> ObjectShape | EnumShape | Shape:
    """Return the definition of a reference, or another shape as it is."""
    return schemas[shape.name].shape if isinstance(shape, Ref) else shape


def target_of(
    shape: Shape | ObjectShape | EnumShape, schemas: Mapping[str, NamedShape]
) -> ObjectShape | EnumShape | Shape:
    """Return the definition to which a reference leads, or another shape as it is."""
    if not isinstance(shape, Ref):
        return shape
    return schemas[without_aliases(shape.name, schemas)].shape


def named_in(shape: Shape) -> Iterator[str]:
    """Iterate over the names of the shapes that a shape references."""
    if isinstance(shape, Ref):
        yield shape.name
    for each in inner_shapes(shape):
        yield from named_in(each)


def discriminators_in(shape: Shape) -> Iterator[Discriminator]:
    """Iterate over the discriminators that the unions in a shape have themselves."""
    if isinstance(shape, OneOf) and shape.discriminator is not None:
        yield shape.discriminator
    for each in inner_shapes(shape):
        yield from discriminators_in(each)


@dataclass(frozen=True, slots=True)
class Property:
    """A member of an object.

    Attributes:
        wire_name: The JSON name.
        shape: The shape of the value.
        required: Whether the document requires it.
        doc: The description.
        sensitive: Whether `repr` must not show the value.
        deprecated: Whether the document marks it as deprecated.
        read_only: Whether only responses have it.
        write_only: Whether only requests have it.
        default: The `default` of its schema if that is a scalar, else None.
    """

    wire_name: str
    shape: Shape
    required: bool
    doc: str
    sensitive: bool = False
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    default: str | float | None = None


@dataclass(frozen=True, slots=True)
class ObjectShape:
    """An object with known members: a class.

    Attributes:
        properties: The members, in the document's order.
        additional: The shape of other members; None if the document forbids them.
        expected: Patterns of the names of other members, from `patternProperties`.
        is_open: Whether the document describes other members, rather than not forbidding them. A
            pattern without a type only names some that may come in addition.
        patterns: The shapes of these members, by pattern.
        constraints: The constraints of the number of members and of members together.
    """

    properties: tuple[Property, ...]
    additional: Shape | None
    expected: tuple[str, ...] = ()
    is_open: bool = False
    patterns: tuple[tuple[str, Shape], ...] = ()
    constraints: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class EnumShape:
    """A string or integer with known values: a type alias and constants."""

    type: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class NamedShape:
    """A named shape.

    Attributes:
        name: The class name.
        doc: The description.
        node: The schema that defines it.
        shape: The shape.
        base: For a union of a schema and those that extend it, the class name of that schema.
    """

    name: str
    doc: str
    node: Node = field(compare=False)
    shape: ObjectShape | EnumShape | Shape = field(default_factory=Anything)
    base: str = ""
