"""The query of a filter: nested brackets with list indices."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from losant_audit_log import (
    AuditLogFilter,
    AuditLogFilterActor,
    AuditLogFilterPrimaryTarget,
    AuditLogFilterRequest,
    AuditLogFilterSecondaryTarget,
    InstanceAuditLogFilter,
    InstanceAuditLogFilterActor,
    InvalidArgumentError,
)
from tests.support.callers import Caller
from tests.support.examples import AUDIT_LOGS, INSTANCE, INSTANCE_AUDIT_LOGS, LIST_PATH, ORG
from tests.support.server import Server, json_answer

USER = "575ed70c7ae143cd83dc4aa9"
FULL_MODEL = AuditLogFilter(
    primary_target=[
        AuditLogFilterPrimaryTarget(type="Dashboard"),
        AuditLogFilterPrimaryTarget(type="Application", id="575ec8687ae143cd83dc4a97"),
    ],
    secondary_target=[AuditLogFilterSecondaryTarget(type="Device", name="boiler & pump")],
    actor=[AuditLogFilterActor(type="User", id=USER)],
    request=[AuditLogFilterRequest(resource="application", action="delete")],
    response_code=[200, 404],
)
FULL_MAPPING: dict[str, Any] = {
    "primaryTarget": [
        {"type": "Dashboard"},
        {"id": "575ec8687ae143cd83dc4a97", "type": "Application"},
    ],
    "secondaryTarget": [{"type": "Device", "name": "boiler & pump"}],
    "actor": [{"id": USER, "type": "User"}],
    "request": [{"resource": "application", "action": "delete"}],
    "responseCode": [200, 404],
}
FULL_QUERY = {
    "auditLogFilter[primaryTarget][0][type]=Dashboard",
    "auditLogFilter[primaryTarget][1][type]=Application",
    "auditLogFilter[primaryTarget][1][id]=575ec8687ae143cd83dc4a97",
    "auditLogFilter[secondaryTarget][0][type]=Device",
    "auditLogFilter[secondaryTarget][0][name]=boiler & pump",
    f"auditLogFilter[actor][0][id]={USER}",
    "auditLogFilter[actor][0][type]=User",
    "auditLogFilter[request][0][resource]=application",
    "auditLogFilter[request][0][action]=delete",
    "auditLogFilter[responseCode][0]=200",
    "auditLogFilter[responseCode][1]=404",
}
BAD: dict[str, tuple[Any, str]] = {
    "an empty filter": ({}, "empty"),
    "an empty model": (AuditLogFilter(), "empty"),
    "an empty list": ({"actor": []}, r"audit_log_filter\[actor\].*empty"),
    "an empty item": ({"actor": [{}]}, r"audit_log_filter\[actor\]\[0\].*empty"),
    "an unknown list": ({"actors": [{"type": "User"}]}, "unknown property 'actors'"),
    "an unknown member": ({"actor": [{"kind": "User"}]}, "unknown property 'kind'"),
    "Python's name for the wire's": (
        {"primary_target": [{"type": "Application"}]},
        "unknown property",
    ),
    "an unknown type": ({"actor": [{"type": "Robot"}]}, r"audit_log_filter\.actor\[0\]\.type"),
    "a malformed id": ({"actor": [{"id": "x"}]}, r"audit_log_filter\.actor\[0\]\.id"),
    "a long name": ({"actor": [{"name": "x" * 1025}]}, "at most 1024"),
    "a status too small": ({"responseCode": [99]}, "at least 100"),
    "a status too large": ({"responseCode": [600]}, "at most 599"),
    "a status in words": ({"responseCode": ["200"]}, "expected an int"),
    "more than twenty items": ({"responseCode": [200] * 21}, "at most 20"),
    "one item without a list": ({"actor": {"type": "User"}}, "expected a list"),
    "a text": ("actor", "expected a model or a mapping"),
    "a JSON text": ('{"actor": [{"type": "User"}]}', "expected a model or a mapping"),
    "a list of filters": ([{"actor": [{"type": "User"}]}], "expected a model or a mapping"),
    "a null": ({"actor": None}, "expected a list"),
}


def sent_query(server: Server) -> str:
    return server.last.query


def test_one_condition_is_encoded_byte_for_byte(server: Server, call: Caller) -> None:
    server.on(LIST_PATH, json_answer(AUDIT_LOGS))
    wanted = {"actor": [{"type": "User"}]}
    call(lambda client: client.audit_logs.list(ORG, audit_log_filter=wanted))
    assert sent_query(server) == "auditLogFilter%5Bactor%5D%5B0%5D%5Btype%5D=User"
    assert unquote(sent_query(server)) == "auditLogFilter[actor][0][type]=User"


@pytest.mark.parametrize("wanted", [FULL_MODEL, FULL_MAPPING], ids=["model", "mapping"])
def test_every_condition_is_encoded(server: Server, call: Caller, wanted: Any) -> None:
    server.on(LIST_PATH, json_answer(AUDIT_LOGS))
    call(lambda client: client.audit_logs.list(ORG, audit_log_filter=wanted))
    pairs = sent_query(server).split("&")
    assert {unquote(pair) for pair in pairs} == FULL_QUERY
    assert len(pairs) == len(FULL_QUERY)


def test_special_characters_in_a_filter_value_are_escaped(server: Server, call: Caller) -> None:
    name = "a&b=c[0]#?+ %20/ü\n"
    server.on(LIST_PATH, json_answer(AUDIT_LOGS))
    wanted = {"actor": [{"name": name}]}
    call(lambda client: client.audit_logs.list(ORG, audit_log_filter=wanted))
    assert sent_query(server) == (
        "auditLogFilter%5Bactor%5D%5B0%5D%5Bname%5D=a%26b%3Dc%5B0%5D%23%3F%2B%20%2520%2F%C3%BC%0A"
    )


def test_twenty_list_items_are_accepted(server: Server, call: Caller) -> None:
    server.on(LIST_PATH, json_answer(AUDIT_LOGS))
    wanted = {"responseCode": [200] * 20}
    call(lambda client: client.audit_logs.list(ORG, audit_log_filter=wanted))
    assert unquote(sent_query(server)).endswith("auditLogFilter[responseCode][19]=200")


@pytest.mark.parametrize(("wanted", "reason"), BAD.values(), ids=BAD.keys())
def test_invalid_filter_is_rejected_before_sending(
    server: Server, call: Caller, wanted: Any, reason: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=reason):
        call(lambda client: client.audit_logs.list(ORG, audit_log_filter=wanted))
    assert server.requests == []


def test_filter_of_an_instance_has_its_own_enum_values(server: Server, call: Caller) -> None:
    server.always(json_answer(INSTANCE_AUDIT_LOGS))
    wanted = InstanceAuditLogFilter(actor=[InstanceAuditLogFilterActor(type="ApiToken")])
    call(lambda client: client.instance_audit_logs.list(INSTANCE, audit_log_filter=wanted))
    assert unquote(sent_query(server)) == "auditLogFilter[actor][0][type]=ApiToken"
    for_organizations = {"actor": [{"type": "Flow"}]}
    with pytest.raises(InvalidArgumentError, match="User"):
        call(
            lambda client: client.instance_audit_logs.list(
                INSTANCE, audit_log_filter=for_organizations
            )
        )
