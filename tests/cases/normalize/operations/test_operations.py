"""Normalized operations."""

from __future__ import annotations

from pathlib import Path

from generator.normalize.schemas.shapes import OneOf, Scalar
from tests.support.planning import one_operation, plan_document, reading

FINE = "responses: {'200': {description: Fine.}}"
SCHEMA = "schema: {type: string}"


def test_missing_members_of_an_operation_are_empty(tmp_path: Path) -> None:
    found = reading(tmp_path, f"{{{FINE}}}")
    assert (found.method, found.path) == ("get", "/pets/{id}/{part}")
    assert (found.tags, found.summary, found.doc) == ((), "", "")
    assert (found.client, found.pagination, found.server) == ({}, None, "")
    assert (found.body, found.media) == (None, ())
    assert not any(found.security)
    assert found.deprecated is False
    assert [each.status for each in found.responses] == ["200"]


def test_members_of_an_operation_are_read(tmp_path: Path) -> None:
    found = reading(
        tmp_path,
        "{operationId: pets.part, tags: [pets, parts], summary: A part, description: Of a pet., "
        "deprecated: true, x-client: {resource: animals, method: piece}, "
        f"servers: [{{url: 'https://parts.example.com'}}], {FINE}}}",
    )
    assert found.id == "pets.part"
    assert found.tags == ("pets", "parts")
    assert (found.summary, found.doc) == ("A part", "Of a pet.")
    assert found.deprecated is True
    assert found.client == {"resource": "animals", "method": "piece"}
    assert found.server == "https://parts.example.com"
    assert found.node.pointer == ("paths", "/pets/{id}/{part}", "get")


def test_operation_without_an_id_is_named_by_method_and_path(tmp_path: Path) -> None:
    assert reading(tmp_path, f"{{{FINE}}}").id == "get /pets/{id}/{part}"


def test_parameters_are_ordered_by_path_and_then_by_location(tmp_path: Path) -> None:
    parameters = ", ".join(
        f"{{name: {name}, in: {place}, {SCHEMA}}}"
        for name, place in [
            ("crumb", "cookie"),
            ("X-Head", "header"),
            ("id", "query"),
            ("z", "query"),
            ("a", "query"),
        ]
    )
    found = reading(tmp_path, f"{{parameters: [{parameters}], {FINE}}}")
    assert [each.wire_name for each in found.parameters] == [
        "id",
        "part",
        "id",
        "z",
        "a",
        "X-Head",
        "crumb",
    ]


def test_headers_ignored_by_openapi_are_no_parameters(tmp_path: Path) -> None:
    parameters = f"[{{name: Accept, in: header, {SCHEMA}}}, {{name: X-A, in: header, {SCHEMA}}}]"
    found = reading(tmp_path, f"{{parameters: {parameters}, {FINE}}}")
    assert [each.wire_name for each in found.parameters] == ["id", "part", "X-A"]


def test_request_body_is_read_with_its_media_types(tmp_path: Path) -> None:
    document = f"""\
paths:
  /pets:
    post:
      requestBody: {{content: {{text/plain: {{{SCHEMA}}}}}}}
      {FINE}
"""
    normalized, _ = plan_document(tmp_path, document)
    (media,) = normalized.operations[0].media
    assert (media.media_type, media.shape) == ("text/plain", Scalar("string"))


def test_security_of_an_operation_replaces_that_of_the_document(tmp_path: Path) -> None:
    document = f"""\
security: [{{key: []}}]
paths:
  /usual: {{get: {{{FINE}}}}}
  /own: {{get: {{security: [{{other: []}}], {FINE}}}}}
  /open: {{get: {{security: [], {FINE}}}}}
components:
  securitySchemes:
    key: {{type: apiKey, in: header, name: X-Key}}
    other: {{type: apiKey, in: header, name: X-Other}}
"""
    normalized, _ = plan_document(tmp_path, document)
    usual, own, open_ = (each.security for each in normalized.operations)
    assert usual == ((("key", ()),),)
    assert own == ((("other", ()),),)
    assert open_ == ()


def test_pagination_extension_is_read(tmp_path: Path) -> None:
    pagination = "{style: link, response: {items: ''}}"
    answer = "{type: array, items: {type: object, properties: {name: {type: string}}}}"
    found = reading(
        tmp_path,
        f"{{x-pagination: {pagination}, responses: {{'200': {{description: Fine., "
        f"content: {{application/json: {{schema: {answer}}}}}}}}}}}",
    )
    assert found.pagination == {"style": "link", "response": {"items": ""}}


def test_discriminator_maps_the_schemas_of_a_union_to_their_tags(tmp_path: Path) -> None:
    kinds = "".join(
        f"{name}: {{type: object, properties: {{kind: {{type: string, const: {name}}}}}}}, "
        for name in ("Cat", "Dog")
    )
    union = (
        "Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], "
        "discriminator: {propertyName: kind}}"
    )
    normalized, _ = plan_document(
        tmp_path, one_operation(f"{{{FINE}}}", f"schemas: {{{kinds}{union}}}")
    )
    shape = normalized.schemas["Pet"].shape
    assert isinstance(shape, OneOf)
    found = shape.discriminator
    assert found is not None
    assert found.member == "kind"
    assert found.values == {"Cat": ("Cat",), "Dog": ("Dog",)}


def test_components_come_before_inline_schemas(tmp_path: Path) -> None:
    inside = "{type: object, properties: {inner: {type: object, properties: {a: {}}}}}"
    normalized, _ = plan_document(
        tmp_path,
        one_operation(
            "{operationId: pets.get, responses: {'200': {description: Fine., content: "
            f"{{application/json: {{schema: {inside}}}}}}}}}}}",
            "schemas: {Unused: {type: object, properties: {b: {}}}, Zebra: {type: string}}",
        ),
    )
    assert list(normalized.schemas)[:2] == ["Unused", "Zebra"]
    assert len(normalized.schemas) > 2
    assert normalized.document.root.value["info"]["title"] == "Pets"
