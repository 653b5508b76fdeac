"""Lists whose entries are of one of several classes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.checkers import each_checker, lines_with_errors
from tests.support.packages import generated_package

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: pets.list
      parameters:
        - {name: page, in: query, schema: {type: integer}}
        - {name: start, in: query, schema: {type: integer}}
        - {name: end, in: query, schema: {type: integer}}
      x-pagination: &pages
        style: page
        request: {page: {parameter: page, first: 0}}
        response: {items: /items, total: /total}
        item: {id: /id, time: /born/at}
        window: {from: {parameter: start}, to: {parameter: end}, unit: epoch-milliseconds}
      responses:
        '200':
          description: Pets.
          content:
            application/json:
              schema:
                type: object
                properties:
                  total: {type: integer}
                  items: {type: array, items: {$ref: '#/components/schemas/Pet'}}
  /all:
    get:
      operationId: all.list
      parameters: [{name: page, in: query, schema: {type: integer}}]
      x-pagination:
        style: page
        request: {page: {parameter: page, first: 0}}
        response: {items: /items}
        item: {id: /id}
      responses:
        '200':
          description: Pets without a discriminator.
          content:
            application/json:
              schema:
                type: object
                properties:
                  items:
                    type: array
                    items:
                      anyOf:
                        - {$ref: '#/components/schemas/Cat'}
                        - {$ref: '#/components/schemas/Hen'}
components:
  schemas:
    Birth: {type: object, properties: {at: {type: string, format: date-time}}}
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}
    Cat:
      type: object
      required: [kind]
      properties:
        kind: {type: string}
        id: {type: string}
        born: {$ref: '#/components/schemas/Birth'}
        lives: {type: integer}
    Dog:
      type: object
      required: [kind]
      properties:
        kind: {type: string}
        id: {type: string}
        born: {$ref: '#/components/schemas/Birth'}
        tail: {type: boolean}
        mood: {type: string, enum: [calm, wild]}
    Hen: {type: object, properties: {eggs: {type: integer}}}
"""
START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "cat", "lives": 9},
    {"kind": "dog", "tail": True},
    {"kind": "cow", "milk": 3},
    {"kind": "dog", "tail": False, "new": 1},
)


def entry(number: int) -> dict[str, Any]:
    born = (START + dt.timedelta(minutes=number)).isoformat().replace("+00:00", "Z")
    return {**KINDS[number % 4], "id": f"p{number}", "born": {"at": born}}


class Log:
    """A service with entries, newest first, in pages of five."""

    def __init__(self) -> None:
        self.entries = [entry(number) for number in range(23)]
        self.client = httpx.Client(transport=httpx.MockTransport(self._respond))

    def _respond(self, request: httpx.Request) -> httpx.Response:
        query = request.url.params
        start, end = int(query.get("start", 0)), int(query.get("end", 10**15))
        found = [
            each
            for each in reversed(self.entries)
            if start <= dt.datetime.fromisoformat(each["born"]["at"]).timestamp() * 1000 <= end
        ]
        page = int(query.get("page", 0))
        body = {"items": found[page * 5 : page * 5 + 5], "total": len(found)}
        return httpx.Response(200, json=body, headers={"date": "Tue, 02 Jan 2024 00:00:00 GMT"})


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("pets"), DOCUMENT) as package:
        yield package


def test_entries_of_a_page_are_of_their_own_classes(pets: Any) -> None:
    log = Log()
    page = pets.Client("t", http_client=log.client).pets.list()
    names = [type(each).__name__ for each in page.items]
    assert names == ["Unrecognized", "Dog", "Cat", "Dog", "Unrecognized"]
    newest = page.items[3]
    assert (newest.tail, newest.id, newest.born.at) == (False, "p19", START + 19 * MINUTE)
    assert newest.extra == {"new": 1}
    assert json.loads(newest.raw) == newest.to_dict() == entry(19)


MINUTE = dt.timedelta(minutes=1)


