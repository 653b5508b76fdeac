"""Constraints of objects as a whole, and patterns of any script."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    post:
      operationId: pets.add
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'204': {description: Done.}}
    put:
      operationId: pets.label
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              minProperties: 1
              maxProperties: 2
              additionalProperties: {type: string}
      responses: {'204': {description: Done.}}
    patch:
      operationId: pets.note
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Both'}}}
      responses: {'204': {description: Done.}}
    get:
      operationId: pets.find
      parameters:
        - {name: name, in: query, schema: {type: string, pattern: '^\\p{L}[\\p{L}\\d -]*$'}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Pet:
      type: object
      minProperties: 1
      properties: {name: {type: string}, chip: {type: string}, vet: {type: string}}
      dependentRequired: {chip: [vet]}
    Both:
      allOf:
        - {$ref: '#/components/schemas/Pet'}
        - {type: object, minProperties: 2, dependentRequired: {chip: [name]}}
"""


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("add", {"name": "Rex"}),
        ("add", {"chip": "1", "vet": "Jo"}),
        ("label", {"a": "1", "b": "2"}),
        ("note", {"chip": "1", "vet": "Jo", "name": "Rex"}),
    ],
)
def test_object_that_meets_its_constraints_is_sent(
    call: PackageCaller, server: Server, method: str, body: dict[str, str]
) -> None:
    call(lambda client: getattr(client.pets, method)(body=body))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("method", "body", "reason"),
    [
        ("add", {}, "body: expected at least 1 properties, got 0"),
        ("add", {"chip": "1"}, "body: the property 'chip' requires 'vet' as well"),
        ("label", {}, "body: expected at least 1 properties, got 0"),
        ("label", {"a": "1", "b": "2", "c": "3"}, "body: expected at most 2 properties, got 3"),
        ("note", {"name": "Rex"}, "body: expected at least 2 properties, got 1"),
        ("note", {"chip": "1", "vet": "Jo"}, "body: the property 'chip' requires 'name' as well"),
    ],
)
def test_object_that_violates_its_constraints_is_rejected(
    call_sync: PackageCaller, server: Server, method: str, body: dict[str, str], reason: str
) -> None:
    with pytest.raises(call_sync.package.InvalidArgumentError) as caught:
        call_sync(lambda client: getattr(client.pets, method)(body=body))
    assert str(caught.value) == reason
    assert server.requests == []


def test_model_that_violates_the_constraints_is_rejected(
    call_sync: PackageCaller, pets: Any
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match="requires 'vet'"):
        call_sync(lambda client: client.pets.add(body=pets.models.Pet(chip="1")))


@pytest.mark.parametrize("name", ["Zoë", "Ω 1", "ǅ-2", "日本"])
def test_pattern_of_letters_matches_every_script(
    call_sync: PackageCaller, server: Server, name: str
) -> None:
    call_sync(lambda client: client.pets.find(name=name))
    assert len(server.requests) == 1


@pytest.mark.parametrize("name", ["1a", "_a", "a_", "a!", ""])
def test_pattern_of_letters_rejects_other_characters(call_sync: PackageCaller, name: str) -> None:
    with pytest.raises(call_sync.package.InvalidArgumentError, match="name: expected a str that"):
        call_sync(lambda client: client.pets.find(name=name))
