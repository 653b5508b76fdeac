"""Unions in responses are decoded as the member that fits."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections.abc import Callable
from typing import Any

import pytest

SCHEMAS = """\
    Bike: {type: object, properties: {kind: {const: bike}}}
    Van: {type: object, properties: {kind: {const: van}, load: {type: integer}}}
    Shut: {type: object, properties: {state: {enum: [shut, locked]}}}
    Ajar:
      type: object
      properties: {state: {$ref: '#/components/schemas/OpenState'}, angle: {type: integer}}
    OpenState: {type: string, enum: [open, ajar]}
    Cat:
      type: object
      required: [kind, name]
      properties:
        kind: {type: string, enum: [cat]}
        name: {type: string}
        born: {type: string, format: date-time}
    Dog:
      type: object
      required: [kind, name]
      properties: {kind: {const: dog}, name: {type: string}, barks: {type: boolean}}
    Fish:
      type: object
      required: [type]
      properties: {type: {type: string}, depth: {type: number}}
    Bird:
      type: object
      required: [type]
      properties: {type: {type: string}, wings: {type: integer}}
    FishAlias: {$ref: '#/components/schemas/Fish'}
    BirdPart: {allOf: [{$ref: '#/components/schemas/Bird'}], description: A bird.}
    Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Loop: {allOf: [{$ref: '#/components/schemas/Loop'}]}
    Tulip:
      type: object
      required: [version, kind]
      properties: {version: {const: 1}, kind: {const: tulip}, name: {type: string}}
    Rose:
      type: object
      required: [version, kind]
      properties: {version: {const: 1}, kind: {const: rose}, name: {type: string}}
    Round: {type: object, properties: {radius: {type: number}, color: {type: string}}}
    Square: {type: object, properties: {width: {type: number}, height: {type: number}}}
    Table:
      type: object
      properties: {legs: {type: integer}}
      additionalProperties: {type: integer}
    Answer:
      type: object
      properties:
        opened:
          anyOf: [{$ref: '#/components/schemas/Round'}, {$ref: '#/components/schemas/Table'}]
        mapped:
          anyOf:
            - {$ref: '#/components/schemas/Round'}
            - {type: object, additionalProperties: {type: integer}}
        implied: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
        optional: {oneOf: [{$ref: '#/components/schemas/Bike'}, {$ref: '#/components/schemas/Van'}]}
        enumerated:
          oneOf: [{$ref: '#/components/schemas/Shut'}, {$ref: '#/components/schemas/Ajar'}]
        declared:
          oneOf: [{$ref: '#/components/schemas/Fish'}, {$ref: '#/components/schemas/Bird'}]
          discriminator:
            propertyName: type
            mapping:
              fish: '#/components/schemas/Fish'
              bird: Bird
              parrot: Bird
              worm: '#/components/schemas/Worm'
        other_member:
          oneOf: [{$ref: '#/components/schemas/Fish'}, {$ref: '#/components/schemas/Bird'}]
          discriminator: {propertyName: depth, mapping: {deep: Fish, high: Bird}}
        reversed:
          oneOf: [{$ref: '#/components/schemas/Bird'}, {$ref: '#/components/schemas/Fish'}]
          discriminator: {propertyName: type, mapping: {fish: Bird, bird: Fish}}
          nullable: true
        without: {oneOf: [{$ref: '#/components/schemas/Fish'}, {$ref: '#/components/schemas/Bird'}]}
        aliases:
          oneOf: [{$ref: '#/components/schemas/FishAlias'}, {$ref: '#/components/schemas/BirdPart'}]
          discriminator: {propertyName: type, mapping: {f: Fish, b: '#/components/schemas/Bird'}}
        aliased:
          oneOf: [{$ref: '#/components/schemas/Fish'}, {$ref: '#/components/schemas/Bird'}]
          discriminator: {propertyName: type, mapping: {f: FishAlias, b: BirdPart}}
        named_twice:
          oneOf:
          - {$ref: '#/components/schemas/FishAlias'}
          - {$ref: '#/components/schemas/Fish'}
          - {$ref: '#/components/schemas/Bird'}
          discriminator: {propertyName: type}
        far:
          oneOf: [{$ref: '#/components/schemas/Far30'}, {$ref: '#/components/schemas/Bird'}]
          discriminator: {propertyName: type, mapping: {f: Fish, b: Bird}}
        circular:
          oneOf: [{$ref: '#/components/schemas/Fish'}, {$ref: '#/components/schemas/Bird'}]
          discriminator: {propertyName: type, mapping: {f: Fish, b: Bird, l: Loop}}
        flower:
          oneOf: [{$ref: '#/components/schemas/Tulip'}, {$ref: '#/components/schemas/Rose'}]
        around:
          oneOf:
            - oneOf: [{$ref: '#/components/schemas/Bird'}, {$ref: '#/components/schemas/Fish'}]
              discriminator: {propertyName: type, mapping: {fish: Bird, bird: Fish}}
            - {$ref: '#/components/schemas/Round'}
        marked_or_text:
          oneOf:
            - {$ref: '#/components/schemas/Fish'}
            - {$ref: '#/components/schemas/Bird'}
            - {type: string}
          discriminator: {propertyName: type}
        unmapped:
          oneOf: [{$ref: '#/components/schemas/Fish'}, {$ref: '#/components/schemas/Bird'}]
          discriminator: {propertyName: type}
        likeness:
          anyOf: [{$ref: '#/components/schemas/Round'}, {$ref: '#/components/schemas/Square'}]
        nested:
          anyOf:
            - {$ref: '#/components/schemas/Pet'}
            - {$ref: '#/components/schemas/Round'}
            - {type: string}
        mixed:
          anyOf:
            - {$ref: '#/components/schemas/Round'}
            - {type: array, items: {$ref: '#/components/schemas/Square'}}
            - {type: string}
        one_or_many:
          anyOf:
            - {$ref: '#/components/schemas/Round'}
            - {type: array, items: {$ref: '#/components/schemas/Round'}}
        moment: {anyOf: [{type: string, format: date-time}, {type: string, format: date}]}
        loose: {anyOf: [{type: string, format: date-time}, {type: string}]}
        lists:
          anyOf: [{type: array, items: {type: integer}}, {type: array, items: {type: string}}]
        nullable:
          oneOf:
            - {$ref: '#/components/schemas/Cat'}
            - {$ref: '#/components/schemas/Dog'}
            - {type: 'null'}
        several: {type: array, items: {$ref: '#/components/schemas/Answer/properties/implied'}}
    Far0: {$ref: '#/components/schemas/Fish'}
