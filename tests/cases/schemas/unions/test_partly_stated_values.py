"""Unions of objects with and without constants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SCHEMAS = """\
    Cat: {type: object, required: [kind], properties: {kind: {const: cat}, age: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {const: dog}, age: {type: integer}}}
    Toy: {type: object, required: [kind], properties: {kind: {const: cat}, color: {type: string}}}
    Bird: {type: object, properties: {kind: {enum: [owl, jay]}, age: {type: integer}}}
    Rock: {type: object, required: [name], properties: {kind: {type: string}, name: {type: string}}}
    Day: {type: object, properties: {state: {enum: [on, off]}, hours: {type: integer}}}
    Night: {type: object, properties: {state: {enum: [on, off, dim]}, moon: {type: boolean}}}
    Answer:
      type: object
      properties:
        pet:
          oneOf:
            - {$ref: '#/components/schemas/Cat'}
            - {$ref: '#/components/schemas/Dog'}
            - {$ref: '#/components/schemas/Rock'}
        same:
          oneOf:
            - {$ref: '#/components/schemas/Cat'}
            - {$ref: '#/components/schemas/Dog'}
            - {$ref: '#/components/schemas/Toy'}
        open:
          oneOf:
            - {$ref: '#/components/schemas/Cat'}
            - {$ref: '#/components/schemas/Bird'}
            - {$ref: '#/components/schemas/Rock'}
        overlap:
          oneOf: [{$ref: '#/components/schemas/Day'}, {$ref: '#/components/schemas/Night'}]
        maybe:
          oneOf:
            - {$ref: '#/components/schemas/Dog'}
            - {$ref: '#/components/schemas/Bird'}
            - {type: object, additionalProperties: {type: boolean}}
"""


@pytest.fixture(scope="module")
def schemas() -> str:
    return SCHEMAS


@pytest.mark.parametrize(
    ("member", "value", "name"),
    [
        ("pet", {"kind": "dog"}, "Dog"),
        ("pet", {"kind": "dog", "age": 3}, "Dog"),
        ("pet", {"kind": "cat", "age": 3}, "Cat"),
        ("pet", {"kind": "dog", "name": "Dwayne"}, "Rock"),
        ("pet", {"name": "Dwayne"}, "Rock"),
        ("pet", {"kind": "opal", "age": 3}, "Unrecognized"),
        ("pet", {"kind": "dog", "age": "young"}, "Unrecognized"),
        ("same", {"kind": "dog", "color": "red"}, "Dog"),
        ("same", {"kind": "cat", "color": "red"}, "Toy"),
        ("same", {"kind": "cat", "age": 3}, "Cat"),
        ("same", {"kind": "cow"}, "Unrecognized"),
        ("open", {"kind": "jay"}, "Bird"),
        ("open", {"kind": "cat", "age": 3}, "Cat"),
        ("open", {"kind": "kite", "age": 3}, "Bird"),
        ("open", {"age": 3}, "Bird"),
        ("overlap", {"state": "on", "moon": True}, "Night"),
        ("overlap", {"state": "dim", "hours": 3}, "Day"),
        ("maybe", {"kind": "dog"}, "Dog"),
        ("maybe", {"red": True}, "dict"),
    ],
    ids=str,
)
def test_object_is_of_no_class_whose_constant_it_contradicts(
    read: Callable[[Any], Any], member: str, value: Any, name: str
) -> None:
    answer = read({member: value})
    assert type(getattr(answer, member)).__name__ == name
    assert answer.to_dict() == {member: value}
