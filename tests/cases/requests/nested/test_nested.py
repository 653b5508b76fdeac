"""Resources below others, from tags with `parent` (OpenAPI 3.2)."""

from __future__ import annotations

from typing import Any

import httpx

from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.2.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
tags:
- {name: animals, summary: All animals, kind: nav}
- {name: pets, description: Pets of people., parent: animals, kind: nav}
- {name: food, parent: pets}
- {name: beta, kind: badge}
- {name: shops}
- {name: animals_toys}
- {name: toys, parent: animals}
paths:
  /pets/{id}:
    get:
      tags: [beta, pets]
      operationId: get
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {$ref: '#/components/responses/Fine'}}
  /pets/food:
    get:
      tags: [pets, food]
      operationId: list
      responses: {'200': {$ref: '#/components/responses/Fine'}}
    put:
      tags: [pets]
      operationId: food
      responses: {'200': {$ref: '#/components/responses/Fine'}}
  /toys:
    get:
      tags: [toys]
      operationId: toys
      responses: {'200': {$ref: '#/components/responses/Fine'}}
    post:
      tags: [animals_toys]
      operationId: add
      responses: {'200': {$ref: '#/components/responses/Fine'}}
  /shops:
    get:
      tags: [shops]
      operationId: shops
      responses: {'200': {$ref: '#/components/responses/Fine'}}
    post:
      tags: [pets]
      operationId: open
      x-client: {resource: openings, method: add}
      responses: {'200': {$ref: '#/components/responses/Fine'}}
components:
  responses:
    Fine:
      content: {application/json: {schema: {type: object}, example: {found: true}}}
"""


def test_resource_of_a_tag_is_below_that_of_its_parent(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.animals.pets.get("1"))
    assert server.last.target == "/pets/1"


def test_name_that_a_method_of_the_parent_has_gets_a_number(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.animals.pets.food2.list())
    assert (server.last.method, server.last.target) == ("GET", "/pets/food")
    call(lambda client: client.animals.pets.food())
    assert server.last.method == "PUT"


def test_name_of_a_module_that_another_resource_has_gets_a_number(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.animals_toys.add())
    assert server.last.method == "POST"
    call(lambda client: client.animals.toys2.toys())
    assert server.last.method == "GET"


def test_resource_that_the_document_names_for_clients_is_not_nested(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.openings.add())
    assert server.last.target == "/shops"


def test_nested_resource_is_created_once_and_has_raw_responses(pets: Any) -> None:
    http_client = httpx.Client(transport=pets.testing.mock_transport())
    with pets.Client(http_client=http_client) as client:
        assert client.animals.pets is client.animals.pets
        assert client.animals.pets.with_raw_response.get("1").parse() == {"found": True}


def test_only_resources_without_parent_are_attributes_of_the_client(pets: Any) -> None:
    attributes: list[str] = list(pets.Client.__dict__)
    names = {each for each in attributes if not each.startswith("_")}
    assert names == {"animals", "animals_toys", "openings", "shops"}


def test_docstrings_of_resources_are_those_of_their_tags(pets: Any) -> None:
    http_client = httpx.Client(transport=pets.testing.mock_transport())
    with pets.Client(http_client=http_client) as client:
        assert type(client.animals).__doc__ == "All animals."
        resource: Any = client.animals.__class__
        assert resource.pets.func.__doc__ == "Pets of people."
        assert type(client.animals.pets).__doc__ == "Pets of people."
