"""What is read of a parameter, with what OpenAPI takes for granted filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.normalize import ParameterReading
from generator.normalize.schemas.shapes import Anything, ListOf, Scalar
from tests.support.planning import one_operation, planned, reading

TEXT = "schema: {type: string}"
FINE = "responses: {'200': {description: Fine.}}"


def parameter(folder: Path, written: str) -> ParameterReading:
    found = reading(folder, f"{{parameters: [{{{written}}}], {FINE}}}")
    (extra,) = [each for each in found.parameters if each.wire_name not in {"id", "part"}]
    return extra


@pytest.mark.parametrize(
    ("location", "style", "explode"),
    [("query", "form", True), ("header", "simple", False), ("cookie", "form", True)],
)
def test_each_place_has_its_usual_style(
    tmp_path: Path, location: str, style: str, *, explode: bool
) -> None:
    found = parameter(tmp_path, f"name: a, in: {location}, schema: {{type: string}}")
    assert (found.wire_name, found.location) == ("a", location)
    assert (found.style, found.explode) == (style, explode)


def test_a_piece_of_the_path_is_simple_and_required(tmp_path: Path) -> None:
    first, second = reading(tmp_path, f"{{{FINE}}}").parameters
    assert (first.wire_name, second.wire_name) == ("id", "part")
    assert (first.style, first.explode, first.required) == ("simple", False, True)


def test_a_piece_of_the_path_is_required_also_where_the_document_forgets_it(
    tmp_path: Path,
) -> None:
    piece = f"paths: {{'/{{a}}': {{get: {{parameters: [{{name: a, in: path, {TEXT}}}], {FINE}}}}}}}"
    normalized, _ = planned(tmp_path, piece)
    assert normalized.operations[0].parameters[0].required is True


@pytest.mark.parametrize(
    ("written", "explode"),
    [
        ("style: pipeDelimited", False),
        ("style: form", True),
        ("style: form, explode: false", False),
        ("style: spaceDelimited, explode: true", True),
    ],
)
def test_only_forms_explode_unless_told(tmp_path: Path, written: str, *, explode: bool) -> None:
    schema = "schema: {type: array, items: {type: string}}"
    assert parameter(tmp_path, f"name: a, in: query, {written}, {schema}").explode is explode


def test_what_is_not_said_is_off(tmp_path: Path) -> None:
    found = parameter(tmp_path, "name: a, in: query, schema: {type: string}")
    assert found.required is False
    assert found.allow_reserved is False
    assert found.allow_empty is False
    assert found.deprecated is False
    assert found.doc == ""
    assert found.default is None
    assert found.media_type == ""
    assert found.arrays == "either"


def test_what_is_said_is_on(tmp_path: Path) -> None:
    found = parameter(
        tmp_path,
        "name: a, in: query, required: true, allowReserved: true, allowEmptyValue: true, "
        "deprecated: true, description: An a., schema: {type: integer, default: 7}",
    )
    assert found.required is True
    assert found.allow_reserved is True
    assert found.allow_empty is True
    assert found.deprecated is True
    assert found.doc == "An a."
    assert found.default == 7


def test_what_only_queries_have_is_not_read_elsewhere(tmp_path: Path) -> None:
    found = parameter(
        tmp_path,
        "name: a, in: cookie, allowReserved: true, allowEmptyValue: true, schema: {type: string}",
    )
    assert found.allow_reserved is False
    assert found.allow_empty is False


def test_a_default_is_found_behind_a_reference(tmp_path: Path) -> None:
    operation = (
        "{parameters: [{name: a, in: query, schema: {$ref: '#/components/schemas/Size'}}], "
        f"{FINE}}}"
    )
    schemas = "schemas: {Size: {type: string, enum: [big, small], default: small}}"
    normalized, _ = planned(tmp_path, one_operation(operation, schemas))
    assert normalized.operations[0].parameters[-1].default == "small"


def test_one_that_may_be_anything_has_no_default(tmp_path: Path) -> None:
    found = parameter(tmp_path, "name: a, in: query, schema: true")
    assert (found.shape, found.default) == (Anything(), None)


@pytest.mark.parametrize("arrays", ["indices", "brackets", "repeat"])
def test_lists_in_deep_objects_are_written_as_the_document_says(
    tmp_path: Path, arrays: str
) -> None:
    found = parameter(
        tmp_path,
        f"name: a, in: query, style: deepObject, x-deep-object: {{arrays: {arrays}}}, "
        "schema: {type: object, additionalProperties: {type: string}}",
    )
    assert found.arrays == arrays


@pytest.mark.parametrize("kind", ["application/json", "application/problem+json; charset=utf-8"])
def test_a_value_may_be_written_as_json(tmp_path: Path, kind: str) -> None:
    content = f"content: {{'{kind}': {{schema: {{type: integer, default: 3}}}}}}"
    found = parameter(tmp_path, f"name: a, in: query, {content}")
    assert found.media_type == "application/json"
    assert found.shape == Scalar("integer")
    assert found.default == 3


def test_or_as_a_text_whatever_its_schema(tmp_path: Path) -> None:
    found = parameter(
        tmp_path, "name: a, in: query, content: {text/plain: {schema: {type: integer}}}"
    )
    assert found.media_type == ""
    assert found.shape == Scalar("string")


@pytest.mark.parametrize(
    ("kinds", "media_type"),
    [(["text/csv", "text/plain"], ""), (["text/csv", "application/json"], "application/json")],
)
def test_of_several_media_types_json_counts_or_else_the_first(
    tmp_path: Path, kinds: list[str], media_type: str
) -> None:
    content = ", ".join(
        f"{kind}: {{schema: {{type: integer, default: {number}}}}}"
        for number, kind in enumerate(kinds)
    )
    found = parameter(tmp_path, f"name: a, in: query, content: {{{content}}}")
    assert (found.media_type, found.default) == (media_type, 1 if media_type else 0)


@pytest.mark.parametrize(
    ("pattern", "text"), [("[a&&b]", "&"), ("[[a]", "["), ("[a||b]", "|"), ("[a~~b]", "~")]
)
def test_a_sign_in_a_class_is_only_a_sign(tmp_path: Path, pattern: str, text: str) -> None:
    """Python warns that it may mean something one day."""
    found = parameter(
        tmp_path, f"name: a, in: query, schema: {{type: string, pattern: '{pattern}'}}"
    )
    assert isinstance(found.shape, Scalar)
    assert re.fullmatch(dict(found.shape.constraints)["pattern"], text)


def test_limits_are_those_of_openapi_3_1(tmp_path: Path) -> None:
    """In 3.0 they were marked as exclusive."""
    limits = "minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false"
    found = parameter(tmp_path, f"name: a, in: query, schema: {{type: integer, {limits}}}")
    assert found.shape == Scalar("integer", "", (("maximum", 9), ("exclusiveMinimum", 1)))


def test_bytes_are_texts_here(tmp_path: Path) -> None:
    """Also in lists; what limits them stays."""
    item = "{type: string, format: binary, minLength: 2}"
    found = parameter(
        tmp_path, f"name: a, in: query, schema: {{type: array, maxItems: 3, items: {item}}}"
    )
    assert found.shape == ListOf(Scalar("string", "", (("minLength", 2),)), (("maxItems", 3),))


def test_other_formats_stay(tmp_path: Path) -> None:
    found = parameter(tmp_path, "name: a, in: query, schema: {type: string, format: date}")
    assert found.shape == Scalar("string", "date")


def test_it_knows_where_it_stands(tmp_path: Path) -> None:
    found = parameter(tmp_path, "name: a, in: query, schema: {type: string}")
    assert found.node.pointer == ("paths", "/pets/{id}/{part}", "get", "parameters", 0)
