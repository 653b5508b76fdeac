"""Tolerant decoding of responses, without loss."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from losant_audit_log import AuditLog
from tests.support.callers import Caller
from tests.support.examples import AUDIT_LOG, ENTRY, GET_PATH, ORG
from tests.support.server import Server, json_answer, text_answer


def fetch_entry(server: Server, call: Caller, **changed: Any) -> AuditLog:
    server.on(GET_PATH, json_answer(AUDIT_LOG | changed))
    entry: AuditLog = call(lambda client: client.audit_logs.get(ORG, ENTRY))
    return entry


def test_unknown_field_is_kept(server: Server, call: Caller) -> None:
    entry = fetch_entry(server, call, _type="auditLog", severity={"level": 3})
    assert entry.extra == {"_type": "auditLog", "severity": {"level": 3}}
    assert entry.to_dict()["severity"] == {"level": 3}
    assert '"severity": {"level": 3}' in entry.to_json()


def test_unknown_enum_value_is_a_plain_string(server: Server, call: Caller) -> None:
    entry = fetch_entry(server, call, primaryTargetType="Spaceship", actorType="Robot")
    assert (entry.primary_target_type, entry.actor_type) == ("Spaceship", "Robot")
    assert entry.to_dict()["primaryTargetType"] == "Spaceship"


def test_constraints_are_not_enforced_in_responses(server: Server, call: Caller) -> None:
    entry = fetch_entry(server, call, id="short", responseStatus=999, actorName="x" * 2000)
    assert (entry.id, entry.response_status) == ("short", 999)
    assert entry.actor_name == "x" * 2000


def test_null_is_decoded_as_none_and_encoded_as_null(server: Server, call: Caller) -> None:
    entry = fetch_entry(server, call, secondaryTargetId=None, creationDate=None)
    assert entry.secondary_target_id is None
    assert entry.creation_date is None
    assert entry.to_dict()["secondaryTargetId"] is None
    assert '"secondaryTargetId": null' in entry.to_json()


@pytest.mark.parametrize("body", [[], [1, {"a": None}], "text", 7, 0.5, True], ids=repr)
def test_body_field_may_be_any_json_value(server: Server, call: Caller, body: Any) -> None:
    entry = fetch_entry(server, call, requestBody=body, responseBody=body)
    assert (entry.request_body, entry.response_body) == (body, body)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016-06-13T04:00:00.000Z", dt.datetime(2016, 6, 13, 4, tzinfo=dt.UTC)),
        ("2016-06-13T04:00:00Z", dt.datetime(2016, 6, 13, 4, tzinfo=dt.UTC)),
        ("2016-06-13T06:30:00.123+02:30", dt.datetime(2016, 6, 13, 4, 0, 0, 123000, dt.UTC)),
    ],
)
def test_timestamps_with_any_offset_are_decoded(
    server: Server, call: Caller, text: str, moment: dt.datetime
) -> None:
    assert fetch_entry(server, call, creationDate=text).creation_date == moment


def test_strings_with_any_characters_are_decoded(server: Server, call: Caller) -> None:
    name = 'Zoë "the\\best" 日本 🚀'
    assert fetch_entry(server, call, primaryTargetName=name).primary_target_name == name


def test_content_type_of_a_response_is_ignored(server: Server, call: Caller) -> None:
    server.on(GET_PATH, text_answer('{"id": "a"}', content_type="text/plain"))
    entry: AuditLog = call(lambda client: client.audit_logs.get(ORG, ENTRY))
    assert entry.id == "a"
