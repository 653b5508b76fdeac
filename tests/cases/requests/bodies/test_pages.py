"""Paging searches, whose request body goes with every page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller
from tests.support.server import Answer, Recorded, Server, json_answer

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets/search:
    post:
      operationId: pets.search
      parameters:
        - {name: page, in: query, schema: {type: integer, minimum: 0}}
        - {name: size, in: query, schema: {type: integer, minimum: 1}}
      requestBody:
        required: true
        content:
          application/json: {schema: {type: object, properties: {kind: {type: string}}}}
          application/x-www-form-urlencoded: {schema: {type: object}}
      x-pagination:
        style: page
        request: {page: {parameter: page, first: 0}, size: {parameter: size}}
        response: {items: /items, total: /total}
        item: {id: /name}
      responses:
        '200':
          description: Pets.
          content:
            application/json:
              schema:
                type: object
                properties:
                  items: {type: array, items: {$ref: '#/components/schemas/Pet'}}
                  total: {type: integer}
components:
  requestBodies: {}
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""
NAMES = ["a", "b", "c"]


def page_answer(request: Recorded) -> Answer:
    page = int(dict(each.split("=") for each in request.query.split("&"))["page"])
    return json_answer({"items": [{"name": each} for each in NAMES[page : page + 1]], "total": 3})


@pytest.mark.parametrize(
    ("chosen", "content"),
    [({}, b'{"kind":"cat"}'), ({"content_type": "application/x-www-form-urlencoded"}, b"kind=cat")],
    ids=["as JSON", "as a form"],
)
def test_every_page_request_has_the_body(
    call: PackageCaller, server: Server, chosen: dict[str, Any], content: bytes
) -> None:
    server.always(page_answer)
    given = {"body": {"kind": "cat"}, "page": 0, "size": 1, **chosen}

    def list_pages(client: Any) -> Any:
        if call.way is Way.SYNC:
            return [each.name for each in client.pets.search(**given)]
        return collect_names(client.pets.search(**given))

    assert call(list_pages) == NAMES
    assert {each.body for each in server.requests} == {content}


def test_walk_accepts_a_body(call: PackageCaller, server: Server) -> None:
    server.always(page_answer)

    def walk_pages(client: Any) -> Any:
        walk = client.pets.walk_search(body={"kind": "cat"}, size=1)
        return [each.name for each in walk] if call.way is Way.SYNC else collect_names(walk)

    assert call(walk_pages) == NAMES
    assert {json.loads(each.body)["kind"] for each in server.requests} == {"cat"}


async def collect_names(entries: Any) -> list[str]:
    return [each.name async for each in entries]
