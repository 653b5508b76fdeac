"""The mock transport of another document: other examples, other styles, no examples."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Generator
from typing import Any

import httpx
import pytest

from tests.support.cli import project
from tests.support.packages import generated_package

DOCUMENT = """\
openapi: 3.0.3
info: {title: Pets, version: 1.0.0, description: All pets.}
servers:
  - url: https://pets.example.com/api/v2/
paths:
  /pets:
    get:
      operationId: pets.list
      summary: List pets
      parameters:
        - {name: tags, in: query, description: Tags., schema: {type: array, items: {type: string}}}
        - name: ids
          in: query
          description: Ids.
          explode: false
          schema: {type: array, items: {type: integer}}
        - name: box
          in: query
          style: deepObject
          explode: true
          x-deep-object: {arrays: brackets}
          description: A box.
          schema:
            type: object
            properties:
              wide: {type: boolean}
              sizes: {type: array, items: {type: number}}
              lids: {type: array, items: {$ref: '#/components/schemas/Lid'}}
        - name: crate
          in: query
          style: deepObject
          explode: true
          x-deep-object: {arrays: repeat}
          description: A crate.
          schema: {type: object, properties: {tags: {type: array, items: {type: string}}}}
        - name: spot
          in: query
          description: A spot.
          schema: {type: object, properties: {east: {type: number}, north: {type: number}}}
        - name: place
          in: query
          explode: false
          description: A place.
          schema: {type: object, properties: {town: {type: string}, zip: {type: integer}}}
        - name: either
          in: query
          description: Either.
          schema:
            anyOf: [{type: integer}, {type: boolean}, {type: array, items: {type: integer}}]
        - {name: X-Kind, in: header, required: true, description: Kind., schema: {type: string}}
        - {name: number, in: query, description: Page., schema: {type: integer, minimum: 1}}
        - {name: size, in: query, description: Size., schema: {type: integer, default: 2}}
      x-pagination:
        style: page
        request: {page: {parameter: number, first: 1}, size: {parameter: size}}
        response: {items: /data/pets, total: /data/total}
        item: {id: /name}
      responses:
        '200':
          description: Pets.
          content:
            application/json:
              example: {data: {pets: [{name: a}, {name: b}, {name: c}], total: 3}, petCount: 3}
              schema:
                type: object
                properties:
                  petCount: {type: integer}
                  data:
                    type: object
                    properties:
                      pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
                      total: {type: integer}
        '404':
          description: None.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Problem'}
        5XX:
          description: Down.
          content:
            application/json:
              examples: {down: {value: {code: Down, detail: The service is down}}}
              schema: {$ref: '#/components/schemas/Problem'}
  /pets/{name}:
    get:
      operationId: pets.get
      summary: Retrieve a pet
      parameters:
        - {name: name, in: path, required: true, description: Which., schema: {type: string}}
      responses:
        '200':
          description: The pet.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
        '404':
          description: None.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Problem'}
  /about:
    get:
      operationId: service.about
      summary: Tell about the service
      responses:
        '200':
          description: About it.
          content:
            application/json: {schema: {$ref: '#/components/schemas/About'}}
components:
  schemas:
    Lid: {type: object, properties: {color: {type: string}, big: {type: boolean}}}
    Problem: {type: object, properties: {code: {type: string}, detail: {type: string}}}
    About: {type: object, properties: {version: {type: string}}}
    Pet:
      type: object
      properties: {name: {type: string}, kind: {type: string}}
      example: {name: Rex, kind: dog}
