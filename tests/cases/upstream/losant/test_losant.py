"""Losant's API definition, converted by the adapter beside the document."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Ended, Project
from tests.support.document import document
from tests.support.paths import ROOT

GET = "GET /orgs/{orgId}/audit-logs/{auditLogId}"
LIST = "GET /orgs/{orgId}/audit-logs"
ORG = {"in": "path", "name": "orgId", "required": True, "type": "string"}


def definition() -> Any:
    """Describe the four requests as Losant's root resource does, with nothing new."""
    resources: dict[str, Any] = {}
    for prefix, path in (("auditLog", "/orgs/{orgId}"), ("instanceAuditLog", "/instance/{id}")):
        resources[prefix] = {
            "path": f"{path}/audit-logs/{{{prefix}Id}}",
            "auth": [f"{prefix}.*"],
            "params": [ORG],
            "actions": {"get": action(f"{prefix}.get", prefix)},
        }
        resources[f"{prefix}s"] = {
            "path": f"{path}/audit-logs",
            "auth": [f"{prefix}s.*"],
            "params": [ORG],
            "actions": {"get": action(f"{prefix}s.get", f"{prefix}s")},
        }
    order = {"in": "query", "name": "sortField", "type": "string", "enum": ["creationDate"]}
    criteria = {"in": "query", "name": "auditLogFilter", "schema": ref("auditLogFilter")}
    resources["auditLogs"]["actions"]["get"]["params"] = [order, criteria]
    entry = {"id": {"type": "string"}, "actorType": {"type": "string", "enum": ["User"]}}
    kinds = {"type": {"type": "string", "enum": ["User"]}}
    page = {"items": {"type": "array", "items": {"type": "object", "properties": entry}}}
    described = {
        "bravado": "1.0",
        "params": [{"in": "query", "name": "_links", "type": "boolean"}],
        "authGroups": {"all.Organization": ["auditLog.get"], "all.Old": ["auditLog.get"]},
        "deprecatedAuthScopes": ["all.Old"],
        "resources": resources,
        "definitions": {
            "auditLog": {"type": "object", "properties": entry},
            "auditLogs": {"type": "object", "properties": page},
            "instanceAuditLog": {"type": "object", "properties": entry},
            "instanceAuditLogs": {"type": "object", "properties": page},
            "auditLogFilter": {
                "type": "object",
                "properties": {
                    "actor": {"type": "array", "items": {"type": "object", "properties": kinds}}
                },
            },
            "error": {"type": "object", "properties": {"type": {"type": "string"}}},
        },
    }
    return json.loads(json.dumps(described))  # No part is shared.


def action(scope: str, answer: str) -> dict[str, Any]:
    return {
        "method": "GET",
        "auth": [scope],
        "responses": {"200": {"schema": ref(answer)}, "400": {"schema": ref("error")}},
    }


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/definitions/{name}"}


def compared_document() -> dict[str, Any]:
    """Return this project's document with the four requests only."""
    paths = {path: item for path, item in document()["paths"].items() if "audit-logs" in path}
    return {**document(), "paths": paths}


@pytest.fixture
def upstream(new_project: Project) -> Callable[[Any], Ended]:
    """Compares a definition with this project's document."""
    spec, adapter = new_project.root / "openapi.json", ROOT / "spec" / "upstream.py"
    spec.write_text(json.dumps(compared_document()), "utf-8")
    (new_project.root / "pyproject.toml").write_text(
        f'[tool.generator]\nspec = "{spec}"\nupstream = "{adapter}"\n', "utf-8"
    )

    def compare(value: Any) -> Ended:
        (new_project.root / "saved.json").write_text(json.dumps(value), "utf-8")
        return new_project.run("upstream", "saved.json")

    return compare


def test_unchanged_definition_reports_nothing_new(upstream: Callable[[Any], Ended]) -> None:
    ended = upstream(definition())
    assert (ended.code, ended.out, ended.err) == (0, "no differences\n", "")


def test_new_members_of_the_definition_are_listed(upstream: Callable[[Any], Ended]) -> None:
    service = definition()
    service["definitions"]["auditLog"]["properties"]["actorType"]["enum"] += ["Robot", None]
    service["definitions"]["auditLog"]["properties"]["place"] = {
        "type": "object",
        "properties": {"city": {"type": "string", "enum": ["Cincinnati"]}},
    }
    kinds = service["definitions"]["auditLogFilter"]["properties"]["actor"]["items"]["properties"]
    kinds["type"]["enum"] = ["User", "Robot"]
    service["authGroups"]["only.Organization"] = ["auditLog.get"]
    listing = service["resources"]["auditLogs"]["actions"]["get"]
    listing["params"] = [*listing["params"], {"in": "query", "name": "cursor", "type": "string"}]
    listing["responses"]["402"] = {"schema": ref("error")}
    ended = upstream(service)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.splitlines() == [
        f"{LIST}: new parameter of query: cursor",
        f"{LIST}: new status: 402",
        f"{LIST}: new value of query auditLogFilter.actor[].type: 'Robot'",
        f"{GET}: new property of 200: place",
        f"{GET}: new scope: only.Organization",
        f"{GET}: new value of 200.actorType: 'Robot'",
        f"{GET}: new value of 200.actorType: None",
        "7 to review",
    ]


def test_removed_request_is_listed(upstream: Callable[[Any], Ended]) -> None:
    service = definition()
    del service["resources"]["auditLog"]
    ended = upstream(service)
    assert (ended.code, ended.out.splitlines()[0]) == (1, f"{GET}: no longer upstream")


def test_definition_may_consist_of_resources_only(upstream: Callable[[Any], Ended]) -> None:
    service = definition()["resources"]
    service["auditLog"]["actions"]["get"]["auth"].append("auditLog.peek")
    ended = upstream(service)
    assert ended.code == 1
    assert ended.out.splitlines() == [f"{GET}: new scope: auditLog.peek", "1 to review"]


@pytest.mark.parametrize("value", [{"resources": 1}, {"resources": {"a": []}}, {"a": "b"}])
def test_invalid_definition_exits_with_two(upstream: Callable[[Any], Ended], value: Any) -> None:
    ended = upstream(value)
    assert (ended.code, ended.out) == (2, "")
    assert "cannot convert saved.json" in ended.err


def test_document_has_every_compared_request() -> None:
    assert len(compared_document()["paths"]) == 4
    assert Path(ROOT / "spec" / "upstream.py").is_file()
