"""Document names that a package, module or class already has."""

from __future__ import annotations

import ast
import builtins
import importlib
import json
import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator.python import reserved
from tests.support.checkers import each_checker, lines_with_errors
from tests.support.packages import generated_package
from tests.support.paths import ROOT

TEMPLATES = ROOT / "generator" / "render" / "templates"
OBJECT = "{type: object, properties: {a: {type: string}}}"
STATES = "{type: string, enum: [up, down]}"


def _operation(name: str, schema: str = OBJECT, *, more: str = "") -> str:
    return (
        f"  /{name}: {{get: {{operationId: {name}, {more} responses: {{'200': {{description: x, "
        f"content: {{application/json: {{schema: {schema}}}}}}}}}}}}}\n"
    )


def _paged_path(name: str, resource: str) -> str:
    return f"""\
  /{name}:
    get:
      operationId: {resource}.{name}
      parameters:
        - {{name: offset, in: query, schema: {{type: integer}}}}
        - {{name: limit, in: query, schema: {{type: integer}}}}
      x-pagination:
        style: offset
        request: {{offset: {{parameter: offset}}, size: {{parameter: limit}}}}
        response: {{items: /items}}
        item: {{id: /id}}
      responses:
        '200':
          description: x
          content:
            application/json:
              schema:
                type: object
                required: [items]
                properties: {{items: {{type: array, items: {{$ref: '#/components/schemas/One'}}}}}}
"""


HEADERS = (
    "'200': {description: x, headers: {field: {schema: {type: string}}, "
    "X-Models: {schema: {type: string, enum: [up, down]}}, Dt: {schema: {type: string}}}, "
    f"content: {{application/json: {{schema: {OBJECT}}}}}}}"
)
DOCUMENT = (
    """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
security: [{credentials: [], str: []}]
paths:
"""
    + "".join(
        _operation(name)
        for name in (
            *("settings.get", "http.get", "str.get", "cached_property.get", "body_reader.get"),
            *("paged.get", "async.get", "async_paged.get", "x.get", "async_x.get"),
            *("many.raw", "many.json", "many.text", "many.property", "many.deprecated"),
            *("many.models", "many.builtins", "many.str", "many.list", "many.dt"),
        )
    )
    + _operation("many.either", "{oneOf: [{type: string}, {type: string, format: date-time}]}")
    + _operation("many.empty", STATES)
    + _operation("many.nullable", "{type: [string, 'null'], enum: [up, down, null]}")
    + _operation("many.union", f"{{oneOf: [{STATES}, {{type: integer}}]}}")
    + _operation("many.states", f"{{type: array, items: {STATES}}}")
    + f"  /r: {{get: {{operationId: many.response, responses: {{{HEADERS}}}}}}}\n"
    + f"  /s: {{get: {{operationId: many.a1, responses: {{{HEADERS}}}}}}}\n"
    + f"  /t: {{get: {{operationId: many.a_1, responses: {{{HEADERS}}}}}}}\n"
    + """\
  /u:
    post:
      operationId: many.send
      parameters:
        - {name: models, in: query, schema: {$ref: '#/components/schemas/State'}}
        - {name: result, in: query, schema: {$ref: '#/components/schemas/State'}}
        - {name: response, in: query, schema: {$ref: '#/components/schemas/State'}}
        - {name: dt, in: query, schema: {type: string, format: date-time}}
      deprecated: true
      responses:
        '200':
          description: x
          content: {text/event-stream: {schema: {$ref: '#/components/schemas/State'}}}
        default:
          description: x
          content: {application/json: {schema: {type: object, properties: {b: {type: string}}}}}
"""
    + _paged_path("list", "pages")
    + _paged_path("list_pages", "pages")
    + _operation("pages.walk_list")
    + _paged_path("every", "walked")
    + _operation("walked.walk")
    + f"""\
components:
  securitySchemes:
    credentials: {{type: apiKey, in: header, name: X-Key}}
    str: {{type: apiKey, in: header, name: X-Str}}
  schemas:
    State: {STATES}
    Final: {STATES}
    AttributeError: {OBJECT}
    One: {{type: object, properties: {{from_json: {{type: string}}, id: {{type: string}}}}}}
    名:
      type: object
      properties: {{名: {{type: string}}, 他: {{$ref: '#/components/schemas/名'}}}}
"""
)


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as package:
        yield package


def _client(pets: Any, requests: list[httpx.Request] | None = None, **answer: Any) -> Any:
    def respond(request: httpx.Request) -> httpx.Response:
        if requests is not None:
            requests.append(request)
        is_beyond = request.url.params.get("offset", "0") != "0"
        return httpx.Response(200, json={**answer, "items": []} if is_beyond else answer)

    transport = httpx.Client(transport=httpx.MockTransport(respond))
    return pets.Client(credentials="k", str_="s", http_client=transport)


