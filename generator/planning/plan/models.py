"""The models of the plan: classes, enumerations, aliases and constants."""

from __future__ import annotations

from dataclasses import dataclass

from generator.python.code import Code


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a model.

    Attributes:
        name: Its name in Python.
        wire_name: Its name on the wire.
        explicit: Whether the name on the wire must be written down, since the class's rule would
            give another.
        annotation: Its type.
        required: Whether it has no default.
        doc: Its description.
    """

    name: str
    wire_name: str
    explicit: bool
    annotation: Code
    required: bool
    doc: str


@dataclass(frozen=True, slots=True)
class Model:
    """A class for a JSON object.

    Attributes:
        name: The class's name.
        doc: Its description.
        renames: Whether names on the wire are the camelCase of the fields' names.
        fields: The fields, in the document's order.
        expected: Patterns of names that are expected besides the fields.
        is_open: Whether an object of further members alone is valid.
    """

    name: str
    doc: str
    renames: bool
    fields: tuple[Field, ...]
    expected: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A type with known values.

    Attributes:
        name: The type's name.
        doc: Its description.
        members: The constants' names and their values.
    """

    name: str
    doc: str
    members: tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name for a type."""

    name: str
    doc: str
    annotation: Code


@dataclass(frozen=True, slots=True)
class Constant:
    """A module constant: its name, and the expression that it is set to.

    Where type checkers cannot tell its type, that is given as well.
    """

    name: str
    value: Code
    type: Code | None = None
