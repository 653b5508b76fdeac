"""Argument names: readable, unique, and valid identifiers."""

from __future__ import annotations

import inspect
import json
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

HOSTILE = [
    "x=1, __import__('os').system('false')",
    '"""',
    "a'b\\",
    "{{ 1/0 }}",
    "{% raw %}",
    "a\nb",
    "a\r\nX: y",
    "\u202ea",
    "\u2028",
    "\0",
    "é",
    "1st",
    "--",
    "a&b=c#d",
]
PARAMETERS = "".join(
    f"        - {{name: {json.dumps(name)}, in: query, schema: {{}}}}\n" for name in HOSTILE
)
DOCUMENT = f"""\
openapi: 3.0.3
info: {{title: Pets, version: 1.0.0}}
servers: [{{url: 'https://pets.example.com'}}]
paths:
  /same/{{id}}:
    post:
      operationId: same.name
      parameters:
        - {{name: id, in: query, schema: {{type: string}}}}
        - {{name: id, in: path, required: true, schema: {{type: string}}}}
        - {{name: id, in: header, schema: {{type: string}}}}
        - {{name: id, in: cookie, schema: {{type: string}}}}
        - {{name: self, in: query, schema: {{type: string}}}}
        - {{name: class, in: query, schema: {{type: string}}}}
        - {{name: timeout, in: query, schema: {{type: string}}}}
        - {{name: options, in: query, schema: {{type: string}}}}
        - {{name: str, in: query, schema: {{type: string}}}}
        - {{name: body, in: query, schema: {{type: string}}}}
        - {{name: contentType, in: query, schema: {{type: string}}}}
        - {{name: Accept, in: header, schema: {{type: string}}}}
        - {{name: content-type, in: header, required: true, schema: {{type: string}}}}
        - {{name: Authorization, in: header, required: true, schema: {{type: string}}}}
      requestBody:
        content: {{application/json: {{}}, text/plain: {{}}}}
      responses: &ok
        '200': {{description: Ok., content: {{application/json: {{schema: {{type: object}}}}}}}}
  /hostile:
    get:
      operationId: same.hostile
      parameters:
{PARAMETERS}      responses: *ok
  /groups/{{id}}/copy-of-{{id}}:
    get:
      operationId: same.twice
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      responses: *ok
"""


def test_parameters_of_one_name_get_location_suffixes(call: PackageCaller, server: Server) -> None:
    given = {
        "id_query": "q",
        "id_header": "h",
        "id_cookie": "c",
        "self_": "1",
        "class_": "2",
        "timeout_": "3",
        "options_": "4",
        "str_": "5",
        "body": "6",
        "content_type": "7",
    }
    call(
        lambda client: client.same.name(
            "p", **given, request_body="text", request_content_type="text/plain", timeout=5
        )
    )
    assert server.last.path == "/same/p"
    assert dict(parse_qsl(server.last.query)) == {
        "id": "q",
        "self": "1",
        "class": "2",
        "timeout": "3",
        "options": "4",
        "str": "5",
        "body": "6",
        "contentType": "7",
    }
    assert server.last.headers["id"] == "h"
    assert server.last.headers["cookie"] == "id=c"
    assert server.last.headers["content-type"] == "text/plain; charset=utf-8"
    assert server.last.body == b"text"


def test_parameter_repeated_in_the_path_is_one_argument(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.same.twice("a b"))
    assert server.last.path == "/groups/a%20b/copy-of-a%20b"


def test_headers_ignored_by_openapi_are_no_arguments(pets: Any) -> None:
    names = set(inspect.signature(_method(pets)).parameters)
    assert names.isdisjoint({"accept", "authorization"})


def _method(pets: Any) -> Any:
    with pets.Client("t") as client:
        return client.same.name


def test_hostile_parameter_names_become_identifiers(
    call_sync: PackageCaller, server: Server, pets: Any
) -> None:
    with pets.Client("t") as client:
        signature = inspect.signature(client.same.hostile)
    names = [name for name in signature.parameters if name != "options"]
    assert len(names) == len(HOSTILE)
    assert all(name.isidentifier() for name in names)
    call_sync(lambda client: client.same.hostile(**dict.fromkeys(names, "v")))
    assert [name for name, _ in parse_qsl(server.last.query)] == HOSTILE


@pytest.mark.parametrize("name", ["body", "content_type"])
def test_body_argument_is_renamed_if_a_parameter_has_its_name(pets: Any, name: str) -> None:
    parameters = inspect.signature(_method(pets)).parameters
    assert name in parameters
    assert f"request_{name}" in parameters
