"""Lists and maps with alternatives beside their type."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.normalize.schemas.shapes import (
    ListOf,
    MapOf,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
)
from tests.support.planning import plan_document

NUMBER = Scalar("integer")
CASES: list[tuple[str, Shape]] = [
    (
        "{type: array, items: {type: integer}, anyOf: [{minItems: 2}, {maxItems: 0}]}",
        OneOf((ListOf(NUMBER, (("minItems", 2),)), ListOf(NUMBER, (("maxItems", 0),)))),
    ),
    (
        "{items: {type: integer}, oneOf: [{type: array, minItems: 2}, {maxItems: 0}]}",
        OneOf((ListOf(NUMBER, (("minItems", 2),)), ListOf(NUMBER, (("maxItems", 0),)))),
    ),
    (
        "{type: array, items: {type: integer}, anyOf: [{items: {maximum: 3}}, {minItems: 2}]}",
        OneOf(
            (
                ListOf(Scalar("integer", "", (("maximum", 3),))),
                ListOf(NUMBER, (("minItems", 2),)),
            )
        ),
    ),
    (
        "{type: array, items: {type: integer}, anyOf: [{description: Any.}, {minItems: 2}]}",
        OneOf((ListOf(NUMBER), ListOf(NUMBER, (("minItems", 2),)))),
    ),
    (
        "{type: object, additionalProperties: {type: integer}, anyOf: [{minProperties: 2}, {}]}",
        OneOf((MapOf(NUMBER, (("minProperties", 2),)), MapOf(NUMBER))),
    ),
    (
        (
            "{type: object, additionalProperties: {type: integer}, "
            "anyOf: [{properties: {a: {type: integer}}}, {minProperties: 2}]}"
        ),
        OneOf((Ref("PetItOption1"), MapOf(NUMBER, (("minProperties", 2),)))),
    ),
    (
        "{type: [array, 'null'], items: {type: integer}, anyOf: [{minItems: 2}]}",
        OneOf((ListOf(NUMBER, (("minItems", 2),)), Scalar("null"))),
    ),
]


@pytest.mark.parametrize(("schema", "shape"), CASES)
def test_alternative_keeps_the_type_beside_it(tmp_path: Path, schema: str, shape: Shape) -> None:
    normalized, _ = plan_document(
        tmp_path,
        "paths: {}\ncomponents:\n  schemas:\n"
        f"    Pet: {{type: object, properties: {{it: {schema}}}}}\n",
    )
    pet = normalized.schemas["Pet"].shape
    assert isinstance(pet, ObjectShape)
    assert pet.properties[0].shape == shape
