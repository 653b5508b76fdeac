"""Document with every name that Python or a package already has."""

from __future__ import annotations

import ast
import asyncio
import builtins
import importlib
import inspect
import json
import keyword
import typing
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator.python import names
from generator.runtime.auth.keyring import Keyring
from generator.runtime.clients.async_client import AsyncClientCore, BaseAsyncClient
from generator.runtime.clients.client import BaseClient, ClientCore
from generator.runtime.models.model import Model
from generator.runtime.resources.paged import AsyncPagedResource, PagedResource
from generator.runtime.resources.typed_headers import ResponseHeaders, TypedRawResponse
from tests.support.checkers import each_checker, lines_with_errors
from tests.support.packages import generated_package
from tests.support.paths import ROOT

pytestmark = pytest.mark.slow

CLASSES = (
    *(BaseClient, BaseAsyncClient, ClientCore, AsyncClientCore, Keyring),
    *(Model, PagedResource, AsyncPagedResource, ResponseHeaders, TypedRawResponse),
)
PACKAGE = ROOT / "generated" / "losant_audit_log"
SCHEMES = 40


def _defined_names(folder: Path) -> set[str]:
    """Return the names that modules define, import, assign or take as arguments."""
    found: set[str] = set()
    files = (*folder.glob("*.py"), *folder.glob("resources/*.py"))
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    found.add(node.name)
                case ast.alias():
                    found.add(node.asname or node.name)
                case ast.Name() | ast.arg():
                    found.add(node.id if isinstance(node, ast.Name) else node.arg)
                case _:
                    pass
    return found


def _every_name() -> list[str]:
    attributes = {name for kind in CLASSES for name in dir(kind)}
    makers: list[Any] = [vars(kind).get("__init__") for kind in CLASSES]
    attributes |= {name for each in makers if each for name in inspect.get_annotations(each)}
    exported: list[str] = vars(typing)["__all__"]
    words = {*dir(builtins), *keyword.kwlist, *keyword.softkwlist, *exported}
    found = {*attributes, *words, *_defined_names(PACKAGE)}
    plain = sorted(name for name in found if not name.startswith("_") and name.isascii())
    by_identifier = {names.identifier(name): name for name in plain}  # One of those that clash.
    return sorted(by_identifier.values())


NAMES = _every_name()
FIELDS = {name: {"type": "string"} for name in NAMES}
STATE = {"type": "string", "enum": ["up", "down"]}
REFERENCE = {"$ref": "#/components/schemas/StateOfAll"}


def _response(schema: object, **more: object) -> dict[str, object]:
    return {"description": "x", "content": {"application/json": {"schema": schema}}, **more}


def _operation(
    identifier: str, index: int, methods: dict[str, object] | None = None
) -> dict[str, object]:
    name = NAMES[index]
    headers = {each: {"schema": REFERENCE} for each in NAMES[index::40]}
    parameters = [
        {"name": each, "in": "query", "schema": REFERENCE} for each in NAMES[index % 7 :: 150]
    ]
    return {
        "get": {
            "operationId": identifier,
            "parameters": parameters,
            "responses": {
                "200": _response({"$ref": f"#/components/schemas/{name}"}, headers=headers),
                "404": _response(REFERENCE),
                "default": _response(REFERENCE),
            },
            **(methods or {}),
        }
    }


def _document() -> dict[str, object]:
    paths: dict[str, object] = {}
    for index, name in enumerate(NAMES):
        paths[f"/resource/{index}"] = _operation(f"{name}.get", index)
        paths[f"/method/{index}"] = _operation(f"every.{name}", index)
    schemes = NAMES[:: len(NAMES) // SCHEMES]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1.0.0"},
        "servers": [
            {
                "url": "https://pets.example.com/" + "/".join(f"{{{name}}}" for name in schemes),
                "variables": {name: {"default": "a"} for name in schemes},
            },
            *(
                {"url": "https://pets.example.com/{a}", "description": name}
                | {"variables": {"a": {"default": "a"}}}
                for name in NAMES[::9]
            ),
        ],
        "security": [{name: [] for name in ("credentials", "settings", *schemes)}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                name: {"type": "apiKey", "in": "header", "name": f"X-{index}"}
                for index, name in enumerate(["credentials", "settings", *schemes])
            },
            "schemas": {"StateOfAll": STATE}
            | {
                name: {"type": "object", "properties": FIELDS}
                if index % 171 == 0
                else STATE
                if index % 3 == 0
                else {"type": "object", "properties": {name: {"type": "string"}}}
                for index, name in enumerate(NAMES)
            },
        },
    }


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("pets"), json.dumps(_document())) as package:
        yield package


