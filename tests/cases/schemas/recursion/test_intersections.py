"""Recursive schemas that an `allOf` joins apply together at every level."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.planning import plan_document

SCHEMAS = """\
    Low:
      type: object
      properties:
        size: {type: integer, minimum: 1}
        next: {$ref: '#/components/schemas/Low'}
        list: {type: array, items: {$ref: '#/components/schemas/Low'}}
    High:
      type: object
      properties:
        day: {type: string, format: date}
        next: {$ref: '#/components/schemas/High'}
        list: {type: array, items: {$ref: '#/components/schemas/High'}}
    Answer: {allOf: [{$ref: '#/components/schemas/Low'}, {$ref: '#/components/schemas/High'}]}
"""
DOCUMENT = """\
paths:
  /a:
    get:
      responses:
        '200':
          description: A.
          content: {application/json: {schema: {$ref: '#/components/schemas/Both'}}}
components:
  schemas:
    Both: {allOf: [{$ref: '#/components/schemas/S0'}, {$ref: '#/components/schemas/T0'}]}
"""


@pytest.fixture(scope="module")
def schemas() -> str:
    """The schemas of the document."""
    return SCHEMAS


@pytest.mark.parametrize("place", ["next", "list"])
def test_intersection_is_the_same_class_at_every_level(
    read: Callable[[Any], Any], place: str
) -> None:
    value: Any = {"size": 3, "day": "2026-01-02"}
    for _ in range(4):
        value = {place: [value] if place == "list" else value}
    found: Any = read(value)
    for _ in range(4):
        found = found.list_[0] if place == "list" else found.next
    assert (found.size, str(found.day)) == (3, "2026-01-02")


def test_number_of_classes_of_crossing_recursions_is_that_of_their_pairs(tmp_path: Path) -> None:
    """Each of six schemas refers to all six in another order."""
    lines = [
        f"    {name}{number}:\n      type: object\n      properties: {{{fields}}}\n"
        for name, step in (("S", 1), ("T", 5))
        for number in range(6)
        for fields in [
            ", ".join(
                f"p{each}: {{$ref: '#/components/schemas/{name}{(number + step * each) % 6}'}}"
                for each in range(6)
            )
        ]
    ]
    _, package = plan_document(tmp_path, DOCUMENT + "".join(lines))
    assert len(package.models) == 1 + 6 + 6 + 6 * 6


def test_member_that_extends_the_schema_around_it_has_the_fields_of_both(tmp_path: Path) -> None:
    schemas = """\
paths: {}
components:
  schemas:
    Answer:
      allOf:
      - {$ref: '#/components/schemas/Inner'}
      - {properties: {next: {type: object, properties: {size: {type: integer}}}}}
    Inner:
      type: object
      properties: {day: {type: string}, next: {$ref: '#/components/schemas/Outer'}}
    Outer:
      allOf:
      - {$ref: '#/components/schemas/Inner'}
      - {properties: {next: {type: object, properties: {name: {type: string}}}}}
"""
    _, package = plan_document(tmp_path, schemas)
    fields = {each.name: {field.name for field in each.fields} for each in package.models}
    assert fields["Answer"] == fields["Inner"] == fields["Outer"] == {"day", "next"}
    assert fields["AnswerNext"] == {"day", "next", "size"}


PART = "{$ref: '#/components/schemas/Part'}"
WHOLE = "{$ref: '#/components/schemas/Whole'}"


@pytest.mark.parametrize(
    ("size", "children"),
    [
        ("{type: integer}", f"{{type: array, items: {PART}}}"),
        ("{type: integer}", f"{{type: array, items: {WHOLE}}}"),
        (PART, f"{{allOf: [{WHOLE}, {{properties: {{day: {{type: string}}}}}}]}}"),
    ],
    ids=["list of itself", "list of its extension", "member that extends its extension"],
)
def test_the_order_of_components_changes_no_type_of_recursive_ones(
    tmp_path: Path, size: str, children: str
) -> None:
    head = "paths: {}\ncomponents:\n  schemas:\n"
    whole = f"    Whole: {{allOf: [{PART}, {{properties: {{size: {size}}}}}]}}\n"
    part = f"    Part: {{type: object, properties: {{children: {children}}}}}\n"
    first, _ = plan_document(tmp_path, head + whole + part)
    second, _ = plan_document(tmp_path, head + part + whole)
    shapes = [
        {name: each.shape for name, each in document.schemas.items()}
        for document in (first, second)
    ]
    assert shapes[0] == shapes[1]
