"""Request bodies of several items: JSON lines, JSON sequences, unnamed parts."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator, Iterator
from email import message_from_bytes
from typing import Any

import httpx
import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller
from tests.support.server import Answer, Server

DOCUMENT = """\
openapi: 3.2.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /lines:
    put:
      operationId: pets.lines
      requestBody:
        required: true
        content: {application/jsonl: {itemSchema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'200': {}}
  /sequence:
    put:
      operationId: pets.sequence
      requestBody: {content: {application/json-seq: {itemSchema: {type: integer}}}}
      responses: {'200': {}}
  /described:
    put:
      operationId: pets.described
      requestBody:
        required: true
        content: {application/x-ndjson: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'200': {}}
  /listed:
    put:
      operationId: pets.listed
      requestBody:
        required: true
        content:
          application/json-seq: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}
      responses: {'200': {}}
  /arrays:
    post:
      operationId: pets.arrays
      requestBody: &arrays
        required: true
        content: {application/jsonl: {itemSchema: {type: array, items: {type: integer}}}}
      responses: {'200': *arrays}
  /parts:
    put:
      operationId: pets.parts
      requestBody:
        content:
          multipart/mixed:
            schema:
              type: array
              prefixItems: [{$ref: '#/components/schemas/Pet'}, {type: string}]
              items: {}
            prefixEncoding: [{}, {contentType: text/plain, headers: {X-Of: {schema: {const: one}}}}]
            itemEncoding: {contentType: image/png}
      responses: {'200': {}}
  /two:
    put:
      operationId: pets.two
      requestBody:
        content:
          multipart/mixed:
            schema: {prefixItems: [{type: integer}, {type: boolean}], items: false}
            prefixEncoding: [{contentType: application/json}, {contentType: application/json}]
      responses: {'200': {}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
"""
PETS = [{"name": "a"}, {"name": "é"}]
LINES = '{"name":"a"}\n{"name":"é"}\n'.encode()


def once() -> Iterator[Any]:
    yield from PETS


async def asynchronous() -> AsyncIterator[Any]:
    for each in PETS:
        yield each


def parts_of(server: Server) -> list[tuple[str, Any, Any, bytes]]:
    """Return media type, header X-Of, disposition and content of each part that was sent."""
    head = f"Content-Type: {server.last.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + server.last.body)
    return [
        (
            each.get_content_type(),
            each["x-of"],
            each["content-disposition"],
            bytes(each.get_payload(decode=True) or b""),
        )
        for each in message.get_payload()
        if not isinstance(each, str)
    ]


@pytest.mark.parametrize("kind", ["list", "tuple", "iterator", "iterable", "str", "bytes", "file"])
def test_items_are_sent_as_json_lines(call: PackageCaller, server: Server, kind: str) -> None:
    given: dict[str, Any] = {
        "list": PETS,
        "tuple": (*PETS,),
        "iterator": once(),
        "iterable": dict.fromkeys(map(str, range(2))) and {1: PETS[0], 2: PETS[1]}.values(),
        "str": LINES.decode(),
        "bytes": LINES,
        "file": io.BytesIO(LINES),
    }
    call(lambda client: client.pets.lines(body=given[kind]))
    assert server.last.body == LINES
    assert server.last.headers["content-type"] == "application/jsonl"


def test_items_can_be_models(call: PackageCaller, server: Server, pets: Any) -> None:
    call(lambda client: client.pets.lines(body=[pets.models.Pet(name="a")]))
    assert server.last.body == b'{"name":"a"}\n'


def test_items_of_an_asynchronous_iterable_are_sent_by_asynchronous_clients(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    if call.way is Way.SYNC:
        with pytest.raises(pets.InvalidArgumentError, match="AsyncClient"):
            call(lambda client: client.pets.lines(body=asynchronous()))
        return
    call(lambda client: client.pets.lines(body=asynchronous()))
    assert server.last.body == LINES


def test_items_that_can_be_read_once_are_not_retried(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    server.always(Answer(status=503, headers={"Retry-After": "0"}))
    with pytest.raises(pets.InternalServerError):
        call(lambda client: client.pets.lines(body=once()), max_retries=1)
    assert len(server.requests) == 1
    with pytest.raises(pets.InternalServerError):
        call(lambda client: client.pets.lines(body=PETS), max_retries=1)
    assert [each.body for each in server.requests[1:]] == [LINES, LINES]


def test_items_of_a_sequence_begin_with_a_separator(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.pets.sequence(body=[1, 2]))
    assert server.last.body == b"\x1e1\n\x1e2\n"


@pytest.mark.parametrize("method", ["described", "listed"])
def test_schema_describes_the_items_or_the_list_of_them(
    call: PackageCaller, server: Server, pets: Any, method: str
) -> None:
    call(lambda client: getattr(client.pets, method)(body=[pets.models.Pet(name="a"), PETS[1]]))
    assert server.last.body.replace(b"\x1e", b"") == LINES
    with pytest.raises(pets.InvalidArgumentError, match=r"^body\[0\].name"):
        call(lambda client: getattr(client.pets, method)(body=[{"name": 1}]))


def test_items_may_be_arrays(call_sync: PackageCaller, server: Server) -> None:
    lines = b"[1,2]\n[]\n"
    server.always(Answer(body=lines, headers={"Content-Type": "application/jsonl"}))

    def items(client: Any) -> list[Any]:
        with client.pets.arrays(body=[[1, 2], []]) as received:
            return [*received]

    assert call_sync(items) == [[1, 2], []]
    assert server.last.body == lines


@pytest.mark.parametrize("body", [[{"name": 1}], {"name": "a"}, 1])
def test_invalid_items_are_rejected_before_anything_is_sent(
    call: PackageCaller, server: Server, pets: Any, body: Any
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match=r"body"):
        call(lambda client: client.pets.lines(body=body))
    assert server.requests == []


def test_invalid_item_of_an_iterator_is_named_by_its_position(
    call: PackageCaller, pets: Any
) -> None:
    items = iter([{"name": "a"}, {"name": 1}])
    with pytest.raises(pets.InvalidArgumentError, match=r"^body\[1\].name: expected a str, got 1"):
        call(lambda client: client.pets.lines(body=items))


def test_parts_are_sent_in_their_order(call: PackageCaller, server: Server, pets: Any) -> None:
    files = pets.UploadFile("b.png", b"3")
    call(lambda client: client.pets.parts(body=[PETS[0], "text", b"2", files]))
    assert re.fullmatch(r"multipart/mixed; boundary=\w+", server.last.headers["content-type"])
    assert parts_of(server) == [
        ("application/json", None, None, b'{"name":"a"}'),
        ("text/plain", "one", None, b"text"),
        ("image/png", None, None, b"2"),
        ("image/png", None, 'attachment; filename="b.png"', b"3"),
    ]


def test_fewer_parts_than_described_are_sent(call: PackageCaller, server: Server) -> None:
    call(lambda client: client.pets.two(body=[1]))
    assert parts_of(server) == [("application/json", None, None, b"1")]


@pytest.mark.parametrize(
    ("method", "body", "message"),
    [
        ("two", [1, True, 2], "at most 2 parts"),
        ("two", [1, "x"], r"body\[1\]"),
        ("two", [], "a list of parts"),
        ("parts", [{"name": 1}], r"body\[0\].name"),
        ("parts", {"name": "a"}, "a list of parts"),
    ],
)
def test_invalid_parts_are_rejected(
    call: PackageCaller, pets: Any, method: str, body: Any, message: str
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match=message):
        call(lambda client: getattr(client.pets, method)(body=body))


@pytest.mark.parametrize(
    ("path", "media_type", "body", "message"),
    [
        ("lines", "application/jsonl", LINES, ""),
        ("lines", "application/jsonl", b'{"name":"a"}\n\n{"name":1}', "body[1].name"),
        ("lines", "application/jsonl", b'{"name":"a"}\n{', "body[1]: is not valid JSON"),
        ("sequence", "application/json-seq", b"\x1e1\n\x1e2\n", ""),
        ("sequence", "application/json-seq", b'\x1e1\n\x1e"2"\n', "body[1]"),
        ("sequence", "application/json-seq", b"1\n2\n", "before the first separator"),
        ("two", "multipart/mixed; boundary=b", b"1", "is not a multipart body"),
        ("two", "multipart/mixed; boundary=b", "true", "body[0]: expected an int"),
        ("two", "multipart/mixed; boundary=b", "1|true|2", "at most 2 parts"),
        ("two", "multipart/mixed; boundary=b", "1|{", "body[1]: is not valid JSON"),
        ("two", "multipart/mixed; boundary=b", "1|true", ""),
    ],
)
def test_mock_validates_items_and_parts(
    pets: Any, path: str, media_type: str, body: bytes | str, message: str
) -> None:
    if isinstance(body, str):
        head = "--b\r\nContent-Type: application/json\r\n\r\n"
        body = ("".join(f"{head}{each}\r\n" for each in body.split("|")) + "--b--\r\n").encode()
    with httpx.Client(transport=pets.testing.mock_transport()) as client:
        url = f"https://pets.example.com/{path}"
        answer = client.put(url, content=body, headers={"Content-Type": media_type})
    assert (answer.status_code, message in answer.text) == (400 if message else 200, True)


def test_mock_rejects_a_part_of_another_media_type(pets: Any) -> None:
    body = b"--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--\r\n"
    headers = {"Content-Type": "multipart/mixed; boundary=b"}
    with httpx.Client(transport=pets.testing.mock_transport()) as client:
        answer = client.put("https://pets.example.com/two", content=body, headers=headers)
    assert (answer.status_code, "'text/plain' is not one of" in answer.text) == (400, True)


def test_mock_accepts_what_the_client_sends(pets: Any) -> None:
    http_client = httpx.Client(transport=pets.testing.mock_transport())
    with pets.Client(http_client=http_client) as client:
        client.pets.lines(body=once())
        client.pets.sequence(body=[1, 2])
        client.pets.parts(body=[PETS[0], "täxt", b"\x89\r\n", pets.UploadFile("b.png", b"3")])
        client.pets.two(body=[1, True])
