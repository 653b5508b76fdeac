"""What a schema is, after all its notations are resolved.

A shape is what Python and the wire need to know. It has two kinds of leaves: simple values, and
`Ref`s to named shapes, which become classes and type aliases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from generator.document import Node


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, number or boolean.

    Attributes:
        type: `string`, `integer`, `number`, `boolean` or `null`.
        format: The document's format if it has a meaning here, else an empty text.
        limits: The keywords that limit it, such as `pattern` and `minimum`, by their name.
    """

    type: str
    format: str = ""
    limits: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind of items."""

    item: Shape
    limits: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object whose members all have values of one kind, under any name."""

    value: Shape


@dataclass(frozen=True, slots=True)
class OneOf:
    """A value of one of several kinds."""

    options: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Ref:
    """A named shape, by its class name."""

    name: str


Shape: TypeAlias = Anything | Scalar | ListOf | MapOf | OneOf | Ref


def named_in(shape: Shape) -> Iterator[str]:
    """Give the names of the shapes that a shape is made of."""
    match shape:
        case Ref():
            yield shape.name
        case ListOf():
            yield from named_in(shape.item)
        case MapOf():
            yield from named_in(shape.value)
        case OneOf():
            for option in shape.options:
                yield from named_in(option)
        case _:
            return


@dataclass(frozen=True, slots=True)
class Property:
    """A member of an object.

    Attributes:
        wire_name: Its name on the wire.
        shape: What its value is.
        required: Whether the document requires it.
        doc: Its description.
        sensitive: Whether `repr` must not show it.
        deprecated: Whether the document discourages it.
        read_only: Whether only the server sets it.
        write_only: Whether no answer has it.
    """

    wire_name: str
    shape: Shape
    required: bool
    doc: str
    sensitive: bool = False
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False


@dataclass(frozen=True, slots=True)
class ObjectShape:
    """An object with known members: a class.

    Attributes:
        properties: The members, in the document's order.
        additional: What other members are; None if the document forbids them.
        expected: Patterns of names that are expected besides the members.
    """

    properties: tuple[Property, ...]
    additional: Shape | None
    expected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnumShape:
    """A text or number of which some values are known: a type alias and constants."""

    type: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Discriminator:
    """What tells the objects of a union apart.

    Attributes:
        member: The name on the wire of the member that tells it.
        values: What it says of each object, by class name.
        otherwise: The class of the object that all are if it says something else; empty if none.
    """

    member: str
    values: dict[str, tuple[Any, ...]]
    otherwise: str = ""

    def joined(self, other: Discriminator | None) -> Discriminator:
        """Join what two unions of the same objects say."""
        if other is None or other.member != self.member:
            return self
        values = {
            name: tuple(dict.fromkeys([*other.values.get(name, ()), *own]))
            for name, own in self.values.items()
        }
        return replace(self, values=values)


@dataclass(frozen=True, slots=True)
class NamedShape:
    """A shape with a name of its own.

    Attributes:
        name: Its class name.
        doc: Its description.
        node: Where the document defines it.
        shape: What it is.
        base: The class of the object that the others extend, where this is all of them.
    """

    name: str
    doc: str
    node: Node = field(compare=False)
    shape: ObjectShape | EnumShape | Shape = field(default_factory=Anything)
    base: str = ""
