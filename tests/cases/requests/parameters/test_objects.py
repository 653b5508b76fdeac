"""Lists of objects in a query, which the style `form` cannot express."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from tests.support.callers import Way
from tests.support.cli import Project
from tests.support.packages import PackageCaller
from tests.support.server import Server

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: pets.list
      parameters:
        - {name: sort, in: query, schema: &sorts
            {type: array, minItems: 2, items: {$ref: '#/components/schemas/Sort'}}}
        - {name: joined, in: query, explode: false, schema: *sorts}
        - {name: some, in: query, schema: {$ref: '#/components/schemas/Sorts'}}
        - {name: free, in: query, schema: {type: array, items: {type: object}}}
        - {name: texts, in: query, schema: {type: array, items: {type: string}}}
        - {name: lists, in: query, schema: {type: array, items: {type: array, items: {}}}}
      responses:
        '200':
          description: Ok.
          content: {application/json: {schema: {type: object}, example: {ok: true}}}
components:
  schemas:
    Sorts:
      type: [array, 'null']
      items: {anyOf: [{$ref: '#/components/schemas/Sort'}, {type: 'null'}]}
    Sort:
      type: object
      required: [by]
      properties:
        by: {type: string}
        down: {type: boolean}
        day: {type: string, format: date}
        more: {type: array, items: {$ref: '#/components/schemas/Sort'}}
"""
SORTS = [
    {"by": "a,b&ü", "day": "2024-01-31", "more": [{"by": "c", "down": True}]},
    {"by": "d", "down": False},
]


def sort_values(pets: Any) -> list[Any]:
    more = [pets.Sort(by="c", down=True)]
    return [pets.Sort(by="a,b&ü", day=dt.date(2024, 1, 31), more=more), {"by": "d", "down": False}]


@pytest.mark.parametrize("name", ["sort", "some", "free"])
def test_object_items_are_sent_as_json(
    call: PackageCaller, server: Server, pets: Any, name: str
) -> None:
    given = SORTS if name == "free" else sort_values(pets)
    call(lambda client: client.pets.list(**{name: given}))
    pairs = parse_qsl(server.last.query)
    assert [(key, json.loads(value)) for key, value in pairs] == [(name, each) for each in SORTS]


def test_object_items_without_explode_are_joined_by_commas(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    call(lambda client: client.pets.list(joined=sort_values(pets)))
    (text,) = re.findall("joined=(.*)", server.last.query)
    texts = [httpx.QueryParams(f"q={each}")["q"] for each in text.split(",")]
    assert [json.loads(each) for each in texts] == SORTS


@pytest.mark.parametrize(
    "given",
    [
        {"sort": [{"by": "a"}]},
        {"sort": [{"by": "a"}, {}]},
        {"sort": [{"by": "a"}, {"by": 3}]},
        {"sort": [{"by": "a"}, '{"by":"b"}']},
        {"some": []},
        {"some": {"by": "a"}},
        {"lists": [[1]]},
    ],
    ids=str,
)
def test_invalid_object_items_are_rejected(
    call_sync: PackageCaller, server: Server, pets: Any, given: dict[str, Any]
) -> None:
    with pytest.raises(pets.InvalidArgumentError):
        call_sync(lambda client: client.pets.list(**given))
    assert server.requests == []


def test_mock_decodes_object_items(pets: Any) -> None:
    call = PackageCaller(pets, Way.SYNC, "https://pets.example.com")
    transport = pets.testing.mock_transport()
    with httpx.Client(transport=transport) as http:
        call(
            lambda client: client.pets.list(sort=SORTS, joined=SORTS, some=SORTS), http_client=http
        )
        for bad in ('{"by":3}', "{", "a"):
            query = {"sort": ['{"by":"a"}', bad]}
            assert http.get("https://pets.example.com/pets", params=query).status_code == 400


def test_generator_reports_object_items_at_their_position(new_project: Project) -> None:
    new_project.spec.write_text(DOCUMENT, "utf-8")
    strict = new_project.run("generate")
    assert (strict.code, strict.err.count("error U907")) == (2, 4)
    settings = new_project.root / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace("strict = true", ""), "utf-8")
    ended = new_project.run("generate")
    assert (ended.code, ended.err.count("warning U907")) == (0, 4)
    for line, name in ((9, "sort"), (11, "joined"), (12, "some"), (13, "free")):
        assert f"openapi.yaml:{line}:11: warning U907: style 'form' cannot encode" in ended.err
        assert f"the objects in the array '{name}'\n" in ended.err
    assert "each object is sent as a JSON string" in ended.err
