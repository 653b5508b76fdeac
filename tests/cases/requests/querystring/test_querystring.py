"""Parameters in location `querystring`, of style `cookie`, and with reserved characters."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.2.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /form:
    get:
      operationId: pets.form
      parameters:
        - name: criteria
          in: querystring
          required: true
          content:
            application/x-www-form-urlencoded:
              schema: {$ref: '#/components/schemas/Criteria'}
              encoding: {tags: {style: form, explode: false}}
      responses: {'200': {$ref: '#/components/responses/Fine'}}
  /json:
    get:
      operationId: pets.json
      parameters:
        - name: criteria
          in: querystring
          content: {application/json: {schema: {$ref: '#/components/schemas/Criteria'}}}
      responses: {'200': {$ref: '#/components/responses/Fine'}}
  /text:
    get:
      operationId: pets.text
      parameters:
        - name: path
          in: querystring
          content: {application/jsonpath: {schema: {type: string, pattern: '^[$]'}}}
      responses: {'200': {$ref: '#/components/responses/Fine'}}
  /cookies:
    get:
      operationId: pets.cookies
      parameters:
        - {name: theme, in: cookie, style: cookie, schema: {type: string}}
        - {name: sizes, in: cookie, style: cookie, schema: {$ref: '#/components/schemas/Sizes'}}
        - name: flat
          in: cookie
          style: cookie
          explode: false
          schema: {$ref: '#/components/schemas/Sizes'}
        - {name: range, in: cookie, style: cookie, schema: {$ref: '#/components/schemas/Range'}}
        - {name: form, in: cookie, allowReserved: true, schema: {type: string}}
      responses: {'200': {$ref: '#/components/responses/Fine'}}
  /places/{place}:
    get:
      operationId: pets.at
      parameters:
        - {name: place, in: path, required: true, allowReserved: true, schema: {type: string}}
      responses: {'200': {$ref: '#/components/responses/Fine'}}
components:
  responses:
    Fine:
      content: {application/json: {schema: {type: object}, example: {found: true}}}
  schemas:
    Sizes: {type: array, items: {type: integer}}
    Range: {type: object, properties: {least: {type: integer}, most: {type: integer}}}
    Criteria:
      type: object
      properties:
        name: {type: string}
        tags: {type: array, items: {type: string}}
        ids: {type: array, items: {type: integer}}
        size: {$ref: '#/components/schemas/Range'}
"""
CRITERIA = {"name": "Ré&x", "tags": ["a,b", "c"], "ids": [1, 2], "size": {"least": 3}}


def target(server: Server) -> str:
    return server.last.target


def test_whole_query_is_a_form(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.pets.form(criteria=CRITERIA))
    assert target(server) == (
        "/form?name=R%C3%A9%26x&tags=a%2Cb,c&ids=1&ids=2&size=%7B%22least%22%3A3%7D"
    )


def test_whole_query_is_json_without_a_name(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.pets.json(criteria={"name": "a=b&c", "ids": [1]}))
    path, _, query = target(server).partition("?")
    assert (path, "=" in query, "&" in query) == ("/json", False, False)
    assert unquote(query) == '{"name":"a=b&c","ids":[1]}'


def test_whole_query_is_an_encoded_string(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.pets.text(path="$.a[?(@.b==1)]"))
    assert target(server) == "/text?%24.a%5B%3F%28%40.b%3D%3D1%29%5D"


def test_string_of_a_whole_query_is_validated(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match="path: expected a str that matches"):
        call(lambda client: client.pets.text(path="a.b"))
    assert server.requests == []


def test_whole_query_that_is_omitted_is_not_sent(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.pets.json())
    assert target(server) == "/json"


@pytest.mark.parametrize(
    ("method", "arguments"),
    [("form", {"criteria": {}}), ("text", {"path": ""}), ("form", {"criteria": {"ids": ["x"]}})],
)
def test_whole_query_that_is_empty_or_invalid_is_rejected(
    call: PackageCaller, server: Server, pets: Any, method: str, arguments: dict[str, Any]
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match=next(iter(arguments))):
        call(lambda client: getattr(client.pets, method)(**arguments))
    assert server.requests == []


def test_field_of_the_whole_query_cannot_be_set_twice(call: PackageCaller, pets: Any) -> None:
    with pytest.raises(pets.InvalidArgumentError, match="extra_query: an argument sets 'name'"):
        call(lambda client: client.pets.form(criteria={"name": "a"}, extra_query={"name": "b"}))


def test_cookies_of_style_cookie_are_sent_as_they_are(call: PackageCaller, server: Server) -> None:
    call(
        lambda client: client.pets.cookies(
            theme="50%/x", sizes=[1, 2], flat=[3, 4], range={"least": 5, "most": 6}
        )
    )
    assert server.last.headers["cookie"] == (
        "theme=50%/x; sizes=1; sizes=2; flat=3,4; least=5; most=6"
    )


@pytest.mark.parametrize("value", ["a;b", "a b", "a,b", 'a"b', "é", "a\\b", "a\r\nb"])
def test_character_that_cookies_do_not_allow_is_rejected(
    call: PackageCaller, server: Server, pets: Any, value: str
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match="theme"):
        call(lambda client: client.pets.cookies(theme=value))
    assert server.requests == []


def test_reserved_characters_of_a_path_are_kept_if_they_do_not_end_it(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.pets.at("a:@!$'()*,=b/c?d#e;f%g h"))
    assert target(server) == "/places/a:@!$'()*,=b%2Fc%3Fd%23e%3Bf%25g%20h"
    call(lambda client: client.pets.at("a%2Fb%3f%g"))
    assert target(server) == "/places/a%2Fb%3f%25g"


@pytest.mark.parametrize("place", ["..", "%2E%2e", ".%2E"])
def test_path_with_reserved_characters_cannot_leave_its_segment(
    call: PackageCaller, pets: Any, place: str
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match="cannot be a path segment"):
        call(lambda client: client.pets.at(place))


def test_mock_reads_the_whole_query_and_cookies(pets: Any) -> None:
    http_client = httpx.Client(transport=pets.testing.mock_transport())
    with pets.Client(http_client=http_client) as client:
        assert client.pets.form(criteria=CRITERIA) == {"found": True}
        assert client.pets.json(criteria=CRITERIA) == {"found": True}
        assert client.pets.text(path="$.a=1&b") == {"found": True}
        assert client.pets.at("a:b") == {"found": True}
        answer = client.pets.cookies(theme="50%", sizes=[1], flat=[2, 3], range={"most": 1})
        assert answer == {"found": True}


def test_mock_rejects_a_request_without_a_required_whole_query(pets: Any) -> None:
    with httpx.Client(transport=pets.testing.mock_transport()) as client:
        answers = [
            client.get(f"https://pets.example.com/{path}")
            for path in ("form", "form?ids=x", "form?ids=1", "json?%7B", "json?%7B%7D")
        ]
    assert [each.status_code for each in answers] == [400, 400, 200, 400, 200]