"""
CHAIN = "".join(
    f"    Far{number}: {{$ref: '#/components/schemas/Far{number - 1}'}}\n"
    for number in range(1, 31)
)


@pytest.fixture(scope="module")
def schemas() -> str:
    return SCHEMAS + CHAIN


@pytest.mark.parametrize(
    ("member", "value", "kind"),
    [
        ("implied", {"kind": "cat", "name": "Tom"}, "Cat"),
        ("implied", {"kind": "dog", "name": "Rex", "barks": True}, "Dog"),
        ("optional", {"kind": "van"}, "Van"),
        ("optional", {"kind": "bike"}, "Bike"),
        ("optional", {"kind": "bike", "load": 3}, "Bike"),
        ("optional", {"load": 3}, "Van"),
        ("enumerated", {"state": "shut"}, "Shut"),
        ("enumerated", {"state": "ajar"}, "Ajar"),
        ("enumerated", {"state": "tilted", "angle": 3}, "Ajar"),
        ("enumerated", {"angle": 3}, "Ajar"),
        ("enumerated", {"state": "tilted"}, "Shut"),
        ("nested", {"kind": "cat", "name": "Tom"}, "Cat"),
        ("nested", {"radius": 2}, "Round"),
        ("nested", {"weight": 2}, "Round"),
        ("nested", "text", "str"),
        ("declared", {"type": "fish", "depth": 3.5}, "Fish"),
        ("declared", {"type": "bird"}, "Bird"),
        ("declared", {"type": "parrot", "wings": 2}, "Bird"),
        ("other_member", {"type": "fish", "depth": "high"}, "Bird"),
        ("reversed", {"type": "fish"}, "Bird"),
        ("reversed", {"type": "bird"}, "Fish"),
        ("reversed", None, "NoneType"),
        ("without", {"type": "fish", "wings": 2}, "Bird"),
        ("without", {"type": "bird", "depth": 2}, "Fish"),
        ("aliases", {"type": "f"}, "Fish"),
        ("aliases", {"type": "b"}, "Bird"),
        ("aliased", {"type": "f"}, "Fish"),
        ("aliased", {"type": "b"}, "Bird"),
        ("named_twice", {"type": "FishAlias"}, "Fish"),
        ("named_twice", {"type": "Fish"}, "Fish"),
        ("far", {"type": "f"}, "Fish"),
        ("far", {"type": "b"}, "Bird"),
        ("circular", {"type": "f"}, "Fish"),
        ("circular", {"type": "l"}, "Unrecognized"),
        ("flower", {"version": 1, "kind": "tulip"}, "Tulip"),
        ("flower", {"version": 1, "kind": "rose"}, "Rose"),
        ("around", {"type": "fish"}, "Bird"),
        ("around", {"radius": 1}, "Round"),
        ("marked_or_text", {"type": "Bird"}, "Bird"),
        ("marked_or_text", "a text", "str"),
        ("unmapped", {"type": "Fish"}, "Fish"),
        ("unmapped", {"type": "Bird"}, "Bird"),
        ("likeness", {"radius": 1, "color": "red"}, "Round"),
        ("likeness", {"width": 1, "height": 2}, "Square"),
        ("likeness", {"color": "red", "unknown": 1}, "Round"),
        ("opened", {"radius": 1, "height": 2}, "Round"),
        ("opened", {"height": 2}, "Table"),
        ("opened", {"legs": 4}, "Table"),
        ("opened", {}, "Round"),
        ("mapped", {"height": 2}, "dict"),
        ("mapped", {"radius": 1}, "Round"),
        ("mixed", {"radius": 1}, "Round"),
        ("mixed", "a text", "str"),
        ("mixed", [{"width": 1}], "list"),
        ("one_or_many", {"radius": 1}, "Round"),
        ("one_or_many", [{"radius": 1}], "list"),
        ("loose", "2024-01-31T10:00:00Z", "datetime"),
        ("loose", "yesterday", "str"),
        ("moment", "2024-01-31T10:00:00Z", "datetime"),
        ("moment", "2024-01-31", "date"),
        ("lists", [1, 2], "list"),
        ("lists", ["a", "b"], "list"),
        ("nullable", None, "NoneType"),
        ("nullable", {"kind": "cat", "name": "Tom"}, "Cat"),
    ],
)
def test_value_is_decoded_as_its_member_of_the_union(
    read: Callable[[Any], Any], member: str, value: Any, kind: str
) -> None:
    found = getattr(read({member: value}), member)
    assert type(found).__name__ == kind


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("implied", {"kind": "horse", "name": "Ed"}),
        ("optional", {"kind": "tram", "load": 3}),
        ("declared", {"type": "worm", "depth": 1}),
        ("declared", {"depth": 1}),
    ],
)
def test_unknown_object_of_a_union_is_kept(
    read: Callable[[Any], Any], pets: Any, member: str, value: Any
) -> None:
    found = getattr(read({member: value}), member)
    assert isinstance(found, pets.Unrecognized)
    assert found.to_dict() == found.extra == value


def test_unknown_object_can_be_pickled_and_copied(read: Callable[[Any], Any]) -> None:
    found = read({"implied": {"kind": "horse", "name": "Ed"}}).implied
    assert pickle.loads(pickle.dumps(found)) == copy.deepcopy(found) == found


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("implied", "a text"),
        ("implied", {"kind": "cat", "name": 3}),
        ("moment", "yesterday"),
        ("lists", [1, "a"]),
        ("mixed", 3),
    ],
)
def test_value_that_fits_no_member_is_rejected_with_a_pointer(
    read: Callable[[Any], Any], pets: Any, member: str, value: Any
) -> None:
    with pytest.raises(pets.ResponseDecodeError) as caught:
        read({member: value})
    assert caught.value.pointer.startswith(f"/{member}")


def test_timestamps_in_unions_are_in_utc(read: Callable[[Any], Any]) -> None:
    cat = read({"implied": {"kind": "cat", "name": "Tom", "born": "2024-01-31T10:00:00+02:00"}})
    assert cat.implied.born == dt.datetime(2024, 1, 31, 8, tzinfo=dt.UTC)
    assert cat.implied.born.tzinfo is dt.UTC


def test_items_of_a_list_are_decoded_individually(read: Callable[[Any], Any]) -> None:
    several = [{"kind": "dog", "name": "Rex"}, {"kind": "cat", "name": "Tom"}]
    assert [type(each).__name__ for each in read({"several": several}).several] == ["Dog", "Cat"]


def test_union_response_round_trips(read: Callable[[Any], Any]) -> None:
    value = {"implied": {"kind": "cat", "name": "Tom", "new": 1}, "moment": "2024-01-31"}
    assert read(value).to_dict() == value
