"""Strings of the format `binary`: strings in JSON, files in multipart forms."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller
from tests.support.server import Server, json_answer

DOCUMENT = """\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    post:
      operationId: pets.create
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: &pet
        '200':
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
    put:
      operationId: pets.upload
      requestBody:
        required: true
        content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Upload'}}}
      responses: *pet
    patch:
      operationId: pets.change
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Change'}}
          multipart/form-data: {schema: {$ref: '#/components/schemas/Change'}}
      responses: *pet
components:
  schemas:
    Bytes: {type: string, format: binary}
    Pet:
      type: object
      properties:
        photo: {type: string, format: binary, nullable: true}
        photos: {type: array, items: {$ref: '#/components/schemas/Bytes'}}
        byName: {type: object, additionalProperties: {type: string, format: binary}}
        photoOrTime: {oneOf: [{type: string, format: binary}, {type: integer}]}
    Upload:
      type: object
      properties:
        photo: {type: string, format: binary}
        photos: {type: array, items: {type: string, format: binary}}
        fileOrText: {oneOf: [{type: string, format: binary}, {type: string}]}
        pet: {$ref: '#/components/schemas/Pet'}
    Change: {type: object, properties: {photo: {type: string, format: binary}}}
"""
STRINGS: list[dict[str, Any]] = [
    {"photo": "hello"},
    {"photo": None},
    {"photos": ["aGVsbG8=", "not base64"]},
    {"byName": {"a": "ÿ"}},
    {"photoOrTime": "hell"},
]


@pytest.mark.parametrize("pet", STRINGS, ids=str)
def test_binary_string_in_json_is_the_text_in_both_directions(
    call: PackageCaller, server: Server, pet: dict[str, Any]
) -> None:
    server.always(json_answer(pet))
    received = call(lambda client: client.pets.create(body=pet))
    assert json.loads(server.last.body) == received.to_dict() == pet
    call(lambda client: client.pets.create(body=received))
    assert json.loads(server.last.body) == pet


def test_field_of_a_json_model_is_the_received_string(
    call_sync: PackageCaller, server: Server
) -> None:
    server.always(json_answer({"photo": "hell", "photos": ["hello"]}))
    received = call_sync(lambda client: client.pets.create(body={}))
    assert (received.photo, received.photos) == ("hell", ["hello"])


def test_bytes_in_json_are_rejected_in_models_and_mappings(pets: Any, server: Server) -> None:
    caller = PackageCaller(pets, Way.SYNC, server.url)
    for body in ({"photo": b"hell"}, pets.models.Pet(photo=b"hell")):
        with pytest.raises(pets.InvalidArgumentError, match=r"photo.*expected a str, got b'hell'"):
            caller(partial(_create, body=body))
    assert server.requests == []


def _create(client: Any, body: Any) -> Any:
    return client.pets.create(body=body)


def test_file_of_a_form_is_sent_as_its_bytes(
    call: PackageCaller, pets: Any, server: Server
) -> None:
    server.always(json_answer({"photo": "x"}))
    body = pets.models.Upload(photo=b"\x00\xff", photos=[b"\x01"])
    call(lambda client: client.pets.upload(body=body))
    assert b"\r\n\r\n\x00\xff\r\n" in server.last.body
    assert b"\r\n\r\n\x01\r\n" in server.last.body


def test_class_of_a_form_and_of_json_takes_bytes_and_strings(
    call: PackageCaller, pets: Any, server: Server
) -> None:
    server.always(json_answer({"photo": "x"}))
    change = pets.models.Change
    call(lambda client: client.pets.change(body=change(photo="text")))
    assert json.loads(server.last.body) == {"photo": "text"}
    kind = "multipart/form-data"
    call(lambda client: client.pets.change(body=change(photo=b"\xff"), content_type=kind))
    assert b"\r\n\r\n\xff\r\n" in server.last.body
