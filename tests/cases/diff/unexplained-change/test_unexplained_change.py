"""A difference that no rule covers counts as breaking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.diff.change import Impact
from generator.diff.comparison import of_documents
from generator.diff.side import Side
from generator.python.code import Code
from tests.support.editing import replaced_once
from tests.support.paths import ROOT

PETS = (ROOT / "tests" / "cases" / "diff" / "pets.yaml").read_text("utf-8")


def test_operation_sent_differently_without_a_rule_is_breaking(base: Side) -> None:
    resource, *further = base.plan.resources
    first, *others = resource.operations
    odd = replace(first, call=Code(str(first.call).replace("method=", "idempotent=True, method=")))
    plan = replace(base.plan, resources=(replace(resource, operations=(odd, *others)), *further))
    [found] = of_documents(base, replace(base, plan=plan))
    assert (found.rule, found.impact, found.subject) == (
        "unexplained-change",
        Impact.BREAKING,
        "pets.get",
    )
    assert found.location.line == 18


@pytest.mark.parametrize("value", ["String()", "ANOTHER"])
def test_arguments_validated_differently_without_a_rule_is_breaking(base: Side, value: str) -> None:
    first, *others = base.plan.constraints
    plan = replace(base.plan, constraints=(replace(first, value=Code(value)), *others))
    [found] = of_documents(base, replace(base, plan=plan))
    assert (found.rule, found.impact) == ("unexplained-change", Impact.BREAKING)


def test_difference_without_effect_on_programs_is_documentation(
    base: Side, build_side: Callable[[str], Side]
) -> None:
    new = build_side(replaced_once(PETS, "  version: 1.0.0", "  version: 1.0.1"))
    [found] = of_documents(base, new)
    assert (found.rule, found.impact) == ("text-changed", Impact.DOCUMENTATION)
