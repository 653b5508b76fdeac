"""Files in forms that a document describes under names."""

from __future__ import annotations

from pathlib import Path

from tests.support.planning import plan_document

DOCUMENT = """\
paths:
  /scans:
    post:
      operationId: scans.add
      requestBody:
        content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Form'}}}
      responses: {'204': {description: Fine.}}
components:
  schemas:
    File: {type: string, format: binary}
    Upload: {type: string, format: binary}
    Files: {type: array, items: {$ref: '#/components/schemas/File'}}
    Either: {anyOf: [{$ref: '#/components/schemas/File'}, {$ref: '#/components/schemas/Upload'}]}
    Any:
      anyOf:
      - $ref: '#/components/schemas/Upload'
      - $ref: '#/components/schemas/File'
      - $ref: '#/components/schemas/Either'
      - $ref: '#/components/schemas/Files'
    Form:
      type: object
      required: [scan]
      properties: {scan: {$ref: '#/components/schemas/Any'}}
"""


def test_file_that_several_names_describe_is_one_alternative(tmp_path: Path) -> None:
    _, package = plan_document(tmp_path, DOCUMENT)
    (form,) = package.models
    assert [each.annotation for each in form.fields] == ["bytes | list[bytes]"]
