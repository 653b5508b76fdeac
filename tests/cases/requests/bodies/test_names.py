"""Names of the models of request bodies."""

from __future__ import annotations

import types
from typing import Any, cast

DOCUMENT = """\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    post:
      operationId: pets.add
      requestBody: {$ref: '#/components/requestBodies/Pet'}
      responses: &ok
        '200': {description: Ok., content: {application/json: {schema: {type: object}}}}
    put:
      operationId: pets.change
      requestBody:
        content:
          application/json: {schema: {type: object, properties: {a: {type: string}}}}
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {b: {type: string}}}
          multipart/form-data:
            schema: {type: object, properties: {c: {type: string, format: binary}}}
      responses: *ok
    patch:
      operationId: pets.alter
      requestBody:
        content:
          application/json: {schema: &same {type: object, properties: {a: {type: string}}}}
          application/merge-patch+json: {schema: *same}
      responses: *ok
components:
  requestBodies:
    Pet:
      content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}
  schemas:
    Pet: {type: object, properties: {id: {type: integer}}}
"""


def test_body_models_have_names_without_numbers(pets: Any) -> None:
    models = {
        name
        for name, each in vars(cast("types.ModuleType", pets.models)).items()
        if isinstance(each, type) and each.__module__ == "pets.models"
    }
    assert models == {
        "Pet",
        "PetBody",
        "PetsAlterBody",
        "PetsChangeBody",
        "PetsChangeBodyForm",
        "PetsChangeBodyMultipart",
    }
