"""Python types for shapes, written by datamodel-code-generator, which only this module imports.

The library gets a small document made of the forms of shapes alone: each form once, however many
fields have it, with numbers in the place of names. So no name, text or pattern of the real document
reaches the library, none can collide with its own, and a large document costs it no more time.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

from datamodel_code_generator import GenerateConfig, InputFileType, LiteralType, generate
from datamodel_code_generator.enums import DataModelType
from datamodel_code_generator.format import DatetimeClassType, PythonVersion

from generator.document.json_values import JsonObject
from generator.normalize.schemas.shapes import (
    Anything,
    EnumShape,
    ListOf,
    MapOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
    named_in,
)
from generator.planning.aliases import in_definition_order
from generator.python.types import Name, TypeExpression, read_annotation, with_names

_PREFIX = "#/components/schemas/"
_ASKED = "Asked"
_PLACE = "T"


@dataclass(frozen=True, slots=True)
class ModelTypes:
    """The types of a document.

    Attributes:
        fields: For each object's class name, the types of its properties in their order.
        aliases: For each other named shape, the type that it stands for.
        shapes: The types of the shapes that were asked for.
    """

    fields: dict[str, tuple[TypeExpression, ...]]
    aliases: dict[str, TypeExpression]
    shapes: dict[Shape, TypeExpression]


def write_types(schemas: dict[str, NamedShape], asked: Iterable[Shape]) -> ModelTypes:
    """Have the library write types.

    Args:
        schemas: The named shapes, by class name.
        asked: Further shapes that need a type: those of parameters and answers.
    """
    objects = {
        name: tuple(each.shape for each in named.shape.properties)
        for name, named in schemas.items()
        if isinstance(named.shape, ObjectShape)
    }
    others = {
        name: _plain(named.shape)
        for name, named in schemas.items()
        if not isinstance(named.shape, ObjectShape)
    }
    shapes = dict.fromkeys(
        [*(each for group in objects.values() for each in group), *others.values(), *asked]
    )
    forms = {shape: _form(shape) for shape in shapes}
    written = _write_forms(dict.fromkeys(form for form, _ in forms.values()))
    types = {shape: _filled(written[form], names) for shape, (form, names) in forms.items()}
    return ModelTypes(
        fields={name: tuple(types[each] for each in group) for name, group in objects.items()},
        aliases=in_definition_order({name: types[shape] for name, shape in others.items()}),
        shapes=types,
    )


def _plain(shape: EnumShape | Shape) -> Shape:
    """Give what the values of an enumeration are."""
    return Scalar(shape.type) if isinstance(shape, EnumShape) else shape


def _form(shape: Shape) -> tuple[Shape, tuple[str, ...]]:
    """Give a shape without its limits, with numbers in the place of names, and those names."""
    names: list[str] = []

    def form(part: Shape) -> Shape:
        match part:
            case Anything():
                return part
            case Scalar():
                return Scalar(part.type, part.format)
            case ListOf():
                return ListOf(form(part.item))
            case MapOf():
                return MapOf(form(part.value))
            case OneOf():
                return OneOf(tuple(form(option) for option in part.options))
            case _:
                if part.name not in names:
                    names.append(part.name)
                return Ref(f"{_PLACE}{names.index(part.name)}")

    return form(shape), tuple(names)


def _filled(expression: TypeExpression, names: tuple[str, ...]) -> TypeExpression:
    """Put names back into the type of a form."""

    def meant(place: Name) -> Name:
        number = place.name.removeprefix(_PLACE)
        return Name(names[int(number)]) if number != place.name and number.isdecimal() else place

    return with_names(expression, meant)


def _write_forms(forms: Iterable[Shape]) -> dict[Shape, TypeExpression]:
    forms = tuple(forms)
    places = {name for form in forms for name in named_in(form)}
    definitions: JsonObject = {name: _object([{"type": "string"}]) for name in sorted(places)}
    definitions[_ASKED] = _object([_schema(form) for form in forms])
    fields = _read_fields(_write_module(definitions))
    return dict(zip(forms, fields, strict=True))


def _write_module(definitions: JsonObject) -> str:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "types", "version": "1"},
        "paths": {},
        "components": {"schemas": definitions},
    }
    config = GenerateConfig(
        input_file_type=InputFileType.OpenAPI,
        input_filename="types",
        output_model_type=DataModelType.MsgspecStruct,
        output_datetime_class=DatetimeClassType.Datetime,
        target_python_version=PythonVersion.PY_311,
        disable_timestamp=True,
        formatters=[],
        use_annotated=True,
        use_union_operator=True,
        use_standard_collections=True,
        enum_field_as_literal=LiteralType.All,
        field_constraints=False,
        keyword_only=True,
        strict_nullable=True,
        strict_refs=True,
        allow_remote_refs=False,
        treat_dot_as_module=False,
        tag_msgspec_by_payload_name=True,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = generate(document, config=config)
    if not isinstance(module, str):
        message = f"one module was expected, not {type(module).__name__}"
        raise TypeError(message)
    return module


def _read_fields(text: str) -> tuple[TypeExpression, ...]:
    """Read the fields of the class that was asked for, in the order of their numbers."""
    classes = [each for each in ast.parse(text).body if isinstance(each, ast.ClassDef)]
    (asked,) = (each for each in classes if each.name == _ASKED)
    fields = {
        int(line.target.id.removeprefix("f")): read_annotation(line.annotation)
        for line in asked.body
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }
    return tuple(fields[number] for number in sorted(fields))


def _object(properties: list[JsonObject]) -> JsonObject:
    return {
        "type": "object",
        "properties": {f"f{number}": each for number, each in enumerate(properties)},
    }


def _schema(shape: Shape) -> JsonObject:
    match shape:
        case Anything():
            return {}
        case Scalar():
            return {"type": shape.type} | ({"format": shape.format} if shape.format else {})
        case ListOf():
            return {"type": "array", "items": _schema(shape.item)}
        case MapOf():
            return {"type": "object", "additionalProperties": _schema(shape.value)}
        case OneOf():
            return {"anyOf": [_schema(option) for option in shape.options]}
        case _:
            return {"$ref": f"{_PREFIX}{shape.name}"}
