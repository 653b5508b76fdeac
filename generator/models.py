"""Python types for shapes, written by datamodel-code-generator, which only this module imports.

The library gets a small document made of the shapes alone. In it every class and field has a number
for a name, so that no name, text or pattern of the real document reaches the library, and none can
collide with its own.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

from datamodel_code_generator import GenerateConfig, InputFileType, LiteralType, generate
from datamodel_code_generator.enums import DataModelType
from datamodel_code_generator.format import DatetimeClassType, PythonVersion

from generator.aliases import definable
from generator.json_types import JsonObject
from generator.shapes import (
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
)
from generator.type_expressions import (
    DictType,
    ListType,
    Name,
    TypeExpression,
    UnionType,
    read_annotation,
)

_PREFIX = "#/components/schemas/"
_ASKED = "Asked"


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
    numbers = {name: f"T{index}" for index, name in enumerate(schemas)}
    asked = tuple(dict.fromkeys(asked))
    definitions = {
        numbers[name]: _definition(named.shape, numbers) for name, named in schemas.items()
    }
    definitions[_ASKED] = _object([_schema(shape, numbers) for shape in asked])
    classes, aliases = _read_module(_write_module(definitions))
    class_names = {number: name for name, number in numbers.items()}

    def named(expression: TypeExpression) -> TypeExpression:
        return _renamed(expression, class_names)

    return ModelTypes(
        fields={
            class_names[number]: tuple(named(each) for each in fields)
            for number, fields in classes.items()
            if number != _ASKED
        },
        aliases=definable({class_names[number]: named(each) for number, each in aliases.items()}),
        shapes={shape: named(each) for shape, each in zip(asked, classes[_ASKED], strict=True)},
    )


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


def _read_module(
    text: str,
) -> tuple[dict[str, tuple[TypeExpression, ...]], dict[str, TypeExpression]]:
    """Read the classes' fields, in the order of their numbers, and the aliases."""
    classes: dict[str, tuple[TypeExpression, ...]] = {}
    aliases: dict[str, TypeExpression] = {}
    for statement in ast.parse(text).body:
        match statement:
            case ast.ClassDef(name=name, body=body):
                fields = {
                    int(line.target.id.removeprefix("f")): read_annotation(line.annotation)
                    for line in body
                    if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
                }
                classes[name] = tuple(fields[number] for number in sorted(fields))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                aliases[name] = read_annotation(value)
            case _:
                continue
    return classes, aliases


def _definition(shape: ObjectShape | EnumShape | Shape, numbers: dict[str, str]) -> JsonObject:
    if isinstance(shape, ObjectShape):
        return _object([_schema(each.shape, numbers) for each in shape.properties])
    if isinstance(shape, EnumShape):
        return {"type": shape.type}
    return _schema(shape, numbers)


def _object(properties: list[JsonObject]) -> JsonObject:
    return {
        "type": "object",
        "properties": {f"f{number}": each for number, each in enumerate(properties)},
    }


def _schema(shape: Shape, numbers: dict[str, str]) -> JsonObject:
    match shape:
        case Anything():
            return {}
        case Scalar():
            return {"type": shape.type} | ({"format": shape.format} if shape.format else {})
        case ListOf():
            return {"type": "array", "items": _schema(shape.item, numbers)}
        case MapOf():
            return {"type": "object", "additionalProperties": _schema(shape.value, numbers)}
        case OneOf():
            return {"anyOf": [_schema(option, numbers) for option in shape.options]}
        case Ref():
            return {"$ref": f"{_PREFIX}{numbers[shape.name]}"}


def _renamed(expression: TypeExpression, class_names: dict[str, str]) -> TypeExpression:
    match expression:
        case Name():
            return Name(class_names.get(expression.name, expression.name))
        case ListType():
            return ListType(_renamed(expression.item, class_names))
        case DictType():
            return DictType(_renamed(expression.value, class_names))
        case UnionType():
            return UnionType(tuple(_renamed(each, class_names) for each in expression.options))