"""


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    """The package of the document, generated once and unloaded at the end."""
    with pytest.MonkeyPatch.context() as patch:
        made = project(tmp_path_factory.mktemp("pets") / "project", patch.chdir)
        made.spec.write_text(DOCUMENT, "utf-8")
        ended = made.run("generate")
        assert "3 of 3 operations generated" in ended.out, ended.err
        patch.setattr(sys, "path", [str(made.output), *sys.path])
        before = {name: sys.modules.pop(name) for name in list(sys.modules) if is_ours(name)}
        importlib.invalidate_caches()
        importlib.import_module("pets.testing")
        yield importlib.import_module("pets")
        for name in [name for name in sys.modules if is_ours(name)]:
            del sys.modules[name]
        sys.modules.update(before)


def is_ours(name: str) -> bool:
    return name.partition(".")[0] == "pets"


def client(pets: Any, transport: Any) -> Any:
    return pets.Client(http_client=httpx.Client(transport=transport), max_retries=0)


def test_examples_of_schemas_and_media_types_are_returned(pets: Any) -> None:
    transport = pets.testing.mock_transport()
    with client(pets, transport) as calling:
        pet = calling.pets.get("Tom")
        assert (pet.name, pet.kind) == ("Tom", "dog")
        page = calling.pets.list(x_kind="any", size=2)
        assert [each.name for each in page.items] == ["a", "b"]
        assert [each.name for each in page] == ["a", "b", "c"]
    assert transport.requests[0].url.path == "/api/v2/pets/Tom"


def test_page_members_are_returned_in_their_documented_positions(pets: Any) -> None:
    transport = pets.testing.mock_transport({"pets.list": [{"name": "x"}]})
    url = "https://pets.example.com/api/v2/pets"
    with httpx.Client(transport=transport) as http:
        found = http.get(url, headers={"x-kind": "any"}).json()
        assert found == {"data": {"pets": [{"name": "x"}], "total": 1}, "petCount": 1}
        missing = http.get(url)
        assert missing.status_code == 400
        assert missing.json() == {
            "code": "BadRequest",
            "detail": "X-Kind: is required, but missing",
        }


@pytest.mark.parametrize(
    "arguments",
    [
        {"tags": ["a", "b"]},
        {"tags": ["a"]},
        {"ids": [1, 2]},
        {"box": {"wide": True, "sizes": [1.5, 2]}},
        {"box": {"sizes": [1]}},
        {"box": {"lids": [{"color": "red", "big": True}, {"color": "blue"}]}},
        {"crate": {"tags": ["a", "b", "c"]}},
        {"crate": {"tags": ["a"]}},
        {"spot": {"east": 1.5, "north": -2}},
        {"place": {"town": "Rome", "zip": 100}},
        {"either": 3},
        {"either": False},
        {"either": [1, 2]},
    ],
    ids=str,
)
def test_mock_decodes_every_parameter_style(
    pets: Any, arguments: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[dict[str, Any]] = []
    original = pets._runtime.mock.service.read_arguments

    def reading(*given: Any) -> Any:
        read.append(original(*given))
        return read[-1]

    monkeypatch.setattr(pets._runtime.mock.service, "read_arguments", reading)
    with client(pets, pets.testing.mock_transport()) as calling:
        assert calling.pets.list(x_kind="any", **arguments).total_count == 3
    assert read == [{"x_kind": "any", **arguments}]


@pytest.mark.parametrize(
    "query", ["ids=1,x", "box[wide]=maybe", "box[sizes][]=big", "number=0", "either=x"]
)
def test_invalid_parameter_is_rejected(pets: Any, query: str) -> None:
    with httpx.Client(transport=pets.testing.mock_transport()) as http:
        url = f"https://pets.example.com/api/v2/pets?{query}"
        assert http.get(url, headers={"x-kind": "any"}).status_code == 400


def test_operation_without_an_example_explains_the_responses_argument(pets: Any) -> None:
    untold = pytest.raises(
        pets.InternalServerError, match=r"service\.about; pass a body in `answers`"
    )
    with client(pets, pets.testing.mock_transport()) as calling, untold:
        calling.service.about()
    transport = pets.testing.mock_transport(answers={"service.about": {"version": "2"}})
    with client(pets, transport) as calling:
        assert calling.service.about().version == "2"


def test_status_range_has_its_example(pets: Any) -> None:
    down = pytest.raises(pets.InternalServerError, match="Down: The service is down")
    with client(pets, pets.testing.mock_transport(faults=[520])) as calling, down:
        calling.pets.list(x_kind="any")


def test_undocumented_status_is_a_generic_error(pets: Any) -> None:
    odd = pytest.raises(pets.APIStatusError, match="Error: Error")
    with client(pets, pets.testing.mock_transport(faults=[499])) as calling, odd:
        calling.pets.get("x")


def test_entry_is_found_among_the_entries_of_a_list(pets: Any) -> None:
    with client(pets, pets.testing.mock_transport({"pets.list": [{"name": "x"}]})) as calling:
        assert calling.pets.get("x").name == "x"
        with pytest.raises(pets.NotFoundError, match="NotFound: y was not found"):
            calling.pets.get("y")


def test_filter_of_unknown_meaning_leaves_all_entries(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    document = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: pets.list
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - name: filter
          in: query
          style: deepObject
          explode: true
          schema: {type: object, properties: {text: {type: string}}}
      x-pagination: {style: page, request: {page: {parameter: page}}, response: {items: /pets}}
      responses:
        '200':
          description: Pets.
          content:
            application/json:
              schema:
                type: object
                properties:
                  pets: {type: array, items: {type: object, properties: {id: {type: string}}}}
"""
    with generated_package(tmp_path_factory.mktemp("filter"), document) as package:
        transport = package.testing.mock_transport({"pets.list": [{"id": "a"}, {"id": "b"}]})
        with package.Client("t", http_client=httpx.Client(transport=transport)) as calling:
            found = calling.pets.list(filter={"text": "x"})
    assert [each.id for each in found.items] == ["a", "b"]
