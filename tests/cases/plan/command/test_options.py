"""Options of the command line, as planned from parameters."""

from __future__ import annotations

from pathlib import Path

from generator import pipeline
from tests.support.large_documents import document, to_json


def test_option_of_a_value_that_contains_values_of_its_kind_takes_json(tmp_path: Path) -> None:
    own = {"$ref": "#/components/schemas/Value"}
    value = {"oneOf": [{"type": "string"}, {"type": "array", "items": own}]}
    operation = {
        "operationId": "things.list",
        "parameters": [{"name": "like", "in": "query", "schema": own}],
        "responses": {"204": {"description": "Fine."}},
    }
    spec = tmp_path / "openapi.json"
    spec.write_bytes(to_json(document({"/things": {"get": operation}}, {"Value": value})))
    _, package, _ = pipeline.plan_package(spec, "things", strict=False, command="things")
    (commands,) = package.commands
    assert 'Option("--like", "", name="like", kind="json")' in commands.methods.replace("'", '"')


def test_resource_without_operations_has_no_commands(tmp_path: Path) -> None:
    operation = {
        "operationId": "pets.list",
        "tags": ["pets"],
        "responses": {"204": {"description": "Fine."}},
    }
    described = document({"/pets": {"get": operation}})
    described["tags"] = [{"name": "shop"}, {"name": "pets", "parent": "shop"}]
    spec = tmp_path / "openapi.json"
    spec.write_bytes(to_json(described))
    _, package, _ = pipeline.plan_package(spec, "things", strict=False, command="things")
    assert [each.access for each in package.resources] == ["shop", "shop.pets"]
    assert [each.resource for each in package.commands] == ["shop.pets"]
