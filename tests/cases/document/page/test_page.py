"""The facts of the page "Audit Log Actions" in the document."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import document as doc
from tests.support.examples import AUDIT_LOG, ERROR
from tests.support.paths import SPEC

PATH = "/orgs/{orgId}/audit-logs/{auditLogId}"
SCOPES = [
    "all.Organization",
    "all.Organization.read",
    "all.User",
    "all.User.read",
    "auditLog.*",
    "auditLog.get",
]
ID = {"type": "string", "pattern": r"^[A-Fa-f\d]{24}$"}
NAME = {"type": "string", "maxLength": 1024}
JSON_OBJECT = {"type": "object", "additionalProperties": True}
ANYTHING: dict[str, Any] = {"x-sensitive": True}
PROPERTIES: dict[str, dict[str, Any]] = {
    "id": ID,
    "auditLogId": ID,
    "creationDate": {"type": "string", "format": "date-time"},
    "orgId": ID,
    "primaryTargetId": ID,
    "primaryTargetType": {"type": "string", "enum": ["Application", "Dashboard", "OrgInvite"]},
    "primaryTargetName": NAME,
    "secondaryTargetId": ID,
    "secondaryTargetType": {
        "type": "string",
        "enum": [
            "ApiToken",
            "ApplicationCertificateAuthority",
            "ApplicationCertificate",
            "ApplicationKey",
            "Credential",
            "Dashboard",
            "DataTable",
            "Device",
            "DeviceRecipe",
            "Event",
            "ExperienceDomain",
            "ExperienceEndpoint",
            "ExperienceGroup",
            "ExperienceSlug",
            "ExperienceUser",
            "ExperienceVersion",
            "ExperienceView",
            "File",
            "Flow",
            "Integration",
            "Notebook",
            "PrivateFile",
            "ResourceJob",
            "Webhook",
        ],
    },
    "secondaryTargetName": NAME,
    "actorId": ID,
    "actorType": {"type": "string", "enum": ["Application", "Device", "Flow", "User", "ApiToken"]},
    "actorName": NAME,
    "requestResource": NAME,
    "requestAction": NAME,
    "requestQueryParams": JSON_OBJECT,
    "requestBody": ANYTHING,
    "requestPathParams": JSON_OBJECT,
    "responseBody": ANYTHING,
    "responseStatus": {"type": "integer", "minimum": 100, "maximum": 599},
}


def test_document_has_the_method_and_url_of_the_page() -> None:
    assert doc.document()["servers"][0]["url"] == "https://api.losant.com"
    assert set(doc.document()["paths"][PATH]) == {"get"}


def test_operation_description_is_that_of_the_page() -> None:
    assert "Retrieves information on an audit log" in doc.operation(PATH)["description"]


def test_operation_accepts_any_one_of_six_scopes() -> None:
    assert doc.scopes(PATH) == [[scope] for scope in SCOPES]


def test_operation_description_lists_the_scopes() -> None:
    description = " ".join(doc.operation(PATH)["description"].split())
    assert "at least one of these scopes" in description
    assert all(f"`{scope}`" in description for scope in SCOPES)


@pytest.mark.parametrize(
    ("name", "meaning", "example"),
    [
        ("orgId", "ID associated with the organization", "575ed6e87ae143cd83dc4aa8"),
        ("auditLogId", "ID associated with the audit log", "57955788124b37010084c053"),
    ],
)
def test_path_parameter_has_description_example_and_pattern(
    name: str, meaning: str, example: str
) -> None:
    parameter = doc.parameters(PATH)[name]
    assert (parameter["in"], parameter["required"]) == ("path", True)
    assert parameter["description"].startswith(meaning)
    assert parameter["example"] == example
    assert parameter["schema"] == ID


def test_path_has_no_other_parameters() -> None:
    found = [name for name, each in doc.parameters(PATH).items() if each["in"] == "path"]
    assert found == ["orgId", "auditLogId"]


def test_authorization_header_is_the_security_scheme() -> None:
    scheme = doc.document()["components"]["securitySchemes"]["bearer"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    description = " ".join(scheme["description"].split())
    assert "`Authorization` is required" in description
    assert "holds the token for authenticating the request, prepended with `Bearer`" in description


def test_authorization_header_is_no_parameter() -> None:
    for path in doc.document()["paths"]:
        names = {name.lower() for name in doc.parameters(path)}
        assert names.isdisjoint({"authorization", "accept", "content-type"})


@pytest.mark.parametrize(
    ("status", "meaning", "title"),
    [
        ("200", "Audit log information", "Audit Log"),
        ("400", "Error if malformed request", "Error"),
        ("404", "Error if audit log was not found", "Error"),
    ],
)
def test_response_has_the_description_and_schema_of_the_page(
    status: str, meaning: str, title: str
) -> None:
    response = doc.resolve(doc.operation(PATH)["responses"][status])
    assert response["description"].startswith(meaning)
    assert doc.answer_schema(PATH, status)["title"] == title
    assert "x-evidence" not in response


def test_curl_example_is_that_of_the_page() -> None:
    [sample] = doc.operation(PATH)["x-codeSamples"]
    assert sample["lang"] == "Shell"
    assert [line.strip() for line in sample["source"].strip().split("\n")] == [
        r"curl -H 'Content-Type: application/json' \ ".strip(),
        r"-H 'Accept: application/json' \ ".strip(),
        r"-H 'Authorization: Bearer YOUR_API_ACCESS_TOKEN' \ ".strip(),
        r"-X GET \ ".strip(),
        "https://api.losant.com/orgs/ORG_ID/audit-logs/AUDIT_LOG_ID",
    ]


def test_entry_schema_has_twenty_properties_in_order() -> None:
    schema = doc.schema("AuditLog")
    assert (schema["title"], schema["type"]) == ("Audit Log", "object")
    assert list(schema["properties"]) == list(PROPERTIES)
    assert len(PROPERTIES) == 20


@pytest.mark.parametrize("name", PROPERTIES)
def test_entry_property_has_its_type_and_keywords(name: str) -> None:
    found = dict(doc.schema("AuditLog")["properties"][name])
    assert found.pop("description")
    assert found == PROPERTIES[name]


@pytest.mark.parametrize("name", ["AuditLog", "Error"])
def test_schemas_have_no_required_properties_and_allow_more(name: str) -> None:
    schema = doc.schema(name)
    assert schema.keys().isdisjoint({"required", "additionalProperties", "allOf", "anyOf", "oneOf"})


def test_error_schema_has_type_and_message() -> None:
    schema = doc.schema("Error")
    assert (schema["title"], schema["type"]) == ("Error", "object")
    assert {name: each["type"] for name, each in schema["properties"].items()} == {
        "type": "string",
        "message": "string",
    }


def test_entry_example_is_that_of_the_page() -> None:
    assert doc.examples(PATH, "200") == [AUDIT_LOG]
    [example] = doc.examples(PATH, "200")
    assert list(example) == [name for name in PROPERTIES if not name.startswith("secondary")]
    assert len(example) == 17


def test_error_example_is_that_of_the_page() -> None:
    assert doc.examples(PATH, "404") == [ERROR]


def test_comment_explains_the_missing_json_schema_dialect() -> None:
    comments = " ".join(
        line.strip("# ") for line in SPEC.read_text("utf-8").splitlines() if line.startswith("#")
    )
    assert "Losant's schemas are draft-07" in comments
    assert "means the same in 2020-12" in comments
    assert "jsonSchemaDialect" not in doc.document()
