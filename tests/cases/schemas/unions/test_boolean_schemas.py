"""Boolean schemas, and keywords beside the alternatives of a union."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.planning import plan_document

FIELDS = {
    "anyOf: [{type: string}, true]": "Any",
    "oneOf: [true, {type: integer}]": "Any",
    "anyOf: [{type: string}, false]": "str | None",
    "allOf: [true, {type: string}]": "str | None",
    "type: string, anyOf: [{maxLength: 3}, true]": "str | None",
    "type: [string, 'null'], oneOf: [{enum: [a, b]}, {pattern: '^x'}]": (
        "Open[PetMemberOption1] | str | None"
    ),
    "type: string, anyOf: [{type: [string, integer]}]": "str | None",
    "type: object, oneOf: [{$ref: '#/components/schemas/Cat'}, {required: [name]}]": (
        "Variant[Cat | dict[str, Any]] | None"
    ),
}


@pytest.mark.parametrize(("schema", "annotation"), FIELDS.items(), ids=FIELDS)
def test_union_with_a_boolean_or_keywords_beside_it_has_its_type(
    tmp_path: Path, schema: str, annotation: str
) -> None:
    _, package = plan_document(
        tmp_path,
        f"""\
paths: {{}}
components:
  schemas:
    Cat: {{type: object, properties: {{name: {{type: string}}}}}}
    Pet: {{type: object, properties: {{member: {{{schema}}}}}}}
""",
    )
    (model,) = [each for each in package.models if each.name == "Pet"]
    assert [each.annotation for each in model.fields] == [annotation]


def test_constraints_beside_a_union_apply_to_each_alternative(tmp_path: Path) -> None:
    _, package = plan_document(
        tmp_path,
        """\
paths:
  /pets:
    get:
      operationId: pets.list
      parameters:
        - name: name
          in: query
          schema: {type: string, maxLength: 5, anyOf: [{pattern: ^a}, {maxLength: 3}]}
      responses: {'204': {description: Done.}}
""",
    )
    ((parameter,),) = [each.parameters for each in package.resources]
    assert "String(pattern='^a', max_length=5), String(max_length=3)" in parameter.value
