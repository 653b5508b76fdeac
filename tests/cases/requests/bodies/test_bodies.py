"""Request bodies of every format except multipart, as a server receives them."""

from __future__ import annotations

import datetime as dt
import inspect
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /json:
    post:
      operationId: bodies.json
      requestBody:
        required: true
        description: The pet to add.
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: &ok
        '200': {description: Ok., content: {application/json: {schema: {type: object}}}}
  /optional/{id}:
    patch:
      operationId: bodies.optional
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody:
        content:
          application/merge-patch+json; charset=utf-8: {schema: {$ref: '#/components/schemas/Pet'}}
      responses: *ok
  /list:
    put:
      operationId: bodies.list
      requestBody:
        content:
          application/json:
            schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}
      responses: *ok
  /any:
    put:
      operationId: bodies.any
      requestBody: {required: true, content: {application/json: {}}}
      responses: *ok
  /form:
    post:
      operationId: bodies.form
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string}
                age: {type: integer}
                tags: {type: array, items: {type: string}}
                when: {type: string, format: date-time}
                owner: {type: object, properties: {town: {type: string}}}
                friends: {type: array, items: {type: object}}
                deep: {type: object}
                piped: {type: array, items: {type: string}}
                listed: {type: array, items: {type: string}}
                address: {type: string}
            encoding:
              deep: {style: deepObject, explode: true}
              piped: {style: pipeDelimited, explode: false}
              listed: {contentType: application/json}
              address: {allowReserved: true}
              age: {}
      responses: *ok
  /free:
    post:
      operationId: bodies.free
      requestBody: {required: true, content: {application/x-www-form-urlencoded: {}}}
      responses: *ok
  /text:
    post:
      operationId: bodies.text
      requestBody: {required: true, content: {text/csv: {schema: {type: string, maxLength: 9}}}}
      responses: *ok
  /latin:
    post:
      operationId: bodies.latin
      requestBody: {required: true, content: {text/plain; charset=iso-8859-1: {}}}
      responses: *ok
  /xml:
    post:
      operationId: bodies.xml
      requestBody:
        required: true
        content: {application/xml: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: *ok
  /many:
    post:
      operationId: bodies.many
      requestBody:
        required: true
        content:
          text/xml: {schema: {$ref: '#/components/schemas/Pet'}}
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Pet'}}
          application/json: {schema: {$ref: '#/components/schemas/Pet'}}
          application/octet-stream: {}
      responses: *ok
  /range:
    post:
      operationId: bodies.range
      requestBody: {required: true, content: {image/*: {}}}
      responses: *ok
  /odd:
    post:
      operationId: bodies.odd
      requestBody: {required: true, content: {application/x-odd: {schema: {type: object}}}}
      responses: *ok
  /star:
    post:
      operationId: bodies.star
      requestBody: {required: true, content: {'*/*': {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: *ok
  /unsaid:
    post:
      operationId: bodies.unsaid
      requestBody: {content: {}}
      responses: *ok
components:
  schemas:
    Pet:
      type: object
      required: [id, name]
      properties:
        id: {type: integer, readOnly: true}
        name: {type: string, minLength: 1}
        born: {type: string, format: date-time}
        days: {type: array, items: {type: string, format: date}}
        kind: {type: string, enum: [cat, dog]}
        secret: {type: string, writeOnly: true}
      additionalProperties: false
"""
NOON = dt.datetime(2024, 1, 2, 12, tzinfo=dt.UTC)
PET = {"name": "Rex ü", "born": NOON, "days": [dt.date(2024, 1, 1)], "kind": "dog"}
WIRE = {"name": "Rex ü", "born": "2024-01-02T12:00:00Z", "days": ["2024-01-01"], "kind": "dog"}


def header(server: Server) -> str:
    return server.last.headers.get("content-type", "")


def test_json_body_is_validated_and_encoded(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.bodies.json(body=PET))
    assert header(server) == "application/json"
    assert json.loads(server.last.body) == WIRE
    assert server.last.headers["content-length"] == str(len(server.last.body))


def test_model_is_encoded_as_a_json_body(call: PackageCaller, server: Server, pets: Any) -> None:
    call(lambda client: client.bodies.json(body=pets.Pet(id=1, name="Rex", born=NOON)))
    assert json.loads(server.last.body) == {
        "id": 1,
        "name": "Rex",
        "born": "2024-01-02T12:00:00Z",
    }


def test_media_type_is_sent_with_its_parameters(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.bodies.optional("1", body={"name": "x"}))
    assert server.last.method == "PATCH"
    assert header(server) == "application/merge-patch+json; charset=utf-8"
    assert json.loads(server.last.body) == {"name": "x"}


def test_optional_body_may_be_omitted(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.bodies.optional("1"))
    assert server.last.body == b""
    assert "content-type" not in server.last.headers


@pytest.mark.parametrize("value", [{}, [], 0, False, "", [None], {"a": [1.5, "ü", NOON]}], ids=str)
def test_any_json_value_may_be_a_body(call_sync: PackageCaller, server: Server, value: Any) -> None:
    call_sync(lambda client: client.bodies.any(body=value))
    expected = {"a": [1.5, "ü", "2024-01-02T12:00:00Z"]} if value and "a" in value else value
    assert json.loads(server.last.body) == expected


def test_list_may_be_a_body(call_sync: PackageCaller, server: Server) -> None:
    call_sync(lambda client: client.bodies.list(body=[{"name": "a"}, {"name": "b"}]))
    assert json.loads(server.last.body) == [{"name": "a"}, {"name": "b"}]
    call_sync(lambda client: client.bodies.list(body=[]))
    assert server.last.body == b"[]"


BAD: list[tuple[str, Any]] = [
    ("json", None),
    ("json", {}),
    ("json", {"name": ""}),
    ("json", {"name": 1}),
    ("json", {"name": "x", "kind": "cow"}),
    ("json", {"name": "x", "color": "red"}),
    ("json", {"name": "x", "born": dt.datetime(2024, 1, 1)}),
    ("json", {"name": "\ud800"}),
    ("json", [1]),
    ("json", "text"),
    ("json", b"{}"),
    ("any", float("nan")),
    ("any", Path("x")),
    ("any", {1: 2}),
    ("list", {"name": "x"}),
    ("form", {}),
    ("form", {"name": "x", "tags": []}),
    ("form", {"name": "x", "piped": ["a|b", "c"]}),
    ("form", {"name": "x", "deep": {}}),
    ("form", "name=x"),
    ("free", "name=x"),
    ("free", [1]),
    ("text", 3),
    ("text", "too long a text"),
    ("latin", "€"),
    ("xml", {"name": "x"}),
    ("odd", {"a": 1}),
    ("odd", "text"),
    ("odd", 3),
]


@pytest.mark.parametrize(("name", "body"), BAD, ids=ascii)
def test_invalid_body_is_rejected_before_sending(
    call_sync: PackageCaller, server: Server, pets: Any, name: str, body: Any
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match="body"):
        call_sync(lambda client: getattr(client.bodies, name)(body=body))
    assert server.requests == []


def test_deeply_nested_body_is_rejected(
    call_sync: PackageCaller, server: Server, pets: Any
) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(pets.InvalidArgumentError, match="nested too deeply"):
        call_sync(lambda client: client.bodies.any(body=deep))
    assert server.requests == []


def test_form_body_decodes_to_its_fields(call: PackageCaller, server: Server) -> None:
    body = {
        "name": "a&b=c +ü%",
        "age": 3,
        "tags": ["x", "y,z"],
        "when": NOON,
        "owner": {"town": "Rome"},
        "friends": [{"name": "a"}, {"name": "b"}],
        "deep": {"a": {"b": [1, 2]}},
        "piped": ["x", "y"],
        "listed": ["x", "y"],
        "address": "a/b?c=d%2F",
    }
    call(lambda client: client.bodies.form(body=body))
    assert header(server) == "application/x-www-form-urlencoded"
    assert b"address=a/b?c=d%2F" in server.last.body
    assert parse_qsl(server.last.body.decode(), strict_parsing=True) == [
        ("name", "a&b=c +ü%"),
        ("age", "3"),
        ("tags", "x"),
        ("tags", "y,z"),
        ("when", "2024-01-02T12:00:00Z"),
        ("owner", '{"town":"Rome"}'),
        ("friends", '{"name":"a"}'),
        ("friends", '{"name":"b"}'),
        ("deep[a][b][]", "1"),
        ("deep[a][b][]", "2"),
        ("piped", "x|y"),
        ("listed", '["x","y"]'),
        ("address", "a/b?c=d/"),
    ]


@pytest.mark.parametrize(
    ("name", "body", "sent"),
    [
        ("text", "a,ü\r\n", ("a,ü\r\n".encode(), "text/csv; charset=utf-8")),
        ("text", b"\xff,1", (b"\xff,1", "text/csv")),
        ("latin", "ü", (b"\xfc", "text/plain; charset=iso-8859-1")),
        ("xml", "<a>ü</a>", ("<a>ü</a>".encode(), "application/xml; charset=utf-8")),
        ("xml", b"<a/>", (b"<a/>", "application/xml")),
        ("range", b"\x89PNG", (b"\x89PNG", "application/octet-stream")),
        ("odd", b"\0\xff", (b"\0\xff", "application/x-odd")),
        ("odd", bytearray(b"ab"), (b"ab", "application/x-odd")),
        ("odd", b"", (b"", "application/x-odd")),
        ("unsaid", b"ab", (b"ab", "application/octet-stream")),
    ],
    ids=str,
)
def test_text_and_binary_bodies_are_sent_unchanged(
    call: PackageCaller, server: Server, name: str, body: Any, sent: tuple[bytes, str]
) -> None:
    call(lambda client: getattr(client.bodies, name)(body=body))
    assert (server.last.body, header(server)) == sent


@pytest.mark.parametrize(
    ("media_type", "body", "content"),
    [
        (None, {"name": "x"}, b'{"name":"x"}'),
        ("application/json", {"name": "x"}, b'{"name":"x"}'),
        ("application/x-www-form-urlencoded", {"name": "x y"}, b"name=x%20y"),
        ("text/xml", "<pet/>", b"<pet/>"),
        ("application/octet-stream", b"\0", b"\0"),
    ],
)
def test_content_type_selects_the_body_format(
    call: PackageCaller, server: Server, media_type: str | None, body: Any, content: bytes
) -> None:
    chosen = {} if media_type is None else {"content_type": media_type}
    call(lambda client: client.bodies.many(body=body, **chosen))
    assert server.last.body == content
    assert header(server).partition(";")[0] == media_type or "application/json"


def test_json_is_the_default_content_type(pets: Any) -> None:
    with pets.Client("t") as client:
        parameters = inspect.signature(client.bodies.many).parameters
    assert parameters["content_type"].default == "application/json"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("many", "text/plain"), ("range", "text/plain"), ("range", "image/a\n")],
)
def test_undocumented_content_type_is_rejected(
    call_sync: PackageCaller, server: Server, pets: Any, name: str, media_type: str
) -> None:
    with pytest.raises(pets.InvalidArgumentError):
        call_sync(lambda client: getattr(client.bodies, name)(body=b"", content_type=media_type))
    assert server.requests == []


def test_media_type_range_accepts_any_matching_content_type(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.bodies.range(body=b"x", content_type="image/png"))
    assert header(server) == "image/png"


def test_wildcard_media_type_of_an_object_is_json(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.bodies.star(body={"name": "x"}))
    assert header(server) == "application/json"


def test_docstring_lists_the_media_types_of_the_body(pets: Any) -> None:
    with pets.Client("t") as client:
        assert "body: The pet to add. Sent as `application/json`." in client.bodies.json.__doc__
        many = " ".join(client.bodies.many.__doc__.split())
    assert "Sent as `application/json`, `application/x-www-form-urlencoded`," in many
