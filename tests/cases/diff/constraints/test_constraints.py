"""The order of constraints from loose to tight."""

from __future__ import annotations

from typing import Any

import pytest

from generator.diff.constraints import Verdict, effective, verdicts


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
