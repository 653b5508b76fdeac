"""Nested values of parameters whose style cannot encode them are reported."""

from __future__ import annotations

import pytest

from tests.support.cli import Project

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: pets.list
      parameters: [{name: by, in: query, schema: {type: string}}]
      responses: {'204': {description: Ok.}}
  /pets/{id}:
    get:
      operationId: pets.get
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - PARAMETER
      responses: {'204': {description: Ok.}}
"""
LISTS = "{type: array, items: {type: array, items: {type: integer}}}"
OBJECTS = "{type: array, items: {type: object, properties: {x: {type: integer}}}}"
WITH_LIST = "{type: object, properties: {a: {type: array, items: {type: string}}}}"
WITH_OBJECT = "{type: object, properties: {a: {type: object}, b: {type: string}}}"
MAP = "{type: object, additionalProperties: {type: object}}"
NESTED = {
    "query": (LISTS, WITH_OBJECT, MAP),
    "query, style: pipeDelimited, explode: false": (OBJECTS, WITH_LIST),
    "query, explode: false": (LISTS, WITH_LIST),
    "header": (LISTS, OBJECTS, WITH_LIST, MAP),
    "cookie": (LISTS, OBJECTS, WITH_OBJECT),
}
ENCODED = {
    "query": (OBJECTS, WITH_LIST, "{}", "{type: [string, array], items: {type: string}}"),
    "query, style: deepObject": (WITH_LIST, WITH_OBJECT, MAP),
    "cookie": (WITH_LIST,),
}
PAIRS = [(each, schema) for each, schemas in NESTED.items() for schema in schemas]
OTHERS = [(each, schema) for each, schemas in ENCODED.items() for schema in schemas]


def write(project: Project, place: str, schema: str) -> None:
    text = project.root / "pyproject.toml"
    text.write_text(text.read_text("utf-8").replace("strict = true", ""), "utf-8")
    parameter = f"{{name: p, in: {place}, schema: {schema}}}"
    project.spec.write_text(DOCUMENT.replace("PARAMETER", parameter), "utf-8")


@pytest.mark.parametrize(("place", "schema"), PAIRS)
def test_nested_values_of_an_optional_parameter_are_a_warning(
    new_project: Project, place: str, schema: str
) -> None:
    write(new_project, place, schema)
    linted = new_project.run("generate")
    assert linted.code == 0
    assert "openapi.yaml:15:11: warning U914: style" in linted.err
    assert "cannot encode nested values of 'p'" in linted.err


@pytest.mark.parametrize(("place", "schema"), OTHERS)
def test_values_with_an_encoding_cause_no_warning(
    new_project: Project, place: str, schema: str
) -> None:
    write(new_project, place, schema)
    assert "U914" not in new_project.run("generate").err


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        (LISTS, 2),
        (MAP, 2),
        ("{type: object, required: [a], properties: {a: {type: object}, b: {}}}", 2),
        (WITH_OBJECT, 0),
        (f"{{oneOf: [{{type: string}}, {LISTS}]}}", 0),
    ],
)
def test_required_parameter_without_any_other_values_is_an_error(
    new_project: Project, schema: str, code: int
) -> None:
    write(new_project, "header, required: true", schema)
    ended = new_project.run("generate")
    assert ended.code == code
    assert f"{'error' if code else 'warning'} U914" in ended.err
    partial = new_project.run("generate", "--allow-partial", "--force")
    assert f"{1 if code else 2} of 2 operations generated" in partial.out
    assert partial.err.count("U914") == 1
