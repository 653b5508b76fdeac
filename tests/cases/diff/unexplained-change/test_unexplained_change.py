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
    [found] = of_documents(base, _sent_oddly(base))
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
    assert (found.subject, found.location.line) == (
        "Color",
        PETS[: PETS.index("Color:")].count("\n") + 1,
    )


def test_credential_described_differently_without_a_rule_is_breaking(base: Side) -> None:
    [(name, code)] = base.plan.schemes
    schemes = ((name, Code(code.replace("HttpScheme(", "HttpScheme(odd=True, "))),)
    plan = replace(base.plan, schemes=schemes)
    [found] = of_documents(base, replace(base, plan=plan))
    assert (found.rule, found.impact) == ("unexplained-change", Impact.BREAKING)


def _sent_oddly(side: Side) -> Side:
    """Return a side whose operation `pets.get` is sent in a way that no rule covers."""
    resource, *further = side.plan.resources
    operations = tuple(
        replace(each, call=Code(str(each.call).replace("method=", "idempotent=True, method=")))
        if each.method == "get"
        else each
        for each in resource.operations
    )
    resources = (replace(resource, operations=operations), *further)
    return replace(side, plan=replace(side.plan, resources=resources))


def _with_odd_field(side: Side, model: str, field: str) -> Side:
    """Return a side with a field of a model whose type changed in a way that no rule covers."""
    models = tuple(
        replace(
            each,
            fields=tuple(
                replace(one, annotation=Code("Odd")) if one.name == field else one
                for one in each.fields
            ),
        )
        if each.name == model
        else each
        for each in side.plan.models
    )
    return replace(side, plan=replace(side.plan, models=models))


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("maxLength: 20", "maxLength: 30", "request-constraint-loosened"),
        ("'404':", "'410': {description: Gone.}\n        '404':", "status-added"),
        (
            "- {name: petId, in",
            "- {name: far, in: query, schema: {type: string}}\n        - {name: petId, in",
            "parameter-added",
        ),
        (
            "get:\n",
            "get:\n      security: [bearer: [pets.read], bearer: [pets.all], {}]\n",
            "security-widened",
        ),
    ],
)
def test_additive_change_inside_an_operation_explains_no_difference_of_the_operation(
    base: Side, build_side: Callable[[str], Side], before: str, after: str, rule: str
) -> None:
    new = build_side(PETS.replace(before, after, 1))
    assert [each.rule for each in of_documents(base, new)] == [rule]
    found = {each.rule: each.impact for each in of_documents(base, _sent_oddly(new))}
    assert found == {rule: Impact.ADDITIVE, "unexplained-change": Impact.BREAKING}


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        (
            "        - {name: minWeight, in: query, schema: {type: integer, minimum: 1}}\n",
            "",
            "parameter-removed",
        ),
        ("      operationId: pets.list\n", "      operationId: pets.all\n", "operation-renamed"),
        ("{petId}:\n", "{petId}:\n    delete: {operationId: pets.drop}\n", "operation-added"),
    ],
)
def test_breaking_change_of_an_operation_explains_no_difference_of_another(
    base: Side, build_side: Callable[[str], Side], before: str, after: str, rule: str
) -> None:
    new = build_side(replaced_once(PETS, before, after))
    found = {(each.rule, each.subject) for each in of_documents(base, _sent_oddly(new))}
    assert ("unexplained-change", "pets.get") in found
    assert rule in {each for each, _ in found}


@pytest.mark.parametrize("name", ["names", "nam", "other"])
def test_additive_change_of_a_field_explains_no_difference_of_another(
    base: Side, build_side: Callable[[str], Side], name: str
) -> None:
    chip = "        chip: {oneOf"
    new = build_side(replaced_once(PETS, chip, f"        {name}: {{type: string}}\n{chip}"))
    found = {
        (each.rule, each.subject): each.impact
        for each in of_documents(base, _with_odd_field(new, "Pet", "name"))
    }
    assert found == {
        ("response-property-added", "Pet"): Impact.ADDITIVE,
        ("unexplained-change", "Pet.name"): Impact.BREAKING,
    }


def test_additive_change_of_a_field_explains_its_difference(
    base: Side, build_side: Callable[[str], Side]
) -> None:
    new = build_side(replaced_once(PETS, "enum: [cat, dog, fish]", "enum: [cat, dog, fish, owl]"))
    known = [each.rule for each in of_documents(base, new)]
    odd = _with_odd_field(new, "Pet", "species")
    assert [each.rule for each in of_documents(base, odd)] != known
    new = build_side(replaced_once(PETS, "required: [id]", "required: [id, name]"))
    known = [each.rule for each in of_documents(base, new)]
    odd = _with_odd_field(new, "Pet", "name")
    assert [each.rule for each in of_documents(base, odd)] == known


def test_difference_without_effect_on_programs_is_documentation(
    base: Side, build_side: Callable[[str], Side]
) -> None:
    new = build_side(replaced_once(PETS, "  version: 1.0.0", "  version: 1.0.1"))
    [found] = of_documents(base, new)
    assert (found.rule, found.impact) == ("text-changed", Impact.DOCUMENTATION)
