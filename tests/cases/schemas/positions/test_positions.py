"""References to schemas in any position, with names derived from the position."""

from __future__ import annotations

from pathlib import Path

from tests.support.planning import plan_document

DOCUMENT = """\
paths:
  /pets:
    post:
      operationId: pets.add
      x-toy: {type: object, properties: {a: {type: string}}}
      requestBody:
        x-box: {type: object, properties: {b: {type: string}}}
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses: {'204': {description: Added.}}
components:
  schemas:
    Pet:
      type: object
      properties:
        toy: {$ref: '#/paths/~1pets/post/x-toy'}
        box: {$ref: '#/paths/~1pets/post/requestBody/x-box'}
        shed: {$ref: shed.yaml}
        town: {$ref: 'places.yaml#/town'}
        path: {$ref: 'places.yaml#/some/path'}
"""
SHED = "type: object\nproperties: {wide: {type: boolean}}\n"
PLACES = """\
town: {type: object, properties: {name: {type: string}}}
some: {path: {type: object, properties: {long: {type: boolean}}}}
"""


def test_referenced_schema_is_named_after_its_position(tmp_path: Path) -> None:
    (tmp_path / "shed.yaml").write_text(SHED, "utf-8")
    (tmp_path / "places.yaml").write_text(PLACES, "utf-8")
    normalized, _ = plan_document(tmp_path, DOCUMENT)
    assert list(normalized.schemas) == ["Pet", "PetsAdd", "PetsAddBody", "Shed", "Town", "Path"]
