"""Readings of the libraries that are not compared, with examples."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from datamodel_code_generator import InputFileType, generate
from datamodel_code_generator.enums import DataModelType
from datamodel_code_generator.format import PythonVersion
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from generator import pipeline
from generator.document.diagnostics import DocumentError
from generator.planning.libraries import operations, types
from tests.support.planning import HEAD

FINE = "'204': {description: Fine.}"


def operation(
    *parameters: str,
    path: str = "/pets",
    method: str = "get",
    more: str = "",
    shared: str = "",
    responses: str = FINE,
) -> str:
    """Return a document of one operation."""
    return f"""\
{HEAD}paths:
  {path}:
    parameters: [{shared}]
    {method}:
      operationId: pets.act
      parameters: [{", ".join(parameters)}]
      {more}
      responses: {{{responses}}}
"""


TEXT = "schema: {type: string}"
BODY = "requestBody: {required: true, content: {application/json: {schema: {type: object}}}}"
CSV = "requestBody: {content: {application/json: {schema: {}}, text/csv: {schema: {type: string}}}}"
TWICE = "Parameters MUST NOT contain duplicates"
OPERATIONS = {
    "schemas": (
        operation("{name: a, in: query, schema: {type: array, items: {type: integer}}}"),
        "get /pets, query a: ListProperty, 204",
    ),
    "content of parameters": (
        operation("{name: a, in: query, content: {application/json: {schema: {}}}}"),
        "get /pets, 204",
    ),
    "style, explode, allowReserved": (
        operation(f"{{name: a, in: query, style: pipeDelimited, explode: false, {TEXT}}}"),
        "get /pets, query a: StringProperty, 204",
    ),
    "$ref of a path item": (
        (
            f"{HEAD}paths: {{/pets: {{$ref: '#/x-pets'}}}}\n"
            f"x-pets: {{get: {{operationId: pets.act, responses: {{{FINE}}}}}}}\n"
        ),
        "",
    ),
    "other references": (
        operation("{$ref: '#/x-a'}") + f"x-a: {{name: a, in: query, {TEXT}}}\n",
        "Reference `/x-a` not found.",
    ),
    "locations other than path, query, header and cookie": (
        operation("{name: a, in: querystring, content: {application/json: {schema: {}}}}"),
        "Failed to parse OpenAPI document",
    ),
    "headers that OpenAPI or HTTP define": (
        operation(f"{{name: Accept, in: header, {TEXT}}}"),
        "get /pets, header Accept: StringProperty, 204",
    ),
    "case of the names of headers": (
        operation(
            f"{{name: x-a, in: header, {TEXT}}}",
            shared=f"{{name: X-A, in: header, required: true, {TEXT}}}",
        ),
        "get /pets, header x-a: StringProperty, header X-A: StringProperty, 204",
    ),
    "path parameters that are not required": (
        operation(f"{{name: id, in: path, {TEXT}}}", path="/pets/{id}"),
        "Path parameter must be required",
    ),
    "a parameter that is listed twice": (
        operation(*[f"{{name: a, in: query, {TEXT}}}"] * 2),
        TWICE,
    ),
    "a name that stands in a path twice": (
        operation(f"{{name: id, in: path, required: true, {TEXT}}}", path="/pets/{id}/{id}"),
        "Incorrect path templating",
    ),
    "fixed parts of a path": (operation(path="/pets/a%20b"), "get /pets/a%20b, 204"),
    "methods of OpenAPI 3.2": (operation(method="query"), ""),
    "whether a request body is required": (
        operation(method="put", more=BODY),
        "put /pets, body application/json, 204",
    ),
    "media types": (
        operation(method="put", more=CSV),
        "put /pets, body application/json, 204, Unsupported content type text/csv",
    ),
    "headers of responses": (
        operation(responses="'204': {description: Fine., headers: {X-A: {schema: {}}}}"),
        "get /pets, 204",
    ),
    "invalid status codes": (
        operation(responses=f"{FINE}, '999': {{description: None.}}"),
        "get /pets, 204, 999",
    ),
    "operationId, tags, descriptions": (
        operation(more="tags: [all pets]\n      description: Act."),
        "get /pets, 204",
    ),
    "security": (
        operation(more="security: [{a: []}, {b: []}]")
        + "components:\n  securitySchemes:\n    a: {type: http, scheme: basic}\n"
        "    b: {type: apiKey, in: header, name: X-Key}\n",
        "get /pets, secured, 204",
    ),
    "servers, callbacks, links": (
        operation(more="servers: [{url: 'https://other.example.com'}]"),
        "get /pets, 204",
    ),
}


def components(answer: str, *more: str, paths: str = "{}") -> str:
    """Return a document with the schema `Answer` and others."""
    written = "".join(f"    {each}\n" for each in (f"Answer: {answer}", *more))
    return f"{HEAD}paths: {paths}\ncomponents:\n  schemas:\n{written}"


def member(schema: str) -> str:
    """Return a document with a schema of one member."""
    return components(f"{{type: object, properties: {{a: {schema}}}}}")


def document_with_content(content: str) -> str:
    """Return a document with an operation that responds with this content."""
    responses = f"'200': {{description: Fine., content: {{{content}}}}}"
    return operation(responses=responses) + components("{type: string}").split("paths: {}\n")[1]


OBJECT = "{type: object, properties: {%s: {type: %s}}}"
EITHER = f"oneOf: [{OBJECT % ('b', 'integer')}, {OBJECT % ('c', 'string')}]"
REFERENCE = "{$ref: '#/components/schemas/%s'}"
TYPES = {
    "null": (member("{type: integer, nullable: true}"), "a: NotRequired[int]"),
    "format": (member("{type: string, format: byte}"), "a: NotRequired[str]"),
    "const": (member("{const: x}"), "a: NotRequired[Literal['x']]"),
    "enum of other values": (member("{enum: [true, a]}"), "Literal[True, 'a']"),
    "patternProperties": (
        member("{type: object, patternProperties: {'^a': {type: integer}}}"),
        "a: NotRequired[dict[str, int]]",
    ),
    "allOf of other than objects": (
        member("{allOf: [{type: [string, integer]}, {type: [integer, boolean]}]}"),
        "A: TypeAlias = Any",
    ),
    "allOf with alternatives": (
        components(f"{{allOf: [{OBJECT % ('a', 'integer')}, {{{EITHER}}}]}}"),
        "Answer: TypeAlias = Answer4 | Answer5",
    ),
    "alternatives beside properties": (
        components(f"{{type: object, properties: {{a: {{type: integer}}}}, {EITHER}}}"),
        "Answer: TypeAlias = Answer1 | Answer2",
    ),
    "a member in several parts of allOf": (
        components(
            "{allOf: [{type: object, properties: {a: {type: [string, integer]}}}, "
            "{type: object, properties: {a: {type: [integer, boolean]}}}]}"
        ),
        "a: NotRequired[str | int | bool]",
    ),
    "a class that others extend": (
        components(
            f"{{type: object, properties: {{pet: {REFERENCE % 'Pet'}}}}}",
            "Pet: {type: object, required: [kind], properties: {kind: {type: string}}, "
            "discriminator: {propertyName: kind}}",
            f"Cat: {{allOf: [{REFERENCE % 'Pet'}, {OBJECT % ('lives', 'integer')}]}}",
        ),
        "pet: NotRequired[Cat]",
    ),
    "additionalProperties beside properties": (
        components(
            "{type: object, properties: {a: {type: integer}}, additionalProperties: {type: string}}"
        ),
        "class Answer(TypedDict, extra_items=str):",
    ),
    "a union of several objects or lists": (member(f"{{{EITHER}}}"), "a: NotRequired[A | A1]"),
    "a list of itself": (
        components(
            f"{{type: object, properties: {{a: {REFERENCE % 'Loop'}}}}}",
            f"Loop: {{type: array, items: {REFERENCE % 'Loop'}}}",
        ),
        "Loop: TypeAlias = list",
    ),
    "minimum, pattern and other constraints": (
        member("{type: integer, minimum: 1}"),
        "a: NotRequired[int]",
    ),
    "required, readOnly, writeOnly, default": (
        components("{type: object, required: [a], properties: {a: {type: integer}}}"),
        "a: int",
    ),
    "targets of references": (
        components("{type: object, properties: {a: {$ref: '#/x-pet'}}}")
        + f"x-pet: {OBJECT % ('b', 'integer')}\n",
        "a: NotRequired[XPet]",
    ),
    "names of classes and fields": (
        components("{type: object, properties: {class: {type: integer}}}"),
        "'class': NotRequired[int]",
    ),
    "content of parameters": (
        operation("{name: a, in: query, content: {application/json: {schema: {type: integer}}}}")
        + components("{type: string}").split("paths: {}\n")[1],
        "Answer: TypeAlias = str",
    ),
    "media types other than JSON and forms": (
        document_with_content(f"text/csv: {{schema: {OBJECT % ('a', 'integer')}}}"),
        "Answer: TypeAlias = str",
    ),
}


def read_operations(text: str) -> str:
    """Return the operations that openapi-python-client reads in a document."""
    config = Config.from_sources(
        ConfigFile(post_hooks=[]), MetaType.NONE, Path(), "utf-8", overwrite=False, output_path=None
    )
    data = GeneratorData.from_dict(yaml.safe_load(text), config=config)
    if isinstance(data, GeneratorError):
        return data.header
    return ", ".join(
        each for group in data.endpoint_collections_by_tag.values() for each in _read(group)
    )


def _read(collection: Any) -> Iterator[str]:
    for each in collection.endpoints:
        yield f"{each.method} {each.path.get_untrusted_value()}"
        for location in ("query", "header"):
            for parameter in getattr(each, f"{location}_parameters"):
                kind = type(parameter).__name__
                yield f"{location} {parameter.name.get_untrusted_value()}: {kind}"
        yield from ["secured"] * each.requires_security
        yield from (f"body {body.content_type.get_untrusted_value()}" for body in each.bodies)
        yield from (response.status_code.pattern for response in each.responses)
    yield from (error.detail for error in collection.parse_errors)


def read_types(text: str) -> str:
    """Return the module that datamodel-code-generator writes for a document."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return str(
            generate(
                yaml.safe_load(text),
                input_file_type=InputFileType.OpenAPI,
                output_model_type=DataModelType.TypingTypedDict,
                target_python_version=PythonVersion.PY_311,
                disable_timestamp=True,
                formatters=[],
                use_union_operator=True,
            )
        )


def disagreements(spec: Path, text: str) -> list[str]:
    """Return the disagreements on a document."""
    spec.write_text(text, "utf-8")
    try:
        found = pipeline.plan_package(spec, "pets", strict=False, partial=True)[2]
    except DocumentError as error:
        found = error.diagnostics
    return [each.message for each in found if each.code in {"U908", "U909"}]


def test_all_that_is_not_compared_has_an_example() -> None:
    assert OPERATIONS.keys() == operations.NOT_COMPARED.keys()
    assert TYPES.keys() == types.NOT_COMPARED.keys()


@pytest.mark.parametrize("key", OPERATIONS)
def test_operation_that_is_not_compared_is_no_disagreement(tmp_path: Path, key: str) -> None:
    text, reading = OPERATIONS[key]
    found = read_operations(text)
    assert found.startswith(reading)
    assert bool(found) is bool(reading)
    assert disagreements(tmp_path / "openapi.yaml", text) == []


@pytest.mark.parametrize("key", TYPES)
def test_type_that_is_not_compared_is_no_disagreement(tmp_path: Path, key: str) -> None:
    text, reading = TYPES[key]
    assert reading in read_types(text)
    assert disagreements(tmp_path / "openapi.yaml", text) == []
