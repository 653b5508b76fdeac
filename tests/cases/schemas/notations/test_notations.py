"""Every notation of a type in a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

SCHEMAS = """\
    Json: {anyOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Json'}}]}
    Tree:
      type: object
      properties: {children: {type: array, items: {$ref: '#/components/schemas/Tree'}}}
    Empty: {type: string, enum: []}
    Anything: true
    Nothing: false
    Inner:
      type: object
      properties:
        deep: {type: object, properties: {value: {type: integer}}}
        several: {type: [object, string], properties: {b: {type: integer}}}
    Free: {}
    Answer:
      $defs: {Local: {type: object, properties: {local: {type: integer}}}}
      type: object
      properties:
        json: {$ref: '#/components/schemas/Json'}
        tree: {$ref: '#/components/schemas/Tree'}
        empty: {$ref: '#/components/schemas/Empty'}
        anything: {$ref: '#/components/schemas/Anything'}
        deep: {$ref: '#/components/schemas/Inner/properties/deep'}
        local: {$ref: '#/components/schemas/Answer/$defs/Local'}
        types: {type: [integer, string, 'null']}
        objectOrText: {type: [object, string], properties: {a: {type: integer}}}
        numbers: {type: integer, enum: [1, 2, 3]}
        mixed: {enum: [1, two, null, true]}
        constant: {const: 7}
        pair: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
        open: {type: object, additionalProperties: {type: integer}}
        both: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
        old: {type: string, nullable: true}
        implied: {properties: {a: {type: integer}}}
        impliedList: {items: {type: integer}}
        freeOrText: {anyOf: [{$ref: '#/components/schemas/Free'}, {type: string}]}
        first: {$ref: '#/components/schemas/Inner/properties/several'}
        second: {$ref: '#/components/schemas/Inner/properties/several'}
"""


@pytest.fixture(scope="module")
def schemas() -> str:
    return SCHEMAS


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("json", ["a", ["b", ["c"]]]),
        ("empty", "whatever"),
        ("anything", {"a": [1, None]}),
        ("types", 3),
        ("types", "three"),
        ("types", None),
        ("objectOrText", "text"),
        ("numbers", 4),
        ("mixed", "three"),
        ("mixed", 1),
        ("mixed", True),
        ("constant", 7),
        ("pair", ["a", 1]),
        ("open", {"a": 1}),
        ("old", None),
        ("impliedList", [1]),
        ("freeOrText", {"a": [1]}),
    ],
)
def test_value_of_the_type_is_decoded(read: Callable[[Any], Any], member: str, value: Any) -> None:
    answer = read({member: value, "tree": {}})
    found = getattr(answer, re.sub("([A-Z])", r"_\1", member).lower())
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("json", 3),
        ("types", []),
        ("numbers", "one"),
        ("pair", [{"a": 1}]),
        ("open", {"a": "text"}),
        ("deep", {"value": "text"}),
        ("local", {"local": "text"}),
        ("implied", {"a": "text"}),
        ("impliedList", ["one"]),
        ("tree", {"children": [{"children": 3}]}),
    ],
)
def test_value_of_another_type_is_rejected(
    read: Callable[[Any], Any], pets: Any, member: str, value: Any
) -> None:
    with pytest.raises(pets.ResponseDecodeError):
        read({member: value})


def test_recursive_object_is_decoded(read: Callable[[Any], Any]) -> None:
    answer = read({"tree": {"children": [{"children": []}, {}]}})
    assert answer.tree.children[0].children == []


def test_object_beside_another_type_is_a_class(read: Callable[[Any], Any]) -> None:
    assert read({"objectOrText": {"a": 1}}).object_or_text.a == 1


def test_schema_referenced_twice_is_one_class(read: Callable[[Any], Any]) -> None:
    answer = read({"first": {"b": 1}, "second": {"b": 1}})
    assert type(answer.first).__name__ == "InnerSeveralObject"
    assert answer.first == answer.second


def test_references_to_nested_schemas_are_resolved(read: Callable[[Any], Any]) -> None:
    answer = read({"deep": {"value": 1}, "local": {"local": 2}})
    assert (answer.deep.value, answer.local.local) == (1, 2)


def test_additional_members_are_kept(read: Callable[[Any], Any]) -> None:
    assert read({"both": {"a": "x", "b": 3}}).to_dict() == {"both": {"a": "x", "b": 3}}
