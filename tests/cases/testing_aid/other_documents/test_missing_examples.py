"""Responses of the mock to operations whose document has no example."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import httpx
import pytest

from tests.support.callers import TOKEN
from tests.support.packages import generated_package

KINDS = ("application/json", "application/hal+json", "application/vnd.api+json", "text/json")
RESPONSES = (
    """\
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
"""
    + "".join(
        f"""\
  /{name}/{kind}:
    get:
      operationId: pets.{name}{number}
      responses:
        '200':
          description: x
          content:
            {kind}:
              schema: {{type: object, properties: {{a: {{type: integer}}}}}}
              {example}
"""
        for number, kind in enumerate(KINDS)
        for name, example in (("with", "example: {a: 1}"), ("without", ""))
    )
    + """\
  /default:
    get:
      operationId: pets.default
      responses:
        default:
          description: x
          content: {application/json: {schema: {type: array, items: {type: integer}}, example: [1]}}
"""
)


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("kinds"), RESPONSES) as package:
        yield package


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_json_of_any_media_type_without_an_example_is_not_implemented(
    kinds: Any, number: int
) -> None:
    transport = kinds.testing.mock_transport()
    client = kinds.Client(token=TOKEN, http_client=httpx.Client(transport=transport), max_retries=0)
    assert getattr(client.pets, f"with{number}")().a == 1
    with pytest.raises(kinds.APIStatusError, match="pass a body in `answers`") as caught:
        getattr(client.pets, f"without{number}")()
    assert caught.value.status_code == 501


def test_example_of_the_only_response_is_that_of_a_success(kinds: Any) -> None:
    transport = kinds.testing.mock_transport()
    client = kinds.Client(token=TOKEN, http_client=httpx.Client(transport=transport), max_retries=0)
    assert client.pets.default() == [1]
