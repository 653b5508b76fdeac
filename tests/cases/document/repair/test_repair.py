"""Repairs of invalid documents, with a warning for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from generator.document.diagnostics import DocumentError
from generator.pipeline import build
from tests.support.callers import Way
from tests.support.packages import PackageCaller, generated_package
from tests.support.server import Server, json_answer

FAULTY = """\
openapi: 3.0.3
servers: [https://pets.example.com]
consumes: [application/json]
paths:
  /pets/{petId}:
    GET:
      operationId: pets.get
      parameters: [{name: petid, in: path, required: 'true', schema: {type: int}}]
      responses:
        200: {content: {json: {schema: {$ref: '#/definitions/Pet'}}}}
        ok: fine
    put:
      operationId: pets.get
      parameters:
        - {name: pet, in: body, required: true, schema: {$ref: Pet}}
        - {name: dry, in: Query, style: flat, schema: bool}
      responses: {200: {schema: {$ref: '#/components/schemas/Pet'}}}
  /pets:
    get:
      operationId: pets.find
      tags: pets
      summary: one
      summary: two
      parameters:
        - {name: tags, in: query, type: array, items: {type: str}, collectionFormat: csv}
        - {name: shed, in: path, required: true, schema: {type: string}}
        - {name: page, in: query, schema: {type: integer}, content: {PDF: {}}}
      responses: {200: {content: {'*': {schema: {type: array, items: {$ref: Pet}}}}}}
    post:
      operationId: pets.add
      parameters:
        - {name: name, in: formData, required: true, type: string}
        - {name: photo, in: formData, type: file}
      responses: {200: {description: Added., schema: {$ref: Pet}}}
components:
  schemas:
    Pet:
      type: object
      required: true
      properties:
        name: string
        born: {type: datetime}
        seen: {type: string, format: date-time, example: '2024-05-01 10:00'}
        kind: {type: mystery}
        chipped: {type: string, format: date, example: '2024-05-01'}
        lost: {type: string, format: date, example: 1.5.2024}
        washed: {type: string, format: date-time, example: '2024-05-01T10:00:00Z'}
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("faulty"), FAULTY) as package:
        yield package


REX = {
    "name": "Rex",
    "seen": "2024-05-01 10:00",
    "kind": [1],
    "chipped": "2024-05-01",
    "lost": "2.5.2024",
    "washed": "2024-05-02T10:00:00Z",
}


@pytest.fixture
def call(pets: Any, server: Server) -> PackageCaller:
    server.always(json_answer(REX))
    return PackageCaller(pets, Way.SYNC, server.url, {})


def last_request(server: Server) -> tuple[str, str, bytes]:
    request = server.requests[-1]
    return request.method, request.target, request.body


def test_misspelled_path_parameter_and_uppercase_method_are_repaired(
    call: PackageCaller, server: Server
) -> None:
    pet = call(lambda client: client.pets.get(3))
    assert last_request(server)[:2] == ("GET", "/pets/3")
    assert (pet.name, pet.seen, pet.kind) == ("Rex", "2024-05-01 10:00", [1])


def test_date_format_is_dropped_where_the_example_is_no_date(
    call: PackageCaller,
) -> None:
    pet = call(lambda client: client.pets.get(3))
    assert (pet.chipped, pet.lost) == (dt.date(2024, 5, 1), "2.5.2024")
    assert pet.washed == dt.datetime(2024, 5, 2, 10, tzinfo=dt.UTC)


def test_body_parameter_becomes_the_request_body(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.pets.put_pets_pet_id("3", body={"name": "Tom"}, dry=True))
    assert last_request(server) == ("PUT", "/pets/3?dry=true", b'{"name":"Tom"}')


def test_swagger_collection_format_becomes_a_form_style(
    call: PackageCaller, server: Server
) -> None:
    server.always(json_answer([{"name": "Rex"}]))
    found = call(lambda client: client.pets.find(tags=["a", "b"], page=1))
    assert last_request(server)[:2] == ("GET", "/pets?tags=a,b&page=1")
    assert [pet.name for pet in found] == ["Rex"]


def test_form_parameters_become_the_request_body(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.pets.add(body={"name": "Tom", "photo": b"png"}))
    _, _, body = last_request(server)
    assert b'name="name"\r\n' in body
    assert b"\r\n\r\npng\r\n" in body


def test_each_repair_is_a_warning(tmp_path: Path) -> None:
    spec = tmp_path / "faulty.yaml"
    spec.write_text(FAULTY, "utf-8")
    outcome = build(spec, "pets", strict=False)
    assert (outcome.generated, outcome.operations) == (4, 4)
    codes = {each.code for each in outcome.warnings}
    assert codes >= {"D002", "D003", "E901", "M001", "O302", "O303", "O304", "O306", "O309", "P401"}
    assert codes >= {"P402", "P404", "R201", "S102", "T501"}
    assert all("until then" in each.hint for each in outcome.warnings if each.code == "M001")


def test_strict_document_is_not_repaired(tmp_path: Path) -> None:
    spec = tmp_path / "faulty.yaml"
    spec.write_text(f"x-generator: 1\n{FAULTY}", "utf-8")
    with pytest.raises(DocumentError) as caught:
        build(spec, "pets", strict=False)
    assert {"O303", "O306", "M001", "S102", "T501"} <= {
        each.code for each in caught.value.diagnostics if each.is_error
    }


UNREADABLE = """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
security: [{nowhere: []}]
paths:
  /a:
    get:
      operationId: a.fine
      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}
  /b:
    get:
      operationId: b.lost
      parameters: [{name: q, in: nowhere, schema: {type: string}}]
      responses: {'200': {description: Fine.}}
    post:
      operationId: b.fine
      responses: {'200': {description: Fine.}}
components:
  schemas:
    A: {type: object, properties: {a: {$ref: '#/y'}, b: {$ref: '#/x'}}}
"""


def test_unreadable_parts_are_errors_or_left_out_of_a_partial_package(tmp_path: Path) -> None:
    spec = tmp_path / "unreadable.yaml"
    spec.write_text(UNREADABLE, "utf-8")
    with pytest.raises(DocumentError) as caught:
        build(spec, "pets", strict=False)
    assert [each.code for each in caught.value.diagnostics if each.is_error] == [
        *("A601", "P401", "R201", "R201"),
    ]
    outcome = build(spec, "pets", strict=False, partial=True)
    assert (outcome.generated, outcome.operations) == (2, 3)
    assert {"A601", "P401", "R201"} <= {each.code for each in outcome.warnings}
    assert b"class A(" in outcome.files["models.py"]


def test_yaml_merge_keys_are_resolved(tmp_path: Path) -> None:
    spec = tmp_path / "merged.yaml"
    text = UNREADABLE.replace("security: [{nowhere: []}]\n", "x-pet: &pet {type: object}\n")
    text = text.partition("components:")[0].replace("nowhere", "query")
    schemas = "{<<: *pet, properties: {name: {type: string}}}"
    spec.write_text(f"{text}components: {{schemas: {{A: {schemas}}}}}\n", "utf-8")
    outcome = build(spec, "pets", strict=False)
    assert "D004" not in {each.code for each in outcome.warnings}
    assert b"name: str | None" in outcome.files["models.py"]
