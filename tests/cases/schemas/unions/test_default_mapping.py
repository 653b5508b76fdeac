"""Unions with `defaultMapping`, the variant of objects without a known discriminator value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

READ = Callable[[Any], Any]
SCHEMAS = """\
    Cat: {type: object, properties: {kind: {type: string}, name: {type: string}}}
    Dog: {type: object, properties: {kind: {type: string}, name: {type: string}}}
    Strict:
      type: object
      required: [name]
      properties: {kind: {type: string}, name: {type: string}, age: {type: integer}}
    Answer: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}
    Pet:
      oneOf:
      - $ref: '#/components/schemas/Cat'
      - $ref: '#/components/schemas/Dog'
      - $ref: '#/components/schemas/Strict'
      discriminator: {propertyName: kind, mapping: {feline: Cat}, defaultMapping: Dog}
"""


@pytest.fixture(scope="module")
def schemas() -> str:
    """The schemas of the document."""
    return SCHEMAS


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"kind": "feline", "name": "Tom"}, "Cat"),
        ({"kind": "Strict", "name": "Tom"}, "Strict"),
        ({"kind": "Dog", "name": "Rex"}, "Dog"),
        ({"name": "Rex", "age": 3}, "Dog"),
        ({"kind": None, "name": "Rex"}, "Dog"),
        ({"kind": "bird", "name": "Rex", "age": 3}, "Dog"),
        ({}, "Dog"),
    ],
    ids=str,
)
def test_default_variant_is_read_where_no_value_selects_another_that_fits(
    read: READ, value: Any, name: str
) -> None:
    assert type(read({"pet": value}).pet).__name__ == name


def test_object_that_does_not_fit_the_default_variant_is_rejected(read: READ, pets: Any) -> None:
    with pytest.raises(pets.ResponseDecodeError):
        read({"pet": {"name": 1}})
