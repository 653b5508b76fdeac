"""What the document demands of arguments, as schemas of the run time."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from generator.normalize.schemas.shapes import (
    Anything,
    Discriminator,
    EnumShape,
    ListOf,
    MapOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
)
from generator.planning.plan.models import Constant
from generator.python import names
from generator.python.code import Code, construct
from generator.runtime.arguments import schemas as runtime
from generator.runtime.arguments.inheritance import DiscriminatedObject
from generator.runtime.bodies.multipart import FileSchema

_SCHEMA = Code("Schema")
_SPELLING = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "multiple_of",
    "minItems": "min_items",
    "maxItems": "max_items",
    "uniqueItems": "unique",
}


class Constraints:
    """Writes the demands on arguments; those of named shapes become constants.

    Args:
        schemas: The document's named shapes.
        discriminators: What tells the objects of unions apart, by their class names.
    """

    def __init__(
        self,
        schemas: dict[str, NamedShape],
        discriminators: Mapping[frozenset[str], Discriminator],
    ) -> None:
        self._schemas = schemas
        self._families = {
            each.otherwise: each for each in discriminators.values() if each.otherwise
        }
        constants = names.distinct(names.constant_name(name) for name in schemas)
        self._constants = dict(zip(schemas, constants, strict=True))
        self._written: dict[str, Code] = {}
        self._open: list[str] = []
        self._awaited: set[str] = set()  # Those that are made of themselves.

    def constants(self) -> tuple[Constant, ...]:
        """Give the constants that were needed so far, each after those it is made of."""
        return tuple(
            Constant(self._constants[name], value, _SCHEMA if name in self._awaited else None)
            for name, value in self._written.items()
        )

    def schema(self, shape: Shape, module: str = "") -> Code:
        """Write the demand on a value.

        Args:
            shape: What the value is.
            module: The name and a dot before the constants, where they are another module's.
        """
        match shape:
            case Anything():
                return construct(runtime.Schema)
            case Scalar():
                return scalar(shape)
            case ListOf():
                return self.array(self.schema(shape.item, module), shape)
            case MapOf():
                return construct(runtime.Object, additional=self.schema(shape.value, module))
            case OneOf():
                options = tuple(self.schema(each, module) for each in shape.options)
                return construct(runtime.AnyOf, options=options)
            case _:
                return self._named(shape.name, module)

    def array(self, items: Code, shape: ListOf) -> Code:
        """Write the demand on a list.

        Args:
            items: The demand on an item.
            shape: The list.
        """
        return construct(runtime.Array, items=items, **_limits(shape.constraints))

    def form(self, shape: Shape, files: Collection[str], module: str = "") -> Code:
        """Write the demand on a form whose members may be files.

        Args:
            shape: What the form is.
            files: The members that are files although their schemas do not say so.
            module: The name and a dot before the constants, where they are another module's.
        """
        named = self._schemas[shape.name].shape if isinstance(shape, Ref) else shape
        if isinstance(named, Ref | OneOf):
            options = named.options if isinstance(named, OneOf) else (named,)
            written = tuple(self.form(each, files, module) for each in options)
            return written[0] if len(written) == 1 else construct(runtime.AnyOf, options=written)
        if isinstance(named, MapOf):
            return construct(runtime.Object, additional=self._member(named.value, module))
        if not isinstance(named, ObjectShape):
            return construct(runtime.Object, additional=self._member(Anything(), module))
        return construct(
            runtime.Object,
            properties={
                each.wire_name: self._member(each.shape, module, is_file=each.wire_name in files)
                for each in named.properties
            },
            required=_required(named),
            additional=named.additional and self._member(named.additional, module),
        )

    def _member(self, shape: Shape, module: str, *, is_file: bool = False) -> Code:
        """Write the demand on a member of a form, which may be a file or a list of files."""
        is_bytes = isinstance(shape, Scalar) and shape.format == "binary"
        if isinstance(shape, ListOf):
            return self.array(self._member(shape.item, module, is_file=is_file), shape)
        if is_bytes or (is_file and isinstance(shape, Anything | Scalar)):
            return construct(FileSchema)
        if isinstance(shape, Anything):
            return construct(FileSchema, otherwise=construct(runtime.Schema))
        if isinstance(shape, OneOf):
            options = tuple(self._member(each, module) for each in shape.options)
            return construct(runtime.AnyOf, options=options)
        return self.schema(shape, module)

    def _named(self, name: str, module: str) -> Code:
        constant = Code(f"{module}{self._constants[name]}")
        if name in self._open:
            self._awaited.add(name)
            return construct(runtime.Deferred, find=Code(f"lambda: {constant}"))
        if name not in self._written:
            self._open.append(name)
            written = self._definition(self._schemas[name])
            self._open.pop()
            self._written[name] = written
        return constant

    def _definition(self, named: NamedShape) -> Code:
        shape = named.shape
        if named.base in self._families:
            return self._family(self._families[named.base])
        if isinstance(shape, EnumShape):
            kind = runtime.String if shape.type == "string" else runtime.Integer
            return construct(kind, enum=Code(f"get_args(models.{named.name})"))
        if isinstance(shape, ObjectShape):
            additional = None
            if shape.additional is not None:
                additional = self.schema(shape.additional)
            return construct(
                runtime.Object,
                properties={each.wire_name: self.schema(each.shape) for each in shape.properties},
                required=_required(shape),
                additional=additional,
            )
        return self.schema(shape)

    def _family(self, family: Discriminator) -> Code:
        known = {
            value: self._named(name, "") for name, each in family.values.items() for value in each
        }
        otherwise = self._named(family.otherwise, "")
        return construct(
            DiscriminatedObject, member=family.member, known=known, otherwise=otherwise
        )


def scalar(shape: Scalar) -> Code:
    """Write the demand on a simple value."""
    limits = _limits(shape.constraints)
    match shape.type, shape.format:
        case "string", "date-time":
            return construct(runtime.DateTime)
        case "string", "date":
            return construct(runtime.Date)
        case "string", _:
            return construct(runtime.String, **limits)
        case "integer", _:
            return construct(runtime.Integer, **limits)
        case "number", _:
            return construct(runtime.Number, **limits)
        case "boolean", _:
            return construct(runtime.Boolean, **limits)
        case _:
            return construct(runtime.Null)


def _required(shape: ObjectShape) -> tuple[str, ...]:
    """Give the members that a request needs: what is read-only comes from the server."""
    return tuple(
        each.wire_name for each in shape.properties if each.required and not each.read_only
    )


def _limits(limits: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return {_SPELLING.get(keyword, keyword): value for keyword, value in limits}
