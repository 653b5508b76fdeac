"""Calls with the methods of OpenAPI 3.2, as they are written."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server, json_answer

DOCUMENT = """\
openapi: 3.2.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com', name: production}]
paths:
  /pets:
    query:
      operationId: pets.search
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Filter'}}}
      responses: {'200': {$ref: '#/components/responses/Fine'}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: pets.get
      responses: {'200': {$ref: '#/components/responses/Fine'}}
    additionalOperations:
      COPY:
        operationId: pets.duplicate
        responses: {'200': {$ref: '#/components/responses/Fine'}}
      Purge:
        operationId: pets.purge
        responses: {'200': {$ref: '#/components/responses/Fine'}}
components:
  responses:
    Fine:
      summary: Fine.
      content: {application/json: {schema: {type: object}, example: {found: true}}}
  schemas:
    Filter: {type: object, properties: {name: {type: string}}}
"""
FINE = json_answer({"ok": True})
FAILED = json_answer({}, 503, {"Retry-After": "0"})


def methods(server: Server) -> list[str]:
    return [each.method for each in server.requests]


def test_query_operation_has_a_body(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.pets.search(body={"name": "Rex"}))
    assert methods(server) == ["QUERY"]
    assert server.last.body == b'{"name":"Rex"}'


def test_query_operation_is_retried(call: PackageCaller, server: Server) -> None:
    answers = iter([FAILED, FINE])
    server.always(lambda _: next(answers))
    call(lambda client: client.pets.search(body={"name": "Rex"}), max_retries=1)
    assert methods(server) == ["QUERY", "QUERY"]
    assert server.requests[0].body == server.requests[1].body


def test_methods_of_additional_operations_are_sent_as_they_are_written(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.pets.duplicate("1"))
    call(lambda client: client.pets.purge("1"))
    assert methods(server) == ["COPY", "Purge"]


def test_additional_operation_is_not_retried(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    server.always(FAILED)
    with pytest.raises(pets.InternalServerError):
        call(lambda client: client.pets.duplicate("1"), max_retries=2)
    assert methods(server) == ["COPY"]


def test_mock_responds_to_query_and_additional_operations(pets: Any) -> None:
    http_client = httpx.Client(transport=pets.testing.mock_transport())
    with pets.Client(http_client=http_client) as client:
        assert client.pets.search(body={"name": "Rex"}) == {"found": True}
        assert client.pets.duplicate("1") == {"found": True}
        assert client.pets.purge("1") == {"found": True}


def test_docstring_has_the_method_as_it_is_sent(pets: Any) -> None:
    assert "`QUERY /pets`" in pets.resources.pets.PetsResource.search.__doc__
    assert "`Purge /pets/{id}`" in pets.resources.pets.PetsResource.purge.__doc__
