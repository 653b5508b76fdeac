"""Constraints of arguments, as schemas of the run time.

They are written by one module because schemas contain schemas.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from ..normalize.schemas.constraints import only_for
from ..normalize.schemas.shapes import (
    NOTHING,
    Anything,
    Discriminator,
    EnumShape,
    ListOf,
    MapOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Scalar,
    Shape,
    alternatives_of,
    definition_of,
)
from ..openapi.patterns import python_pattern
from ..python import names
from ..python.code import Code, construct
from ..runtime.arguments import alternatives, composites, scalars, timestamps
from ..runtime.arguments import schemas as runtime
from ..runtime.arguments.inheritance import DiscriminatedObject
from ..runtime.arguments.object_constraints import ConstrainedObject
from ..runtime.arguments.tuples import Tuple
from ..runtime.arguments.typed_constraints import ConstrainedSchema
from ..runtime.bodies.multipart import FileSchema
from .plan.models import Constant
from .types.files import aliases_of_files, without_names_of_files

_SCHEMA = Code("Schema")
_FIELDS = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "multiple_of",
    "minItems": "min_items",
    "maxItems": "max_items",
    "uniqueItems": "unique",
}


_DEEPEST = 300  # schemas inside one another that are defined at once


class Constraints:
    """Schemas of arguments; those of named shapes become constants.

    Args:
        schemas: The named shapes of the document.
        discriminators: The discriminators of unions, by the class names of their alternatives.
    """

    def __init__(
        self,
        schemas: dict[str, NamedShape],
        discriminators: Mapping[frozenset[str], Discriminator],
    ) -> None:
        self._schemas = schemas
        self._files = aliases_of_files(schemas)
        self._families = {
            each.otherwise: each for each in discriminators.values() if each.otherwise
        }
        pairs = names.distinct_pairs(schemas, names.constant_name)
        self._constants = {name: constant for constant, name in pairs}
        self._definitions: dict[str, Code] = {}
        self._open: set[str] = set()
        self._postponed: list[str] = []  # what lies deeper in others than is defined at once
        self._recursive: set[str] = set()

    def constants(self) -> tuple[Constant, ...]:
        """Return the constants that were used so far, in definition order."""
        return tuple(
            Constant(self._constants[name], value, _SCHEMA if name in self._recursive else None)
            for name, value in self._definitions.items()
        )

    def schema(self, shape: Shape, module: str = "") -> Code:
        """Return the schema of a value.

        Args:
            shape: The shape of the value.
            module: The module of the constants, with a dot; empty inside that module.
        """
        match shape:
            case Anything() if shape == NOTHING:
                return construct(alternatives.AnyOf, options=())
            case Anything():
                return _with_constraints(construct(runtime.Schema), shape.constraints)
            case Scalar():
                return scalar(shape)
            case ListOf():
                return self._list(shape, module)
            case MapOf():
                return _object(
                    shape,
                    patterns=_patterns(shape, partial(self.schema, module=module)),
                    additional=self.schema(shape.further or shape.value, module),
                )
            case OneOf():
                options = tuple(self.schema(each, module) for each in shape.options)
                return _with_constraints(
                    construct(alternatives.AnyOf, options=options), shape.constraints
                )
            case _:
                return self._reference(shape.name, module)

    def _list(self, shape: ListOf, module: str) -> Code:
        items = self.schema(shape.item, module)
        if shape.further is None:
            return self.array(items, shape)
        return construct(
            Tuple,
            prefix=tuple(self.schema(each, module) for each in shape.prefix),
            further=self.schema(shape.further, module),
            items=items,
            **keywords(shape.constraints),
        )

    def array(self, items: Code, shape: ListOf) -> Code:
        """Return the schema of an array.

        Args:
            items: The schema of an item.
            shape: The shape of the array.
        """
        return construct(composites.Array, items=items, **keywords(shape.constraints))

    def form(
        self,
        shape: Shape,
        files: Collection[str],
        module: str = "",
        encoded: Mapping[str, Code] = MappingProxyType({}),
        links: Collection[str] = (),
    ) -> Code:
        """Return the schema of a form whose fields may be files.

        Args:
            shape: The shape of the form.
            files: The fields that are files regardless of their schemas.
            module: The module of the constants, with a dot; empty inside that module.
            encoded: The schemas of fields whose objects the caller encodes, such as in XML.
            links: The fields that are files or strings.
        """
        file = construct(FileSchema)
        either = construct(FileSchema, otherwise=construct(runtime.String))
        known = dict.fromkeys(links, either) | dict.fromkeys(files, file)
        options = (
            self._form(each, known, module, encoded)
            for each in alternatives_of(shape, self._schemas)
        )
        return _any_of(tuple(options))

    def _form(
        self, shape: Shape, files: Mapping[str, Code], module: str, encoded: Mapping[str, Code]
    ) -> Code:
        named = definition_of(shape, self._schemas)
        if isinstance(named, MapOf):
            return _object(
                named,
                patterns=_patterns(named, partial(self._member, module=module)),
                additional=self._member(named.further or named.value, module),
            )
        if not isinstance(named, ObjectShape):
            return construct(composites.Object, additional=self._member(Anything(), module))
        return _object(
            named,
            properties={
                each.wire_name: self._field_schema(
                    each.shape,
                    encoded.get(each.wire_name),
                    partial(self._member, module=module, file=files.get(each.wire_name)),
                )
                for each in named.properties
            },
            required=_required_properties(named),
            patterns=_patterns(named, partial(self._member, module=module)),
            additional=named.additional and self._member(named.additional, module),
        )

    def encoded_form(self, shape: Shape, encoded: Mapping[str, Code], module: str = "") -> Code:
        """Return the schema of a form without files; see `form` for the arguments."""
        named = definition_of(shape, self._schemas)
        if not isinstance(named, ObjectShape) or not encoded.keys() & {
            each.wire_name for each in named.properties
        }:
            return self.schema(shape, module)
        return _object(
            named,
            properties={
                each.wire_name: self._field_schema(
                    each.shape, encoded.get(each.wire_name), partial(self.schema, module=module)
                )
                for each in named.properties
            },
            required=_required_properties(named),
            patterns=_patterns(named, partial(self.schema, module=module)),
            additional=named.additional and self.schema(named.additional, module),
        )

    def _field_schema(
        self, shape: Shape, encoded: Code | None, otherwise: Callable[[Shape], Code]
    ) -> Code:
        """Return the schema of a field, with `encoded` for objects if it is not None."""
        if encoded is None:
            return otherwise(shape)
        options: list[Code] = []
        for each in alternatives_of(shape, self._schemas):
            match definition_of(each, self._schemas):
                case ListOf() as array:
                    item = self._field_schema(array.item, encoded, otherwise)
                    options.append(self.array(item, array))
                case ObjectShape() | MapOf():
                    options.append(encoded)
                case _:
                    options.append(otherwise(each))
        return _any_of(tuple(dict.fromkeys(options)))

    def form_field(self, shape: Shape, module: str) -> Code:
        """Return the schema of a value that is sent as a part, which may be a file."""
        return self._member(shape, module)

    def _member(self, shape: Shape, module: str, *, file: Code | None = None) -> Code:
        """Return the schema of a form field, which may be a file or an array of files."""
        unnamed = without_names_of_files(shape, self._schemas, self._files)
        return self._unnamed_member(unnamed, module, file)

    def _unnamed_member(self, shape: Shape, module: str, file: Code | None) -> Code:
        is_bytes = isinstance(shape, Scalar) and shape.format == "binary"
        if isinstance(shape, ListOf):
            return self.array(self._unnamed_member(shape.item, module, file), shape)
        is_null = isinstance(shape, Scalar) and shape.type == "null"
        if is_bytes:
            return construct(FileSchema)
        if file and not is_null and isinstance(shape, Anything | Scalar):
            return file
        if isinstance(shape, Anything):
            return construct(FileSchema, otherwise=self.schema(shape))
        if isinstance(shape, OneOf):
            options = tuple(self._unnamed_member(each, module, file) for each in shape.options)
            return _with_constraints(
                construct(alternatives.AnyOf, options=options), shape.constraints
            )
        return self.schema(shape, module)

    def _reference(self, name: str, module: str) -> Code:
        constant = Code(f"{module}{self._constants[name]}")
        if name in self._definitions:
            return constant
        if name in self._open or len(self._open) >= _DEEPEST:
            self._recursive.add(name)
            self._postponed.append(name)
            return construct(alternatives.Deferred, find=Code(f"lambda: {constant}"))
        self._define(name)
        while self._postponed and not self._open:
            self._define(self._postponed.pop())
        return constant

    def _define(self, name: str) -> None:
        if name not in self._definitions:
            self._open.add(name)
            definition = self._definition(self._schemas[name])
            self._open.remove(name)
            self._definitions[name] = definition

    def _definition(self, named: NamedShape) -> Code:
        shape = named.shape
        if named.base in self._families:
            return self._family(self._families[named.base])
        if isinstance(shape, EnumShape):
            kind = runtime.String if shape.type == "string" else runtime.Integer
            return construct(kind, enum=Code(f"get_args(models.{named.name})"))
        if isinstance(shape, ObjectShape):
            return _object(
                shape,
                properties={each.wire_name: self.schema(each.shape) for each in shape.properties},
                required=_required_properties(shape),
                patterns=_patterns(shape, self.schema),
                additional=shape.additional and self.schema(shape.additional),
            )
        return self.schema(shape)

    def _family(self, family: Discriminator) -> Code:
        known = {
            value: self._reference(name, "")
            for name, each in family.values.items()
            for value in each
        }
        otherwise = self._reference(family.default or family.otherwise, "")
        return construct(
            DiscriminatedObject, member=family.member, known=known, otherwise=otherwise
        )


def _any_of(options: tuple[Code, ...]) -> Code:
    """Return the schema of a value that one of the options allows."""
    return options[0] if len(options) == 1 else construct(alternatives.AnyOf, options=options)


def _with_constraints(schema: Code, constraints: tuple[tuple[str, Any], ...]) -> Code:
    """Return the schema of values of several types with constraints, if there are any."""
    if not constraints:
        return schema
    kinds: dict[str, type[runtime.Schema]] = {
        "string": runtime.String,
        "number": scalars.Number,
        "array": composites.Array,
    }
    found = {
        f"{kind}s": construct(each, **keywords(own))
        for kind, each in kinds.items()
        if (own := only_for(constraints, kind))
    }
    if own := only_for(constraints, "object"):
        found["objects"] = _object(MapOf(Anything(), own))
    if schema != construct(runtime.Schema):
        found["schema"] = schema
    return construct(ConstrainedSchema, **found)


def _object(shape: ObjectShape | MapOf, **fields: object) -> Code:
    """Return the schema of an object; only one with constraints needs their module."""
    constraints = dict(shape.constraints)
    if "required" in constraints:
        fields["required"] = constraints.pop("required")
    if not constraints:
        return construct(composites.Object, **fields)
    return construct(
        ConstrainedObject,
        **fields,
        least=constraints.get("minProperties", 0),
        most=constraints.get("maxProperties"),
        together=dict(constraints.get("dependentRequired", ())),
    )


def scalar(shape: Scalar) -> Code:
    """Return the schema of a scalar."""
    constraints = keywords(shape.constraints)
    match shape.type, shape.format:
        case "string", "date" | "date-time":
            kind = timestamps.Date if shape.format == "date" else timestamps.DateTime
            if "enum" not in constraints:
                return construct(kind)
            known = construct(runtime.String, enum=constraints["enum"])
            return construct(ConstrainedSchema, strings=known, schema=construct(kind))
        case "string", _:
            return construct(runtime.String, **constraints)
        case "integer", _:
            return construct(runtime.Integer, **constraints)
        case "number", _:
            return construct(scalars.Number, **constraints)
        case "boolean", _:
            return construct(scalars.Boolean, **constraints)
        case _:
            return construct(scalars.Null)


def _patterns(shape: ObjectShape | MapOf, schema: Callable[[Shape], Code]) -> dict[str, Code]:
    """Return the schemas of members whose names match a pattern, by Python pattern.

    A pattern that Python does not have allows all members.
    """
    found: dict[str, Code] = {}
    for pattern, each in shape.patterns:
        translated = python_pattern(pattern)
        is_known = translated is not None
        found[translated or ""] = schema(each) if is_known else construct(runtime.Schema)
    return found


def _required_properties(shape: ObjectShape) -> tuple[str, ...]:
    """Return the properties that a request must have: required ones that are not read-only."""
    return tuple(
        each.wire_name for each in shape.properties if each.required and not each.read_only
    )


def keywords(constraints: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """Return constraints by the names that the run time has for them."""
    return {_FIELDS.get(keyword, keyword): value for keyword, value in constraints}
