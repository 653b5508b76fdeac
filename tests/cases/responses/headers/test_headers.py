"""Typed response headers and typed error bodies."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller
from tests.support.server import Server, json_answer, text_answer

DOCUMENT = """\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pet:
    get:
      operationId: pets.get
      responses:
        '200':
          description: A pet.
          headers:
            X-Calls-Left: {schema: {type: integer}, description: How many calls are left.}
            X-Is-New: {schema: {type: boolean}}
            X-Born: {schema: {type: string, format: date-time}}
            X-Names: {schema: {type: array, items: {type: string}}}
            X-Numbers: {schema: {type: array, items: {type: integer}}}
            X-Home: {schema: {type: object, properties: {street: {type: string}}}}
            X-Map: {schema: {type: object, additionalProperties: {type: integer}}, explode: true}
            ETag: {$ref: '#/components/headers/Tag'}
            Content-Type: {schema: {type: string}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '404':
          description: None.
          content: {application/json: {schema: {$ref: '#/components/schemas/Missing'}}}
        '409':
          description: Changed meanwhile.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
            application/problem+json: {schema: {$ref: '#/components/schemas/Missing'}}
        5XX: {description: Broken., content: {text/plain: {schema: {type: string}}}}
        default:
          description: Anything else.
          content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
components:
  headers: {Tag: {schema: {type: string}, deprecated: true}}
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
    Missing: {type: object, properties: {what: {type: string}}}
    Problem: {type: object, properties: {code: {type: string}, message: {type: string}}}
"""


@pytest.fixture(params=list(Way))
def ask(request: pytest.FixtureRequest, pets: Any, server: Server) -> PackageCaller:
    return PackageCaller(pets, Way(request.param), server.url)


SENT = {
    "X-Calls-Left": "7",
    "x-is-new": "true",
    "X-Born": "2020-01-02T03:04:05Z",
    "X-Names": "Rex, Bello",
    "X-Numbers": "1,2",
    "ETag": '"abc"',
    "X-Home": "street,Elm Street",
    "X-Map": "a=1,b=2",
}


def test_response_headers_have_the_documented_types(ask: PackageCaller, server: Server) -> None:
    server.always(json_answer({"name": "Rex"}, headers=SENT))
    raw = ask(lambda client: client.pets.with_raw_response.get())
    headers = raw.typed_headers
    assert headers.x_calls_left == 7
    assert headers.x_is_new is True
    assert headers.x_born == dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    assert (headers.x_names, headers.x_numbers) == (["Rex", "Bello"], [1, 2])
    assert headers.e_tag == '"abc"'
    assert (headers.x_home, headers.x_map) == ("street,Elm Street", "a=1,b=2")
    assert (raw.parse().name, raw.status_code) == ("Rex", 200)


def test_missing_response_header_is_none(ask: PackageCaller, server: Server) -> None:
    server.always(json_answer({"name": "Rex"}))
    raw = ask(lambda client: client.pets.with_raw_response.get())
    assert raw.typed_headers.x_calls_left is None


@pytest.mark.parametrize("name", ["X-Calls-Left", "X-Is-New", "X-Born", "X-Numbers"])
def test_invalid_response_header_raises_on_access(
    ask: PackageCaller, server: Server, pets: Any, name: str
) -> None:
    server.always(json_answer({"name": "Rex"}, headers={name: "nonsense"}))
    raw = ask(lambda client: client.pets.with_raw_response.get())
    assert raw.parse().name == "Rex"
    with pytest.raises(pets.ResponseDecodeError, match=name):
        _ = raw.typed_headers


ERRORS: dict[int, tuple[Any, str]] = {
    404: ({"what": "Rex"}, "Missing"),
    409: ({"name": "Rex"}, "Pet"),
    418: ({"code": "Teapot", "message": "short and stout"}, "Problem"),
}


@pytest.mark.parametrize("status", ERRORS)
def test_error_body_has_the_type_of_its_status(
    ask: PackageCaller, server: Server, pets: Any, status: int
) -> None:
    body, kind = ERRORS[status]
    server.always(json_answer(body, status))
    with pytest.raises(pets.APIStatusError) as caught:
        ask(lambda client: client.pets.get())
    assert type(caught.value.body).__name__ == kind
    assert caught.value.body.to_dict() == body


def test_error_body_of_several_types_is_the_one_that_fits(
    ask: PackageCaller, server: Server, pets: Any
) -> None:
    server.always(json_answer({"what": "Rex"}, 409))
    with pytest.raises(pets.APIStatusError) as caught:
        ask(lambda client: client.pets.get())
    assert caught.value.body.what == "Rex"


def test_plain_text_error_body_is_a_string(ask: PackageCaller, server: Server, pets: Any) -> None:
    server.always(text_answer("on fire", 503, "text/plain"))
    with pytest.raises(pets.InternalServerError) as caught:
        ask(lambda client: client.pets.get())
    assert caught.value.body == "on fire"


def test_docstring_names_the_types_of_error_bodies(pets: Any) -> None:
    doc = " ".join(str(pets.Client("t").pets.get.__doc__).split())
    assert "NotFoundError: 404: None. Its `body` is `Missing`." in doc
    assert "APIStatusError: 409: Changed meanwhile. Its `body` is `Pet` or `Missing`." in doc
    assert "APIStatusError: default: Anything else. Its `body` is `Problem`." in doc
