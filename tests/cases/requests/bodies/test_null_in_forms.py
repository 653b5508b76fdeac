"""None in forms, which have no null."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /fields:
    post:
      operationId: pets.fields
      requestBody:
        required: true
        content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'204': {description: Done.}}
  /parts:
    post:
      operationId: pets.parts
      requestBody:
        required: true
        content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Upload'}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Pet:
      type: object
      required: [name, owner]
      properties: &properties
        name: {type: string}
        owner: {type: [string, 'null']}
        note: {type: string}
        age: {type: [integer, 'null']}
    Upload:
      type: object
      required: [name, owner]
      properties: {<<: *properties, photo: {type: string, format: binary}}
"""

FORMS = {"fields": "Pet", "parts": "Upload"}


def send(client: Any, method: str, body: Any) -> Any:
    return getattr(client.pets, method)(body=body)


@pytest.mark.parametrize("kind", ["model", "mapping"])
@pytest.mark.parametrize("method", FORMS)
def test_none_in_a_form_is_left_out_whether_or_not_its_schema_allows_null(
    call: PackageCaller, server: Server, pets: Any, method: str, kind: str
) -> None:
    body = {"name": "a", "owner": None, "note": None, "age": None}
    given = getattr(pets, FORMS[method])(**body) if kind == "model" else body
    call(partial(send, method=method, body=given))
    sent = server.last.body.decode()
    assert "name" in sent
    assert [each for each in ("owner", "note", "age", "photo") if each in sent] == []


@pytest.mark.parametrize("method", FORMS)
def test_none_in_a_required_field_that_may_not_be_null_is_rejected(
    call: PackageCaller, server: Server, method: str
) -> None:
    with pytest.raises(call.package.InvalidArgumentError, match=r"body\.name: expected a str"):
        call(partial(send, method=method, body={"name": None, "owner": "a"}))
    assert server.requests == []
