"""Repairs of documents with missing parts or parts of Swagger 2.0."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.document import load
from generator.document.diagnostics import DocumentError
from generator.normalize import Normalized, security
from generator.normalize.operations import OperationReading
from generator.normalize.schemas.shapes import (
    Anything,
    ListOf,
    ObjectShape,
    Property,
    Ref,
    Scalar,
    Shape,
)
from generator.pipeline import readable
from tests.support.planning import HEAD, plan_document

SPARSE = """\
paths:
  /pets:
    parameters:
      - {name: shed, in: path, required: true, schema: {type: string}}
      - {name: page, in: query, schema: {type: integer}}
    get:
      responses: {'200': {description: A name., content: {schema: {type: string}}}}
    post:
      parameters:
        - {name: pet, in: body, schema: {properties: [{age: {type: integer, maximum: '30'}}]}}
        - {name: tags, in: query, style: csv, schema: {type: array, items: {type: string}}}
      responses: {'204': {description: Added.}}
    put:
      requestBody: {description: A pet.}
      responses: {'204': {description: Replaced.}}
    patch:
      requestBody: {content: [text/csv]}
      responses: {'204': {description: Changed.}}
    delete:
      parameters: {name: why, in: Query, type: mystery}
      responses: {'204': {description: Deleted.}}
    head:
      parameters: {name: photo, in: Query, type: file}
      responses: {'204': {description: Looked at.}}
components:
  securitySchemes: {first: {type: basic}, second: {type: http}, third: null}
"""


@pytest.fixture(scope="module")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> Normalized:
    return plan_document(tmp_path_factory.mktemp("sparse"), SPARSE)[0]


def operation(sparse: Normalized, method: str) -> OperationReading:
    return next(each for each in sparse.operations if each.method == method)


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("get", [("page", Scalar("integer"))]),
        ("post", [("page", Scalar("integer")), ("tags", ListOf(Scalar("string")))]),
        ("delete", [("page", Scalar("integer")), ("why", Anything())]),
        ("head", [("page", Scalar("integer")), ("photo", Scalar("string"))]),
    ],
)
def test_parameters_of_sparse_operations_are_repaired(
    sparse: Normalized, method: str, parameters: list[tuple[str, Shape]]
) -> None:
    """A path parameter absent from the path is dropped; references are resolved first."""
    found = operation(sparse, method).parameters
    assert [(each.wire_name, each.shape) for each in found] == parameters


def test_swagger_style_of_a_list_becomes_form_without_explode(sparse: Normalized) -> None:
    tags = operation(sparse, "post").parameters[-1]
    assert (tags.style, tags.explode) == ("form", False)


@pytest.mark.parametrize(
    ("method", "media_type", "shape"),
    [
        ("post", "application/json", Ref("PostPetsBody")),
        ("put", "application/octet-stream", Anything()),
        ("patch", "text/csv", Anything()),
    ],
)
def test_request_bodies_of_sparse_operations_are_repaired(
    sparse: Normalized, method: str, media_type: str, shape: Shape
) -> None:
    """A Swagger body, a body without content, and a body with media types only."""
    (media,) = operation(sparse, method).media
    assert (media.media_type, media.shape) == (media_type, shape)


def test_numbers_and_properties_in_other_notations_are_repaired(sparse: Normalized) -> None:
    assert sparse.schemas["PostPetsBody"].shape == ObjectShape(
        (Property("age", Scalar("integer", "", (("maximum", 30),)), required=False, doc=""),),
        Anything(),
    )


def test_response_schema_directly_in_the_content_becomes_json(sparse: Normalized) -> None:
    (answer,) = operation(sparse, "get").responses
    assert answer.content == (("application/json", Scalar("string")),)


def test_incomplete_security_schemes_are_completed(sparse: Normalized) -> None:
    found = security.schemes(sparse.document)
    assert {name: each.kind for name, each in found.items()} == {
        "first": "basic",
        "second": "bearer",
    }


def test_missing_info_and_server_url_are_added(tmp_path: Path) -> None:
    spec = tmp_path / "bare.yaml"
    get = "{operationId: pets.get, responses: {'204': {description: Fine.}}}"
    spec.write_text(
        f"openapi: 3.1.0\nservers: [{{description: Here}}]\npaths: {{/pet: {{get: {get}}}}}\n"
    )
    document, _ = readable(load(spec), strict=False)
    assert document.root.value["info"] == {}
    assert document.root.value["servers"] == [{"description": "Here", "url": "/"}]


def test_unnamed_parameters_are_left_out(tmp_path: Path) -> None:
    fields = "{in: formData, type: string}, {name: age, in: formData, type: integer}"
    spec = tmp_path / "nameless.yaml"
    spec.write_text(
        f"{HEAD}paths: {{/pet: {{post: {{parameters: [{fields}, {{$ref: '#/nothing'}}], "
        "responses: {'204': {description: Fine.}}}}}\n"
    )
    document, _ = readable(load(spec), strict=False, partial=True)
    post = document.root.at("paths", "/pet", "post").value
    assert post["parameters"] == []
    form = post["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert form["properties"] == {"age": {"type": "integer"}}


def test_parameter_location_of_another_type_is_dropped(tmp_path: Path) -> None:
    spec = tmp_path / "placeless.yaml"
    responses = "responses: {'204': {description: Fine.}}"
    parameters = "parameters: [{name: a, in: {}, schema: {}}]"
    spec.write_text(f"{HEAD}paths: {{/pet: {{get: {{{parameters}, {responses}}}}}}}\n")
    document, _ = readable(load(spec), strict=False, partial=True)
    get = document.root.at("paths", "/pet", "get").value
    assert get["parameters"] == [{"name": "a", "schema": {}}]


@pytest.mark.parametrize(
    "scheme", ["{type: {}}", "{type: [http]}", "{type: apiKey, name: key, in: {}}"]
)
def test_malformed_security_scheme_is_left_out(tmp_path: Path, scheme: str) -> None:
    spec = tmp_path / "odd.yaml"
    spec.write_text(f"{HEAD}paths: {{}}\ncomponents: {{securitySchemes: {{odd: {scheme}}}}}\n")
    document, _ = readable(load(spec), strict=False, partial=True)
    assert document.root.at("components", "securitySchemes").value == {}


def test_first_of_two_operations_of_one_method_is_kept(tmp_path: Path) -> None:
    fine = "responses: {'204': {description: Fine.}}"
    spec = tmp_path / "meeting.yaml"
    written = f"GET: {{operationId: a.b, {fine}}}, Get: {{operationId: a.c, {fine}}}"
    spec.write_text(f"{HEAD}paths: {{/pet: {{{written}}}}}\n")
    with pytest.raises(DocumentError) as caught:
        readable(load(spec), strict=False)
    assert [each.code for each in caught.value.diagnostics if each.is_error] == ["O306"]
    document, warnings = readable(load(spec), strict=False, partial=True)
    assert [each.code for each in warnings] == ["O306", "O306"]
    item = document.root.at("paths", "/pet").value
    assert {method: each["operationId"] for method, each in item.items()} == {"get": "a.b"}


def test_enumeration_that_is_an_object_is_no_list_of_it(tmp_path: Path) -> None:
    spec = tmp_path / "enumeration.yaml"
    spec.write_text(
        f"{HEAD}paths: {{}}\ncomponents: {{schemas: {{Pet: {{type: string, enum: {{a: 1}}}}}}}}\n"
    )
    document, _ = readable(load(spec), strict=False, partial=True)
    assert document.root.at("components", "schemas", "Pet").value == {"type": "string"}
