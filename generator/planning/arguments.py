"""Arguments of methods: parameters and request bodies, with their run-time constants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..document.json_values import JsonObject
from ..normalize.operations import OperationReading
from ..normalize.parameters import ParameterReading
from ..normalize.schemas.shapes import (
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
from ..openapi.parameters import default_style
from ..python import names
from ..python.code import Code, alternatives, construct
from ..python.reserved import ARGUMENT_NAMES, CONSTANTS_IN_RESOURCES
from ..runtime.arguments.alternatives import JsonString
from ..runtime.arguments.cookies import CookieStyle
from ..runtime.arguments.deep_objects import DeepObject
from ..runtime.arguments.parameters import Parameter
from ..runtime.bodies.query_strings import QueryString
from . import docstrings
from .constraints import Constraints
from .pagination import (
    epoch_time_schema,
    is_by_time,
    time_unit,
    timestamp_parameters,
)
from .plan.models import Constant
from .plan.operations import Argument
from .request_bodies import BodyPlanner, form_field
from .types.annotations import Annotations, optional, without_none
from .types.constants import constant_of
from .types.model_types import ModelTypes

# Arguments that walk and follow methods add to those of the operation.
_OF_WALKS = frozenset(
    {"checkpoint", "since", "overlap", "retention", "concurrency", "on_undecodable", "order"}
)

_OF_FOLLOWS = frozenset({"interval", "lag"})


@dataclass(frozen=True, slots=True)
class PlannedArgument:
    """An argument of a method.

    Attributes:
        argument: The argument in the signature.
        constant: The name of the constant that describes it to the run time.
        reading: The parameter of the document; None for a request body and its media type.
    """

    argument: Argument
    constant: Code
    reading: ParameterReading | None


def python_names(planned: Iterable[PlannedArgument]) -> dict[str, str]:
    """Return the names of arguments by the names of the parameters in URLs."""
    return {
        each.reading.wire_name: each.argument.name
        for each in planned
        if each.reading is not None and each.reading.location in {"path", "query"}
    }


class ParameterConstants:
    """Constants for the parameters of a resource; equal parameters share a constant."""

    def __init__(self, taken: Sequence[str]) -> None:
        self._taken = [*taken, *sorted(CONSTANTS_IN_RESOURCES)]
        self._names: dict[Code, str] = {}

    def constant(self, name: str, described: Code) -> Code:
        """Return the constant for a parameter."""
        if described not in self._names:
            wanted = names.constant_name(name)
            wanted = f"{wanted}_PARAMETER" if wanted in self._taken else wanted
            self._names[described] = names.distinct([wanted], self._taken)[0]
            self._taken.append(self._names[described])
        return Code(self._names[described])

    def constants(self) -> tuple[Constant, ...]:
        """Return the constants that were used."""
        return tuple(Constant(name, described) for described, name in self._names.items())


class ArgumentPlanner:
    """Planner of the arguments of one document.

    Args:
        schemas: The named shapes of the document.
        types: The Python types of the shapes.
        annotations: The annotations of types.
        constraints: The schemas of arguments.
    """

    def __init__(
        self,
        schemas: dict[str, NamedShape],
        types: ModelTypes,
        annotations: Annotations,
        constraints: Constraints,
    ) -> None:
        self._schemas = schemas
        self._types = types
        self._annotations = annotations
        self._constraints = constraints
        self._bodies = BodyPlanner(types, replace(annotations, mappings={}), constraints)

    def plan(
        self, operation: OperationReading, method: str, constants: ParameterConstants
    ) -> list[PlannedArgument]:
        """Return the arguments of a method: path parameters, request body, other parameters.

        Args:
            operation: The operation.
            method: The name of the method.
            constants: The constants of the resource.
        """
        wanted = argument_names(operation.parameters, operation.pagination)
        extension = operation.pagination or {}
        times = timestamp_parameters(extension)
        found: list[PlannedArgument] = []
        for parameter, name in zip(operation.parameters, wanted, strict=True):
            is_time = parameter.location == "query" and parameter.wire_name in times
            schema = self._schema(parameter)
            if is_time:
                round_up = times[parameter.wire_name]
                limits = _number_constraints(parameter.shape, self._schemas)
                schema = epoch_time_schema(limits, extension, round_up=round_up)
            described = self._parameter(parameter, name, schema)
            unit = time_unit(extension) if is_time else ""
            argument = self._argument(parameter, name, unit)
            found.append(PlannedArgument(argument, constants.constant(name, described), parameter))
        in_path = sum(each.location == "path" for each in operation.parameters)
        body = self._bodies.plan(operation.body, wanted)
        found[in_path:in_path] = [
            PlannedArgument(each, constants.constant(f"{method}_{each.name}", described), None)
            for each, described in zip(body.arguments, body.parameters, strict=True)
        ]
        renamed = docstrings.in_python(python_names(found))
        return [
            replace(each, argument=replace(each.argument, doc=renamed(each.argument.doc)))
            for each in found
        ]

    def _schema(self, parameter: ParameterReading) -> Code:
        listed = objects_in_form(parameter, self._schemas)
        if listed is None:
            return self._constraints.schema(parameter.shape, "constraints.")
        items = self._constraints.schema(listed.item, "constraints.")
        return self._constraints.array(construct(JsonString, schema=items), listed)

    def _argument(self, parameter: ParameterReading, name: str, unit: str) -> Argument:
        expression = without_none(self._types.shapes[parameter.shape])
        annotation = self._annotations.argument(expression)
        aware = f"An aware datetime, or {unit}. " if unit else ""
        if unit:
            annotation = Code("dt.datetime | int")
        elif (constant := constant_of(parameter.shape, self._schemas)) is not None:
            annotation = Code(f"Literal[{constant}]")
        if parameter.allow_empty and not {"str", "Any"} & set(alternatives(annotation)):
            annotation = Code(f'{annotation} | Literal[""]')
        return Argument(
            name=name,
            annotation=annotation if parameter.required else optional(annotation),
            required=parameter.required,
            doc=docstrings.argument_doc(
                f"{aware}{parameter.doc}",
                parameter.default,
                deprecated=parameter.deprecated,
            ),
        )

    def _parameter(self, parameter: ParameterReading, name: str, schema: Code) -> Code:
        """Return the constant for a parameter, without settings that do not affect it."""
        style = parameter.style
        encoding = _encoding(parameter, name)
        is_one = self._is_one_value(parameter) or bool(parameter.media_type)
        is_usual = style == default_style(parameter.location) or (
            style.endswith("Delimited") and is_one
        )
        return construct(
            Parameter,
            name=name,
            wire_name=parameter.wire_name,
            location="query" if parameter.location == "querystring" else parameter.location,
            schema=schema,
            required=parameter.required,
            style="" if is_usual or encoding is not None or parameter.media_type else style,
            explode=parameter.explode or style == "deepObject" or is_one,
            encoding=encoding,
            media_type="" if encoding is not None else parameter.media_type,
            allow_reserved=parameter.allow_reserved,
            allow_empty=parameter.allow_empty,
            deprecated=parameter.deprecated,
        )

    def _is_one_value(self, parameter: ParameterReading) -> bool:
        """Whether a value is neither an array nor an object."""
        shape = parameter.shape
        if isinstance(shape, Ref):
            return isinstance(self._schemas[shape.name].shape, EnumShape | Scalar)
        return isinstance(shape, Scalar)


def _encoding(parameter: ParameterReading, name: str) -> Code | None:
    """Return the encoding of a parameter other than by the styles of the run time's core."""
    if parameter.location == "querystring":
        fields = {each.name: form_field(each, name) for each in parameter.encodings}
        return construct(
            QueryString,
            media_type=parameter.media_type,
            fields={key: each for key, each in fields.items() if each},
        )
    if parameter.media_type:
        return None
    if parameter.style == "cookie":
        return construct(CookieStyle)
    is_deep = parameter.style == "deepObject"
    return construct(DeepObject, arrays=parameter.arrays) if is_deep else None


