"""Responses that HTTP allows no content, whatever the document says about it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import httpx
import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller, generated_package
from tests.support.server import Answer, Server, json_answer

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
          description: Ok.
          content: &pet {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '304': {description: The same., content: *pet}
    patch: {operationId: pets.rename, responses: {default: {description: Done., content: *pet}}}
    delete: {operationId: pets.delete, responses: {'204': {description: Done., content: *pet}}}
    put: {operationId: pets.put, responses: {'205': {description: Done., content: *pet}}}
    head:
      operationId: pets.exists
      responses:
        '200': {description: Yes., content: *pet}
        '404': {description: No., content: *pet}
    post:
      operationId: pets.add
      responses:
        '200': {description: Known., content: *pet}
        '204': {description: New., content: *pet}
components:
  schemas: {Pet: {type: object, required: [name], properties: {name: {type: string}}}}
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as package:
        yield package


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize(
    ("method", "status"),
    [("delete", 204), ("put", 205), ("exists", 200), ("add", 204), ("rename", 204)],
)
def test_response_without_content_returns_none(
    pets: Any, server: Server, method: str, status: int, way: Way
) -> None:
    server.always(Answer(status=status))
    call = PackageCaller(pets, way, server.url)
    assert call(lambda client: getattr(client.pets, method)()) is None


def test_response_with_content_is_still_decoded(pets: Any, server: Server) -> None:
    server.always(json_answer({"name": "Rex"}))
    call = PackageCaller(pets, Way.SYNC, server.url)
    assert call(lambda client: client.pets.add()).name == "Rex"
    server.always(Answer(status=200))
    with pytest.raises(pets.ResponseDecodeError, match="the body is empty"):
        call(lambda client: client.pets.get())


@pytest.mark.parametrize(("method", "status"), [("exists", 404), ("get", 304)])
def test_error_without_content_has_no_body(
    pets: Any, server: Server, method: str, status: int
) -> None:
    server.always(Answer(status=status))
    with pytest.raises(pets.APIStatusError) as caught:
        PackageCaller(pets, Way.SYNC, server.url)(lambda client: getattr(client.pets, method)())
    assert (caught.value.status_code, caught.value.body) == (status, None)


def test_mock_responds_without_content(pets: Any) -> None:
    transport = pets.testing.mock_transport()
    with pets.Client("t", http_client=httpx.Client(transport=transport)) as client:
        assert client.pets.delete() is None
        assert client.pets.put() is None
        assert client.pets.exists() is None
