"""Extensions in the document."""

from __future__ import annotations

import pytest

from tests.support import document as doc

LIST = "/orgs/{orgId}/audit-logs"
LISTS = [LIST, "/instance/{instanceId}/audit-logs"]


def test_extensions_are_validated_strictly() -> None:
    assert doc.document()["x-generator"] == 1


def test_client_extension_sets_error_environment_user_agent_and_check() -> None:
    client = {**doc.document()["info"]["x-client"]}
    assert client.pop("recipes").startswith("## Recipes")
    assert client == {
        "error": "LosantError",
        "environment": "LOSANT",
        "user-agent": "losant-audit-log",
        "check": "auditLogs.list",
    }


def test_every_used_scope_has_a_description_and_no_other_is_listed() -> None:
    listed = doc.document()["components"]["securitySchemes"]["bearer"]["x-scopes"]
    used = {scope for path in doc.document()["paths"] for [scope] in doc.scopes(path)}
    assert set(listed) == used
    assert all(listed.values())


@pytest.mark.parametrize("path", LISTS)
def test_list_operations_have_a_pagination_extension(path: str) -> None:
    assert doc.operation(path)["x-pagination"] == {
        "style": "page",
        "request": {
            "page": {"parameter": "page", "first": 0},
            "size": {"parameter": "perPage", "walk": 1000},
        },
        "response": {
            "items": "/items",
            "total": "/totalCount",
            "page": "/page",
            "size": "/perPage",
        },
        "item": {"id": "/id", "time": "/creationDate"},
        "order": {
            "field": {"parameter": "sortField", "value": "creationDate"},
            "direction": {"parameter": "sortDirection", "ascending": "asc", "descending": "desc"},
            "ties": "unspecified",
        },
        "window": {
            "from": {"parameter": "start"},
            "to": {"parameter": "end"},
            "bounds": "unknown",
            "unit": "epoch-milliseconds",
            "retention": "P1Y",
        },
    }


@pytest.mark.parametrize("name", ["AuditLog", "InstanceAuditLog"])
def test_body_properties_are_sensitive_and_underscore_properties_expected(name: str) -> None:
    schema = doc.schema(name)
    marked = {key for key, each in schema["properties"].items() if each.get("x-sensitive")}
    assert marked == {"requestBody", "responseBody"}
    assert schema["patternProperties"] == {"^_type$": {}, "^_links$": {}, "^_": {}}
