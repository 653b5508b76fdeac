"""Models in the plan: classes, enumerations, aliases and constants."""

from __future__ import annotations

from dataclasses import dataclass

from generator.python.code import Code


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


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A type with known values.

    Attributes:
        name: The type name.
        doc: The description.
        members: The names and values of the constants.
    """

    name: str
    doc: str
    members: tuple[tuple[str, str | int], ...]


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
