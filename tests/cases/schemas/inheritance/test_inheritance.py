"""Inheritance: schemas with a discriminator that others extend by `allOf`."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from tests.support.callers import Way
from tests.support.checkers import each_checker, lines_with_errors
from tests.support.packages import PackageCaller, generated_package
from tests.support.server import Server, json_answer

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pet:
    get:
      operationId: pets.get
      responses: &pet
        '200':
          description: A pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
    put:
      operationId: pets.set
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: *pet
  /home:
    get:
      operationId: homes.get
      responses:
        '200':
          description: A home.
          content: {application/json: {schema: {$ref: '#/components/schemas/Home'}}}
components:
  schemas:
    Home:
      type: object
      properties:
        pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        first: {allOf: [{$ref: '#/components/schemas/Pet'}], description: The oldest.}
        guest: {anyOf: [{$ref: '#/components/schemas/Pet'}, {type: 'null'}]}
        tool: {$ref: '#/components/schemas/Tool'}
        shape: {$ref: '#/components/schemas/Shape'}
        dog: {$ref: '#/components/schemas/Dog'}
        lone: {$ref: '#/components/schemas/Lone'}
        loop: {$ref: '#/components/schemas/Loop'}
    Pet:
      type: object
      required: [kind, name]
      discriminator:
        propertyName: kind
        mapping: {cat: '#/components/schemas/Cat', lynx: Cat, pet: '#/components/schemas/Pet'}
      properties:
        kind: {type: string}
        name: {type: string}
        born: {type: string, format: date-time}
        parent: {$ref: '#/components/schemas/Pet'}
    Cat:
      allOf:
        - {$ref: '#/components/schemas/Pet'}
        - {type: object, required: [lives], properties: {lives: {type: integer}}}
    Dog:
      allOf: [{$ref: '#/components/schemas/Pet'}]
      properties: {day: {type: string, format: date}}
    Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {properties: {weeks: {type: integer}}}]}
    Fish: {allOf: [{$ref: '#/components/schemas/Pet'}]}
    AnyPet: {type: object, properties: {number: {type: integer}}}
    Tool:
      allOf:
        - {$ref: '#/components/schemas/AnyPet'}
        - {discriminator: {propertyName: type}, properties: {type: {type: string}}}
    Saw: {allOf: [{$ref: '#/components/schemas/Tool'}, {properties: {teeth: {type: integer}}}]}
    Shape:
      discriminator: {propertyName: type}
      oneOf: [{$ref: '#/components/schemas/Round'}, {$ref: '#/components/schemas/Square'}]
    Round: {type: object, properties: {type: {type: string}, radius: {type: number}}}
    Square: {type: object, properties: {type: {type: string}, width: {type: number}}}
    Loop:
      allOf: [{$ref: '#/components/schemas/Loop'}]
      discriminator: {propertyName: type}
      properties: {type: {type: string}}
    Lone:
      type: object
      discriminator: {propertyName: type}
      properties: {type: {type: string}}
"""
TOM = {"kind": "cat", "name": "Tom", "lives": 9}
REX = {"kind": "Dog", "name": "Rex", "day": "2024-01-31"}


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    with generated_package(tmp_path_factory.mktemp("families"), DOCUMENT) as package:
        yield package


@pytest.fixture
def call(pets: Any, server: Server) -> PackageCaller:
    return PackageCaller(pets, Way.SYNC, server.url, {})


@pytest.fixture
def read(call: PackageCaller, server: Server) -> Callable[[Any], Any]:
    """Decodes a response as a call does."""

    def get(value: Any) -> Any:
        server.always(json_answer(value))
        return call(lambda client: client.pets.get())

    return get


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (TOM, "Cat"),
        ({**TOM, "kind": "lynx"}, "Cat"),
        ({**TOM, "kind": "Cat"}, "Cat"),
        (REX, "Dog"),
        ({"kind": "Puppy", "name": "Rex", "weeks": 3}, "Puppy"),
        ({"kind": "Fish", "name": "Wanda"}, "Fish"),
        ({"kind": "pet", "name": "Ed"}, "Pet"),
        ({"kind": "horse", "name": "Ed", "lives": 1, "hooves": 4}, "Pet"),
    ],
)
def test_object_is_decoded_as_the_class_of_its_tag(
    read: Callable[[Any], Any], value: Any, kind: str
) -> None:
    pet = read({**value, "new": 1})
    assert type(pet).__name__ == kind
    assert pet.name == value["name"]
    assert pet.to_dict() == {**value, "new": 1}
    assert pickle.loads(pickle.dumps(pet)) == copy.deepcopy(pet) == pet


def test_unknown_member_of_the_base_class_is_extra(read: Callable[[Any], Any]) -> None:
    assert read({"kind": "horse", "name": "Ed", "hooves": 4}).extra == {"hooves": 4}


