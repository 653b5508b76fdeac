"""Responses whose document says little, as frameworks describe them, and redirects."""

from __future__ import annotations

from functools import partial
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
  /any:
    get:
      operationId: pets.any
      responses: {'200': {description: A., content: {application/json: {schema: {}}}}}
  /text:
    get:
      operationId: pets.text
      responses:
        '200': {description: A., content: {application/json: {schema: {type: string}}}}
  /maybe:
    get:
      operationId: pets.maybe
      responses:
        '200':
          description: A.
          content:
            application/json: {schema: {anyOf: [{type: string}, {type: 'null'}]}}
  /report:
    get: {operationId: pets.report, responses: {'200': {description: ''}}}
  /old:
    get: {operationId: pets.old, deprecated: true, responses: {'200': {description: ''}}}
  /move:
    get: {operationId: pets.move, responses: {'307': {description: Elsewhere.}}}
  /both:
    get:
      operationId: pets.both
      responses:
        '200':
          description: A.
          content: {application/json: {schema: {type: object, properties: {a: {}}}}}
        '302': {description: Elsewhere.}
  /never:
    get: {operationId: pets.never, responses: {'304': {description: The same.}}}
"""


@pytest.fixture(params=list(Way))
def call(request: pytest.FixtureRequest, pets: Any, server: Server) -> PackageCaller:
    return PackageCaller(pets, Way(request.param), server.url)


TABLE = b"a,b\n1,2\n"


@pytest.mark.parametrize(
    ("content", "content_type", "expected"),
    [
        (b'{"a": 1}', "application/json", {"a": 1}),
        (b'{"a": 1}', "application/problem+json", {"a": 1}),
        (b"[1]", "", [1]),
        (TABLE, "text/csv", TABLE.decode()),
        (b"data: 1\n\n", "text/event-stream", "data: 1\n\n"),
        (b"\xe4", "text/plain; charset=latin-1", "ä"),
        (b"<a/>", "application/xml", "<a/>"),
        (b"\x89PNG", "image/png", b"\x89PNG"),
        (b"PK", "application/zip", b"PK"),
        (b"x", "application/octet-stream", b"x"),
    ],
)
def test_body_of_any_schema_is_decoded_by_its_content_type(
    call: PackageCaller, server: Server, content: bytes, content_type: str, expected: Any
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    server.on("/any", Answer(body=content, headers=headers))
    assert call(lambda client: client.pets.any()) == expected


@pytest.mark.parametrize("method", ["text", "maybe"])
@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/octet-stream", "image/svg+xml"]
)
def test_body_of_a_string_schema_is_the_text_whatever_its_media_type(
    call: PackageCaller, server: Server, method: str, content_type: str
) -> None:
    server.on(f"/{method}", text_answer("Hello", content_type=content_type))
    assert call(lambda client: getattr(client.pets, method)()) == "Hello"
    server.on(f"/{method}", json_answer("Hello"))
    assert call(lambda client: getattr(client.pets, method)()) == "Hello"


@pytest.mark.parametrize("method", ["any", "text", "maybe", "report"])
def test_undocumented_page_still_raises_and_can_be_read_raw(
    call: PackageCaller, pets: Any, server: Server, method: str
) -> None:
    server.on(f"/{method}", text_answer("<html>", content_type="text/html"))
    with pytest.raises(pets.ResponseDecodeError, match="HTML page"):
        call(lambda client: getattr(client.pets, method)())
    raw = call(lambda client: getattr(client.pets.with_raw_response, method)())
    assert raw.content == b"<html>"


@pytest.mark.parametrize("method", ["report", "old"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_body_that_the_document_does_not_describe_can_be_read_raw(
    call: PackageCaller, server: Server, method: str
) -> None:
    server.on(f"/{method}", json_answer({"a": 1}))
    raw = call(lambda client: getattr(client.pets.with_raw_response, method)())
    assert (raw.status_code, raw.content, raw.parse()) == (200, b'{"a": 1}', None)
    assert call(lambda client: getattr(client.pets, method)()) is None


@pytest.mark.parametrize(
    ("location", "path"), [("/there?a=1", "/there?a=1"), ("../x", "/x"), ("#a", "/move#a")]
)
def test_promised_redirect_returns_the_absolute_location(
    call: PackageCaller, server: Server, location: str, path: str
) -> None:
    server.on("/move", Answer(status=307, headers={"Location": location}))
    assert call(lambda client: client.pets.move()) == f"{server.url}{path}"
    raw = call(lambda client: client.pets.with_raw_response.move())
    assert (raw.status_code, raw.headers["location"]) == (307, location)
    assert raw.parse() == f"{server.url}{path}"
    assert len(server.requests) == 2


def test_promised_redirect_to_another_origin_or_nowhere_is_not_followed(
    call: PackageCaller, server: Server
) -> None:
    elsewhere = "https://elsewhere.example.com/a"
    server.on("/move", Answer(status=307, headers={"Location": elsewhere}))
    assert call(lambda client: client.pets.move()) == elsewhere
    server.on("/move", Answer(status=307))
    assert call(lambda client: client.pets.move()) is None
    assert len(server.requests) == 2


def test_success_instead_of_a_promised_redirect_leads_nowhere(
    call: PackageCaller, pets: Any, server: Server
) -> None:
    server.on("/move", text_answer("here", 200))
    assert call(lambda client: client.pets.move()) is None
    server.on("/move", text_answer("<html>", 200, "text/html"))
    with pytest.raises(pets.ResponseDecodeError, match="HTML page"):
        call(lambda client: client.pets.move())


@pytest.mark.parametrize(("method", "status"), [("move", 302), ("report", 302), ("never", 304)])
def test_redirect_that_is_not_promised_raises_in_both_ways(
    call: PackageCaller, pets: Any, server: Server, method: str, status: int
) -> None:
    server.on(f"/{method}", Answer(status=status, headers={"Location": "/there"}))
    for resource in ("pets", "pets.with_raw_response"):
        with pytest.raises(pets.APIStatusError) as caught:
            call(partial(_call, resource, method))
        assert caught.value.status_code == status


def test_redirect_beside_a_success_raises_and_can_be_read_raw(
    call: PackageCaller, pets: Any, server: Server
) -> None:
    server.on("/both", Answer(status=302, headers={"Location": "/there"}))
    with pytest.raises(pets.APIStatusError):
        call(lambda client: client.pets.both())
    raw = call(lambda client: client.pets.with_raw_response.both())
    assert (raw.status_code, raw.headers["location"]) == (302, "/there")
    with pytest.raises(pets.APIStatusError):
        raw.parse()
    server.on("/both", json_answer({"a": 1}))
    assert call(lambda client: client.pets.both()).a == 1


def _call(resource: str, method: str, client: Any) -> Any:
    found = client
    for name in (*resource.split("."), method):
        found = getattr(found, name)
    return found()