@pytest.mark.timeout(900)
@each_checker
def test_package_of_every_name_is_strictly_typed(pets: Any, checker: str) -> None:
    folder = Path(pets.__file__).parent
    found = lines_with_errors(folder, checker, folder.parent)
    assert {name: lines for name, lines in found.items() if lines} == {}


def _body(index: int) -> object:
    if index % 171 == 0:
        return dict.fromkeys(NAMES, "x")
    return "up" if index % 3 == 0 else {NAMES[index]: "x"}


def _respond(request: httpx.Request) -> httpx.Response:
    index = int(request.url.path.rpartition("/")[2])
    return httpx.Response(200, json=_body(index), headers={NAMES[0].replace("_", "-"): "up"})


def _credentials(kind: Any) -> dict[str, str]:
    options = {"base_url", "timeout", "max_retries", "max_response_bytes", "http_client"}
    options |= {"default_headers", "on_attempt", "self"}
    return dict.fromkeys(inspect.signature(kind).parameters.keys() - options, "secret")


def _check(found: Any, index: int) -> None:
    body = _body(index)
    if isinstance(body, str):
        assert found == body
    else:
        assert found.to_dict() == body
        assert "x" in [getattr(found, each) for each in found.__struct_fields__]


def _methods(pets: Any) -> list[tuple[str, str, int]]:
    """Return the resource, the method and the number of each operation."""
    examples = pets._examples.MOCK_OPERATIONS
    found: list[tuple[str, str, int]] = []
    for mocked in examples:
        path = mocked.operation.path
        number = int(path[0].rpartition("/")[2])
        found.append((mocked.operation.name, path[0].split("/")[1], number))
    return found


def test_every_operation_is_called(pets: Any) -> None:
    client = pets.Client(
        **_credentials(pets.Client),
        http_client=httpx.Client(transport=httpx.MockTransport(_respond)),
    )
    called = 0
    for identifier, _, number in _methods(pets):
        resource, method = _names(pets, identifier)
        call = getattr(getattr(client, resource), method)
        _check(call(), number)
        raw = getattr(getattr(client, resource).with_raw_response, method)
        _check(raw().parse(), number)
        called += 1
    assert called == 2 * len(NAMES)


def test_every_operation_is_awaited(pets: Any) -> None:
    async def call_all() -> None:
        transport = httpx.AsyncClient(transport=httpx.MockTransport(_respond))
        client = pets.AsyncClient(**_credentials(pets.AsyncClient), http_client=transport)
        for identifier, _, number in _methods(pets):
            resource, method = _names(pets, identifier)
            _check(await getattr(getattr(client, resource), method)(), number)

    asyncio.run(call_all())


def _names(pets: Any, identifier: str) -> tuple[str, str]:
    """Return the attribute and the method of an operation, with or without an underscore."""
    resource, _, method = identifier.rpartition(".")
    modules = {path.stem for path in (Path(pets.__file__).parent / "resources").glob("*.py")}
    resource = names.identifier(resource)
    resource = f"{resource}_" if f"{resource}_" in modules else resource
    kind = getattr(
        __import__(f"{pets.__name__}.resources.{resource}", fromlist=["x"]), _class(pets, resource)
    )
    method = names.identifier(method)
    return resource, f"{method}_" if f"{method}_" in vars(kind) else method


def _class(pets: Any, resource: str) -> str:
    annotation = inspect.get_annotations(getattr(pets.Client, resource).func)["return"]
    return str(annotation)


def test_every_server_is_formatted(pets: Any) -> None:
    servers: Any = importlib.import_module(f"{pets.__name__}.servers")
    own = [
        each
        for each in (getattr(servers, name) for name in dir(servers))
        if inspect.isfunction(each) and each.__module__ == servers.__name__
    ]
    assert len(own) >= len(NAMES[::9])
    for each in own:
        assert each().startswith("https://pets.example.com/a")
