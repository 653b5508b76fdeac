"""Cookies, whole queries, items and parts of OpenAPI 3.2 with unusual values."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator
from typing import Any

import anyio
import httpx
import pytest

from tests.support.packages import generated_package
from tests.support.server import Answer, Server, json_answer

DOCUMENT = """\
openapi: 3.2.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
    Form:
      type: object
      properties:
        limit: {maximum: 9, maxLength: 5}
paths:
  /cookies:
    get:
      operationId: pets.cookies
      parameters:
      - {name: labels, in: cookie, style: cookie, schema: {type: object, additionalProperties: {}}}
      - name: limit
        in: cookie
        style: cookie
        schema: {maximum: 9, maxLength: 5}
      responses: {'204': {description: Done.}}
  /text:
    get:
      operationId: pets.text
      parameters:
      - {name: text, in: querystring, content: {text/plain: {schema: {type: string}}}}
      responses: {'204': {description: Done.}}
  /form:
    get:
      operationId: pets.form
      parameters:
      - name: form
        in: querystring
        content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Form'}}}
      responses: {'204': {description: Done.}}
  /any:
    get:
      operationId: pets.any
      parameters:
      - {name: form, in: querystring, content: {application/x-www-form-urlencoded: {schema: {}}}}
      responses: {'204': {description: Done.}}
  /lines:
    put:
      operationId: pets.lines
      requestBody:
        content: {application/jsonl: {itemSchema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'204': {description: Done.}}
  /text-body:
    post:
      operationId: pets.text_body
      requestBody:
        content: {text/plain;charset=utf-16: {schema: {type: string}}}
      responses: {'204': {description: Done.}}
  /parts:
    get:
      operationId: pets.parts
      responses:
        '200':
          description: Parts.
          content:
            multipart/mixed:
              itemSchema: {}
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    """The package of the document."""
    with generated_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as package:
        yield package


@pytest.fixture
def client(pets: Any, server: Server) -> Generator[Any, None, None]:
    """A client of a server without content."""
    server.always(Answer(status=204))
    with pets.Client(base_url=server.url) as client:
        yield client


REJECTED: list[tuple[Callable[[Any], object], str]] = [
    (lambda each: each.cookies(labels={"a b": "c"}), "'a b' cannot be the name of a cookie"),
    (lambda each: each.cookies(labels={"a": ["b"]}), "its style cannot encode nested values"),
    (lambda each: each.cookies(labels={"a": "b;c"}), "a character that cookies do not allow"),
    (lambda each: each.any(form=5), "form: expected a model or a mapping with the fields"),
    (lambda each: each.text(text=""), "text: must not be empty; omit it instead"),
]


@pytest.mark.parametrize(("call", "message"), REJECTED)
def test_value_that_cannot_be_encoded_is_rejected(
    pets: Any, client: Any, server: Server, call: Callable[[Any], object], message: str
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match=message):
        call(client.pets)
    assert server.requests == []


@pytest.mark.parametrize("limit", ["9", "few"])
def test_mock_reads_values_of_several_types(pets: Any, limit: object) -> None:
    transport = pets.testing.mock_transport()
    with pets.Client(http_client=httpx.Client(transport=transport)) as client:
        client.pets.cookies(limit=limit)
        client.pets.form(form=pets.models.Form(limit=limit))
        with pytest.raises(pets.InvalidArgumentError):
            client.pets.cookies(limit="longer")
    assert len(transport.requests) == 2


def test_encoded_items_are_sent_as_they_are(pets: Any, client: Any, server: Server) -> None:
    client.pets.lines(body=[b'{"name": "a"}\n', pets.models.Pet(name="b")])
    assert server.last.body == b'{"name": "a"}\n{"name":"b"}\n'


class Items:
    """Items that can be read again asynchronously."""

    def __init__(self, *items: object) -> None:
        self._items = items

    async def __aiter__(self) -> AsyncIterator[object]:
        for each in self._items:
            yield each


def test_items_that_can_be_read_again_are_sent_again(pets: Any, server: Server) -> None:
    async def send(body: Any) -> None:
        async with pets.AsyncClient(base_url=server.url, max_retries=1) as client:
            await client.pets.lines(body=body)

    answers = iter([Answer(status=503, headers={"Retry-After": "0"}), Answer(status=204)])
    server.always(lambda _: next(answers))
    anyio.run(send, Items(pets.models.Pet(name="a")))
    assert [each.body for each in server.requests] == [b'{"name":"a"}\n'] * 2


def test_invalid_item_is_named_by_its_position(pets: Any, server: Server) -> None:
    async def send(body: Any) -> None:
        async with pets.AsyncClient(base_url=server.url) as client:
            await client.pets.lines(body=body)

    with pytest.raises(pets.InvalidArgumentError, match=r"body\[1\]"):
        anyio.run(send, Items(pets.models.Pet(name="a"), 5))


def test_mock_takes_bytes_in_another_charset(pets: Any) -> None:
    transport = pets.testing.mock_transport()
    with pets.Client(http_client=httpx.Client(transport=transport)) as client:
        client.pets.text_body(body="é".encode("utf-16"))
    assert transport.requests[0].content == "é".encode("utf-16")


def test_mock_sends_parts_of_each_kind(pets: Any) -> None:
    answers = {"pets.parts": [b"\xff", "é", {"name": "a"}]}
    transport = pets.testing.mock_transport(answers=answers)
    with (
        pets.Client(http_client=httpx.Client(transport=transport)) as client,
        client.pets.parts() as parts,
    ):
        assert [each.data for each in parts] == [b"\xff", "é", {"name": "a"}]


@pytest.mark.parametrize("charset", ["unknown", "ascii"])
def test_part_that_is_not_text_in_its_charset_is_an_error(
    pets: Any, client: Any, server: Server, charset: str
) -> None:
    head = f"--b\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
    body = head.encode() + "é".encode() + b"\r\n--b--"
    server.always(Answer(body=body, headers={"Content-Type": "multipart/mixed; boundary=b"}))
    with (
        pytest.raises(pets.ResponseDecodeError, match="a part is not text in its charset"),
        client.pets.parts() as parts,
    ):
        next(parts)


def test_response_in_place_of_parts_is_an_error(pets: Any, client: Any, server: Server) -> None:
    server.always(json_answer([]))
    with pytest.raises(pets.ResponseDecodeError, match="expected a stream, got a response with"):
        client.pets.parts()
