"""Nested values of parameters whose style cannot encode them are reported."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.support.cli import Project

HEAD = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
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


def operation(number: int, place: str, schema: str) -> str:
    """Return an operation with a parameter."""
    name = f"p{number}"
    return f"""\
  /pets/{name}:
    get:
      operationId: pets.{name}
      parameters: [{{name: {name}, in: {place}, schema: {schema}}}]
      responses: {{'204': {{description: Ok.}}}}
"""


def warnings(project: Project, schemas: Mapping[str, tuple[str, ...]], more: str = "") -> list[str]:
    """Return the names of the parameters with a warning, in their order."""
    settings = project.root / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace("strict = true", ""), "utf-8")
    pairs = [(f"{place}{more}", schema) for place, each in schemas.items() for schema in each]
    operations = (operation(number, *pair) for number, pair in enumerate(pairs))
    project.spec.write_text(HEAD + "".join(operations), "utf-8")
    ended = project.run("generate")
    assert (ended.code, ended.out.count(f"{len(pairs)} of {len(pairs)} operations")) == (0, 1)
    return re.findall(
        r"warning U914: style '\w+' cannot encode nested values of '(\w+)'", ended.err
    )


@pytest.mark.parametrize("more", ["", ", required: true"])
def test_nested_values_are_a_warning_for_each_parameter(new_project: Project, more: str) -> None:
    count = sum(map(len, NESTED.values()))
    assert warnings(new_project, NESTED, more) == [f"p{number}" for number in range(count)]


def test_values_with_an_encoding_cause_no_warning(new_project: Project) -> None:
    assert warnings(new_project, ENCODED) == []
