"""Validation of identifiers before anything is sent."""

from __future__ import annotations

from typing import Any

import pytest

from losant_audit_log import InvalidArgumentError, LosantError
from tests.support.callers import Caller
from tests.support.examples import AUDIT_LOG, ENTRY, ORG
from tests.support.server import Server, json_answer

WRONG: dict[str, Any] = {
    "empty": "",
    "too short": ORG[:-1],
    "too long": f"{ORG}0",
    "no hex": f"{ORG[:-1]}g",
    "a line break": f"{ORG}\n",
    "a blank": f" {ORG[:-1]}",
    "a slash": f"{ORG[:-1]}/",
    "steps": "../../../../../../../..",
    "an encoded slash": f"{ORG[:-3]}%2F",
    "a question mark": f"{ORG[:-1]}?",
    "other digits": "\u0665" * 24,
    "wide letters": "\uff21" * 24,
    "a number": 575,
    "bytes": ORG.encode(),
    "None": None,
    "a list": [ORG],
}


@pytest.mark.parametrize("value", WRONG.values(), ids=WRONG.keys())
def test_invalid_organization_id_is_rejected(server: Server, call: Caller, value: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="org_id"):
        call(lambda client: client.audit_logs.get(value, ENTRY))
    with pytest.raises(InvalidArgumentError, match="org_id"):
        call(lambda client: client.audit_logs.list(value))
    assert server.requests == []


@pytest.mark.parametrize("value", WRONG.values(), ids=WRONG.keys())
def test_invalid_entry_id_is_rejected(server: Server, call: Caller, value: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="audit_log_id"):
        call(lambda client: client.audit_logs.get(ORG, value))
    with pytest.raises(InvalidArgumentError, match="instance_audit_log_id"):
        call(lambda client: client.instance_audit_logs.get(ORG, value))
    with pytest.raises(InvalidArgumentError, match="instance_id"):
        call(lambda client: client.instance_audit_logs.list(value))
    assert server.requests == []


def test_uppercase_id_is_accepted(server: Server, call: Caller) -> None:
    server.always(json_answer(AUDIT_LOG))
    call(lambda client: client.audit_logs.get(ORG.upper(), ENTRY.upper()))
    assert server.last.target == f"/orgs/{ORG.upper()}/audit-logs/{ENTRY.upper()}"


def test_id_error_is_a_value_error_and_a_losant_error(server: Server, call: Caller) -> None:
    for kind in (ValueError, LosantError):
        with pytest.raises(kind, match=r"org_id: expected a str that matches .*, got 'x'$"):
            call(lambda client: client.audit_logs.get("x", ENTRY))
    assert server.requests == []
