"""Strict type checking of programs that send bodies and parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.checkers import each_checker, lines_with_errors

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets/{ids}:
    get:
      operationId: pets.list
      parameters:
        - {name: ids, in: path, required: true, schema: {type: array, items: {type: integer}}}
        - {name: flag, in: query, allowEmptyValue: true, schema: {type: boolean}}
        - {name: tags, in: cookie, schema: {type: array, items: {type: string}}}
        - name: where
          in: query
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: &ok
        '200':
          description: Ok.
          content:
            application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}
    put:
      operationId: pets.replace
      parameters:
        - {name: ids, in: path, required: true, schema: {type: array, items: {type: integer}}}
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: '#/components/schemas/Pet'}}
          application/xml: {}
      responses: *ok
  /files:
    post:
      operationId: pets.upload
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string, format: binary}}}
      responses: *ok
    put:
      operationId: pets.store
      requestBody: {required: true, content: {application/octet-stream: {}}}
      responses: *ok
    patch:
      operationId: pets.change
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Pet'}}
          text/plain: {schema: {type: string}}
      responses: *ok
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        born: {type: string, format: date-time}
        parent: {$ref: '#/components/schemas/Pet'}
"""
GOOD = """\
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import assert_type

from pets import AsyncClient, Client, Pet, PetsUploadBody, UploadFile


def chunks() -> Iterator[bytes]:
    yield b""


async def later() -> AsyncIterator[bytes]:
    yield b""


def main() -> None:
    with Client(token="t") as client:
        pets = client.pets.list([1, 2], flag="", tags=("a", "b"), where={"name": "x"})
        assert_type(pets, list[Pet])
        client.pets.list([1], flag=True, where=Pet(name="x"))
        client.pets.replace([1], body=Pet(name="x"))
        client.pets.replace([1], body={"name": "x"}, content_type="application/json")
        client.pets.replace([1], body="<pet/>", content_type="application/xml")
        client.pets.upload()
        client.pets.upload(body={"file": UploadFile("a", b"", "text/plain")})
        client.pets.upload(body=PetsUploadBody(file=b""))
        client.pets.store(body=b"")
        client.pets.store(body=io.BytesIO())
        client.pets.store(body=chunks())
        client.pets.store(body=[b""])
        with Path("x").open("rb") as file:
            client.pets.store(body=file, timeout=3)
        client.pets.change(body={"name": "x"})
        client.pets.change(body="x", content_type="text/plain")


async def async_main() -> None:
    async with AsyncClient(token="t") as client:
        await client.pets.store(body=later())
        assert_type(await client.pets.list([1]), list[Pet])
"""
HEAD = "from pets import Client, Pet, UploadFile\nclient = Client()\n"
MISUSES = {
    "no body": "client.pets.store()",
    "a body by position": 'client.pets.store(b"")',
    "a text for bytes": 'client.pets.store(body="x")',
    "None for a body": "client.pets.store(body=None)",
    "another media type": 'client.pets.replace([1], body="", content_type="text/csv")',
    "a number for a model": "client.pets.replace([1], body=3)",
    "a text for a list": 'client.pets.list("1")',
    "texts for numbers": 'client.pets.list(["1"])',
    "a text for a flag": 'client.pets.list([1], flag="yes")',
    "a list for a form": "client.pets.upload(body=[1])",
    "a file without content": 'UploadFile("a")',
    "a text in a file": 'UploadFile("a", "text")',
}


@pytest.mark.long
@each_checker
def test_valid_program_passes_and_each_misuse_is_reported(
    pets: Any, checker: str, tmp_path: Path
) -> None:
    names = {f"misuse{number}": name for number, name in enumerate(MISUSES)}
    (tmp_path / "good.py").write_text(GOOD, "utf-8")
    for file, name in names.items():
        (tmp_path / f"{file}.py").write_text(f"{HEAD}{MISUSES[name]}\n", "utf-8")
    found = lines_with_errors(tmp_path, checker, Path(pets.__file__).parents[1])
    assert found.pop("good") == []
    assert [names[file] for file, lines in found.items() if max(lines, default=0) < 3] == []


@pytest.mark.slow
@each_checker
def test_generated_package_passes_type_checking(pets: Any, checker: str) -> None:
    package = Path(pets.__file__).parent
    found = lines_with_errors(package / "resources", checker, package.parent)
    assert not any(found.values()), found
