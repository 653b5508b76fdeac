"""The other three endpoints, and the common properties of all four."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import document as doc
from tests.support.examples import AUDIT_LOGS, INSTANCE_AUDIT_LOG, INSTANCE_AUDIT_LOGS

GET = "/orgs/{orgId}/audit-logs/{auditLogId}"
LIST = "/orgs/{orgId}/audit-logs"
INSTANCE_GET = "/instance/{instanceId}/audit-logs/{instanceAuditLogId}"
INSTANCE_LIST = "/instance/{instanceId}/audit-logs"
OPERATIONS = {
    GET: "auditLogs.get",
    LIST: "auditLogs.list",
    INSTANCE_GET: "instanceAuditLogs.get",
    INSTANCE_LIST: "instanceAuditLogs.list",
}
GROUPS = {
    LIST: ["all.Organization", "all.Organization.read", "all.User", "all.User.read"],
    INSTANCE_GET: ["all.Instance", "all.Instance.read", "all.User", "all.User.read"],
    INSTANCE_LIST: ["all.Instance", "all.Instance.read", "all.User", "all.User.read"],
}
OWN_SCOPES = {
    LIST: ["auditLogs.*", "auditLogs.get"],
    INSTANCE_GET: ["instanceAuditLog.*", "instanceAuditLog.get"],
    INSTANCE_LIST: ["instanceAuditLogs.*", "instanceAuditLogs.get"],
}
QUERY: dict[str, dict[str, Any]] = {
    "sortField": {
        "type": "string",
        "enum": ["creationDate", "responseStatus", "actorName"],
        "default": "creationDate",
    },
    "sortDirection": {"type": "string", "enum": ["asc", "desc"], "default": "desc"},
    "page": {"type": "integer", "minimum": 0, "default": 0},
    "perPage": {"type": "integer", "minimum": 1, "default": 100},
    "start": {"type": "integer", "format": "int64", "minimum": 1},
    "end": {"type": "integer", "format": "int64", "minimum": 1},
}
ITEM = ["id", "type", "name"]
ID_PATTERN = r"^[A-Fa-f\d]{24}$"


def test_document_has_the_four_operations_and_no_others_on_audit_logs() -> None:
    found = {
        path: {method: each["operationId"] for method, each in item.items()}
        for path, item in doc.document()["paths"].items()
        if "audit-logs" in path
    }
    assert found == {path: {"get": name} for path, name in OPERATIONS.items()}


@pytest.mark.parametrize("path", GROUPS)
def test_operation_accepts_any_one_scope(path: str) -> None:
    assert doc.scopes(path) == [[scope] for scope in (*GROUPS[path], *OWN_SCOPES[path])]


@pytest.mark.parametrize("path", [LIST, INSTANCE_LIST])
def test_list_operation_has_seven_query_parameters(path: str) -> None:
    query = {name: each for name, each in doc.parameters(path).items() if each["in"] == "query"}
    assert list(query) == [*QUERY, "auditLogFilter"]
    for name, expected in QUERY.items():
        assert query[name]["schema"] == expected, name
        assert query[name]["required"] is False
        assert query[name]["description"]


@pytest.mark.parametrize("name", ["start", "end"])
def test_time_span_parameter_has_no_default(name: str) -> None:
    assert "default" not in doc.parameters(LIST)[name]["schema"]
    assert doc.parameters(LIST)[name]["example"] == 1465790400000


@pytest.mark.parametrize(
    ("path", "schema"), [(LIST, "AuditLogFilter"), (INSTANCE_LIST, "InstanceAuditLogFilter")]
)
def test_filter_is_a_deep_object_with_array_indices(path: str, schema: str) -> None:
    parameter = doc.parameters(path)["auditLogFilter"]
    assert (parameter["style"], parameter["explode"]) == ("deepObject", True)
    assert parameter["x-deep-object"] == {"arrays": "indices"}
    assert parameter["schema"] == {"$ref": f"#/components/schemas/{schema}"}
    assert "`auditLogFilter[actor][0][type]=User`" in parameter["description"]


@pytest.mark.parametrize(
    ("name", "entry"),
    [("AuditLogFilter", "AuditLog"), ("InstanceAuditLogFilter", "InstanceAuditLog")],
)
def test_filter_schema_allows_the_documented_conditions(name: str, entry: str) -> None:
    schema = doc.schema(name)
    assert schema["additionalProperties"] is False
    members = schema["properties"]
    lists = ["primaryTarget", "secondaryTarget", "actor", "request", "responseCode"]
    assert list(members) == lists
    for each in members.values():
        assert (each["type"], each["maxItems"]) == ("array", 20)
        assert "minItems" not in each
    for kind in ("primaryTarget", "secondaryTarget", "actor"):
        item = members[kind]["items"]
        assert list(item["properties"]) == ITEM
        assert item["additionalProperties"] is False
        assert item["properties"]["id"]["pattern"] == ID_PATTERN
        assert item["properties"]["name"]["maxLength"] == 1024
        known = doc.schema(entry)["properties"][f"{kind}Type"]["enum"]
        assert item["properties"]["type"]["enum"] == known
    assert list(members["request"]["items"]["properties"]) == ["resource", "action"]
    code = members["responseCode"]["items"]
    assert (code["type"], code["minimum"], code["maximum"]) == ("integer", 100, 599)


@pytest.mark.parametrize("path", OPERATIONS)
def test_inferred_responses_are_marked(path: str) -> None:
    responses = doc.operation(path)["responses"]
    assert list(responses) == ["200", "400", "401", "403", "404", "429", "5XX"]
    for status, response in responses.items():
        inferred = doc.resolve(response).get("x-evidence") == "inferred"
        assert inferred is (status in {"401", "403", "429", "5XX"}), status


def test_instance_paths_are_singular() -> None:
    assert all(not path.startswith("/instances") for path in doc.document()["paths"])


@pytest.mark.parametrize(
    ("path", "example"),
    [
        (LIST, AUDIT_LOGS),
        (INSTANCE_GET, INSTANCE_AUDIT_LOG),
        (INSTANCE_LIST, INSTANCE_AUDIT_LOGS),
    ],
)
def test_examples_are_those_that_losant_publishes(path: str, example: Any) -> None:
    assert doc.examples(path, "200") == [example]


@pytest.mark.parametrize(("page", "item"), [("AuditLogs", "AuditLog")])
def test_page_schema_has_items_and_paging_properties(page: str, item: str) -> None:
    for prefix, owner in (("", "orgId"), ("Instance", "instanceId")):
        properties = doc.schema(f"{prefix}{page}")["properties"]
        assert properties["items"]["items"] == {"$ref": f"#/components/schemas/{prefix}{item}"}
        assert list(properties) == [
            "items",
            "count",
            "totalCount",
            "perPage",
            "page",
            "sortField",
            "sortDirection",
            owner,
        ]
        assert properties["sortDirection"]["enum"] == ["asc", "desc", "ASC", "DESC", ""]


def test_instance_entry_differs_in_ids_and_enums() -> None:
    ours, theirs = (doc.schema(name)["properties"] for name in ("AuditLog", "InstanceAuditLog"))
    renamed = {"auditLogId": "instanceAuditLogId", "orgId": "instanceId"}
    assert list(theirs) == [renamed.get(name, name) for name in ours]
    assert theirs["primaryTargetType"]["enum"] == [
        "Organization",
        "ApiToken",
        "User",
        "InstanceCustomNode",
        "NotificationRule",
    ]
    assert theirs["secondaryTargetType"]["enum"] == ["OrgInvite", "ApiToken"]
    assert theirs["actorType"]["enum"] == ["User", "ApiToken"]


def test_description_explains_that_a_scope_is_not_an_operation() -> None:
    description = " ".join(doc.document()["info"]["description"].split())
    assert "operation `auditLogs.get` does *not* require the scope `auditLogs.get`" in description
