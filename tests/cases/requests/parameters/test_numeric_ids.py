"""Ids of type `number`, as of NestJS, are sent as integers."""

from __future__ import annotations

from tests.support.packages import PackageCaller
from tests.support.server import Server, json_answer

DOCUMENT = """\
openapi: 3.0.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets/{id}:
    get:
      operationId: pets.get
      parameters:
        - {name: id, in: path, required: true, schema: {type: number}}
        - {name: besides, in: query, schema: {type: array, items: {type: number}}}
      responses:
        '200':
          description: Ok.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet: {type: object, required: [id], properties: {id: {type: number}}}
"""


def test_id_of_a_response_is_sent_without_a_fraction(call: PackageCaller, server: Server) -> None:
    server.always(json_answer({"id": 7}))
    pet = call(lambda client: client.pets.get(7))
    call(lambda client: client.pets.get(pet.id, besides=[pet.id, 0.5]))
    assert server.last.path == "/pets/7"
    assert server.last.query == "besides=7&besides=0.5"
