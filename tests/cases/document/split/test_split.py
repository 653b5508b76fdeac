"""References where OpenAPI defines none, and definitions that were pasted."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import pipeline
from generator.document.diagnostics import Diagnostic, DocumentError
from generator.normalize import Normalized
from generator.planning.plan.package import Package

HEAD = """\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
"""
FILES = {
    "openapi.yaml": """\
openapi: 3.0.3
info: {$ref: info.yaml}
servers: [{url: 'https://pets.example.com'}]
paths: {$ref: ./paths/index.yaml}
components: {$ref: components.yaml}
""",
    "info.yaml": "title: Pets\nversion: '1'\n",
    "paths/index.yaml": """\
/pets: {$ref: pets.yaml}
/toys:
  get: {$ref: 'operations.yaml#/listToys'}
  post: {$ref: 'operations.yaml#/addToy', deprecated: true}
""",
    "paths/pets.yaml": """\
get: {$ref: 'operations.yaml#/listPets'}
parameters: {$ref: 'operations.yaml#/shared'}
""",
    "paths/operations.yaml": """\
shared: [{name: q, in: query, schema: {type: string}}]
listPets: {operationId: pets.list, responses: {$ref: '#/ok'}}
listToys:
  operationId: toys.list
  responses: {'200': {description: All., content: {$ref: '#/content'}}}
addToy:
  operationId: toys.add
  requestBody: {content: {application/json: {$ref: '#/media'}}}
  responses: {'204': {description: Done.}}
ok: {'200': {description: All., content: {application/json: {$ref: '#/media'}}}}
content: {application/json: {$ref: '#/media'}}
media: {schema: {$ref: '../openapi.yaml#/components/schemas/Pet'}}
""",
    "components.yaml": "schemas: {$ref: schemas.yaml}\n",
    "schemas.yaml": """\
Pet: {type: object, properties: {name: {type: string}, toy: {$ref: '#/Toy'}}}
Toy: {type: object, properties: {size: {type: integer}}}
""",
}


def plan_files(
    folder: Path, files: dict[str, str], *, partial: bool = False
) -> tuple[Normalized, Package, tuple[Diagnostic, ...]]:
    """Write the files of a document and plan it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return pipeline.plan_package(folder / "openapi.yaml", "pets", strict=False, partial=partial)


def problems(folder: Path, document: str) -> list[Diagnostic]:
    """Return the diagnostics of a document that cannot be generated."""
    with pytest.raises(DocumentError) as caught:
        plan_files(folder, {"openapi.yaml": HEAD + document})
    return [each for each in caught.value.diagnostics if each.is_error]


def test_document_that_is_split_anywhere_is_read_as_a_whole(tmp_path: Path) -> None:
    _, package, warnings = plan_files(tmp_path, FILES)
    assert package.service.title == "Pets"
    found = {each.id: each for resource in package.resources for each in resource.operations}
    assert {id_: each.returns for id_, each in found.items()} == {
        "pets.list": "models.Pet",
        "toys.list": "models.Pet",
        "toys.add": "None",
    }
    assert [each.name for each in found["pets.list"].keyword] == ["q"]
    assert found["toys.add"].deprecated
    assert [each.name for each in package.models] == ["Pet", "Toy"]
    assert {each.code for each in warnings} == {"R206"}
    last = next(each for each in warnings if each.message.startswith("a reference 'operations."))
    assert last.location.file.endswith(("index.yaml", "pets.yaml"))
    assert "bundle the document" in last.hint


