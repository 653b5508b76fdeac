"""The mock sends the examples of streams, as data or serialized."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any

import httpx
import pytest

from tests.support.packages import generated_package

LINES = '{"name":"a"}\n{"name":"b"}\n'
EVENTS = 'event: x\ndata: {"name":"a"}\n\n: comment\ndata: {"name":"b"}\n\n'
PARTS = '--q\r\nContent-Type: application/json\r\n\r\n{"name":"a"}\r\n--q--\r\n'


def response(name: str, media_type: str, examples: str, schema: str = "Pet") -> str:
    """Return an operation with examples of its response."""
    return f"""\
  /{name}:
    get:
      operationId: pets.{name}
      responses:
        '200':
          content:
            {media_type}:
              itemSchema: {{$ref: '#/components/schemas/{schema}'}}
              examples: {{first: {examples}}}
"""


DOCUMENT = (
    """\
openapi: 3.2.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties: {name: {type: string}}
      examples: [{name: c}, {name: d}]
    Event:
      properties:
        event: {type: string}
        data:
          contentMediaType: application/json
          contentSchema: {$ref: '#/components/schemas/Pet'}
paths:
"""
    + response("lines", "application/jsonl", "{dataValue: [{name: a}, {name: b}]}")
    + response("raw_lines", "application/jsonl", f"{{serializedValue: {json.dumps(LINES)}}}")
    + response(
        "sequence", "application/json-seq", '{serializedValue: "\\x1e{\\"name\\":\\"a\\"}\\n"}'
    )
    + response("events", "text/event-stream", '{dataValue: [{data: \'{"name":"a"}\'}]}', "Event")
    + response(
        "raw_events", "text/event-stream", f"{{serializedValue: {json.dumps(EVENTS)}}}", "Event"
    )
    + response("parts", "multipart/mixed", "{dataValue: [{name: a}]}")
    + response("raw_parts", "multipart/mixed", f"{{serializedValue: {json.dumps(PARTS)}}}")
    + response("items", "application/jsonl", "{summary: Nothing.}")
)


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    """The package of the document."""
    with generated_package(tmp_path_factory.mktemp("pets"), DOCUMENT, strict=True) as package:
        yield package


@pytest.mark.parametrize(
    ("method", "names"),
    [
        ("lines", "ab"),
        ("raw_lines", "ab"),
        ("sequence", "a"),
        ("events", "a"),
        ("raw_events", "ab"),
        ("parts", "a"),
        ("raw_parts", "a"),
        ("items", "cd"),
    ],
)
def test_mock_sends_the_items_of_the_example(pets: Any, method: str, names: str) -> None:
    http_client = httpx.Client(transport=pets.testing.mock_transport())
    with (
        pets.Client(http_client=http_client) as client,
        getattr(client.pets, method)() as stream,
    ):
        found = [getattr(each, "data", each).name for each in stream]
    assert found == [*names]
