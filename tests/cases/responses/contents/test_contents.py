"""Text, binary, empty and alternative responses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller
from tests.support.server import Answer, Server, json_answer, text_answer

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pet:
    get:
      operationId: pets.get
      responses:
        '200':
          description: A pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '204': {description: No pet.}
    delete:
      operationId: pets.delete
      responses: {'204': {description: Gone.}}
    head:
      operationId: pets.exists
      responses:
        '200': {description: There., content: {application/json: {schema: {type: object}}}}
  /note:
    get:
      operationId: pets.note
      responses: {'200': {description: A note., content: {text/plain: {schema: {type: string}}}}}
  /page:
    get:
      operationId: pets.html
      responses: {'200': {description: A page., content: {text/html: {schema: {type: string}}}}}
  /photo:
    get:
      operationId: pets.photo
      responses:
        '200':
          description: A photo.
          content: {image/png: {schema: {type: string, format: binary}}}
  /any:
    get:
      operationId: pets.any
      responses: {2XX: {description: Anything., content: {application/json: {}}}}
  /ranged:
    get:
      operationId: pets.ranged
      responses:
        2XX:
          description: A pet, where the status code allows a body.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
  /ranges:
    get:
      operationId: pets.ranges
      responses:
        '200':
          description: Of the most specific range.
          content:
            '*/*': {}
            application/json; version=1: {schema: {type: integer}}
            application/json; version=2: {schema: {type: string}}
            text/*: {schema: {type: string}}
  /count:
    get:
      operationId: pets.count
      responses:
        default:
          description: How many.
          content: {application/json: {schema: {type: [integer, 'null']}}}
  /several:
    get:
      operationId: pets.several
      responses:
        '200':
          description: Whatever the server has.
          content:
            text/csv: {schema: {type: string}}
            application/vnd.pet+json: {schema: {$ref: '#/components/schemas/Pet'}}
            image/*: {}
        '201':
          description: New.
          content: {application/json: {schema: {type: array, items: {type: string}}}}
  /notations:
    get:
      operationId: pets.notations
      responses:
        '200':
          description: The same twice.
          content:
            application/xml: {schema: {$ref: '#/components/schemas/Pet'}}
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
  /versions:
    get:
      operationId: pets.versions
      responses:
        '200':
          description: One of several versions.
          content:
            application/vnd.pet+json; version=1; charset=utf-8: {schema: {type: integer}}
            application/vnd.pet+json; version="2": {schema: {type: string}}
            application/vnd.pet+json; version="2"; profile="a;b": {schema: {type: boolean}}
            text/plain; charset=utf-8: {schema: {type: string}}
  /silent:
    get:
      operationId: pets.silent
      responses: {'404': {description: None.}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""

HTML = text_answer("<!doctype html><html>Log in</html>", content_type="text/html")
EMPTY = Answer(status=204)


@pytest.fixture(params=list(Way))
def ask(request: pytest.FixtureRequest, pets: Any, server: Server) -> PackageCaller:
    return PackageCaller(pets, Way(request.param), server.url)


def typed_answer(body: bytes, content_type: str, status: int = 200) -> Answer:
    headers = {"Content-Type": content_type} if content_type else {}
    return Answer(status=status, body=body, headers=headers)


SEVERAL = "application/vnd.pet+json, application/json;q=0.8, text/csv;q=0.7, image/*;q=0.6"


READ: dict[str, tuple[str, Answer, Any]] = {
    "JSON or nothing: JSON": ("get", json_answer({"name": "Rex"}), {"name": "Rex"}),
    "JSON or nothing: nothing": ("get", EMPTY, None),
    "nothing": ("delete", EMPTY, None),
    "nothing, with a body that nobody described": ("delete", json_answer({"ok": True}), None),
    "no body, by its method": ("exists", Answer(), None),
    "a text": ("note", typed_answer(b"Rex", "text/plain"), "Rex"),
    "an empty text": ("note", typed_answer(b"", "text/plain"), ""),
    "a text in its charset": (
        "note",
        typed_answer(b"R\xe9x", "text/plain; charset=latin-1"),
        "R\u00e9x",
    ),
    "a page that is wanted": ("html", typed_answer(b"<html>", "text/html"), "<html>"),
    "bytes": ("photo", typed_answer(b"\x89PNG\0", "image/png"), b"\x89PNG\0"),
    "bytes by another name": ("photo", typed_answer(b"\xff\xd8", "image/jpeg"), b"\xff\xd8"),
    "any JSON": ("any", json_answer([1, None]), [1, None]),
    "a range of statuses": ("any", json_answer("x", 207), "x"),
    "a range of statuses: a body": ("ranged", json_answer({"name": "Rex"}, 201), {"name": "Rex"}),
    "a range of statuses: 204 has none": ("ranged", EMPTY, None),
    "a range of statuses: 205 has none": ("ranged", Answer(status=205), None),
    "the most specific range": ("ranges", typed_answer(b"a", "text/plain"), "a"),
    "a version that only a range includes": (
        "ranges",
        typed_answer(b"[]", "application/json; version=3"),
        b"[]",
    ),
    "default as a success": ("count", json_answer(3), 3),
    "null where it is allowed": ("count", json_answer(None), None),
    "one of several: JSON": (
        "several",
        typed_answer(b'{"name":"Rex"}', "application/json"),
        {"name": "Rex"},
    ),
    "one of several: text": ("several", typed_answer(b"a,b", "text/csv; charset=utf-8"), "a,b"),
    "one of several: bytes": ("several", typed_answer(b"GIF8", "image/gif"), b"GIF8"),
    "one of several: by status": ("several", json_answer(["Rex"], 201), ["Rex"]),
    "a notation that was asked for": ("notations", json_answer({"name": "Rex"}), {"name": "Rex"}),
    "a version": ("versions", typed_answer(b"1", "application/vnd.pet+json;Version=1"), 1),
    "a version in quotes": (
        "versions",
        typed_answer(b'"a"', 'application/vnd.pet+json; version="2"'),
        "a",
    ),
    "a version without quotes": (
        "versions",
        typed_answer(b'"a"', "application/vnd.pet+json; version=2"),
        "a",
    ),
    "several parameters": (
        "versions",
        typed_answer(b"true", 'application/vnd.pet+json; profile="a;b"; version=2'),
        True,
    ),
    "no version": ("versions", typed_answer(b"1", "application/vnd.pet+json"), 1),
    "a success that is not described": ("silent", Answer(), None),
    "an unlisted status, and what another brings": (
        "several",
        typed_answer(b"a", "text/csv", 203),
        "a",
    ),
}


@pytest.mark.parametrize("name", READ)
def test_response_is_decoded_by_its_media_type_and_status(
    ask: PackageCaller, server: Server, name: str
) -> None:
    method, answer, expected = READ[name]
    server.always(answer)
    value = ask(lambda client: getattr(client.pets, method)())
    assert (value.to_dict() if hasattr(value, "to_dict") else value) == expected


REFUSED: dict[str, tuple[str, Answer]] = {
    "a page instead of nothing": ("delete", HTML),
    "a page instead of a text": ("note", HTML),
    "a page instead of a photo": ("photo", HTML),
    "a page instead of JSON": ("get", HTML),
    "JSON instead of a photo": ("photo", json_answer({"error": "no"})),
    "nothing where JSON is due": ("get", typed_answer(b"", "application/json")),
    "nothing where a range has JSON": ("ranged", typed_answer(b"", "application/json", 201)),
    "bytes that are no text": ("note", typed_answer(b"\xff", "text/plain")),
    "an unknown charset": ("note", typed_answer(b"x", "text/plain; charset=nonsense")),
    "a kind that is not listed": ("several", typed_answer(b"%PDF", "application/pdf")),
    "an unlisted status, and nothing": ("notations", Answer(status=202)),
    "an unlisted status, and a page": ("notations", typed_answer(b"<html>", "text/html", 202)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_undocumented_response_raises(
    ask: PackageCaller, server: Server, pets: Any, name: str
) -> None:
    method, answer = REFUSED[name]
    server.always(answer)
    with pytest.raises(pets.ResponseDecodeError) as caught:
        ask(lambda client: getattr(client.pets, method)())
    assert caught.value.content == answer.body


@pytest.mark.parametrize(
    ("method", "accept"),
    [
        ("get", "application/json"),
        ("note", "text/plain"),
        ("photo", "image/png"),
        ("notations", "application/json"),
        ("delete", "application/json"),
        ("several", SEVERAL),
    ],
)
def test_accept_header_lists_documented_media_types_by_preference(
    ask: PackageCaller, server: Server, method: str, accept: str
) -> None:
    answers = {"note": typed_answer(b"", "text/plain"), "photo": typed_answer(b"", "image/png")}
    server.always(answers.get(method, json_answer({"name": "Rex"})))
    ask(lambda client: getattr(client.pets, method)())
    assert server.last.headers["accept"] == accept


def test_extra_accept_header_selects_another_media_type(pets: Any, server: Server) -> None:
    server.always(typed_answer(b"a,b", "text/csv"))
    ask = PackageCaller(pets, Way.SYNC, server.url)
    assert ask(lambda client: client.pets.several(extra_headers={"Accept": "text/csv"})) == "a,b"
    assert server.last.headers["accept"] == "text/csv"


@pytest.mark.parametrize(
    ("method", "shown"),
    [("get", "Pet | None"), ("several", "Pet | list[str] | str | bytes"), ("silent", "None")],
)
def test_return_type_lists_the_possible_values(pets: Any, method: str, shown: str) -> None:
    function: Callable[..., Any] = getattr(pets.Client("t").pets, method)
    assert function.__annotations__["return"].replace("models.", "") == shown


def test_raw_response_is_parsed_like_the_method(ask: PackageCaller, server: Server) -> None:
    server.always(typed_answer(b"\x89PNG\0", "image/png"))
    raw = ask(lambda client: client.pets.with_raw_response.photo())
    assert (raw.status_code, raw.content, raw.parse()) == (200, b"\x89PNG\0", b"\x89PNG\0")


def test_accept_has_the_parameters_of_media_types(ask: PackageCaller, server: Server) -> None:
    server.always(typed_answer(b"1", "application/vnd.pet+json; version=1"))
    ask(lambda client: client.pets.versions())
    assert server.last.headers["accept"] == (
        "application/vnd.pet+json; version=1, "
        'application/vnd.pet+json; version="2";q=0.8, '
        'application/vnd.pet+json; version="2"; profile="a;b";q=0.7, '
        "text/plain;q=0.6"
    )


def test_version_that_the_document_does_not_list_raises(
    ask: PackageCaller, pets: Any, server: Server
) -> None:
    server.always(typed_answer(b"1", "application/vnd.pet+json; version=3"))
    with pytest.raises(
        pets.ResponseDecodeError, match=r"version=3, and the OpenAPI document lists"
    ):
        ask(lambda client: client.pets.versions())
