"""References to schemas by `$id` and `$anchor`."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.document import load
from generator.lint import lint
from tests.support.planning import HEAD, plan_document

SCHEMAS = """\
paths: {}
components:
  schemas:
    Cat: {$anchor: cat, type: object, properties: {lives: {type: integer}}}
    Dog:
      $id: https://example.com/schemas/dog
      type: object
      properties: {owner: {$anchor: owner, type: object, properties: {name: {type: string}}}}
    Hen:
      $id: hen
      type: object
      properties: {owner: {$anchor: owner, type: object, properties: {farm: {type: string}}}}
    Pet:
      type: object
      properties: {member: {$ref: '%s'}}
      example: {$anchor: nothing}
"""


@pytest.mark.parametrize(
    ("reference", "annotation"),
    [
        ("#cat", "Cat | None"),
        ("https://example.com/schemas/dog", "Dog | None"),
        ("https://example.com/schemas/dog#", "Dog | None"),
        ("https://example.com/schemas/dog#/properties/owner", "DogOwner | None"),
        ("https://example.com/schemas/dog#owner", "DogOwner | None"),
        ("hen", "Hen | None"),
        ("hen#owner", "HenOwner | None"),
        ("hen#/properties/owner/properties/farm", "str | None"),
    ],
)
def test_reference_by_a_name_has_the_schema_as_its_target(
    tmp_path: Path, reference: str, annotation: str
) -> None:
    _, package = plan_document(tmp_path, SCHEMAS % reference)
    (model,) = [each for each in package.models if each.name == "Pet"]
    assert [each.annotation for each in model.fields] == [annotation]
    assert lint(load(tmp_path / "openapi.yaml")) == ()


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("#dog", "R201"),
        ("#nothing", "R201"),
        ("hen#cat", "R201"),
        ("hen#/properties/egg", "R201"),
        ("https://example.com/schemas/cow", "R202"),
    ],
)
def test_reference_to_an_unknown_name_is_reported(
    tmp_path: Path, reference: str, code: str
) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(HEAD + SCHEMAS % reference, "utf-8")
    assert [each.code for each in lint(load(spec))] == [code]


def test_anchor_of_another_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text("a: {$anchor: cow, type: object, properties: {a: {}}}\n")
    _, package = plan_document(tmp_path, SCHEMAS % "pets.yaml#cow")
    (model,) = [each for each in package.models if each.name == "Pet"]
    assert [each.annotation for each in model.fields] == ["A | None"]


def test_id_that_is_no_url_is_known_as_it_is_written(tmp_path: Path) -> None:
    schemas = SCHEMAS.replace("{$anchor: owner, type", "{$id: '//[owner', type", 1)
    _, package = plan_document(tmp_path, schemas % "//[owner")
    (model,) = [each for each in package.models if each.name == "Pet"]
    assert [each.annotation for each in model.fields] == ["DogOwner | None"]


@pytest.mark.parametrize(
    ("reference", "annotation"),
    [
        ("toy", "Toy | None"),
        ("toy#/properties/size", "int | None"),
        ("./toy", "Toy | None"),
        ("../schemas/dog", "Dog | None"),
    ],
)
def test_reference_is_relative_to_the_id_around_it(
    tmp_path: Path, reference: str, annotation: str
) -> None:
    schemas = f"""\
{SCHEMAS % "#cat"}
    Toy:
      $id: https://example.com/toys/toy
      type: object
      properties: {{size: {{type: integer}}}}
    Box:
      $id: https://example.com/toys/box
      type: object
      properties: {{it: {{$ref: '{reference}'}}}}
"""
    _, package = plan_document(tmp_path, schemas)
    (model,) = [each for each in package.models if each.name == "Box"]
    assert [each.annotation for each in model.fields] == [annotation]


def test_reference_to_the_whole_document_names_the_schema_around_it(tmp_path: Path) -> None:
    _, package = plan_document(tmp_path, SCHEMAS % "#")
    (model,) = [each for each in package.models if each.name == "Pet"]
    assert [each.annotation for each in model.fields] == ["Pet | None"]
