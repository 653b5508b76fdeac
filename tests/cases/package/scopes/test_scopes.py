"""Required scopes of operations, which the client never checks."""

from __future__ import annotations

import base64
import json
from enum import StrEnum

import pytest

import losant_audit_log
from losant_audit_log import Client, PermissionDeniedError, Scope, scopes
from tests.support import document as doc
from tests.support.callers import TOKEN, Caller
from tests.support.examples import AUDIT_LOG, ENTRY, GET_PATH, ORG
from tests.support.server import Server, json_answer

ORGANIZATION = {"all.Organization", "all.Organization.read", "all.User", "all.User.read"}
OF_INSTANCE = {"all.Instance", "all.Instance.read", "all.User", "all.User.read"}
EXPECTED = {
    "auditLogs.get": ORGANIZATION | {"auditLog.*", "auditLog.get"},
    "auditLogs.list": ORGANIZATION | {"auditLogs.*", "auditLogs.get"},
    "instanceAuditLogs.get": OF_INSTANCE | {"instanceAuditLog.*", "instanceAuditLog.get"},
    "instanceAuditLogs.list": OF_INSTANCE | {"instanceAuditLogs.*", "instanceAuditLogs.get"},
}


def in_document() -> dict[str, set[str]]:
    """Return the scopes of each operation in the document."""
    return {
        doc.operation(path)["operationId"]: {scope for [scope] in doc.scopes(path)}
        for path in doc.document()["paths"]
    }


def test_required_scopes_match_the_document() -> None:
    assert dict(scopes.REQUIRED) == in_document()
    assert {each: scopes.REQUIRED[each] for each in EXPECTED} == EXPECTED
    for required in scopes.REQUIRED.values():
        assert isinstance(required, frozenset)
        assert all(type(scope) is Scope for scope in required)


def test_scope_enum_has_exactly_the_scopes_of_the_document() -> None:
    assert issubclass(Scope, StrEnum)
    assert {str(scope) for scope in Scope} == set[str]().union(*in_document().values())


def test_scope_members_are_named_after_their_values() -> None:
    assert Scope("all.Organization.read") is Scope.ALL_ORGANIZATION_READ
    assert Scope("auditLog.get") is Scope.AUDIT_LOG_GET
    assert Scope("auditLogs.get") is Scope.AUDIT_LOGS_GET
    assert Scope("auditLog.*") is Scope.AUDIT_LOG_ANY
    assert "auditLog.get" in {*Scope}


def test_scope_named_like_an_operation_belongs_to_another_operation() -> None:
    assert Scope.AUDIT_LOGS_GET not in scopes.REQUIRED["auditLogs.get"]
    assert Scope.AUDIT_LOGS_GET in scopes.REQUIRED["auditLogs.list"]
    assert Scope.AUDIT_LOG_GET not in scopes.REQUIRED["auditLogs.list"]


def test_docstrings_explain_that_scopes_are_not_operations() -> None:
    with Client(token=TOKEN) as client:
        explanation = " ".join((client.audit_logs.get.__doc__ or "").split())
    assert (
        "the scope `auditLogs.get` permits the list, not this operation of the same name"
        in explanation
    )
    assert scopes.__doc__
    assert "does not necessarily permit the operation of the same name" in scopes.__doc__


@pytest.mark.parametrize("operation", EXPECTED)
def test_method_docstring_lists_its_scopes(operation: str) -> None:
    resource, method = operation.split(".")
    with Client(token=TOKEN) as client:
        owner = {"auditLogs": client.audit_logs, "instanceAuditLogs": client.instance_audit_logs}
        text = getattr(owner[resource], method).__doc__
    assert all(f"`{scope}`" in text for scope in EXPECTED[operation])


def test_token_without_the_required_scopes_is_sent(server: Server, call: Caller) -> None:
    claims = base64.urlsafe_b64encode(json.dumps({"scope": ["devices.get"]}).encode())
    token = f"e30.{claims.decode().rstrip('=')}.sig"
    server.on(GET_PATH, json_answer(AUDIT_LOG))
    call(lambda client: client.audit_logs.get(ORG, ENTRY), token=token)
    assert server.last.headers["authorization"] == f"Bearer {token}"


def test_permission_denied_error_lists_the_required_scopes(server: Server, call: Caller) -> None:
    server.on(GET_PATH, json_answer({"type": "Forbidden", "message": "no"}, 403))
    with pytest.raises(PermissionDeniedError) as caught:
        call(lambda client: client.audit_logs.get(ORG, ENTRY))
    assert caught.value.required_scopes == losant_audit_log.scopes.REQUIRED["auditLogs.get"]
    assert all(scope in str(caught.value) for scope in EXPECTED["auditLogs.get"])
