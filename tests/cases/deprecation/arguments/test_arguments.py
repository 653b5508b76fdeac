"""A warning names each deprecated argument that is passed, and no other."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from tests.support.server import Server, json_answer

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: pets.find
      parameters:
        - {name: age, in: query, deprecated: true, schema: {type: integer}}
        - {name: name, in: query, schema: {type: string}}
        - {name: X-Owner, in: header, deprecated: true, schema: {type: string}}
      responses:
        '200':
          description: A pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""
AGE, OWNER = "pets.find: age is deprecated", "pets.find: x_owner is deprecated"


@pytest.mark.parametrize(
    ("arguments", "messages"),
    [
        ({}, []),
        ({"name": "Rex"}, []),
        ({"age": None, "x_owner": None}, []),
        ({"age": 0}, [AGE]),
        ({"name": "Rex", "x_owner": "me"}, [OWNER]),
        ({"age": 3, "name": "Rex", "x_owner": "me"}, [AGE, OWNER]),
    ],
)
def test_warning_names_each_deprecated_argument_that_is_passed(
    pets: Any, server: Server, arguments: dict[str, Any], messages: list[str]
) -> None:
    server.always(json_answer({"name": "Rex"}))
    with (
        pets.Client("t", base_url=server.url) as client,
        warnings.catch_warnings(record=True, action="always", category=DeprecationWarning) as found,
    ):
        client.pets.find(**arguments)
    assert [str(each.message) for each in found] == messages
    assert {each.category for each in found} <= {DeprecationWarning}