def objects_in_form(
    parameter: ParameterReading, schemas: Mapping[str, NamedShape]
) -> ListOf | None:
    """Return the array of objects of a query parameter whose style cannot encode objects.

    Return None for other parameters.
    """
    if (parameter.location, parameter.style, parameter.media_type) != ("query", "form", ""):
        return None
    options = [*_options(parameter.shape, schemas)]
    only = options[0] if len(options) == 1 else None
    if not isinstance(only, ListOf):
        return None
    inside = [*_options(only.item, schemas)]
    is_objects = all(isinstance(each, ObjectShape | MapOf) for each in inside)
    return only if inside and is_objects else None


def has_nested_values(parameter: ParameterReading, schemas: Mapping[str, NamedShape]) -> bool:
    """Whether a parameter has nested values in a style without an encoding for them.

    A member of an object may be a list if each of its items is a pair with the member's name.
    """
    if parameter.media_type or parameter.style == "deepObject":
        return False
    if objects_in_form(parameter, schemas) is not None:
        return False
    has_lists = parameter.explode and parameter.style not in {"simple", "label", "cookie"}

    def is_nested(shape: Shape, *, in_object: bool) -> bool:
        inside = [*_options(shape, schemas)]
        return bool(inside) and all(
            isinstance(each, ObjectShape | MapOf)
            or (
                isinstance(each, ListOf)
                and not (in_object and has_lists and not is_nested(each.item, in_object=False))
            )
            for each in inside
        )

    for option in _options(parameter.shape, schemas):
        match option:
            case ListOf(item=value) | MapOf(value=value):
                found = [value]
            case ObjectShape():
                found = [each.shape for each in option.properties]
            case _:
                found = []
        if any(is_nested(each, in_object=not isinstance(option, ListOf)) for each in found):
            return True
    return False


