"""Models in the plan: classes, enumerations, aliases and constants."""

from __future__ import annotations

from dataclasses import dataclass

from ...python.code import Code

MISSING = Code("MISSING")
"""The default of a field or an argument that None would send as null."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a model.

    Attributes:
        name: The Python name.
        wire_name: The JSON name.
        has_explicit_name: Whether the field must state its JSON name, because the naming rule of
            the class yields another one.
        annotation: The type annotation.
        required: Whether the field has no default.
        doc: The description.
        default: The default of a field that is not required; None for `None`.
    """

    name: str
    wire_name: str
    has_explicit_name: bool
    annotation: Code
    required: bool
    doc: str
    default: Code | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """A class for a JSON object.

    Attributes:
        name: The class name.
        doc: The description.
        is_camel_case: Whether the JSON names are the field names in camelCase.
        fields: The fields, in the order of the document.
        expected: Patterns of property names that are expected besides the fields.
        is_open: Whether an object of further members alone is valid.
    """

    name: str
    doc: str
    is_camel_case: bool
    fields: tuple[Field, ...]
    expected: tuple[str, ...]
    is_open: bool = False

    @property
    def has_nulls(self) -> bool:
        """Whether a field can be sent as null, or not at all."""
        return any(each.default == MISSING for each in self.fields)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a mapping: its JSON name and its annotation."""

    name: str
    annotation: Code


@dataclass(frozen=True, slots=True)
class TypedMapping:
    """A `TypedDict` with the JSON names of a model.

    Attributes:
        name: The name of the type.
        model: The class name of the model.
        members: The members.
        has_names: Whether every JSON name can be a name in a class.
    """

    name: str
    model: str
    members: tuple[Member, ...]
    has_names: bool


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A type with known values.

    Attributes:
        name: The type name.
        doc: The description.
        members: The names and values of the constants.
        aliases: The other names of the type.
    """

    name: str
    doc: str
    members: tuple[tuple[str, str | int], ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alias:
    """A type alias."""

    name: str
    doc: str
    annotation: Code


@dataclass(frozen=True, slots=True)
class Constant:
    """A module constant.

    Attributes:
        name: The name.
        value: The expression that is assigned.
        type: The annotation, where type checkers cannot infer it.
    """

    name: str
    value: Code
    type: Code | None = None
