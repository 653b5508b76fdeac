"""Classes of response headers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.planning.plan.models import Field, Model
from generator.python.code import Code
from tests.support.planning import operations, plan_document

Plan = Callable[..., Model | None]
TEXT = "schema: {type: string}"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Plans the header class of an operation with some responses."""

    def make(**responses: list[str]) -> Model | None:
        listed = ", ".join(
            f"'{status.strip('_')}': {{description: Fine., headers: {{{', '.join(headers)}}}}}"
            for status, headers in responses.items()
        )
        _, package = plan_document(
            tmp_path,
            f"paths:\n  /pets: {{get: {{operationId: pets.get-all, responses: {{{listed}}}}}}}\n",
        )
        return operations(package)["pets.get-all"].headers

    return make


def fields(model: Model | None) -> tuple[Field, ...]:
    assert model is not None
    return model.fields


def wire_names(model: Model | None) -> list[str]:
    return [each.wire_name for each in fields(model)]


def test_response_headers_become_a_class(plan: Plan) -> None:
    left = "X-Left: {description: How many are left., schema: {type: integer}}"
    assert plan(_200=[left, f"etag: {{{TEXT}}}"]) == Model(
        name="GetAllHeaders",
        doc="Response headers of `pets.get-all`.",
        is_camel_case=False,
        fields=(
            Field(
                name="x_left",
                wire_name="X-Left",
                has_explicit_name=True,
                annotation=Code("int | None"),
                required=False,
                doc="How many are left.",
            ),
            Field(
                name="etag",
                wire_name="etag",
                has_explicit_name=False,
                annotation=Code("str | None"),
                required=False,
                doc="",
            ),
        ),
        expected=(),
    )


@pytest.mark.parametrize(
    ("schema", "annotation"),
    [
        ("schema: {type: integer}", "int | None"),
        ("schema: {type: string, format: date-time}", "Timestamp | None"),
        ("schema: {type: array, items: {type: string}}", "list[str] | None"),
        ("schema: {type: [string, 'null']}", "str | None"),
        ("schema: {}", "Any"),
    ],
)
def test_every_header_field_is_optional(plan: Plan, schema: str, annotation: str) -> None:
    (field,) = fields(plan(_200=[f"X-Left: {{{schema}}}"]))
    assert (field.annotation, field.required) == (annotation, False)


def test_response_without_headers_has_no_class(plan: Plan) -> None:
    assert plan(_200=[]) is None


def test_headers_of_errors_are_ignored(plan: Plan) -> None:
    assert plan(_200=[], _404=[f"X-Why: {{{TEXT}}}"]) is None
    assert wire_names(plan(default=[f"X-Why: {{{TEXT}}}"])) == ["X-Why"]


def test_headers_of_all_successes_are_in_one_class(plan: Plan) -> None:
    """A header of several responses is one field; header names are case-insensitive."""
    found = plan(
        _200=[f"X-First: {{{TEXT}}}", "X-Both: {schema: {type: integer}}"],
        _201=[f"x-both: {{{TEXT}}}", f"X-Last: {{{TEXT}}}"],
    )
    assert wire_names(found) == ["X-First", "X-Both", "X-Last"]
    assert fields(found)[1].annotation == "int | None"


def test_header_names_that_are_reserved_get_a_suffix(plan: Plan) -> None:
    """`read` makes the headers; `str` and `dt` are types of their annotations."""
    wanted = ["read", "dt", "str", "class", "X-A", "X_A", "kept"]
    found = plan(_200=[f"{each}: {{{TEXT}}}" for each in wanted])
    assert [each.name for each in fields(found)] == [
        *("read_", "dt_", "str_", "class_", "x_a", "x_a2", "kept")
    ]
    assert [each.has_explicit_name for each in fields(found)] == [True] * 6 + [False]


def test_deprecated_header_is_marked_in_its_description(plan: Plan) -> None:
    header = f"description: As ever., deprecated: true, {TEXT}"
    found = plan(_200=[f"X-Told: {{{header}}}", f"X-Untold: {{deprecated: true, {TEXT}}}"])
    assert [each.doc for each in fields(found)] == [
        "Deprecated. As ever.",
        "Deprecated.",
    ]
