"""Multipart responses that are read part by part (OpenAPI 3.2)."""

from __future__ import annotations

from collections.abc import Callable
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
  /pets:
    get:
      operationId: pets.list
      responses:
        '200':
          content:
            multipart/mixed:
              itemSchema: {$ref: '#/components/schemas/Pet'}
              example: [{name: a}, {name: b}]
  /album:
    get:
      operationId: pets.album
      responses:
        '200':
          content:
            multipart/related:
              schema:
                type: array
                prefixItems: [{$ref: '#/components/schemas/Pet'}, {type: string}]
                items: {}
              prefixEncoding: [{contentType: application/json}, {contentType: text/plain}]
              itemEncoding: {contentType: image/*}
  /any:
    get:
      operationId: pets.any
      responses: {'200': {content: {multipart/mixed: {itemSchema: {}}}}}
  /two:
    get:
      operationId: pets.two
      responses:
        '200':
          content:
            multipart/mixed:
              schema:
                prefixItems:
                - {$ref: '#/components/schemas/Pet'}
                - {$ref: '#/components/schemas/Toy'}
                items: false
              prefixEncoding: [{}, {}]
components:
  schemas:
    Toy: {type: object, properties: {name: {type: string}, size: {type: integer}}}
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
"""
HEAD = b"Content-Type: application/json\r\n\r\n"
PETS = (
    b"preamble\r\n--b\r\n" + HEAD + b'{"name":"a"}\r\n'
    b'--b  \r\nX-Of: one\r\n  two\r\nContent-Type: application/json\r\n\r\n{"name":"b","x":1}\r\n'
    b"--b--\r\nepilogue"
)


def multipart(body: bytes, kind: str = 'multipart/mixed; boundary="b"') -> Answer:
    return Answer(body=body, headers={"Content-Type": kind})


@pytest.fixture(params=list(Way))
def parts(request: pytest.FixtureRequest, pets: Any, server: Server) -> Callable[..., list[Any]]:
    """Reads all parts that a method returns, in any mode."""
    caller = PackageCaller(pets, Way(request.param), server.url)

    def read(method: str, **options: Any) -> list[Any]:
        if caller.way is Way.SYNC:

            def call_parts(client: Any) -> Any:
                with getattr(client.pets, method)() as stream:
                    return list(stream)

            return list(caller(call_parts, **options))

        async def await_parts(client: Any) -> Any:
            async with await getattr(client.pets, method)() as stream:
                return [each async for each in stream]

        return list(caller(await_parts, **options))

    return read


def test_parts_are_decoded_as_models(parts: Callable[..., list[Any]], server: Server) -> None:
    server.always(multipart(PETS))
    found = parts("list")
    assert [each.data.name for each in found] == ["a", "b"]
    assert found[1].data.extra == {"x": 1}
    assert found[1].headers == {"x-of": "one two", "content-type": "application/json"}
    assert found[1].media_type == "application/json"
    assert server.last.headers["accept"] == "multipart/mixed"


def test_parts_with_bare_line_breaks_are_read(
    parts: Callable[..., list[Any]], server: Server
) -> None:
    server.always(multipart(PETS.replace(b"\r\n", b"\n")))
    assert [each.data.name for each in parts("list")] == ["a", "b"]


def test_parts_are_decoded_by_their_media_types(
    parts: Callable[..., list[Any]], server: Server, pets: Any
) -> None:
    image = b"\x89PNG\r\n--not-a-boundary\r\n\r\n--bb\r\n"
    server.always(
        multipart(
            b"--b\r\n" + HEAD + b'{"name":"a"}\r\n--b\r\n'
            b"Content-Type: text/plain; charset=latin-1\r\n\r\n\xe9\r\n--b\r\n"
            b"Content-Type: image/png\r\n\r\n" + image + b"\r\n--b--",
            "multipart/related; boundary=b; type=application/json",
        )
    )
    assert [each.data for each in parts("album")] == [pets.models.Pet(name="a"), "é", image]


def test_part_without_headers_or_data_is_read(
    parts: Callable[..., list[Any]], server: Server
) -> None:
    server.always(multipart(b"--b\r\n\r\nplain\r\n--b\r\n\r\n\r\n--b\r\nX: 1\r\n\r\n--b--\r\n"))
    assert [each.data for each in parts("any")] == ["plain", "", ""]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (multipart(PETS, "multipart/mixed"), "expected a multipart body with a boundary"),
        (multipart(PETS.replace(b'"b"', b"2")), "name"),
        (multipart(PETS.replace(b"X-Of: one", b"nonsense")), "malformed"),
        (
            multipart(b"--b\r\nContent-Type: image/png\r\n\r\n1\r\n--b--"),
            "expected a part of json, got image/png",
        ),
        (multipart(b"--b\r\n" + HEAD + b"1" * 20_000), "max_response_bytes"),
    ],
)
def test_invalid_part_is_an_error(
    parts: Callable[..., list[Any]], server: Server, pets: Any, answer: Answer, message: str
) -> None:
    server.always(answer)
    with pytest.raises(pets.ResponseDecodeError, match=message):
        parts("list", max_response_bytes=10_000)


def test_part_is_decoded_by_its_position(
    parts: Callable[..., list[Any]], server: Server, pets: Any
) -> None:
    two = [b"--b\r\n" + HEAD + b'{"name":"a"}\r\n'] * 2
    server.always(multipart(b"".join(two) + b"--b--"))
    assert [type(each.data) for each in parts("two")] == [pets.models.Pet, pets.models.Toy]
    server.always(multipart(b"".join([*two, *two]) + b"--b--"))
    with pytest.raises(pets.ResponseDecodeError, match="expected at most 2 parts"):
        parts("two")
    text = b"--b\r\nContent-Type: text/plain\r\n\r\na\r\n"
    server.always(multipart(text + b"--b--", "multipart/related; boundary=b"))
    with pytest.raises(pets.ResponseDecodeError, match="expected a part of json, got text/plain"):
        parts("album")


@pytest.mark.parametrize("length", range(9, len(PETS) - 10, 7))
def test_truncated_multipart_body_is_a_connection_error(
    parts: Callable[..., list[Any]], server: Server, pets: Any, length: int
) -> None:
    server.always(multipart(PETS[:length]))
    with pytest.raises(pets.APIConnectionError):
        parts("list")


def test_parts_are_the_same_however_the_body_is_cut(pets: Any) -> None:
    framing_ = pets._runtime.streams.parts.PartFraming
    for size in range(1, len(PETS)):
        framing = framing_(1000, "b")
        chunks = [PETS[start : start + size] for start in range(0, len(PETS), size)]
        found = [each.data for chunk in chunks for each in framing.feed(chunk)]
        assert [*found, *framing.finish()] == [b'{"name":"a"}', b'{"name":"b","x":1}']


def test_mock_sends_the_example_as_parts(pets: Any) -> None:
    http_client = httpx.Client(transport=pets.testing.mock_transport())
    with pets.Client(http_client=http_client) as client, client.pets.list() as stream:
        assert [each.data.name for each in stream] == ["a", "b"]


def test_mock_requires_parts_if_the_document_has_no_example(pets: Any) -> None:
    http_client = httpx.Client(transport=pets.testing.mock_transport())
    with (
        pets.Client(http_client=http_client, max_retries=0) as client,
        pytest.raises(pets.InternalServerError, match=r"no example of pets\.any; pass a body"),
    ):
        client.pets.any()
