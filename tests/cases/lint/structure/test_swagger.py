"""Documents of Swagger, and of OpenAPI 3 with parts of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.document import load
from generator.document.diagnostics import Diagnostic
from generator.lint import lint

CONVERT = "convert the document to OpenAPI 3, for example with swagger2openapi"


def problems(folder: Path, text: str) -> list[Diagnostic]:
    path = folder / "openapi.yaml"
    path.write_text(text, "utf-8")
    return list(lint(load(path)))


@pytest.mark.parametrize(
    "head",
    [
        "swagger: '2.0'",
        "swagger: 2.0",
        "openapi: 2.0",
        "openapi: 2.0.0",
        "swaggerVersion: '1.2'",
        '{"swagger": "2.0"}',
    ],
)
def test_converter_is_named_for_any_notation_of_the_version(tmp_path: Path, head: str) -> None:
    [problem] = problems(tmp_path, f"{head}\n")
    assert (problem.code, problem.hint) == ("D001", CONVERT)


@pytest.mark.parametrize("version", ["3", "4.0.0", "v3.0.1"])
def test_unknown_version_of_openapi_is_corrected(tmp_path: Path, version: str) -> None:
    [problem] = problems(tmp_path, f"openapi: {version}\n")
    assert problem.hint == "write a version from 3.0.0 to 3.2.x as a quoted string"


def test_hint_for_a_field_of_swagger_in_openapi_3_names_its_new_location(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
host: pets.example.com
paths:
  /pets:
    get:
      operationId: pets.list
      produces: [application/json]
      responses: {'200': {description: All., schema: {$ref: '#/definitions/Pet'}}}
definitions: {Pet: {type: object}}
""",
    )
    assert [(each.location.line, each.hint.partition(",")[0]) for each in found] == [
        (3, "move it to 'servers'"),
        (8, "move it to 'content' of responses"),
        (9, "move it to 'content: {application/json: {schema: ...}}'"),
        (10, "move it to 'components: schemas'"),
    ]
