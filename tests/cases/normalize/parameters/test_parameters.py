"""Normalized parameters, with the defaults of OpenAPI filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.normalize.parameters import ParameterReading
from generator.normalize.schemas.shapes import Anything, ListOf, Scalar, Shape
from generator.openapi.media_types import FORM
from tests.support.planning import one_operation, plan_document, reading

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
def test_each_location_has_its_default_style(
    tmp_path: Path, location: str, style: str, *, explode: bool
) -> None:
    found = parameter(tmp_path, f"name: a, in: {location}, schema: {{type: string}}")
    assert (found.wire_name, found.location) == ("a", location)
    assert (found.style, found.explode) == (style, explode)


def test_path_parameter_is_simple_and_required(tmp_path: Path) -> None:
    first, second = reading(tmp_path, f"{{{FINE}}}").parameters
    assert (first.wire_name, second.wire_name) == ("id", "part")
    assert (first.style, first.explode, first.required) == ("simple", False, True)


def test_path_parameter_is_required_even_if_the_document_omits_required(
    tmp_path: Path,
) -> None:
    piece = f"paths: {{'/{{a}}': {{get: {{parameters: [{{name: a, in: path, {TEXT}}}], {FINE}}}}}}}"
    normalized, _ = plan_document(tmp_path, piece)
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
def test_explode_defaults_to_true_for_the_form_style_only(
    tmp_path: Path, written: str, *, explode: bool
) -> None:
    schema = "schema: {type: array, items: {type: string}}"
    assert parameter(tmp_path, f"name: a, in: query, {written}, {schema}").explode is explode


def test_missing_members_of_a_parameter_have_defaults(tmp_path: Path) -> None:
    found = parameter(tmp_path, "name: a, in: query, schema: {type: string}")
    assert found.required is False
    assert found.allow_reserved is False
    assert found.allow_empty is False
    assert found.deprecated is False
    assert found.doc == ""
    assert found.default is None
    assert found.media_type == ""
    assert found.arrays == "either"


def test_members_of_a_parameter_are_read(tmp_path: Path) -> None:
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


def test_query_members_are_ignored_in_other_locations(tmp_path: Path) -> None:
    found = parameter(
        tmp_path,
        "name: a, in: cookie, allowReserved: true, allowEmptyValue: true, schema: {type: string}",
    )
    assert found.allow_reserved is False
    assert found.allow_empty is False


def test_default_is_read_from_a_referenced_schema(tmp_path: Path) -> None:
    operation = (
        "{parameters: [{name: a, in: query, schema: {$ref: '#/components/schemas/Size'}}], "
        f"{FINE}}}"
    )
    schemas = "schemas: {Size: {type: string, enum: [big, small], default: small}}"
    normalized, _ = plan_document(tmp_path, one_operation(operation, schemas))
    assert normalized.operations[0].parameters[-1].default == "small"


def test_parameter_without_a_type_has_no_default(tmp_path: Path) -> None:
    found = parameter(tmp_path, "name: a, in: query, schema: true")
    assert (found.shape, found.default) == (Anything(), None)


@pytest.mark.parametrize("arrays", ["indices", "brackets", "repeat"])
def test_deep_object_extension_sets_the_notation_of_arrays(tmp_path: Path, arrays: str) -> None:
    found = parameter(
        tmp_path,
        f"name: a, in: query, style: deepObject, x-deep-object: {{arrays: {arrays}}}, "
        "schema: {type: object, additionalProperties: {type: string}}",
    )
    assert found.arrays == arrays


@pytest.mark.parametrize("kind", ["application/json", "application/problem+json; charset=utf-8"])
def test_parameter_with_json_content_has_a_media_type(tmp_path: Path, kind: str) -> None:
    content = f"content: {{'{kind}': {{schema: {{type: integer, default: 3}}}}}}"
    found = parameter(tmp_path, f"name: a, in: query, {content}")
    assert found.media_type == "application/json"
    assert found.shape == Scalar("integer")
    assert found.default == 3


def test_parameter_with_other_content_is_a_string(tmp_path: Path) -> None:
    found = parameter(
        tmp_path, "name: a, in: query, content: {text/plain: {schema: {type: integer}}}"
    )
    assert found.media_type == ""
    assert found.shape == Scalar("string")


@pytest.mark.parametrize(
    ("kinds", "media_type"),
    [(["text/csv", "text/plain"], ""), (["text/csv", "application/json"], "application/json")],
)
def test_json_is_preferred_among_several_media_types(
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
def test_set_operator_in_a_character_class_is_literal(
    tmp_path: Path, pattern: str, text: str
) -> None:
    """Python warns about a possible set operation."""
    found = parameter(
        tmp_path, f"name: a, in: query, schema: {{type: string, pattern: '{pattern}'}}"
    )
    assert isinstance(found.shape, Scalar)
    assert re.fullmatch(dict(found.shape.constraints)["pattern"], text)


def test_boolean_exclusive_bounds_of_openapi_3_0_are_converted(tmp_path: Path) -> None:
    """In OpenAPI 3.0 `exclusiveMinimum` and `exclusiveMaximum` are booleans."""
    limits = "minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false"
    found = parameter(tmp_path, f"name: a, in: query, schema: {{type: integer, {limits}}}")
    assert found.shape == Scalar("integer", "", (("maximum", 9), ("exclusiveMinimum", 1)))


def test_binary_parameter_is_a_string(tmp_path: Path) -> None:
    """In lists too; other constraints remain."""
    item = "{type: string, format: binary, minLength: 2}"
    found = parameter(
        tmp_path, f"name: a, in: query, schema: {{type: array, maxItems: 3, items: {item}}}"
    )
    assert found.shape == ListOf(Scalar("string", "", (("minLength", 2),)), (("maxItems", 3),))


def test_other_formats_are_kept(tmp_path: Path) -> None:
    found = parameter(tmp_path, "name: a, in: query, schema: {type: string, format: date}")
    assert found.shape == Scalar("string", "date")


def test_parameter_has_its_position_in_the_document(tmp_path: Path) -> None:
    found = parameter(tmp_path, "name: a, in: query, schema: {type: string}")
    assert found.node.pointer == ("paths", "/pets/{id}/{part}", "get", "parameters", 0)


@pytest.mark.parametrize("location", ["query", "header", "querystring"])
def test_string_in_a_media_type_keeps_its_constraints(tmp_path: Path, location: str) -> None:
    content = "content: {text/plain: {schema: {type: string, maxLength: 3}}}"
    found = parameter(tmp_path, f"name: a, in: {location}, {content}")
    assert found.shape == Scalar("string", "", (("maxLength", 3),))
    other = parameter(tmp_path, f"name: a, in: {location}, {content.replace('string', 'object')}")
    assert other.shape == Scalar("string")


@pytest.mark.parametrize(
    ("kind", "media_type", "shape"),
    [
        (FORM, FORM, ListOf(Scalar("string"))),
        ("json", "application/json", ListOf(Scalar("string", "binary"))),
        ("text/plain", "text/plain", Scalar("string")),
        ("x-words", "", Scalar("string")),
    ],
)
def test_whole_query_has_the_members_of_a_parameter(
    tmp_path: Path, kind: str, media_type: str, shape: Shape
) -> None:
    schema = "{type: array, items: {type: string, format: binary}, default: [b]}"
    content = (
        f"content: {{{kind}: {{schema: {schema}, encoding: {{b: {{contentType: text/plain}}}}}}}}"
    )
    written = f"name: a, in: querystring, deprecated: true, description: An a., {content}"
    found = parameter(tmp_path, written)
    assert found == ParameterReading(
        wire_name="a",
        location="querystring",
        required=False,
        shape=shape,
        doc="An a.",
        default=["b"],
        deprecated=True,
        node=found.node,
        media_type=media_type,
        encodings=found.encodings,
    )
    assert bool(found.encodings) is (kind == FORM)
    required = parameter(tmp_path, f"{written}, required: true".replace("deprecated: true, ", ""))
    assert (required.required, required.deprecated) == (True, False)


def test_whole_query_without_content_is_a_form_of_its_schema(tmp_path: Path) -> None:
    found = parameter(tmp_path, "name: a, in: querystring, schema: {type: integer}")
    assert (found.media_type, found.shape) == (FORM, Scalar("integer"))
    untyped = parameter(
        tmp_path, f"name: a, in: querystring, content: {{{FORM}: {{schema: true}}}}"
    )
    assert (untyped.shape, untyped.default) == (Anything(), None)


def test_schema_of_a_parameter_is_preferred_to_its_content(tmp_path: Path) -> None:
    content = "content: {application/json: {schema: {type: integer}}}"
    found = parameter(tmp_path, f"name: a, in: query, {TEXT}, {content}")
    assert (found.shape, found.media_type) == (Scalar("string"), "")
