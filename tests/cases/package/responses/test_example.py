"""Losant's own example of an entry, from an HTTP server."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from losant_audit_log import AuditLog, InstanceAuditLog
from tests.support.callers import Caller
from tests.support.examples import (
    AUDIT_LOG,
    ENTRY,
    GET_PATH,
    INSTANCE,
    INSTANCE_AUDIT_LOG,
    INSTANCE_ENTRY,
    INSTANCE_GET_PATH,
    ORG,
)
from tests.support.server import Answer, Server, json_answer

MOMENT = dt.datetime(2016, 6, 13, 4, tzinfo=dt.UTC)
FIELDS: dict[str, Any] = {
    "id": "586e9d5151265cb9d72f6ec6",
    "audit_log_id": "586e9d5151265cb9d72f6ec6",
    "creation_date": MOMENT,
    "org_id": "575ed6e87ae143cd83dc4aa8",
    "primary_target_id": "575ec8687ae143cd83dc4a97",
    "primary_target_type": "Application",
    "primary_target_name": "My Application",
    "actor_id": "575ed70c7ae143cd83dc4aa9",
    "actor_type": "User",
    "actor_name": "actor@example.com",
    "request_resource": "application",
    "request_action": "delete",
    "request_query_params": {},
    "request_body": {},
    "request_path_params": {"applicationId": "575ec8687ae143cd83dc4a97"},
    "response_body": {"success": True},
    "response_status": 200,
}
MISSING = ("secondary_target_id", "secondary_target_type", "secondary_target_name")


def test_all_seventeen_fields_of_the_example_are_decoded(server: Server, call: Caller) -> None:
    server.on(GET_PATH, json_answer(AUDIT_LOG))
    entry = call(lambda client: client.audit_logs.get(ORG, ENTRY))
    assert type(entry) is AuditLog
    assert {name: getattr(entry, name) for name in FIELDS} == FIELDS
    assert len(FIELDS) == 17


def test_missing_fields_are_none(server: Server, call: Caller) -> None:
    server.on(GET_PATH, json_answer(AUDIT_LOG))
    entry = call(lambda client: client.audit_logs.get(ORG, ENTRY))
    assert [getattr(entry, name) for name in MISSING] == [None, None, None]


def test_timestamp_has_a_time_zone(server: Server, call: Caller) -> None:
    server.on(GET_PATH, json_answer(AUDIT_LOG))
    entry: AuditLog = call(lambda client: client.audit_logs.get(ORG, ENTRY))
    assert entry.creation_date is not None
    assert entry.creation_date.utcoffset() == dt.timedelta(0)


def test_entry_keeps_the_received_bytes(server: Server, call: Caller) -> None:
    body = json.dumps(AUDIT_LOG, indent=3).encode()
    server.on(GET_PATH, Answer(body=body, headers={"Content-Type": "application/json"}))
    entry: AuditLog = call(lambda client: client.audit_logs.get(ORG, ENTRY))
    assert entry.raw == body
    assert entry.to_json().encode() == body
    assert entry.to_dict() == AUDIT_LOG
    assert entry.extra == {}


def test_entry_of_an_instance_is_decoded(server: Server, call: Caller) -> None:
    server.on(INSTANCE_GET_PATH, json_answer(INSTANCE_AUDIT_LOG))
    entry = call(lambda client: client.instance_audit_logs.get(INSTANCE, INSTANCE_ENTRY))
    assert type(entry) is InstanceAuditLog
    assert entry.instance_audit_log_id == "586e9d5151265cb9d72f6ec6"
    assert entry.primary_target_type == "Organization"
    assert entry.to_dict() == INSTANCE_AUDIT_LOG
