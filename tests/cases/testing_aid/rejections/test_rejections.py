"""The mock transport rejects the same requests as the service."""

from __future__ import annotations

import httpx
import pytest

from losant_audit_log import (
    APIStatusError,
    AuthenticationError,
    Error,
    PermissionDeniedError,
)
from losant_audit_log.testing import mock_transport
from tests.support.examples import ENTRY, GET_PATH, LIST_PATH, ORG
from tests.support.mocked import Use
from tests.support.tokens import jwt

BEARER = {"authorization": "Bearer x"}
GOOD, BAD = "g00d", "bad"
FILTER = "auditLogFilter[actor][0]"


def ask(target: str, method: str = "GET", **headers: str) -> httpx.Response:
    """Send a request that the client would not send."""
    with httpx.Client(transport=mock_transport(), base_url="https://api.losant.com") as client:
        return client.request(method, target, headers=BEARER | headers)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("/orgs/x/audit-logs", r"orgId: expected a str that matches ^[A-Fa-f0-9]{24}$, got 'x'"),
        (f"/orgs/{ORG}0/audit-logs", "orgId"),
        (f"/orgs/{ORG}%0A/audit-logs", "orgId"),
        (f"/orgs/{ORG}/audit-logs/1", "auditLogId"),
        (f"{LIST_PATH}?page=-1", "page: expected at least 0, got -1"),
        (f"{LIST_PATH}?page=one", "page: expected an int, got 'one'"),
        (f"{LIST_PATH}?perPage=0", "perPage: expected at least 1, got 0"),
        (f"{LIST_PATH}?perPage=1.5", "perPage: expected an int, got '1.5'"),
        (f"{LIST_PATH}?start=2016-06-13", "start"),
        (
            f"{LIST_PATH}?sortField=id",
            "sortField: expected one of 'creationDate', 'responseStatus', 'actorName', got 'id'",
        ),
        (f"{LIST_PATH}?sortDirection=up", "sortDirection"),
        (f"{LIST_PATH}?{FILTER}[type]=Dog", "auditLogFilter.actor[0].type"),
        (f"{LIST_PATH}?{FILTER}[kind]=User", "unknown property 'kind'"),
        (f"{LIST_PATH}?auditLogFilter[responseCode][0]=abc", "responseCode[0]"),
        (f"{LIST_PATH}?auditLogFilter[actor]=User", "actor[0]"),
    ],
)
def test_malformed_request_parameter_gets_status_400(target: str, reason: str) -> None:
    found = ask(target)
    assert found.status_code == 400
    assert found.json()["type"] == "Validation"
    assert reason in found.json()["message"]


def test_parameters_are_validated_before_the_token() -> None:
    assert ask("/orgs/x/audit-logs", authorization="").status_code == 400


@pytest.mark.parametrize(
    "target",
    [
        f"{LIST_PATH}?perpage=0&auditLogFilters[actor]=x&filter=1",
        f"{LIST_PATH}?auditLogFilter[actor][0][type]=User&auditLogFilter[actor][10][type]=ApiToken",
        f"{LIST_PATH}?auditLogFilter%5Bactor%5D%5B0%5D%5Btype%5D=User",
    ],
)
def test_undocumented_query_parameters_are_ignored(target: str) -> None:
    assert ask(target).status_code == 200


def test_unknown_path_gets_404_and_unknown_method_405() -> None:
    for target in ("/", "/orgs", f"{LIST_PATH}/", f"/v1{LIST_PATH}", f"{GET_PATH}/x", "/%ff"):
        found = ask(target)
        assert (found.status_code, found.json()["type"]) == (404, "NotFound")
        assert Error(**found.json()).message
    for method in ("POST", "DELETE", "PUT", "HEAD"):
        assert ask(LIST_PATH, method).status_code == 405
    assert ask(LIST_PATH, "POST").json() == {
        "type": "MethodNotAllowed",
        "message": "POST is not allowed",
    }


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", "Basic abc", "t0ken"])
def test_missing_token_gets_the_documented_status(authorization: str) -> None:
    found = ask(LIST_PATH, authorization=authorization)
    assert found.status_code == 403
    assert found.json() == {"type": "Forbidden", "message": "Access is forbidden"}


def test_wrong_token_gets_status_401(use: Use) -> None:
    transport = mock_transport(token=GOOD)
    assert use(transport, lambda client: client.audit_logs.get(ORG, ENTRY), token=GOOD)
    with pytest.raises(AuthenticationError, match="Invalid access token"):
        use(transport, lambda client: client.audit_logs.get(ORG, ENTRY), token=BAD)
    assert GOOD not in repr(vars(transport))


def test_expired_token_gets_status_401(use: Use) -> None:
    with pytest.raises(AuthenticationError, match="Access token has expired"):
        use(
            mock_transport(),
            lambda client: client.audit_logs.get(ORG, ENTRY),
            token=jwt(exp=1_600_000_000),
        )


def test_token_without_the_required_scopes_gets_status_403(use: Use) -> None:
    transport = mock_transport()
    token = jwt(scope=["auditLog.get"], exp=4_102_444_800)
    assert use(transport, lambda client: client.audit_logs.get(ORG, ENTRY), token=token)
    with pytest.raises(PermissionDeniedError) as caught:
        use(transport, lambda client: client.audit_logs.list(ORG), token=token)
    assert caught.value.token_scopes == frozenset({"auditLog.get"})


def test_mock_errors_have_the_documented_body(use: Use) -> None:
    transport = mock_transport(token=GOOD)
    with pytest.raises(APIStatusError) as caught:
        use(transport, lambda client: client.audit_logs.get(ORG, ENTRY), token=BAD)
    assert caught.value.body == Error(type="Unauthorized", message="Invalid access token")
