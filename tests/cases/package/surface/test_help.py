"""Output of `help()`: whole docstrings that speak Python, without filler and repetition."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import typing
from collections.abc import Generator, Iterator
from typing import Any

import pytest

import losant_audit_log
from tests.support.packages import generated_package
from tests.support.rich_document import rich_document

BARE = """\
openapi: 3.1.0
info: {title: Resend, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets/{petId}:
    get:
      operationId: pets.get
      parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: OK
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '404': {description: ''}
    put:
      operationId: pets.set
      parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Change'}}}
      responses: {'204': {description: ''}}
components:
  schemas:
    Pet:
      type: object
      properties: {id: {type: string}, owner: {$ref: '#/components/schemas/Owner'}}
    Change: {type: object, properties: {name: {type: string}}}
    Owner: {type: object, properties: {name: {type: string}}}
    Unused: {type: object, properties: {a: {type: string}, b: {type: string}}}
"""
FILLER = ("See the API's documentation", "The object `", "for the Resend.", "The operations of")


@pytest.fixture(scope="module", params=["ours", "rich", "bare"])
def package(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Any, None, None]:
    """Our package, that of a document with nearly every construct, and one without texts."""
    if request.param == "ours":
        yield losant_audit_log
        return
    document = BARE if request.param == "bare" else json.dumps(rich_document())
    with generated_package(tmp_path_factory.mktemp("pets"), document) as package:
        yield package


def classes(package: Any) -> list[tuple[str, Any]]:
    """Return the clients, the models, and the classes of resources."""
    folder = f"{package.__name__}.resources"
    modules = pkgutil.iter_modules(importlib.import_module(folder).__path__)
    resources = [importlib.import_module(f"{folder}.{each.name}") for each in modules]
    return [
        ("Client", package.Client),
        ("AsyncClient", package.AsyncClient),
        *(
            (name, kind)
            for module in (package.models, *resources)
            for name, kind in vars(module).items()
            if inspect.isclass(kind) and kind.__module__ == module.__name__
        ),
    ]


def docs(package: Any) -> Iterator[tuple[str, str]]:
    """Iterate over the names and docstrings of classes and of their methods."""
    for name, kind in classes(package):
        members: dict[str, Any] = kind.__dict__
        if not typing.is_typeddict(kind):
            yield name, inspect.cleandoc(members["__doc__"] or "")
        for method, function in members.items():
            if inspect.isfunction(function) and not method.startswith("_"):
                yield f"{name}.{method}", inspect.getdoc(function) or ""


def test_docstrings_have_no_filler(package: Any) -> None:
    for name, text in docs(package):
        assert text, name
        assert not [each for each in FILLER if each in text], name


def test_no_sentence_of_a_docstring_stands_twice(package: Any) -> None:
    for name, text in docs(package):
        head = text.partition("\n\nArgs:\n")[0].partition("\n\nAttributes:\n")[0]
        sentences = [" ".join(each.split()) for each in re.split(r"(?<=[.!?])\s", head)]
        found = [each for each in sentences if len(each) > 20]
        assert len(found) == len(set(found)), name


def test_class_of_a_client_describes_its_arguments(package: Any) -> None:
    for kind in (package.Client, package.AsyncClient):
        text = kind.__doc__
        for name in inspect.signature(kind).parameters:
            assert f"\n        {name}: " in text


def test_asynchronous_methods_have_whole_docstrings(package: Any) -> None:
    found = dict(docs(package))
    for name, text in found.items():
        twin = found.get(f"Async{name}")
        if name.endswith(("Raw", "Dict")) or "Resource." not in name or twin is None:
            continue
        assert "Same as `" not in twin.partition("\n\nArgs:")[0].replace("Same as iterating", "")
        for section in ("Args:", "Raises:"):
            assert twin.partition(section)[2].strip() == text.partition(section)[2].strip(), name


def test_our_docstrings_name_arguments_as_python_does() -> None:
    for name, text in docs(losant_audit_log):
        for wire_name in ("sortDirection", "sortField", "perPage", "orgId`", "auditLogId`"):
            assert wire_name not in text, name
    for resource in ("AuditLogsResource", "AsyncInstanceAuditLogsResource"):
        text = dict(docs(losant_audit_log))[f"{resource}.list"]
        assert "start: An aware datetime, or milliseconds." in " ".join(text.split())


def test_docstrings_of_undescribed_classes_name_their_uses(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with generated_package(tmp_path_factory.mktemp("pets"), BARE) as package:
        found = {name: text.strip() for name, text in docs(package)}
    assert found["Client"].startswith("Client for the Resend API.")
    assert found["Pet"] == "Response of `pets.get()`."
    assert found["Change"] == "Object in the argument `body` of `pets.set()`."
    assert found["Owner"] == "Object in the field `owner` of `Pet`."
    assert found["Unused"] == "Object with `a`, `b`."
    assert found["PetsResource"] == "The methods `get` and `set`."
    assert found["PetsResource.get"].startswith(
        "Send `GET /pets/{petId}`.\n\nArgs:\n    **options:"
    )
    assert "NotFoundError: 404.\n" in found["PetsResource.get"]
    assert "Returns:" not in found["PetsResource.get"]
