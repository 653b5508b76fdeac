"""Deprecations of the document, as warnings and in docstrings."""

from __future__ import annotations

import warnings
from collections.abc import Generator
from typing import Any

import anyio
import pytest

from tests.support.server import Server, json_answer

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /old:
    get:
      operationId: pets.old
      deprecated: true
      responses: &pet
        '200':
          description: A pet.
          headers: {X-Old: {schema: {type: string}, deprecated: true}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
  /new:
    get:
      operationId: pets.new
      parameters:
        - {name: q, in: query, deprecated: true, description: What to find., schema: {type: string}}
        - {name: r, in: query, schema: {type: string}}
      responses: *pet
components:
  schemas:
    Pet:
      type: object
      description: An animal.
      deprecated: true
      properties:
        name: {type: string, deprecated: true, description: What it is called.}
        age: {type: integer, deprecated: true}
"""


@pytest.fixture
def client(pets: Any, server: Server) -> Generator[Any, None, None]:
    server.always(json_answer({"name": "Rex"}, headers={"X-Old": "1"}))
    with pets.Client("t", base_url=server.url) as made_:
        yield made_


def test_deprecated_method_warns_at_the_line_of_the_call(client: Any) -> None:
    with pytest.warns(DeprecationWarning, match=r"^pets\.old is deprecated$") as caught:
        client.pets.old()
    assert [each.filename for each in caught] == [__file__]


def test_deprecated_method_with_raw_response_warns_at_the_line_of_the_call(client: Any) -> None:
    with pytest.warns(DeprecationWarning, match=r"^pets\.old is deprecated$") as caught:
        raw = client.pets.with_raw_response.old()
    assert [each.filename for each in caught] == [__file__]
    assert (raw.parse().name, raw.typed_headers.x_old) == ("Rex", "1")


def test_deprecated_parameter_warns_only_when_passed(client: Any) -> None:
    with pytest.warns(DeprecationWarning, match=r"^pets\.new: q is deprecated$") as caught:
        client.pets.new(q="x")
    assert [each.filename for each in caught] == [__file__]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        client.pets.new(r="x")


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_deprecated_asynchronous_methods_warn_at_the_line_of_the_call(
    pets: Any, server: Server, backend: str
) -> None:
    server.always(json_answer({"name": "Rex"}))

    async def main() -> None:
        async with pets.AsyncClient("t", base_url=server.url) as client:
            await client.pets.old()
            await client.pets.with_raw_response.old()
            await client.pets.new(q="x")

    with pytest.warns(DeprecationWarning, match="is deprecated") as caught:
        anyio.run(main, backend=backend)
    assert [each.filename for each in caught] == [__file__] * 3


def test_docstrings_mention_deprecations(pets: Any) -> None:
    client = pets.Client("t")
    assert "Deprecated" in client.pets.old.__doc__
    assert "q: Deprecated. What to find." in client.pets.new.__doc__
    assert "Deprecated" in pets.Pet.__doc__
    assert "name: Deprecated. What it is called." in pets.Pet.__doc__
    assert "age: Deprecated." in pets.Pet.__doc__
