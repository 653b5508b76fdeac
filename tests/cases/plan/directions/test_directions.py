"""Directions of objects, with their read-only and write-only members."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.normalize.schemas.shapes import Anything, ObjectShape, Property, Scalar
from generator.planning.directions import Directions, directions
from tests.support.planning import plan_document

SCHEMAS = ("Root", "Part", "Inner")


def plan_directions(folder: Path, operation: str, **schemas: str) -> Directions:
    """Plan one operation that refers to `Root`; schemas that are not passed are plain objects."""
    written = "".join(
        f"    {name}: {{{schemas.get(name, 'type: object, properties: {a: {type: string}}')}}}\n"
        for name in SCHEMAS
    )
    normalized, _ = plan_document(
        folder,
        f"paths:\n  /pets:\n    post: {{operationId: pets.act, {operation}}}\n"
        f"components:\n  schemas:\n{written}",
    )
    return directions(normalized)


ROOT = "schema: {$ref: '#/components/schemas/Root'}"
JSON = f"content: {{application/json: {{{ROOT}}}}}"
FINE = "responses: {'204': {description: Fine.}}"


@pytest.mark.parametrize(
    "operation",
    [
        f"parameters: [{{name: a, in: query, style: deepObject, {ROOT}}}], {FINE}",
        f"requestBody: {{{JSON}}}, {FINE}",
        f"requestBody: {{content: {{text/plain: {{}}, multipart/form-data: {{{ROOT}}}}}}}, {FINE}",
    ],
)
def test_schemas_of_parameters_and_bodies_are_sent(tmp_path: Path, operation: str) -> None:
    assert plan_directions(tmp_path, operation) == Directions(frozenset({"Root"}), frozenset())


@pytest.mark.parametrize(
    "operation",
    [
        f"responses: {{'200': {{description: Fine., {JSON}}}}}",
        (
            "responses: {'204': {description: Fine.}, '404': {description: No., "
            f"content: {{text/plain: {{}}, application/json: {{{ROOT}}}}}}}}}"
        ),
        f"responses: {{'204': {{description: Fine., headers: {{X-A: {{{ROOT}}}}}}}}}",
    ],
)
def test_schemas_of_responses_and_headers_are_received(tmp_path: Path, operation: str) -> None:
    assert plan_directions(tmp_path, operation) == Directions(frozenset(), frozenset({"Root"}))


PART = "{$ref: '#/components/schemas/Part'}"


@pytest.mark.parametrize(
    "root",
    [
        f"type: object, properties: {{a: {{type: string}}, b: {PART}}}",
        f"type: object, properties: {{a: {{type: array, items: {PART}}}}}",
        f"type: object, properties: {{a: {{type: string}}}}, additionalProperties: {PART}",
        f"type: object, additionalProperties: {PART}",
        f"type: array, items: {PART}",
        f"type: array, prefixItems: [{PART}]",
        f"type: object, patternProperties: {{'^a': {PART}}}",
        f"oneOf: [{{type: string}}, {PART}]",
    ],
)
def test_nested_schemas_have_the_same_direction(tmp_path: Path, root: str) -> None:
    both = plan_directions(
        tmp_path,
        f"requestBody: {{{JSON}}}, responses: {{'200': {{description: Fine., {JSON}}}}}",
        Root=root,
        Part="type: object, properties: {inner: {$ref: '#/components/schemas/Inner'}}",
    )
    assert both == Directions(frozenset(SCHEMAS), frozenset(SCHEMAS))


def test_recursive_schemas_and_enums_have_a_direction(tmp_path: Path) -> None:
    sent = plan_directions(
        tmp_path,
        f"requestBody: {{{JSON}}}, {FINE}",
        Root=f"type: object, additionalProperties: false, properties: {{a: {PART}}}",
        Part=(
            "type: object, properties: {root: {$ref: '#/components/schemas/Root'}, "
            "inner: {$ref: '#/components/schemas/Inner'}}"
        ),
        Inner="type: string, enum: [red, green]",
    ).sent
    assert sent == set(SCHEMAS)


def member(*, read_only: bool = False, write_only: bool = False, doc: str = "") -> Property:
    return Property(
        "a", Scalar("string"), required=True, doc=doc, read_only=read_only, write_only=write_only
    )


PETS, TOYS = frozenset({"Pet"}), frozenset({"Toy"})
BOTH, SENT, RECEIVED = Directions(PETS, PETS), Directions(PETS, TOYS), Directions(TOYS, PETS)


@pytest.mark.parametrize(
    ("known", "member", "doc"),
    [
        (BOTH, member(read_only=True, doc="Its id."), "Only in responses. Its id."),
        (SENT, member(read_only=True), "Only in responses."),
        (BOTH, member(write_only=True, doc="Its pin."), "Only in requests. Its pin."),
        (RECEIVED, member(write_only=True), "Only in requests."),
    ],
)
def test_member_of_one_direction_is_optional_in_shared_schemas(
    known: Directions, member: Property, doc: str
) -> None:
    relaxed = known.relax("Pet", ObjectShape((member,), Anything(), ("^_",)))
    assert [(each.required, each.doc) for each in relaxed.properties] == [(False, doc)]
    assert (relaxed.additional, relaxed.expected) == (Anything(), ("^_",))


@pytest.mark.parametrize(
    ("known", "member"),
    [
        (RECEIVED, member(read_only=True, doc="Its id.")),
        (SENT, member(write_only=True, doc="Its pin.")),
        (BOTH, member(doc="Its name.")),
    ],
)
def test_member_stays_required_in_schemas_of_its_own_direction(
    known: Directions, member: Property
) -> None:
    shape = ObjectShape((member,), Anything())
    assert known.relax("Pet", shape) == shape