@pytest.mark.parametrize(
    "value",
    [
        {"kind": "cat", "name": "Tom"},
        {"kind": "cat", "name": "Tom", "lives": "nine"},
        {"kind": "horse", "name": 3},
        {"kind": "horse"},
        {"name": "Tom"},
        [],
        "Tom",
    ],
    ids=str,
)
def test_object_that_fits_no_class_of_the_inheritance_is_rejected(
    read: Callable[[Any], Any], pets: Any, value: Any
) -> None:
    with pytest.raises(pets.ResponseDecodeError):
        read(value)


def test_classes_of_an_inheritance_may_be_nested(read: Callable[[Any], Any]) -> None:
    born = "2024-01-31T10:00:00+02:00"
    pet = read({"kind": "Fish", "name": "a", "parent": {**TOM, "born": born, "parent": REX}})
    assert [type(each).__name__ for each in (pet, pet.parent, pet.parent.parent)] == [
        "Fish",
        "Cat",
        "Dog",
    ]
    assert pet.parent.born == dt.datetime(2024, 1, 31, 8, tzinfo=dt.UTC)
    assert pet.parent.parent.day == dt.date(2024, 1, 31)


def test_property_of_the_base_type_accepts_every_subclass(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    home = {
        "pets": [TOM, REX, {"kind": "horse", "name": "Ed"}],
        "first": TOM,
        "guest": REX,
        "tool": {"type": "Saw", "number": 1, "teeth": 40},
    }
    server.always(json_answer(home))
    found = call(lambda client: client.homes.get())
    assert [type(each) for each in found.pets] == [pets.Cat, pets.Dog, pets.Pet]
    assert (type(found.first), type(found.guest)) == (pets.Cat, pets.Dog)
    assert (type(found.tool), found.tool.number, found.tool.teeth) == (pets.Saw, 1, 40)
    assert found.to_dict() == home


def test_property_of_a_subclass_accepts_only_the_subclass(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    """The same holds for a plain union, and for a schema that nothing extends."""
    server.always(
        json_answer({"dog": REX, "shape": {"type": "Round"}, "lone": {"type": "a", "b": 1}})
    )
    found = call(lambda client: client.homes.get())
    assert (type(found.dog), type(found.shape), type(found.lone)) == (
        pets.Dog,
        pets.Round,
        pets.Lone,
    )
    assert {"AnyLone", "AnyLoop", "AnyShape"}.isdisjoint(dir(pets.models))


def test_alias_of_the_inheritance_does_not_take_a_name_of_the_document(pets: Any) -> None:
    fields = pets._runtime.models.model.fields(pets.AnyPet)
    assert set(fields) == {"number"}
    assert pets.models.AnyPet2 is not pets.AnyPet


@pytest.mark.parametrize("name", ["Cat", "Dog", "Pet"])
@pytest.mark.parametrize("is_model", [True, False])
def test_every_class_of_an_inheritance_can_be_sent(
    call: PackageCaller, server: Server, pets: Any, name: str, *, is_model: bool
) -> None:
    """A date is one only in classes that have it; unknown members of the base are arbitrary."""
    given: dict[str, dict[str, Any]] = {
        "Cat": TOM,
        "Dog": {**REX, "day": dt.date(2024, 1, 31)},
        "Pet": {"kind": "horse", "name": "Ed"},
    }
    server.always(json_answer(TOM))
    body = getattr(pets, name)(**given[name]) if is_model else given[name]
    call(lambda client: client.pets.set(body=body))
    assert json.loads(server.last.body) == {"Cat": TOM, "Dog": REX}.get(name, given[name])


@pytest.mark.parametrize(
    ("body", "member"),
    [
        ({"kind": "cat", "name": "Tom"}, "lives"),
        ({"kind": "cat", "name": "Tom", "lives": "nine"}, "body.lives"),
        ({"kind": "horse"}, "name"),
        ({"kind": ["cat"], "name": "Tom"}, "body.kind"),
        ({**TOM, "parent": {"kind": "lynx", "name": "a"}}, "body.parent"),
        ("Tom", "body"),
    ],
)
def test_request_object_is_validated_as_the_class_of_its_tag(
    call: PackageCaller, server: Server, pets: Any, body: Any, member: str
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match=member):
        call(lambda client: client.pets.set(body=body))
    assert server.requests == []


PROGRAM = """\
from typing import assert_type

from pets import Cat, Client, Dog, Fish, Pet, Puppy

with Client() as client:
    pet = client.pets.set(body=Cat(kind="cat", name="Tom", lives=9))
    assert_type(pet, Pet | Cat | Dog | Fish | Puppy)
    print(pet.name.upper())
    if isinstance(pet, Cat):
        print(pet.lives + 1)
"""


@each_checker
def test_common_members_are_accessible_without_a_type_check(
    pets: Any, tmp_path: Path, checker: str
) -> None:
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    found = lines_with_errors(tmp_path, checker, Path(pets.__file__).parents[1])
    assert found == {"program": []}