def test_every_entry_of_a_list_and_of_a_walk_is_yielded_once(pets: Any) -> None:
    client = pets.Client("t", http_client=Log().client)
    wanted = [f"p{number}" for number in reversed(range(23))]
    for entries in (client.pets.list(), client.pets.walk(end=START + 60 * MINUTE)):
        assert [each.to_dict()["id"] for each in entries] == wanted


def test_walk_over_a_union_resumes_from_its_checkpoint(pets: Any) -> None:
    client = pets.Client("t", http_client=Log().client)
    walk = client.pets.walk(end=START + 60 * MINUTE)
    first = [next(iter_) for iter_ in [iter(walk)] for _ in range(8)]
    rest = list(client.pets.walk(checkpoint=walk.checkpoint))
    assert [each.to_dict()["id"] for each in (*first, *rest)] == [
        f"p{number}" for number in reversed(range(23))
    ]
    assert walk.report.first == START + 22 * MINUTE


def test_walk_reports_unknown_fields_of_all_classes(pets: Any) -> None:
    walk = pets.Client("t", http_client=Log().client).pets.walk(end=START + 60 * MINUTE)
    assert len(list(walk)) == 23
    assert walk.report.unknown_fields["new"] == 5


def test_undecodable_entry_of_a_union_is_reported_with_its_place(pets: Any) -> None:
    log = Log()
    log.entries[20]["lives"] = "many"
    client = pets.Client("t", http_client=log.client)
    with pytest.raises(pets.ResponseDecodeError, match=r"entry .* does not match the document"):
        client.pets.list()
    walk = client.pets.walk(end=START + 60 * MINUTE, on_undecodable="keep")
    assert (len(list(walk)), walk.report.undecodable) == (23, 1)


def test_entry_without_the_id_of_the_others_is_yielded(pets: Any) -> None:
    items = [{"kind": "cat", "id": "a"}, {"eggs": 1}, {"eggs": 2}]

    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"items": [] if request.url.params else items})

    transport = httpx.MockTransport(respond)
    client = pets.Client("t", http_client=httpx.Client(transport=transport))
    found = list(client.all.list())
    assert [type(each).__name__ for each in found] == ["Cat", "Hen", "Hen"]


def test_mock_serves_entries_of_several_classes(pets: Any) -> None:
    transport = pets.testing.mock_transport(entries={"pets.list": [entry(1), entry(0)]})
    with pets.Client("t", http_client=httpx.Client(transport=transport)) as client:
        assert [type(each).__name__ for each in client.pets.list()] == ["Dog", "Cat"]


@each_checker
def test_program_that_distinguishes_the_classes_is_strictly_typed(
    pets: Any, tmp_path: Path, checker: str
) -> None:
    (tmp_path / "program.py").write_text(
        """\
from pets import Client
from pets.models import Cat, Dog

with Client("t") as client:
    for entry in client.pets.list():
        if isinstance(entry, Cat):
            lives: int | None = entry.lives
        elif isinstance(entry, Dog):
            tail: bool | None = entry.tail
        else:
            print(entry.extra, entry.nothing)
    for each in client.pets.walk():
        print(each.raw)
"""
    )
    package = Path(pets.__file__).parents[1]
    assert {*lines_with_errors(tmp_path, checker, package)["program"]} == {11}


def test_new_values_of_enumerations_are_reported_for_each_class(pets: Any) -> None:
    log = Log()
    for number, mood in ((1, "calm"), (5, "sad"), (9, None), (13, "glad"), (0, "a cat has none")):
        log.entries[number]["mood"] = mood
    walk = pets.Client("t", http_client=log.client).pets.walk()
    assert len(list(walk)) == 23
    assert walk.report.new_enum_values == {"mood": frozenset({"sad", "glad"})}
    assert walk.report.unknown_fields["mood"] == 1


def test_entry_without_a_timestamp_is_listed(pets: Any) -> None:
    items = [{"kind": "cat", "id": "a"}, {"kind": "dog", "id": "b", "born": None}, entry(1)]
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={"items": items}))
    with pets.Client("t", http_client=httpx.Client(transport=transport)) as client:
        found = client.pets.list().items
    assert [each.id for each in found] == ["a", "b", "p1"]
    assert [each.born for each in found[:2]] == [None, None]
