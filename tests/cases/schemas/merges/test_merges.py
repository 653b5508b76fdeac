"""Composed schemas have the members of all their parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

SCHEMAS = """\
    Named: {type: object, required: [name], properties: {name: {type: string}}}
    Aged: {type: object, properties: {age: {type: integer}}}
    Tagged: {allOf: [{$ref: '#/components/schemas/Named'}], properties: {tag: {type: string}}}
    Loop: {allOf: [{$ref: '#/components/schemas/Loop'}], properties: {on: {type: string}}}
    Short: {allOf: [{type: string}, {enum: [a, b, c]}, {enum: [b, c, d]}]}
    Alone:
      description: Alone.
      allOf:
        - type: object
          required: [one]
          properties: {one: {allOf: [{type: integer}], nullable: true}}
    Level: {allOf: [{type: string, enum: [low, high]}]}
    Answer:
      allOf:
        - {$ref: '#/components/schemas/Tagged'}
        - oneOf:
            - {$ref: '#/components/schemas/Aged'}
            - {type: object, properties: {born: {type: string, format: date}}}
        - type: object
          properties:
            short: {$ref: '#/components/schemas/Short'}
            loop: {$ref: '#/components/schemas/Loop'}
            described:
              description: What a reference says beside itself.
              $ref: '#/components/schemas/Aged'
            alone: {$ref: '#/components/schemas/Alone'}
            level: {$ref: '#/components/schemas/Level'}
            nobody: {allOf: [{type: object, nullable: true, properties: {two: {type: integer}}}]}
            nullable: {allOf: [{$ref: '#/components/schemas/Aged'}], nullable: true}
            either:
              type: object
              properties: {first: {type: integer}}
              anyOf: [{required: [first]}, {properties: {second: {type: string}}}]
            changing:
              type: object
              properties: {size: {type: integer}}
              oneOf: [{properties: {size: {type: string}}}, {properties: {size: {type: integer}}}]
"""


@pytest.fixture(scope="module")
def schemas() -> str:
    return SCHEMAS


def test_composed_schema_has_the_members_of_every_part(pets: Any) -> None:
    names = set(pets.models.Answer.__struct_fields__) - {"_raw"}
    assert {"name", "tag", "age", "born", "short", "loop", "described", "nullable"} <= names


@pytest.mark.parametrize("member", ["age", "born", "tag"])
def test_member_of_one_alternative_is_optional(read: Callable[[Any], Any], member: str) -> None:
    assert getattr(read({"name": "Tom"}), member) is None


def test_member_required_by_any_part_is_required(read: Callable[[Any], Any], pets: Any) -> None:
    with pytest.raises(pets.ResponseDecodeError, match="name"):
        read({"tag": "a"})


def test_enum_of_several_parts_is_their_intersection(pets: Any) -> None:
    assert set(get_args(pets.models.Short)) == {"b", "c"}


def test_member_of_a_composed_type_is_decoded(read: Callable[[Any], Any]) -> None:
    answer = read({"name": "Tom", "either": {"first": 1, "second": "b"}, "nullable": None})
    assert (answer.either.first, answer.either.second, answer.nullable) == (1, "b", None)
    assert read({"name": "Tom", "described": {"age": 3}}).described.age == 3


@pytest.mark.parametrize("size", [1, "large"])
def test_member_described_differently_by_alternatives_has_any_of_the_types(
    read: Callable[[Any], Any], size: Any
) -> None:
    assert read({"name": "Tom", "changing": {"size": size}}).changing.size == size


def test_schema_with_a_single_part_has_its_own_name(read: Callable[[Any], Any], pets: Any) -> None:
    answer = read({"name": "Tom", "alone": {"one": 1}, "nobody": {"two": 2}, "level": "low"})
    assert (type(answer.alone), answer.alone.one) == (pets.Alone, 1)
    assert (type(answer.nobody).__name__, answer.nobody.two) == ("AnswerNobody", 2)
    assert set(get_args(pets.models.Level)) == {"low", "high"}
    assert pets.Alone.__doc__ == "Alone."
    assert {"Alone2", "Level2"}.isdisjoint(dir(pets.models))


def test_nullable_members_accept_null(read: Callable[[Any], Any]) -> None:
    answer = read({"name": "Tom", "alone": {"one": None}, "nobody": None})
    assert (answer.alone.one, answer.nobody) == (None, None)
