"""Comparison, copying, pickling and repr of frozen models."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from typing import Any

import pytest

from losant_audit_log import (
    AuditLog,
    AuditLogFilter,
    AuditLogFilterActor,
    InstanceAuditLog,
    ResponseDecodeError,
)
from tests.support.callers import Caller
from tests.support.examples import AUDIT_LOG, ENTRY, GET_PATH, ORG
from tests.support.server import Answer, Server

UNKNOWN = {"_type": "auditLog", "new": [1, None]}


@pytest.fixture
def entry(server: Server) -> AuditLog:
    """An entry from a server, with unknown fields."""
    return fetch_entry(server, AUDIT_LOG | UNKNOWN)


def fetch_entry(server: Server, value: Any, indent: int | None = None) -> AuditLog:
    server.on(GET_PATH, Answer(body=json.dumps(value, indent=indent).encode()))
    found: AuditLog = Caller.sync(server.url)(lambda client: client.audit_logs.get(ORG, ENTRY))
    return found


def test_entries_with_equal_wire_forms_are_equal(server: Server, entry: AuditLog) -> None:
    other = fetch_entry(server, AUDIT_LOG | UNKNOWN, indent=2)
    assert other.raw != entry.raw
    assert other == entry
    assert not other != entry  # noqa: SIM202 (both operators are looked at)
    assert hash(other) == hash(entry)


def test_entries_with_reordered_fields_are_equal(server: Server, entry: AuditLog) -> None:
    assert fetch_entry(server, UNKNOWN | dict(reversed(AUDIT_LOG.items()))) == entry


def test_entries_with_any_difference_are_unequal(server: Server, entry: AuditLog) -> None:
    assert fetch_entry(server, AUDIT_LOG) != entry
    assert fetch_entry(server, AUDIT_LOG | UNKNOWN | {"new": [1]}) != entry
    for one, other in ((entry, entry.to_dict()), (AuditLog(id="a"), InstanceAuditLog(id="a"))):
        assert one != other
        assert not one == other  # noqa: SIM201


def test_null_differs_from_a_missing_field(server: Server) -> None:
    assert fetch_entry(server, {"id": "a", "orgId": None}) != fetch_entry(server, {"id": "a"})


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickled_entry_keeps_raw_and_extra(entry: AuditLog, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(entry, protocol))
    assert again == entry
    assert (again.raw, again.extra) == (entry.raw, UNKNOWN)
    assert type(again) is AuditLog


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_copied_entry_keeps_raw_and_extra(entry: AuditLog, duplicate: Any) -> None:
    again = duplicate(entry)
    assert again == entry
    assert (again.raw, again.extra) == (entry.raw, UNKNOWN)


def test_fields_of_a_model_cannot_be_set(entry: AuditLog) -> None:
    for name in ("id", "raw", "extra", "new_field"):
        with pytest.raises(AttributeError):
            setattr(entry, name, "x")


def test_changes_of_a_returned_dict_do_not_change_the_entry(entry: AuditLog) -> None:
    entry.to_dict()["id"] = "x"
    entry.extra.clear()
    assert entry.to_dict()["id"] == AUDIT_LOG["id"]
    assert entry.extra == UNKNOWN


def test_repr_shows_fields_without_bodies(server: Server) -> None:
    secret = {"password": "hunter2"}
    entry = fetch_entry(server, AUDIT_LOG | {"requestBody": secret, "responseBody": [secret]})
    shown = repr(entry)
    assert shown.startswith("AuditLog(id='586e9d5151265cb9d72f6ec6'")
    assert "actor_name='actor@example.com'" in shown
    assert "request_body=<hidden, see .request_body>, " in shown
    assert "response_body=<hidden, see .response_body>, " in shown
    assert "hunter2" not in shown
    assert "raw" not in shown
    assert "secondary_target_id" not in shown
    assert str(entry) == shown
    assert entry.request_body == secret


def test_repr_does_not_show_unknown_fields(server: Server) -> None:
    assert "hunter2" not in repr(fetch_entry(server, AUDIT_LOG | {"newBody": "hunter2"}))


def test_constructed_model_has_a_wire_form() -> None:
    wanted = AuditLogFilter(actor=[AuditLogFilterActor(type="User")], response_code=[200])
    assert wanted.to_dict() == {"actor": [{"type": "User"}], "responseCode": [200]}
    assert json.loads(wanted.to_json()) == wanted.to_dict()
    assert (wanted.raw, wanted.extra) == (b"", {})


def test_constructed_model_equals_a_received_model(server: Server) -> None:
    assert fetch_entry(server, {"id": "a"}) == AuditLog(id="a")


def test_constructed_timestamp_is_encoded_with_its_offset() -> None:
    moment = dt.datetime(2016, 6, 13, 4, tzinfo=dt.UTC)
    assert AuditLog(creation_date=moment).to_dict() == {"creationDate": "2016-06-13T04:00:00Z"}


def test_recursion_error_while_decoding_is_a_decode_error(
    entry: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program may use an entry deeper on the stack than the code that decoded it."""

    def decode(_: bytes) -> Any:
        raise RecursionError

    monkeypatch.setattr("msgspec.json.decode", decode)
    for look in (entry.to_dict, lambda: entry.extra):
        with pytest.raises(ResponseDecodeError, match="nested too deeply"):
            look()


def test_models_accept_keyword_arguments_only() -> None:
    model: Any = AuditLog
    with pytest.raises(TypeError):
        model("a")
    with pytest.raises(TypeError):
        model(no_such_field=1)


def test_models_support_pattern_matching(entry: AuditLog) -> None:
    match entry:
        case AuditLog(actor_type="User", request_action=action):
            assert action == "delete"
        case _:
            pytest.fail("did not match")
