"""Fixtures: responses decoded by the client of a test module's document."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Generator
from typing import Any

import pytest

from tests.support.packages import generated_package

HEAD = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets/{petId}:
    get:
      operationId: pets.get
      parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}
components:
  schemas:
"""


@pytest.fixture(scope="module")
def pets(schemas: str, tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    """The package of a document with the module's `schemas`, which returns an `Answer`."""
    with generated_package(tmp_path_factory.mktemp("pets"), HEAD + schemas) as package:
        yield package


@pytest.fixture
def read(pets: Any) -> Callable[[Any], Any]:
    """Decodes a JSON value as a call does."""
    decode = importlib.import_module(f"{pets.__name__}._runtime.models.decoding").decode
    return lambda value: decode(json.dumps(value).encode(), pets.models.Answer)
