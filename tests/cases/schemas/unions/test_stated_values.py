"""Discriminators without a mapping, and those of integers and booleans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SCHEMAS = """\
    Cat:
      type: object
      required: [kind]
      properties: {kind: {type: string, enum: [cat, kitten]}, name: {type: string}}
    Dog: {type: object, required: [kind], properties: {kind: {const: dog}, name: {type: string}}}
    Fish: {type: object, required: [kind], properties: {kind: {enum: [a, b]}}}
    Bird: {type: object, required: [kind], properties: {kind: {enum: [a, b]}}}
    First: {type: object, required: [number], properties: {number: {type: integer}}}
    Second: {type: object, required: [number], properties: {number: {type: integer}}}
    Wild: {type: object, required: [tame], properties: {tame: {type: boolean}}}
    Tame: {type: object, required: [tame], properties: {tame: {type: boolean}}}
    Shape:
      type: object
      required: [form]
      properties: {form: {type: string, enum: [round, square]}}
      discriminator: {propertyName: form}
    Circle:
      allOf: [{$ref: '#/components/schemas/Shape'}, {properties: {form: {const: round}}}]
    Square: {allOf: [{$ref: '#/components/schemas/Shape'}, {properties: {side: {type: integer}}}]}
    Answer:
      type: object
      properties:
        constants:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind}
        common:
          oneOf: [{$ref: '#/components/schemas/Fish'}, {$ref: '#/components/schemas/Bird'}]
          discriminator: {propertyName: kind}
        inline:
          oneOf:
          - $ref: '#/components/schemas/Dog'
          - {type: object, title: Cow, required: [kind], properties: {kind: {enum: [cow]}}}
          discriminator: {propertyName: kind}
        integers:
          oneOf: [{$ref: '#/components/schemas/First'}, {$ref: '#/components/schemas/Second'}]
          discriminator: {propertyName: number, mapping: {'1': First, '2': Second, many: Second}}
        booleans:
          oneOf: [{$ref: '#/components/schemas/Wild'}, {$ref: '#/components/schemas/Tame'}]
          discriminator: {propertyName: tame, mapping: {'true': Tame, 'false': Wild}}
        base: {$ref: '#/components/schemas/Shape'}
"""


@pytest.fixture(scope="module")
def schemas() -> str:
    """The schemas of the document."""
    return SCHEMAS


@pytest.mark.parametrize(
    ("member", "value", "name"),
    [
        ("constants", {"kind": "cat"}, "Cat"),
        ("constants", {"kind": "kitten"}, "Cat"),
        ("constants", {"kind": "dog"}, "Dog"),
        ("constants", {"kind": "bird"}, "Unrecognized"),
        ("common", {"kind": "Fish"}, "Fish"),
        ("common", {"kind": "a"}, "Unrecognized"),
        ("inline", {"kind": "cow"}, "AnswerInlineOption2"),
        ("inline", {"kind": "1"}, "Unrecognized"),
        ("integers", {"number": 1}, "First"),
        ("integers", {"number": 2}, "Second"),
        ("integers", {"number": 3}, "Unrecognized"),
        ("booleans", {"tame": True}, "Tame"),
        ("booleans", {"tame": False}, "Wild"),
        ("base", {"form": "round"}, "Circle"),
        ("base", {"form": "Square"}, "Square"),
        ("base", {"form": "square"}, "Shape"),
    ],
    ids=str,
)
def test_variant_is_selected_by_the_constants_and_the_type_of_the_property(
    read: Callable[[Any], Any], member: str, value: Any, name: str
) -> None:
    assert type(getattr(read({member: value}), member)).__name__ == name
