"""Readings of the generator libraries that differ from ours and are not compared."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from datamodel_code_generator import GenerateConfig, InputFileType, LiteralType, generate
from datamodel_code_generator.enums import DataModelType
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from generator import pipeline
from generator.planning.libraries import operations, types

STRING = {"type": "string"}
INTEGER = {"type": "integer"}
HEAD = {"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}}


def members(**properties: Any) -> dict[str, Any]:
    """Return a schema of an object with required properties."""
    return {"type": "object", "properties": properties, "required": [*properties]}


# For each entry: the schema `Pet`, the library's definition of it, and our fields.
SCHEMAS: dict[str, tuple[Any, str, dict[str, str]]] = {
    "null": (
        members(name={"type": ["string", "null"], "enum": ["a", "b"]}),
        "name: Literal['a', 'b']",
        {"name": "Open[PetName] | None"},
    ),
    "format": (
        members(photo={"type": "string", "format": "binary"}),
        "photo: bytes",
        {"photo": "str"},
    ),
    "const": (
        members(kind={"const": "pet"}),
        "kind: Literal['pet']",
        {"kind": "Constant[Literal['pet']]"},
    ),
    "enum of other values": (
        members(tame={"enum": [True, False]}),
        "tame: Literal[True, False]",
        {"tame": "bool"},
    ),
    "allOf of other than objects": (
        members(name={"allOf": [STRING, {"enum": ["a", "b"]}]}),
        "Name: TypeAlias = str",
        {"name": "Open[PetName]"},
    ),
    "allOf with alternatives": (
        {"allOf": [members(name=STRING), {"oneOf": [members(age=INTEGER), members(id=STRING)]}]},
        "Pet: TypeAlias = Pet4 | Pet5",
        {"name": "str", "age": "int | None", "id": "str | None"},
    ),
    "alternatives beside properties": (
        {**members(name=STRING), "oneOf": [members(age=INTEGER), members(id=STRING)]},
        "Pet: TypeAlias = Pet1 | Pet2",
        {"name": "str", "age": "int | None", "id": "str | None"},
    ),
    "a member in several parts of allOf": (
        {"allOf": [members(age=INTEGER), members(age={"type": "number"})]},
        "age: float",
        {"age": "int"},
    ),
    "additionalProperties beside properties": (
        {**members(name=STRING), "additionalProperties": INTEGER},
        "class Pet(TypedDict, extra_items=int)",
        {"name": "str"},
    ),
    "a union of several objects or lists": (
        members(owner={"oneOf": [members(name=STRING), members(id=STRING)]}),
        "owner: Owner | Owner1",
        {"owner": "Variant[PetOwnerOption1 | PetOwnerOption2]"},
    ),
}


def components(schema: Any) -> dict[str, Any]:
    """Return the components of a document with the schema."""
    return {"components": {"schemas": {"Pet": schema}}}


def library_module(schema: Any) -> str:
    """Return the module that datamodel-code-generator writes for a schema."""
    config = GenerateConfig(
        input_file_type=InputFileType.OpenAPI,
        input_filename="types",
        output_model_type=DataModelType.TypingTypedDict,
        disable_timestamp=True,
        formatters=[],
        use_union_operator=True,
        use_standard_collections=True,
        enum_field_as_literal=LiteralType.All,
        strict_nullable=True,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = generate({**HEAD, "paths": {}, **components(schema)}, config=config)
    assert isinstance(module, str)
    return module


def test_each_entry_of_types_has_a_schema() -> None:
    assert SCHEMAS.keys() == types.NOT_COMPARED.keys()


@pytest.mark.parametrize(("schema", "library", "ours"), SCHEMAS.values(), ids=SCHEMAS.keys())
def test_type_that_is_not_compared_is_read_otherwise_by_the_library(
    tmp_path: Path, schema: Any, library: str, ours: dict[str, str]
) -> None:
    assert library in library_module(schema)
    path = tmp_path / "openapi.json"
    document = {**HEAD, "servers": [{"url": "https://pets.example.com"}], "paths": {}}
    path.write_text(json.dumps({**document, **components(schema)}), "utf-8")
    _, package, problems = pipeline.plan_package(path, "pets", strict=False)
    [pet] = [each for each in package.models if each.name == "Pet"]
    assert {each.name: str(each.annotation) for each in pet.fields} == ours
    assert [each.code for each in problems if each.code == "U909"] == []


def parameter(name: str, location: str = "query", **more: Any) -> dict[str, Any]:
    """Return a parameter, which is a string unless told otherwise."""
    content = {} if "content" in more else {"schema": STRING}
    return {"name": name, "in": location, "required": location == "path", **content, **more}


def operation(*parameters: Any, **more: Any) -> dict[str, Any]:
    return {
        "operationId": "op",
        "parameters": [*parameters],
        "responses": {"200": {"description": "Ok."}},
        **more,
    }


def library_reading(path: str, item: Any, **more: Any) -> str:
    """Return how openapi-python-client reads a path item with one `get`."""
    config = Config.from_sources(
        ConfigFile(post_hooks=[]), MetaType.NONE, Path(), "utf-8", overwrite=False, output_path=None
    )
    data = GeneratorData.from_dict({**HEAD, "paths": {path: item}, **more}, config=config)
    if isinstance(data, GeneratorError):
        return "no document"
    collections = data.endpoint_collections_by_tag.values()
    read = [each for collection in collections for each in collection.endpoints]
    if not read:
        return "no operation" if any(each.parse_errors for each in collections) else "nothing"
    [endpoint] = read
    found = [
        *endpoint.path_parameters,
        *endpoint.query_parameters,
        *endpoint.header_parameters,
        *endpoint.cookie_parameters,
    ]
    names = [str(each.name.get_untrusted_value()) for each in found]
    bodies = [str(each.content_type) for each in endpoint.bodies]
    return f"{names} {bodies} {[each.status_code.pattern for each in endpoint.responses]}"


JSON_BODY = {"schema": STRING}
PLAIN = "['a'] [] ['200']"
# For each entry: a path, its item, and how the library reads it.
OPERATIONS: dict[str, tuple[str, Any, str]] = {
    "schemas": (
        "/",
        {"get": operation(parameter("a", schema={"type": "integer", "default": "x"}))},
        "no operation",
    ),
    "content of parameters": (
        "/",
        {"get": operation(parameter("a"), parameter("b", content={"text/plain": JSON_BODY}))},
        PLAIN,
    ),
    "style, explode, allowReserved": (
        "/",
        {"get": operation(parameter("a", style="pipeDelimited", explode=False))},
        PLAIN,
    ),
    "$ref of a path item": ("/", {"$ref": "#/components/pathItems/Pets"}, "nothing"),
    "locations other than path, query, header and cookie": (
        "/",
        {"get": operation(parameter("a", "body"))},
        "no document",
    ),
    "headers that OpenAPI or HTTP define": (
        "/",
        {"get": operation(parameter("Accept", "header"))},
        "['Accept'] [] ['200']",
    ),
    "path parameters that are not required": (
        "/{a}",
        {"get": operation(parameter("a", "path", required=False))},
        "no operation",
    ),
    "a parameter that is listed twice": (
        "/",
        {"get": operation(parameter("a"), parameter("a"))},
        "no operation",
    ),
    "a name that stands in a path twice": (
        "/{a}/{a}",
        {"get": operation(parameter("a", "path"))},
        "no operation",
    ),
    "media types": (
        "/",
        {"get": operation(requestBody={"content": {"image/png": JSON_BODY}})},
        "no operation",
    ),
    "status codes that are none": (
        "/",
        {"get": operation(responses={"ok": {"description": "Odd."}})},
        "no operation",
    ),
    "security, servers, descriptions": (
        "/",
        {
            "get": operation(
                parameter("a"),
                security=[{"key": []}],
                servers=[{"url": "https://other.example.com"}],
                description="Elsewhere.",
            )
        },
        PLAIN,
    ),
}


def test_each_entry_of_operations_has_a_document() -> None:
    assert OPERATIONS.keys() == operations.NOT_COMPARED.keys()


@pytest.mark.parametrize(("path", "item", "library"), OPERATIONS.values(), ids=OPERATIONS.keys())
def test_part_of_an_operation_that_is_not_compared_is_lost_by_the_library(
    path: str, item: Any, library: str
) -> None:
    item_ = {"get": operation(parameter("a"))}
    assert library_reading(path, item, components={"pathItems": {"Pets": item_}}) == library