def test_fields_of_a_path_item_beside_a_reference_add_to_those_of_its_target(
    tmp_path: Path,
) -> None:
    own = "parameters: [{name: size, in: query, schema: {type: integer}}]\n"
    files = {
        "openapi.yaml": HEAD
        + "paths:\n  /pets:\n    $ref: 'paths/pets.yaml'\n"
        + f"    {own}    servers: [{{url: 'https://new.example.com'}}]\n"
        + "    post: {operationId: pets.add, responses: {'204': {description: Done.}}}\n",
        "paths/pets.yaml": "$ref: more.yaml#/pets\n"
        "put: {operationId: pets.replace, responses: {'204': {description: Done.}}}\n",
        "paths/more.yaml": """\
pets:
  parameters:
    - {name: q, in: query, schema: {type: string}}
    - {name: size, in: query, schema: {type: string}}
  get: {operationId: pets.list, responses: {$ref: '#/ok'}}
ok: {'204': {description: Done.}}
""",
    }
    normalized, package, warnings = plan_files(tmp_path, files)
    found = {each.id: each for resource in package.resources for each in resource.operations}
    assert found.keys() == {"pets.add", "pets.replace", "pets.list"}
    for each in found.values():
        assert [(a.name, a.annotation) for a in each.keyword] == [
            ("q", "str | None"),
            ("size", "int | None"),
        ]
    assert {each.server for each in normalized.operations} == {"https://new.example.com"}
    assert [each.code for each in warnings] == ["R206"]


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("paths/index.yaml", "#/listToys", "#/listBones", "R201"),
        ("paths/index.yaml", "operations.yaml#/listToys", "nowhere.yaml#/a", "R201"),
        ("paths/index.yaml", "operations.yaml#/listToys", "operations.yaml#/shared", "R204"),
        ("paths/operations.yaml", "addToy:\n", "addToy:\n  $ref: '#/addToy'\n", "R201"),
    ],
)
def test_reference_to_no_operation_is_an_error(
    tmp_path: Path, name: str, old: str, new: str, code: str
) -> None:
    files = {**FILES, name: FILES[name].replace(old, new)}
    with pytest.raises(DocumentError) as caught:
        plan_files(tmp_path, files)
    assert [each.code for each in caught.value.diagnostics if each.is_error] == [code]


def test_operation_without_a_target_is_left_out_and_counted(tmp_path: Path) -> None:
    old = "operations.yaml#/listToys"
    for new in (
        "operations.yaml#/nothing",
        "https://example.com/a.yaml",
        "operations.yaml#/shared",
    ):
        index = FILES["paths/index.yaml"].replace(old, new)
        _, package, warnings = plan_files(
            tmp_path, {**FILES, "paths/index.yaml": index}, partial=True
        )
        found = [each.id for resource in package.resources for each in resource.operations]
        assert found == ["pets.list", "toys.add"]
        assert any("until then it is omitted" in each.hint for each in warnings)
        outcome = pipeline.build(tmp_path / "openapi.yaml", "pets", strict=False, partial=True)
        assert (outcome.generated, outcome.operations) == (2, 3)


def test_misplaced_reference_is_an_error_in_a_document_for_this_generator(tmp_path: Path) -> None:
    files = {**FILES, "openapi.yaml": f"x-generator: 1\n{FILES['openapi.yaml']}"}
    with pytest.raises(DocumentError) as caught:
        plan_files(tmp_path, files)
    assert {each.code for each in caught.value.diagnostics} == {"R206"}


PASTED = """\
paths:
  /pets/{a%b}:
    get:
      operationId: pets.get
      parameters: [{name: a%b, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: A pet.
          content:
            application/json:
              schema:
                $defs:
                  Pet:
                    type: object
                    properties: {name: {type: string}, friend: {$ref: '#/$defs/Pet'}}
                type: object
                properties: {pet: {$ref: '#/$defs/Pet'}, inner: {$ref: '#/components/schemas/In'}}
components:
  schemas:
    In:
      definitions: {Pet: {type: object, properties: {size: {type: integer}}}}
      type: object
      properties: {pet: {$ref: '#/definitions/Pet'}}
"""


