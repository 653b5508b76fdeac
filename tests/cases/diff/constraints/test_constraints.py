"""The order of constraints from loose to tight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.diff.change import Impact
from generator.diff.comparison import of_documents
from generator.diff.constraints import Verdict, effective, verdicts
from generator.diff.side import Side
from tests.support.editing import replaced_once


@pytest.mark.parametrize(
    ("keyword", "tight", "loose"),
    [
        ("minimum", 2, 1),
        ("exclusiveMinimum", 0.5, 0),
        ("maximum", 9, 10),
        ("maxLength", 20, 21),
        ("minItems", 1, 0),
        ("multipleOf", 4, 2),
        ("multipleOf", 0.3, 0.1),
        ("multipleOf", 1, 0.1),
        ("uniqueItems", True, False),
        ("pattern", "^a", None),
        ("required", ("a", "b"), ("a",)),
        ("dependentRequired", (("a", ("b", "c")),), (("a", ("c",)),)),
        ("dependentRequired", (("a", ("c",)), ("b", ("c",))), (("a", ("c",)),)),
    ],
)
def test_constraint_is_tightened_or_loosened(keyword: str, tight: Any, loose: Any) -> None:
    [(_, _, _, verdict)] = verdicts({keyword: loose}, {keyword: tight})
    assert verdict is Verdict.TIGHTENED
    [(_, _, _, verdict)] = verdicts({keyword: tight}, {keyword: loose})
    assert verdict is Verdict.LOOSENED


@pytest.mark.parametrize(("keyword", "was", "now"), [("pattern", "^a", "^b"), ("multipleOf", 2, 3)])
def test_constraints_that_cannot_be_compared_count_as_tightened(
    keyword: str, was: Any, now: Any
) -> None:
    [(_, _, _, verdict)] = verdicts({keyword: was}, {keyword: now})
    assert verdict is Verdict.TIGHTENED


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ({}, {"uniqueItems": False}),
        ({"multipleOf": 0}, {}),
        ({"minimum": 1}, {"minimum": 1.0}),
        ({"required": ("a", "b")}, {"required": ("b", "a")}),
        (
            {"dependentRequired": (("a", ("b", "c")), ("b", ("a",)))},
            {"dependentRequired": (("b", ("a",)), ("a", ("c", "b", "b")))},
        ),
    ],
)
def test_constraint_without_effect_is_no_change(was: dict[str, Any], now: dict[str, Any]) -> None:
    assert list(verdicts(was, now)) == []


@pytest.mark.parametrize(
    ("was", "now", "verdict"),
    [
        ({"minimum": 1}, {"exclusiveMinimum": 1}, Verdict.TIGHTENED),
        ({"exclusiveMinimum": 1}, {"minimum": 1}, Verdict.LOOSENED),
        ({"minimum": 1}, {"exclusiveMinimum": 0.5}, Verdict.LOOSENED),
        ({"exclusiveMinimum": 1}, {"minimum": 2}, Verdict.TIGHTENED),
        ({"maximum": 9.5}, {"exclusiveMaximum": 9.5}, Verdict.TIGHTENED),
        ({"exclusiveMaximum": 9.5}, {"maximum": 10}, Verdict.LOOSENED),
        ({"exclusiveMaximum": 9.5}, {"maximum": 9.4}, Verdict.TIGHTENED),
    ],
)
def test_bound_that_changes_its_keyword_is_compared_by_its_strictness(
    was: dict[str, Any], now: dict[str, Any], verdict: Verdict
) -> None:
    [(keyword, _, value, found)] = verdicts(was, now)
    assert ({keyword: value}, found) == (now, verdict)


@pytest.mark.parametrize(
    ("constraints", "expected"),
    [
        ({"minimum": 1.5, "exclusiveMinimum": 1.5}, {"exclusiveMinimum": 1.5}),
        ({"minimum": 2.5, "exclusiveMinimum": 1.5}, {"minimum": 2.5}),
        ({"maximum": 2.5, "exclusiveMaximum": 2.5}, {"exclusiveMaximum": 2.5}),
        ({"maximum": 1.5, "exclusiveMaximum": 2.5}, {"maximum": 1.5}),
    ],
)
def test_stricter_of_two_bounds_on_one_side_has_effect(
    constraints: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert effective(constraints) == expected


UNCHECKED = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    post:
      operationId: pets.add
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                name: {$ref: '#/components/schemas/Name', not: {const: nobody}}
                description: {type: string}
              not: {required: [name, description], properties: {description: {const: none}}}
      responses: {'204': {description: Added.}}
components:
  schemas:
    Name: {type: string}
"""


@pytest.mark.parametrize(
    ("before", "after", "impact"),
    [
        ("[name, description]", "[description, name]", Impact.DOCUMENTATION),
        ("not: {required", "not: {description: Both., required", Impact.DOCUMENTATION),
        ("{const: none}", "{const: none, description: The word.}", Impact.DOCUMENTATION),
        ("properties: {description: {const", "properties: {name: {const", Impact.BREAKING),
        ("{const: none}", "{const: {description: none}}", Impact.BREAKING),
        ("{const: none}", "{$ref: '#/info'}", Impact.BREAKING),
        ("{const: nobody}", "{const: somebody}", Impact.BREAKING),
    ],
)
def test_meaning_of_a_keyword_that_only_services_check_is_compared(
    build_side: Callable[[str], Side], before: str, after: str, impact: Impact
) -> None:
    changed = replaced_once(UNCHECKED, before, after)
    found = list(of_documents(build_side(UNCHECKED), build_side(changed)))
    assert max(each.impact for each in found) is impact
