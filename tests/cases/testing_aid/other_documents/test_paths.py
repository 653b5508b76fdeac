"""Choice of a mock's operation by path, and missing examples."""

from __future__ import annotations

import importlib
from collections.abc import Generator
from typing import Any

import httpx
import pytest

from tests.support.callers import TOKEN
from tests.support.packages import generated_package

ID = "parameters: [{name: id, in: path, required: true, schema: {type: integer}}]"
PLACE = "parameters: [{name: place, in: path, required: true, schema: {type: string}}]"
DOCUMENT = f"""\
openapi: 3.0.3
info: {{title: Pets, version: '1'}}
servers: [{{url: 'https://pets.example.com'}}]
paths:
  /users/{{id}}: {{get: {{operationId: users.get, {ID}, responses: {{'204': {{description: x}}}}}}}}
  /users/me: {{get: {{operationId: users.me, responses: {{'204': {{description: x}}}}}}}}
  /{{place}}/me:
    get:
      operationId: places.me
      {PLACE}
      responses: {{'204': {{description: x}}}}
  /places/{{place}}:
    get:
      operationId: places.get
      {PLACE}
      responses: {{'204': {{description: x}}}}
  /files/{{place}}:
    get:
      operationId: files.get
      {PLACE}
      responses: {{'204': {{description: x}}}}
  /files/{{place}}.json:
    get:
      operationId: files.json
      {PLACE}
      responses: {{'204': {{description: x}}}}
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as package:
        yield package


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        ("/users/me", "users.me"),
        ("/users/1", "users.get"),
        ("/places/me", "places.get"),
        ("/towns/me", "places.me"),
        ("/files/a", "files.get"),
        ("/files/a.json", "files.json"),
    ],
)
def test_concrete_segments_of_paths_are_matched_before_templated_ones(
    pets: Any, path: str, operation: str
) -> None:
    service = importlib.import_module(f"{pets.__name__}._runtime.mock.service")
    examples = importlib.import_module(f"{pets.__name__}._examples")
    mock = service.MockService(examples.MOCK_OPERATIONS)
    found, _ = mock._read("GET", path, "", {}, b"")
    assert found.operation.name == operation


def test_mock_responds_to_a_concrete_path_beside_a_templated_one(pets: Any) -> None:
    transport = pets.testing.mock_transport()
    client = pets.Client(token=TOKEN, http_client=httpx.Client(transport=transport))
    assert client.users.me() is None
    assert client.users.get(1) is None
