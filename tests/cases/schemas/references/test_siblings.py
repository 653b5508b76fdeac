"""Keywords beside a reference to a schema that is a reference itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SCHEMAS = """\
    Answer:
      type: object
      properties:
        dog: {$ref: '#/components/schemas/Alias'}
        dogs: {type: array, items: {$ref: '#/components/schemas/Dog'}}
        older: {allOf: [{$ref: '#/components/schemas/Dog'}, {properties: {age: {type: integer}}}]}
        lost: {$ref: '#/components/schemas/Lost'}
    Alias: {$ref: '#/components/schemas/Dog', description: The same.}
    Dog:
      $ref: '#/components/schemas/Pet'
      required: [name]
      properties: {tricks: {type: integer}}
    Pet: {type: object, properties: {name: {type: string}}}
    Lost: {$ref: '#/components/schemas/Alias', required: [name, since]}
"""


@pytest.fixture(scope="module")
def schemas() -> str:
    return SCHEMAS


def test_object_has_the_members_beside_each_reference(
    read: Callable[[Any], Any],
) -> None:
    rex = {"name": "Rex", "tricks": 3}
    found = read({"dog": rex, "dogs": [rex], "older": {**rex, "age": 2}})
    assert (found.dog.name, found.dog.tricks) == ("Rex", 3)
    assert found.dogs == [found.dog]
    assert (found.older.name, found.older.tricks, found.older.age) == ("Rex", 3, 2)
    assert type(found.dog).__name__ == "Dog"


@pytest.mark.parametrize(
    "value", [{"dog": {"tricks": 3}}, {"dogs": [{"name": "Rex", "tricks": "three"}]}]
)
def test_members_beside_a_reference_are_validated(
    read: Callable[[Any], Any], pets: Any, value: Any
) -> None:
    with pytest.raises(pets.ResponseDecodeError):
        read(value)