@pytest.mark.slow
@each_checker
def test_package_with_reserved_names_is_strictly_typed(pets: Any, checker: str) -> None:
    folder = Path(pets.__file__).parent
    found = lines_with_errors(folder, checker, folder.parent)
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "resource",
    [
        *("settings", "http_", "str_", "cached_property_", "body_reader_"),
        *("paged", "async_", "async_paged", "x", "async_x"),
    ],
)
def test_resource_with_the_name_of_a_client_attribute_can_be_called(
    pets: Any, resource: str
) -> None:
    assert getattr(_client(pets, a="x"), resource).get().a == "x"


@pytest.mark.parametrize(
    "method",
    [
        *("raw", "json", "text", "property_", "deprecated_"),
        *("models_", "builtins_", "str_", "list", "dt_"),
    ],
)
def test_method_with_the_name_of_an_import_can_be_called(pets: Any, method: str) -> None:
    client = _client(pets, a="x")
    assert getattr(client.many, method)().a == "x"
    assert getattr(client.many.with_raw_response, method)().parse().a == "x"


def test_credential_with_the_name_of_a_local_variable_is_sent(pets: Any) -> None:
    requests: list[httpx.Request] = []
    _client(pets, requests, a="x").settings.get()
    assert (requests[0].headers["x-key"], requests[0].headers["x-str"]) == ("k", "s")


@pytest.mark.parametrize("method", ["response", "a1", "a_1"])
def test_headers_with_the_names_of_imports_are_read(pets: Any, method: str) -> None:
    def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(
            200, json={"a": "x"}, headers={"field": "f", "x-models": "up", "dt": "d"}
        )

    http = httpx.Client(transport=httpx.MockTransport(respond))
    client = pets.Client(credentials="k", str_="s", http_client=http)
    headers = getattr(client.many.with_raw_response, method)().typed_headers
    assert (headers.field_, headers.x_models, headers.dt_) == ("f", "up", "d")


def test_paged_methods_are_called_beside_methods_with_names_of_walks(pets: Any) -> None:
    client = _client(pets, items=[{"id": "1"}], a="x")
    assert [each.id for each in client.pages.list().items] == ["1"]
    assert [each.id for each in client.pages.list_pages().items] == ["1"]
    assert client.pages.walk_list().a == "x"
    assert client.walked.walk_().a == "x"
    assert [each.id for each in client.walked.walk_every()] == ["1"]
    assert [each.id for each in client.pages.walk()] == ["1"]
    assert [each.id for each in client.pages.walk_list_pages()] == ["1"]


def test_schema_named_like_an_exception_of_a_module_keeps_its_errors(pets: Any) -> None:
    assert pets.models.AttributeError_ is not None
    with pytest.raises(AttributeError, match="has no attribute 'missing'"):
        _ = pets.missing


def test_enumeration_named_like_a_typing_name_has_constants(pets: Any) -> None:
    constants = importlib.import_module(f"{pets.__name__}.constants")
    assert constants.Final_.UP == "up"


def test_fields_named_like_their_class_are_decoded(pets: Any) -> None:
    decode = importlib.import_module("pets._runtime.models.decoding").decode
    found = decode(json.dumps({"名": "x", "他": {"名": "y"}}).encode(), pets.models.名)
    assert (found.名_, found.他.名_) == ("x", "y")


def test_class_of_a_default_response_is_named_after_default(pets: Any) -> None:
    assert hasattr(pets.models, "ManySendResponseDefault")


def _imported_names(template: str) -> set[str]:
    """Return the names that the import statements of a template bind."""
    text = (TEMPLATES / template).read_text("utf-8")
    text = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", text, flags=re.DOTALL)
    statements = re.findall(
        r"^from \S+ import (?:\([^)]*\)|[^\n{]*\n)|^import .*$", text, re.MULTILINE
    )
    tree = ast.parse("\n".join(each for each in statements if "{{" not in each))
    nodes = [each for each in tree.body if isinstance(each, ast.Import | ast.ImportFrom)]
    return {alias.asname or alias.name for node in nodes for alias in node.names}


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("resources/%resource%.py.jinja", reserved.NAMES_IN_RESOURCES),
        ("models.py.jinja", reserved.CLASS_NAMES),
        ("constants.py.jinja", reserved.CLASS_NAMES),
    ],
)
def test_class_names_that_a_template_imports_are_reserved(
    template: str, names: frozenset[str]
) -> None:
    imported = {each for each in _imported_names(template) if re.match(r"[A-Z][a-z]", each)}
    assert imported - names == set()
    assert imported


def test_exceptions_that_the_package_module_raises_are_reserved() -> None:
    text = (TEMPLATES / "__init__.py.jinja").read_text("utf-8")
    used = {each for each in re.findall(r"\b[A-Z]\w+\b", text) if hasattr(builtins, each)}
    assert "AttributeError" in used
    assert used - {"None", "True", "False"} <= reserved.CLASS_NAMES
