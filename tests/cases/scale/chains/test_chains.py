"""Components that refer to one another in long chains."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from tests.support.large_documents import document, to_json

pytestmark = pytest.mark.long

_LENGTH = 1100


@pytest.mark.parametrize("is_cycle", [False, True], ids=["chain", "cycle"])
def test_components_in_a_long_chain_are_all_read(tmp_path: Path, *, is_cycle: bool) -> None:
    schemas: dict[str, Any] = {}
    for number in range(_LENGTH):
        members: dict[str, Any] = {f"member{number}": {"type": "string"}}
        if is_cycle or number < _LENGTH - 1:
            members["next"] = {"$ref": f"#/components/schemas/Link{(number + 1) % _LENGTH}"}
        schemas[f"Link{number}"] = {"type": "object", "properties": members}
    media = {"application/json": {"schema": {"$ref": "#/components/schemas/Link0"}}}
    operation: dict[str, Any] = {
        "operationId": "links.put",
        "tags": ["links"],
        "requestBody": {"content": media},
        "responses": {"200": {"description": "The first.", "content": media}},
    }
    spec = tmp_path / "openapi.json"
    spec.write_bytes(to_json(document({"/links": {"put": operation}}, schemas)))
    _, package, _ = pipeline.plan_package(spec, "links", strict=False, compares=False)
    assert len(package.models) == _LENGTH
    fields = {each.name: [field.name for field in each.fields] for each in package.models}
    assert fields["Link1000"] == ["member1000", "next"]
