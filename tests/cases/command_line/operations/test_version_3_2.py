"""Command line of a document of OpenAPI 3.2."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.cases.command_line.conftest import command_package
from tests.support.programs import Program
from tests.support.server import Answer, Server, json_answer, text_answer

DOCUMENT = """\
openapi: 3.2.0
info: {title: Pets, version: 1.0.0}
servers: [{url: https://pets.example.com}]
tags: [{name: animals}, {name: dogs, parent: animals}]
paths:
  /dogs:
    query:
      operationId: find
      tags: [dogs]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}}
      responses: &dogs
        '200':
          content:
            application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Dog'}}}
    get:
      operationId: list
      tags: [dogs]
      parameters:
        - name: criteria
          in: querystring
          content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}
      responses: *dogs
    additionalOperations:
      COPY: {operationId: copy, tags: [dogs], responses: {'204': {}}}
  /events:
    get:
      operationId: watch
      tags: [animals]
      responses:
        '200':
          content:
            text/event-stream:
              itemSchema:
                properties:
                  data:
                    contentMediaType: application/json
                    contentSchema: {$ref: '#/components/schemas/Dog'}
  /parts:
    get:
      operationId: read
      tags: [animals]
      responses:
        '200':
          content:
            multipart/mixed:
              schema:
                prefixItems: [{$ref: '#/components/schemas/Dog'}]
                items: {}
              prefixEncoding: [{}]
              itemEncoding: {contentType: image/png}
components:
  schemas:
    Dog: {type: object, properties: {name: {type: string}}}
"""
EVENTS = 'event: a\ndata: {"name": "Rex"}\n\n'
PARTS = (
    '--b\r\nContent-Type: application/json\r\n\r\n{"name":"Rex"}\r\n'
    "--b\r\nContent-Type: image/png\r\n\r\n1\r\n--b--\r\n"
)


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Program, None, None]:
    """The program of the document."""
    with command_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as program:
        yield program


@pytest.fixture
def program(pets: Program, server: Server) -> Program:
    """The program with a server."""
    return Program(name="pets", folder=pets.folder, environment={"PETS_API_URL": server.url})


@pytest.mark.parametrize(
    ("arguments", "request_", "body"),
    [
        (("find", "--body", '{"name":"Rex"}'), "QUERY /dogs", b'{"name":"Rex"}'),
        (("list", "--criteria", '{"name":"R"}'), "GET /dogs?%7B%22name%22%3A%22R%22%7D", b""),
        (("copy",), "COPY /dogs", b""),
    ],
)
def test_operations_of_nested_resources_are_called(
    program: Program, server: Server, arguments: tuple[str, ...], request_: str, body: bytes
) -> None:
    server.always(Answer(status=204) if arguments == ("copy",) else json_answer([{"name": "Rex"}]))
    ended = program("animals-dogs", *arguments)
    expected = "" if arguments == ("copy",) else '{"name":"Rex"}\n'
    assert (ended.code, ended.out, ended.err) == (0, expected, "")
    assert f"{server.last.method} {server.last.target}" == request_
    assert server.last.body == body


def test_data_of_events_is_printed(program: Program, server: Server) -> None:
    server.always(text_answer(EVENTS, content_type="text/event-stream"))
    ended = program("animals", "watch")
    printed = '{"data":{"name":"Rex"},"name":"a","id":"","retry":null}\n'
    assert (ended.code, ended.out, ended.err) == (0, printed, "")


def test_bytes_of_parts_are_printed_in_base64(program: Program, server: Server) -> None:
    server.always(text_answer(PARTS, content_type="multipart/mixed; boundary=b"))
    ended = program("animals", "read")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        '{"data":{"name":"Rex"},"headers":{"content-type":"application/json"}}\n'
        '{"data":"MQ==","headers":{"content-type":"image/png"}}\n'
    )
