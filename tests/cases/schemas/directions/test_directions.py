"""Read-only properties are not required in requests, nor write-only ones in responses."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any

import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller, generated_package
from tests.support.server import Server, json_answer

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
      responses:
        '200':
          description: It.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
  /notes:
    get:
      operationId: notes.get
      responses:
        '200':
          description: It.
          content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
    put:
      operationId: notes.set
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Draft'}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Pet:
      type: object
      required: [id, name, pin, owner]
      properties:
        id: {type: integer, readOnly: true, description: Its number.}
        name: {type: string}
        pin: {type: string, writeOnly: true, description: Its owner's secret.}
        owner: {$ref: '#/components/schemas/Owner'}
        old: {type: integer, readOnly: true, deprecated: true}
    Owner:
      type: object
      required: [since, town]
      properties:
        since: {allOf: [{$ref: '#/components/schemas/Year'}], readOnly: true}
        town: {type: string}
    Year: {type: integer}
    Note:
      type: object
      required: [id, key]
      properties:
        id: {type: integer, readOnly: true}
        key: {type: string, writeOnly: true}
        text: {type: string}
    Draft:
      type: object
      required: [id, key]
      properties: {id: {type: integer, readOnly: true}, key: {type: string, writeOnly: true}}
"""
SENT = {"name": "Rex", "pin": "1234", "owner": {"town": "Rome"}}
RECEIVED = {"id": 7, "name": "Rex", "owner": {"since": 2020, "town": "Rome"}}


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("directions"), DOCUMENT) as package:
        yield package


@pytest.fixture
def call(pets: Any, server: Server) -> PackageCaller:
    server.always(json_answer(RECEIVED))
    return PackageCaller(pets, Way.SYNC, server.url, {})


def test_request_is_sent_without_read_only_properties(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    pet = pets.Pet(name="Rex", pin="1234", owner=pets.Owner(town="Rome"))
    call(lambda client: client.pets.add(body=pet))
    assert json.loads(server.last.body) == pet.to_dict() == SENT


def test_response_is_decoded_without_write_only_properties(call: PackageCaller) -> None:
    pet = call(lambda client: client.pets.add(body=SENT))
    assert (pet.id, pet.name, pet.pin, pet.owner.since) == (7, "Rex", None, 2020)
    assert pet.to_dict() == RECEIVED


def test_unexpected_write_only_property_of_a_response_is_kept(
    call: PackageCaller, server: Server
) -> None:
    content = {**RECEIVED, "pin": "1234", "new": 1}
    server.always(json_answer(content))
    pet = call(lambda client: client.pets.add(body=SENT))
    assert (pet.pin, pet.extra, pet.to_dict()) == ("1234", {"new": 1}, content)


@pytest.mark.parametrize("missing", ["name", "pin", "owner"])
def test_required_property_of_a_request_is_enforced(
    call: PackageCaller, server: Server, pets: Any, missing: str
) -> None:
    body = {name: value for name, value in SENT.items() if name != missing}
    with pytest.raises(pets.InvalidArgumentError, match=missing):
        call(lambda client: client.pets.add(body=body))
    assert server.requests == []


@pytest.mark.parametrize("missing", ["name", "owner"])
def test_required_property_of_a_response_is_enforced(
    call: PackageCaller, server: Server, pets: Any, missing: str
) -> None:
    server.always(json_answer({name: each for name, each in RECEIVED.items() if name != missing}))
    with pytest.raises(pets.ResponseDecodeError, match=missing):
        call(lambda client: client.pets.add(body=SENT))


def test_read_only_property_of_a_response_schema_is_required(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    server.always(json_answer({"id": 1}))
    assert call(lambda client: client.notes.get()).id == 1
    server.always(json_answer({"text": "no number"}))
    with pytest.raises(pets.ResponseDecodeError, match="id"):
        call(lambda client: client.notes.get())


def test_write_only_property_of_a_request_schema_is_required(pets: Any) -> None:
    assert pets.Draft(key="a").to_dict() == {"key": "a"}
    with pytest.raises(TypeError, match="key"):
        pets.Draft()


def test_docstrings_name_the_direction_of_properties(pets: Any) -> None:
    assert "id: Only in responses. Its number.\n" in pets.Pet.__doc__
    assert "pin: Only in requests. Its owner's secret.\n" in pets.Pet.__doc__
    assert "old: Deprecated. Only in responses.\n" in pets.Pet.__doc__
    assert "Only in" not in pets.Note.__doc__.replace("key: Only in requests", "")
