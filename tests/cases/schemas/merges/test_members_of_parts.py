"""Members that several parts of an `allOf` describe."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from generator.normalize.schemas.shapes import (
    NOTHING,
    Anything,
    EnumShape,
    ListOf,
    MapOf,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
)
from tests.support.planning import plan_document

DAY = Scalar("string", "date-time")
CASES: list[tuple[str, str, Shape]] = [
    ("{type: string, format: date-time}", "{description: When.}", DAY),
    ("{type: string, format: date-time}", "{type: string, example: x}", DAY),
    ("{type: string, format: date-time}", "{type: string, format: password}", DAY),
    ("{type: integer}", "{type: number}", Scalar("integer")),
    ("{type: [string, 'null']}", "{type: string}", Scalar("string")),
    ("{type: [string, integer]}", "{type: [integer, boolean]}", Scalar("integer")),
    ("{anyOf: [{type: string}, {type: integer}]}", "{type: integer}", Scalar("integer")),
    ("{anyOf: [{type: string}, {type: number}]}", "{type: integer}", Scalar("integer")),
    (
        "{anyOf: [{type: string}, {type: integer}]}",
        "{anyOf: [{type: boolean}, {type: string}]}",
        Scalar("string"),
    ),
    (
        "{oneOf: [{type: string}, {type: integer}], minLength: 2}",
        "{type: string, maxLength: 4}",
        Scalar("string", "", (("minLength", 2), ("maxLength", 4))),
    ),
    ("{type: integer}", "{}", Scalar("integer")),
    ("{type: integer}", "true", Scalar("integer")),
    ("{enum: [a, b]}", "{enum: [b, c]}", Scalar("string", "", (("enum", ("b",)),))),
    (
        "{type: integer, minimum: 1, maximum: 9}",
        "{minimum: 3, maximum: 12}",
        Scalar("integer", "", (("minimum", 3), ("maximum", 9))),
    ),
    (
        "{type: integer, minimum: 5, exclusiveMinimum: true, multipleOf: 4}",
        "{minimum: 3, multipleOf: 6}",
        Scalar("integer", "", (("minimum", 3), ("exclusiveMinimum", 5), ("multipleOf", 12))),
    ),
    (
        "{type: string, minLength: 2, maxLength: 9}",
        "{type: string, minLength: 3, maxLength: 4}",
        Scalar("string", "", (("minLength", 3), ("maxLength", 4))),
    ),
    (
        "{type: array, items: {type: integer}, minItems: 1}",
        "{type: array, items: {maximum: 3}, minItems: 2}",
        ListOf(Scalar("integer", "", (("maximum", 3),)), (("minItems", 2),)),
    ),
    (
        "{type: object, additionalProperties: {type: integer}}",
        "{additionalProperties: {minimum: 3}}",
        MapOf(Scalar("integer", "", (("minimum", 3),))),
    ),
    (
        "{type: object, patternProperties: {^a: {type: integer}}}",
        "{type: object, patternProperties: {^a: {minimum: 3}}}",
        MapOf(Anything(), (), (("^a", Scalar("integer", "", (("minimum", 3),))),), Anything()),
    ),
    ("{type: string}", "false", NOTHING),
]


def merged_member(folder: Path, one: str, other: str) -> tuple[Shape, Any]:
    """Return the shape of a member that two parts describe, and all schemas."""
    folder.mkdir(exist_ok=True)
    normalized, _ = plan_document(
        folder,
        f"""\
paths: {{}}
components:
  schemas:
    Base: {{type: object, properties: {{it: {one}}}}}
    Child: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{properties: {{it: {other}}}}}]}}
""",
    )
    child = normalized.schemas["Child"].shape
    assert isinstance(child, ObjectShape)
    return child.properties[0].shape, normalized.schemas


@pytest.mark.parametrize(("one", "other", "shape"), CASES)
def test_member_fits_the_schemas_of_all_parts_in_any_order(
    tmp_path: Path, one: str, other: str, shape: Shape
) -> None:
    found = [
        merged_member(tmp_path / "a", one, other)[0],
        merged_member(tmp_path / "b", other, one)[0],
    ]
    assert [by_keyword(each) for each in found] == [by_keyword(shape)] * 2


def by_keyword(shape: Shape) -> Any:
    """Return a shape whose constraints have no order."""
    match shape:
        case Scalar():
            return shape.type, shape.format, dict(shape.constraints)
        case ListOf():
            return by_keyword(shape.item), dict(shape.constraints)
        case _:
            return shape


@pytest.mark.parametrize("order", [1, -1])
def test_nested_object_has_the_members_of_all_parts(tmp_path: Path, order: int) -> None:
    one = "{type: object, nullable: true, properties: {a: {type: integer}}}"
    other = "{type: object, nullable: true, properties: {b: {enum: [x, y]}}, required: [a]}"
    shape, schemas = merged_member(tmp_path, *(one, other)[::order])
    assert shape == OneOf((Ref("ChildIt"), Scalar("null")))
    nested = schemas["ChildIt"].shape
    assert isinstance(nested, ObjectShape)
    found = {each.wire_name: (each.shape, each.required) for each in nested.properties}
    base = schemas["Base"].shape
    assert found["a"] == (Scalar("integer"), True)
    assert len(base.properties) == 1
    reference = found["b"][0]
    assert isinstance(reference, Ref)
    assert schemas[reference.name].shape == EnumShape("string", ("x", "y"))


def test_pattern_of_each_part_must_match(tmp_path: Path) -> None:
    shape, _ = merged_member(
        tmp_path, "{type: string, pattern: '^a'}", "{type: string, pattern: 'b$'}"
    )
    assert isinstance(shape, Scalar)
    pattern = dict(shape.constraints)["pattern"]
    assert [bool(re.search(pattern, each)) for each in ("ab", "a\nb", "a", "b", "ba")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_member_of_two_recursive_schemas_is_both_of_them_inside_itself(tmp_path: Path) -> None:
    one = "{type: object, properties: {next: {$ref: '#/components/schemas/%s'}%s}}"
    both = f"{{allOf: [{one % ('Cat', '')}, {one % ('Dog', ', %s: {type: integer}')}]}}"
    schemas = f"components: {{schemas: {{Cat: {both % 'lives'}, Dog: {both % 'age'}}}}}\n"
    _, package = plan_document(tmp_path, f"paths: {{}}\n{schemas}")
    models = {each.name: {x.name: x.annotation for x in each.fields} for each in package.models}
    assert models["Cat"] == {"next": "CatNext | None", "lives": "int | None"}
    assert models["CatNext"] == {
        "next": "CatNext | None",
        "lives": "int | None",
        "age": "int | None",
    }
