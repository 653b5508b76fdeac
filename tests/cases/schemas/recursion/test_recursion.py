"""Schemas that contain themselves, wherever they stand in the document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SCHEMAS = """\
    Answer:
      type: object
      $defs:
        Node:
          type: object
          properties:
            value: {type: integer}
            next: {$ref: '#/components/schemas/Answer/$defs/Node'}
        Composed:
          allOf:
            - {type: object, properties: {value: {type: integer}}}
            - {properties: {next: {$ref: '#/components/schemas/Answer/$defs/Composed'}}}
        Nested: {type: array, items: {$ref: '#/components/schemas/Answer/$defs/Nested'}}
        Endless: {anyOf: [{$ref: '#/components/schemas/Answer/$defs/Endless'}, {type: integer}]}
      properties:
        node: {$ref: '#/components/schemas/Answer/$defs/Node'}
        composed: {$ref: '#/components/schemas/Answer/$defs/Composed'}
        nested: {$ref: '#/components/schemas/Answer/$defs/Nested'}
        endless: {$ref: '#/components/schemas/Answer/$defs/Endless'}
        inline:
          type: [object, 'null']
          properties:
            value: {type: integer}
            next: {$ref: '#/components/schemas/Answer/properties/inline'}
"""


@pytest.fixture(scope="module")
def schemas() -> str:
    return SCHEMAS


@pytest.mark.parametrize("member", ["node", "composed", "inline"])
def test_recursive_schema_outside_components_is_one_class(
    read: Callable[[Any], Any], member: str
) -> None:
    found = getattr(read({member: {"value": 1, "next": {"next": {"value": 3}}}}), member)
    assert found.next.next.value == 3
    assert type(found) is type(found.next.next)


def test_list_of_itself_is_decoded(read: Callable[[Any], Any]) -> None:
    assert read({"nested": [[], [[]]]}).nested == [[], [[]]]


def test_alternative_that_is_the_schema_itself_allows_nothing_more(
    read: Callable[[Any], Any], pets: Any
) -> None:
    assert read({"endless": 3}).endless == 3
    with pytest.raises(pets.ResponseDecodeError):
        read({"endless": "3"})
