"""Media types with the same meaning in requests and responses."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pipeline import plan_package

DOCUMENT = """\
openapi: 3.1.0
info: {{title: Pets, version: 1.0.0}}
servers: [{{url: https://pets.example.com}}]
paths:
  /pets:
    post:
      operationId: pets.convert
      requestBody: {{required: true, content: {{{kind}: {{}}}}}}
      responses: {{'200': {{description: Converted., content: {{{kind}: {{}}}}}}}}
"""


@pytest.mark.parametrize(
    ("kind", "returned", "accepted"),
    [
        *(
            (f"application/{name}", "str", "str | FileContent")
            for name in ("csv", "ecmascript", "javascript", "sql", "toml", "yaml", "graphql")
        ),
        ("application/vnd.pets+yaml", "str", "str | FileContent"),
        ("image/svg+xml", "str", "str | FileContent"),
        ("text/csv", "str", "str | FileContent"),
        ("application/zip", "bytes", "FileContent"),
    ],
)
def test_media_type_has_the_same_type_in_a_request_and_in_a_response(
    tmp_path: Path, kind: str, returned: str, accepted: str
) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text(DOCUMENT.format(kind=kind), "utf-8")
    _, package, _ = plan_package(path, "pets", strict=False)
    (operation,) = package.resources[0].operations
    (body,) = operation.keyword
    assert (operation.returns, body.annotation) == (returned, accepted)