def _number_constraints(
    shape: Shape, schemas: Mapping[str, NamedShape]
) -> tuple[tuple[str, Any], ...]:
    """Return the constraints of the only numbers that a shape allows; none if there are others."""
    options = [each for each in _options(shape, schemas) if isinstance(each, Scalar)]
    numbers = [each.constraints for each in options if each.type in {"integer", "number"}]
    return numbers[0] if len(numbers) == 1 else ()


def _options(
    shape: ObjectShape | EnumShape | Shape,
    schemas: Mapping[str, NamedShape],
    above: frozenset[str] = frozenset(),
    seen: set[str] | None = None,
) -> Iterator[ObjectShape | EnumShape | Shape]:
    """Iterate over the alternatives of a shape other than null, each named one once.

    A union that is an alternative of itself remains a reference.
    """
    seen = set() if seen is None else seen
    if isinstance(shape, Ref) and shape.name not in above:
        if shape.name not in seen:
            seen.add(shape.name)
            yield from _options(schemas[shape.name].shape, schemas, above | {shape.name}, seen)
    elif isinstance(shape, OneOf):
        for option in shape.options:
            yield from _options(option, schemas, above, seen)
    elif shape != Scalar("null"):
        yield shape


def argument_names(
    parameters: Sequence[ParameterReading], pagination: JsonObject | None
) -> list[str]:
    """Return the argument names; where two clash, the location is added, except to `path`."""
    reserved = ARGUMENT_NAMES
    if pagination is not None:
        reserved |= _OF_WALKS | (_OF_FOLLOWS if is_by_time(pagination) else frozenset[str]())
    wanted = [names.identifier(each.wire_name, reserved) for each in parameters]
    located = [
        f"{name}_{each.location}" if wanted.count(name) > 1 and each.location != "path" else name
        for name, each in zip(wanted, parameters, strict=True)
    ]
    return names.distinct(located, reserved)
