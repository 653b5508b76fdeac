"""References that `$self` of OpenAPI 3.2 is the base of."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import pipeline
from generator.document.diagnostics import DocumentError
from generator.normalize.schemas.shapes import ObjectShape

ROOT = """\
openapi: 3.2.0
$self: {base}
info: {{title: Pets, version: '1'}}
servers: [{{url: 'https://pets.example.com'}}]
paths:
  /pets:
    get:
      operationId: pets.get
      responses:
        '200':
          description: A pet.
          content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}
components:
  schemas:
    Toy: {{type: object, properties: {{size: {{type: integer}}}}}}
    Own: {{type: object, properties: {{toy: {{$ref: 'https://example.com/apis/pets#/components/schemas/Toy'}}}}}}
"""
SHARED = """\
openapi: 3.2.0
$self: {base}
info: {{title: Shared, version: '1'}}
components:
  schemas:
    Pet: {{type: object, properties: {{toy: {{$ref: '{reference}'}}}}}}
    Named: {{$id: 'named', type: object, properties: {{toy: {{$ref: '{reference}'}}}}}}
"""
BASE = "https://example.com/apis/pets"
BACK = f"{BASE}#/components/schemas/Toy"


def members(folder: Path, reference: str, base: str = BASE) -> list[str]:
    """Return the names of the classes, and those of the response's members."""
    path = folder / "openapi.yaml"
    path.write_text(ROOT.format(base=base, reference=reference), "utf-8")
    normalized, _, _ = pipeline.plan_package(path, "pets", strict=False)
    found = [each for _, each in normalized.operations[0].responses[0].content]
    name = getattr(found[0], "name", "")
    shape = normalized.schemas[name].shape
    assert isinstance(shape, ObjectShape)
    return [name, *(each.wire_name for each in shape.properties)]


def write_shared(folder: Path, name: str, base: str, reference: str = BACK) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(SHARED.format(base=base, reference=reference), "utf-8")


@pytest.mark.parametrize(
    "reference",
    [
        "shared/models#/components/schemas/Pet",
        "shared/models.yaml#/components/schemas/Pet",
        "/apis/shared/models#/components/schemas/Pet",
        "https://example.com/apis/shared/models#/components/schemas/Pet",
        "../apis/shared/models#/components/schemas/Pet",
    ],
)
@pytest.mark.parametrize("back", [BACK, "../pets#/components/schemas/Toy"])
def test_reference_is_relative_to_the_base_of_its_file(
    tmp_path: Path, reference: str, back: str
) -> None:
    write_shared(tmp_path, "shared/models.yaml", f"{BASE[:-4]}shared/models", back)
    assert members(tmp_path, reference) == ["Pet", "toy"]


def test_reference_names_the_document_itself_by_its_base(tmp_path: Path) -> None:
    assert members(tmp_path, "pets#/components/schemas/Own") == ["Own", "toy"]


def test_file_is_found_by_its_own_base_whatever_its_name(tmp_path: Path) -> None:
    write_shared(tmp_path, "shared/models.yaml", "https://models.example.com/v2/all")
    first = "shared/models.yaml#/components/schemas/Pet"
    assert members(tmp_path, first) == ["Pet", "toy"]
    path = tmp_path / "openapi.yaml"
    absolute = "https://models.example.com/v2/all#/components/schemas/Pet"
    path.write_text(path.read_text("utf-8") + f"    Other: {{$ref: '{absolute}'}}\n", "utf-8")
    pipeline.plan_package(path, "pets", strict=True)


@pytest.mark.parametrize("name", ["models.yaml", "deep/models.json"])
def test_file_in_another_folder_than_that_of_its_base_is_found(tmp_path: Path, name: str) -> None:
    write_shared(tmp_path, name, "https://example.com/v2/all")
    reference = "../v2/all#/components/schemas/Pet"
    assert members(tmp_path, reference) == ["Pet", "toy"]
    (tmp_path / "node_modules").mkdir()
    (tmp_path / name).rename(tmp_path / "node_modules" / "models.yaml")
    with pytest.raises(DocumentError) as caught:
        members(tmp_path, reference)
    assert {each.code for each in caught.value.diagnostics} == {"R201"}


def test_base_may_be_a_relative_uri(tmp_path: Path) -> None:
    write_shared(
        tmp_path, "shared/models.yaml", "/apis/shared/models", "../pets#/components/schemas/Toy"
    )
    reference = "shared/models#/components/schemas/Pet"
    path = tmp_path / "openapi.yaml"
    text = ROOT.format(base="/apis/pets", reference=reference).replace(
        "https://example.com/apis/pets#", "/apis/pets#"
    )
    path.write_text(text, "utf-8")
    pipeline.plan_package(path, "pets", strict=True)


def test_schema_id_is_relative_to_the_base_of_its_file(tmp_path: Path) -> None:
    write_shared(tmp_path, "shared/models.yaml", f"{BASE[:-4]}shared/models")
    path = tmp_path / "openapi.yaml"
    first = "shared/models#/components/schemas/Pet"
    text = ROOT.format(base=BASE, reference=first)
    text += "    Other: {$ref: 'https://example.com/apis/shared/named'}\n"
    path.write_text(text, "utf-8")
    pipeline.plan_package(path, "pets", strict=True)


def test_file_outside_of_the_folder_is_not_read(tmp_path: Path) -> None:
    write_shared(tmp_path, "models.yaml", "https://example.com/models")
    inner = tmp_path / "inner"
    inner.mkdir()
    for reference in ("../models#/components/schemas/Pet", "../../models.yaml#/a"):
        with pytest.raises(DocumentError) as caught:
            members(inner, reference)
        assert {each.code for each in caught.value.diagnostics} <= {"R201", "R202"}


def test_remote_reference_outside_of_the_base_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        members(tmp_path, "https://other.example.com/apis/pets#/components/schemas/Toy")
    assert [each.code for each in caught.value.diagnostics] == ["R202"]


def test_files_of_the_folder_that_state_no_base_are_passed_over(tmp_path: Path) -> None:
    write_shared(tmp_path, "pet.yaml", "https://example.com/elsewhere/shared")
    write_shared(tmp_path, "broken.yaml", "'http://[a'")
    (tmp_path / "a.yaml").write_text("openapi: 3.2.0\n", "utf-8")
    (tmp_path / "b.yaml").symlink_to("missing.yaml")
    reference = "https://example.com/elsewhere/shared#/components/schemas/Pet"
    assert members(tmp_path, reference) == ["Pet", "toy"]
