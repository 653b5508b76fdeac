"""Responses and credentials of every kind in the mock transport."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
security: [{header: [], query: []}, {basic: []}, {cookie: []}]
paths:
  /pet:
    get:
      operationId: pets.get
      responses:
        x-comment: No status.
        '201': {description: Pet., content: {application/json: {schema: &pet
          {type: object, properties: {name: {type: string}}}, example: {name: Rex}}}}
    delete: {operationId: pets.delete, responses: {'204': {description: Gone.}}}
  /note:
    get:
      operationId: pets.note
      responses: {'200': {description: Note., content: {text/plain: {example: "a\\nb"}}}}
  /names:
    get:
      operationId: pets.names
      security: []
      responses:
        '404': {description: None., content: {application/json: {schema: {type: string},
          examples: {none: {value: nobody}}}}}
        '200': {description: Names., content: {application/json: {
          schema: {type: array, items: {type: string}}, example: [Rex, Bello]}}}
  /word:
    get:
      operationId: pets.word
      security: [{word: []}]
      responses: {'204': {description: Heard.}}
  /found:
    get:
      operationId: pets.found
      security: []
      parameters: [{name: after, in: query, schema: {type: string}}]
      x-pagination:
        style: cursor
        request: {cursor: {parameter: after}}
        response: {items: /pets, cursor: /next}
      responses: {'200': {description: Pets., content: {application/json: {schema: {
        type: object, properties: {pets: {type: array, items: *pet}, next: {type: string}}}}}}}
  /photo:
    get:
      operationId: pets.photo
      responses: {'200': {description: Photo., content: {image/png: {}}}}
  /events:
    get:
      operationId: pets.events
      responses: {'200': {description: Events., content: {text/event-stream: {schema: *pet,
        example: [{name: Rex}, {event: born, id: '7', data: {name: Bello}}]}}}}
  /texts:
    get:
      operationId: pets.texts
      responses: {'200': {description: Texts., content: {text/event-stream: {example: "a\\nb"}}}}
  /lines:
    get:
      operationId: pets.lines
      responses: {'200': {description: Lines., content: {application/jsonl: {schema: *pet,
        example: [{name: Rex}, {name: Bello}]}}}}
  /sequence:
    get:
      operationId: pets.sequence
      responses: {'200': {description: Values., content: {application/json-seq: {example: [1, 2]}}}}
  /described:
    get:
      operationId: pets.described
      responses:
        '200': {description: Pet., content: {application/json: {schema: *pet, examples: {
          elsewhere: {externalValue: 'https://pets.example.com/rex.json'},
          written: {value: '{"name": "Rex"}'}}}}}
        '400': {description: No., content: {application/json: {schema: *pet, example: Not a pet}}}
        '409': {description: No., content: {application/json: {schema: *pet, example: '[NaN]'}}}
  /name:
    get:
      operationId: pets.name
      responses: {'200': {description: Name., content: {application/json: {schema: {type: string},
        example: '{}'}}}}
components:
  securitySchemes:
    header: {type: apiKey, in: header, name: X-Key}
    query: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: sid}
    basic: {type: http, scheme: basic}
    word: {type: http, scheme: Word}
"""
GIVEN = {"header": "h", "query": "q"}


def client_of(pets: Any, credentials: dict[str, str] | None = None, **options: Any) -> Any:
    transport = pets.testing.mock_transport(**options)
    given = GIVEN if credentials is None else credentials
    return pets.Client(**given, http_client=httpx.Client(transport=transport))


def test_examples_are_returned_by_their_media_type(pets: Any) -> None:
    client = client_of(pets)
    assert client.pets.with_raw_response.get().status_code == 201
    assert client.pets.get().name == "Rex"
    assert client.pets.delete() is None
    assert client.pets.note() == "a\nb"
    assert client.pets.photo() == b""
    events = [(each.name, each.id, each.data.name) for each in client.pets.events()]
    assert events == [("message", "", "Rex"), ("born", "7", "Bello")]
    assert [each.data for each in client.pets.texts()] == ["a\nb"]
    assert [each.name for each in client.pets.lines()] == ["Rex", "Bello"]
    assert list(client.pets.sequence()) == [1, 2]
    assert client.pets.names() == ["Rex", "Bello"]


def test_json_in_an_example_string_is_returned_as_json(pets: Any) -> None:
    assert client_of(pets).pets.described().name == "Rex"
    assert client_of(pets).pets.name() == "{}"


@pytest.mark.parametrize(("status", "text"), [(400, "Not a pet"), (409, "[NaN]")])
def test_other_example_string_is_returned_as_a_string(pets: Any, status: int, text: str) -> None:
    with pytest.raises(pets.APIStatusError) as caught:
        client_of(pets, faults=[status]).pets.described()
    assert caught.value.body == text


def test_argument_for_responses_accepts_every_kind_of_response(pets: Any) -> None:
    given = {
        "pets.get": {"name": "Bello"},
        "pets.note": "x",
        "pets.photo": b"\x89PNG",
        "pets.lines": [{"name": "Bello"}],
        "pets.sequence": b"\x1e3\n",
        "pets.names": ["Tom"],
    }
    client = client_of(pets, answers=given)
    assert client.pets.get().name == "Bello"
    assert (client.pets.note(), client.pets.photo()) == ("x", b"\x89PNG")
    assert [each.name for each in client.pets.lines()] == ["Bello"]
    assert list(client.pets.sequence()) == [3]
    assert client.pets.names() == ["Tom"]


@pytest.mark.parametrize("kind", ["truncated", "reset", "html", "empty"])
def test_faults_apply_to_streams(pets: Any, kind: str) -> None:
    client = client_of(pets, faults=[kind]).with_options(max_retries=0)
    if kind == "empty":
        assert list(client.pets.lines()) == []
        return
    with pytest.raises(pets.errors.PetsError):
        list(client.pets.lines())


@pytest.mark.parametrize(
    "credentials", [{"header": "h", "query": "q"}, {"username": "u"}, {"cookie": "c"}]
)
def test_any_alternative_of_credentials_is_accepted(pets: Any, credentials: dict[str, str]) -> None:
    assert client_of(pets, credentials).pets.note() == "a\nb"


def test_request_without_valid_credentials_is_rejected(pets: Any) -> None:
    transport = pets.testing.mock_transport()
    with httpx.Client(transport=transport) as http:
        for headers in ({}, {"X-Key": "h"}, {"Authorization": "Bearer x"}, {"Cookie": "sid="}):
            assert http.get("https://pets.example.com/note", headers=headers).status_code == 401
        for word, status in {"Word": 401, "Bearer x": 401, "word x": 204}.items():
            headers = {"Authorization": word}
            assert http.get("https://pets.example.com/word", headers=headers).status_code == status


def test_credentials_are_not_checked_where_none_are_required(pets: Any) -> None:
    assert client_of(pets, {}).pets.names() == ["Rex", "Bello"]


def test_error_example_that_is_no_object_is_returned(pets: Any) -> None:
    client = client_of(pets, faults=[404]).with_options(max_retries=0)
    with pytest.raises(pets.NotFoundError) as caught:
        client.pets.names()
    assert caught.value.body == "nobody"


def test_unknown_cursor_is_rejected(pets: Any) -> None:
    client = client_of(pets, entries={"pets.found": [{"name": "Rex"}]})
    assert [each.name for each in client.pets.found(after="0")] == ["Rex"]
    with pytest.raises(pets.BadRequestError, match="'one' is not a known cursor"):
        client.pets.found(after="one")