def test_pasted_definition_is_that_of_the_nearest_schema_around(tmp_path: Path) -> None:
    _, package, warnings = plan_files(tmp_path, {"openapi.yaml": HEAD + PASTED})
    fields = {each.name: [field.name for field in each.fields] for each in package.models}
    assert ["name", "friend"] in fields.values()
    assert ["size"] in fields.values()
    assert {each.code for each in warnings if "$defs" in each.message} == {"R201"}


def test_reference_to_a_definition_that_no_schema_around_has_is_an_error(tmp_path: Path) -> None:
    text = PASTED.replace("pet: {$ref: '#/$defs/Pet'}", "pet: {$ref: '#/$defs/Cat'}")
    assert [each.code for each in problems(tmp_path, text)] == ["R201"]


def test_error_that_can_be_passed_names_the_option(tmp_path: Path) -> None:
    passable = PASTED.replace("'#/components/schemas/In'", "'#/components/schemas/Out'")
    (error,) = problems(tmp_path, passable)
    assert error.hint.endswith("or omit unreadable parts with --allow-partial")
    plan_files(tmp_path, {"openapi.yaml": HEAD + passable}, partial=True)
    (error,) = problems(tmp_path, passable.replace("'#/components/schemas/Out'", "a.yaml#/x"))
    assert "--allow-partial" in error.hint


def test_error_that_cannot_be_passed_does_not_name_the_option(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(f"openapi: 1.0.0\n{PASTED}", "utf-8")
    with pytest.raises(DocumentError) as caught:
        pipeline.plan_package(tmp_path / "openapi.yaml", "pets", strict=False)
    errors = [each for each in caught.value.diagnostics if each.is_error]
    assert errors
    assert not any("--allow-partial" in each.hint for each in errors)


UNIONS = """\
paths:
  /pets: {get: {operationId: pets.get, responses: {'200': {description: A., content: {
    application/json: {schema: {$ref: '#/components/schemas/It'}}}}}}}
components:
  schemas:
    A: {type: object, properties: {a: {type: string}}}
    B: {type: object, properties: {b: {type: string}}}
    C: {type: object, properties: {c: {type: string}}}
    It: %s
"""


A, B, C = (f"{{$ref: '#/components/schemas/{name}'}}" for name in "ABC")
NESTED = f"{{oneOf: [{C}]}}"


@pytest.mark.parametrize(
    ("schema", "fields"),
    [
        (
            f"{{properties: {{own: {{}}}}, oneOf: [{A}, {{oneOf: [{B}, {{anyOf: [{C}]}}]}}]}}",
            ["own", "a", "b", "c"],
        ),
        (
            f"{{properties: {{o: {{}}}}, oneOf: [{A}], anyOf: [{{allOf: [{B}, {NESTED}]}}]}}",
            ["o", "a", "b", "c"],
        ),
        (
            f"{{allOf: [{{oneOf: [{A}, {B}]}}, {{anyOf: [{C}, {{properties: {{d: {{}}}}}}]}}]}}",
            ["a", "b", "c", "d"],
        ),
        (
            f"{{properties: {{own: {{}}}}, oneOf: [{{$ref: '#/components/schemas/It'}}, {A}]}}",
            ["own", "a"],
        ),
    ],
)
def test_members_of_all_alternatives_beside_and_inside_others_are_kept(
    tmp_path: Path, schema: str, fields: list[str]
) -> None:
    _, package, _ = plan_files(tmp_path, {"openapi.yaml": HEAD + UNIONS % schema})
    (model,) = (each for each in package.models if each.name == "It")
    assert [each.name for each in model.fields] == fields


def test_alternatives_that_are_no_objects_are_kept_beside_properties(tmp_path: Path) -> None:
    schema = (
        "{properties: {own: {}}, oneOf: [{type: string}, {$ref: '#/components/schemas/A'}, "
        "{type: array, items: {type: integer}}]}"
    )
    _, package, _ = plan_files(tmp_path, {"openapi.yaml": HEAD + UNIONS % schema})
    (alias,) = package.aliases
    assert (alias.name, alias.annotation) == ("It", "ItObject | str | list[int]")
