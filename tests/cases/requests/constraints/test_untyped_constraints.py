"""Constraints of schemas of several types apply to their own types."""

from __future__ import annotations

import json
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
    get:
      operationId: pets.find
      parameters: [{name: name, in: query, schema: {pattern: '^[a-z]+$', minimum: 3}}]
      responses: {'204': {description: Done.}}
    post:
      operationId: pets.add
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Pet:
      type: object
      properties:
        tag: {minLength: 2, maximum: 9, minItems: 1, maxProperties: 1}
        tags: {type: array, items: {allOf: [{maxLength: 3}, {maxLength: 5, multipleOf: 2}]}}
        note: {nullable: true, maxLength: 3}
        id: {minLength: 2, minimum: 5, anyOf: [{$ref: '#/components/schemas/Id'}, {type: integer}]}
        lists:
          minItems: 2
          oneOf:
            - {type: array, items: {type: string}}
            - {type: array, items: {type: integer}}
            - {type: 'null'}
        labels: {type: object, required: [en], additionalProperties: {type: string}}
        terms: {required: [en]}
        kind:
          minProperties: 2
          required: [kind, id, name]
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind}
    Id: {type: string}
    Cat:
      type: object
      required: [kind]
      properties:
        kind: {const: Cat}
        id: {type: string, readOnly: true}
        name: {type: string}
    Dog: {type: object, required: [kind], properties: {kind: {const: Dog}, name: {type: string}}}
"""


@pytest.mark.parametrize(
    "body",
    [
        {"tag": "ab", "tags": ["abc", 4, None, True, [1, 2, 3], {"long": "enough"}]},
        {"tag": 9},
        {"tag": -0.5},
        {"tag": True},
        {"tag": None, "note": None},
        {"tag": ["a"]},
        {"tag": {"a": "b"}},
        {"note": 12345},
        {"id": "ab", "lists": ["a", "b"], "kind": {"kind": "Cat", "name": "b"}},
        {"id": 5, "lists": None},
        {"labels": {"en": "a", "de": "b"}, "terms": {"en": 1}},
        {"terms": "none"},
    ],
)
def test_value_within_the_constraints_of_its_type_is_sent(
    call: PackageCaller, server: Server, body: dict[str, Any]
) -> None:
    call(lambda client: client.pets.add(body=body))
    assert json.loads(server.requests[-1].body) == body


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"tag": "a"}, "body.tag: expected at least 2 characters, got 'a'"),
        ({"tag": 10}, "body.tag: expected at most 9, got 10"),
        ({"tag": []}, "body.tag: expected at least 1 items, got []"),
        ({"tag": {"a": 1, "b": 2}}, "body.tag: expected at most 1 properties, got 2"),
        ({"tags": ["abcd"]}, "body.tags[0]: expected at most 3 characters, got 'abcd'"),
        ({"tags": [3]}, "body.tags[0]: expected a multiple of 2, got 3"),
        ({"id": "a"}, "body.id: expected at least 2 characters, got 'a'"),
        ({"id": 4}, "body.id: expected at least 5, got 4"),
        ({"lists": [1]}, "body.lists: expected at least 2 items, got [1]"),
        ({"kind": {"kind": "Dog"}}, "body.kind: the required property 'name' is missing"),
        ({"labels": {"de": "a"}}, "body.labels: the required property 'en' is missing"),
        ({"terms": {}}, "body.terms: the required property 'en' is missing"),
        ({"note": "long"}, "body.note: expected at most 3 characters, got 'long'"),
    ],
)
def test_value_outside_the_constraints_of_its_type_is_rejected(
    call_sync: PackageCaller, server: Server, body: dict[str, Any], reason: str
) -> None:
    with pytest.raises(call_sync.package.InvalidArgumentError) as caught:
        call_sync(lambda client: client.pets.add(body=body))
    assert str(caught.value) == reason
    assert server.requests == []


@pytest.mark.parametrize("name", ["rex", 3])
def test_argument_without_a_type_is_sent_within_its_constraints(
    call_sync: PackageCaller, server: Server, name: object
) -> None:
    call_sync(lambda client: client.pets.find(name=name))
    assert server.requests[-1].query == f"name={name}"


@pytest.mark.parametrize("name", ["Rex", 2])
def test_argument_without_a_type_is_rejected_outside_its_constraints(
    call_sync: PackageCaller, name: object
) -> None:
    with pytest.raises(call_sync.package.InvalidArgumentError, match="name: expected "):
        call_sync(lambda client: client.pets.find(name=name))
