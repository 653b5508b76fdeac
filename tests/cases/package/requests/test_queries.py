"""Query parameters of a list: encoding and validation."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from losant_audit_log import InvalidArgumentError
from tests.support.callers import Caller
from tests.support.examples import AUDIT_LOGS, INSTANCE, INSTANCE_AUDIT_LOGS, LIST_PATH, ORG
from tests.support.server import Server, json_answer

NOON = dt.datetime(2016, 6, 13, 12, tzinfo=dt.UTC)
NOON_MS = 1465819200000
EAST = dt.timezone(dt.timedelta(hours=5, minutes=30))

GOOD: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"sort_field": "creationDate"}, "sortField=creationDate"),
    ({"sort_field": "responseStatus"}, "sortField=responseStatus"),
    ({"sort_field": "actorName"}, "sortField=actorName"),
    ({"sort_direction": "asc"}, "sortDirection=asc"),
    ({"sort_direction": "desc"}, "sortDirection=desc"),
    ({"page": 0}, "page=0"),
    ({"page": 10**12}, "page=1000000000000"),
    ({"per_page": 1}, "perPage=1"),
    ({"per_page": 1_000_000}, "perPage=1000000"),
    ({"start": NOON}, f"start={NOON_MS}"),
    ({"start": NOON.astimezone(EAST)}, f"start={NOON_MS}"),
    ({"start": NOON_MS}, f"start={NOON_MS}"),
    ({"start": NOON + dt.timedelta(microseconds=999)}, f"start={NOON_MS}"),
    ({"end": NOON}, f"end={NOON_MS}"),
    ({"end": NOON + dt.timedelta(microseconds=1)}, f"end={NOON_MS + 1}"),
    ({"page": 2, "per_page": 50, "end": 1}, "page=2&perPage=50&end=1"),
    ({"page": None, "start": None, "audit_log_filter": None}, ""),
]

BAD: list[tuple[str, Any]] = [
    ("sort_field", "id"),
    ("sort_field", "CreationDate"),
    ("sort_field", ""),
    ("sort_field", 1),
    ("sort_direction", "ASC"),
    ("sort_direction", "up"),
    ("sort_direction", ["asc"]),
    ("page", -1),
    ("page", "0"),
    ("page", 1.0),
    ("page", True),
    ("per_page", 0),
    ("per_page", "100"),
    ("per_page", False),
    ("start", dt.datetime(2016, 6, 13)),
    ("start", 0),
    ("start", -2592000000),
    ("start", 1465790400.5),
    ("start", "2016-06-13T04:00:00Z"),
    ("start", dt.date(2016, 6, 13)),
    ("start", dt.datetime(1960, 1, 1, tzinfo=dt.UTC)),
    ("end", dt.datetime(2016, 6, 13)),
    ("end", 0),
    ("end", True),
    ("losantdomain", 3),
    ("losantdomain", "a\r\nX-Other: b"),
]


@pytest.mark.parametrize(("arguments", "query"), GOOD, ids=[query for _, query in GOOD])
def test_arguments_are_encoded_as_query_parameters(
    server: Server, call: Caller, arguments: dict[str, Any], query: str
) -> None:
    server.on(LIST_PATH, json_answer(AUDIT_LOGS))
    call(lambda client: client.audit_logs.list(ORG, **arguments))
    assert server.last.target == (f"{LIST_PATH}?{query}" if query else LIST_PATH)


@pytest.mark.parametrize(("name", "value"), BAD, ids=[f"{name}={value!r}" for name, value in BAD])
def test_invalid_argument_is_rejected_before_sending(
    server: Server, call: Caller, name: str, value: Any
) -> None:
    with pytest.raises(InvalidArgumentError, match=name):
        call(lambda client: client.audit_logs.list(ORG, **{name: value}))
    with pytest.raises(InvalidArgumentError, match=name):
        call(lambda client: client.instance_audit_logs.list(INSTANCE, **{name: value}))
    assert server.requests == []


@pytest.mark.parametrize(
    "name", ["sortField", "perpage", "filter", "auditLogFilter", "max_retries"]
)
def test_misspelled_keyword_is_a_type_error(server: Server, call: Caller, name: str) -> None:
    with pytest.raises(TypeError, match=f"unexpected keyword argument '{name}'"):
        call(lambda client: client.audit_logs.list(ORG, **{name: 1}))
    assert server.requests == []


def test_query_parameters_are_keyword_only(server: Server, call: Caller) -> None:
    with pytest.raises(TypeError, match="positional argument"):
        call(lambda client: client.audit_logs.list(ORG, "creationDate"))
    assert server.requests == []


def test_losantdomain_is_sent_as_a_header(server: Server, call: Caller) -> None:
    server.on(LIST_PATH, json_answer(AUDIT_LOGS))
    call(lambda client: client.audit_logs.list(ORG, losantdomain="example.com"))
    assert server.last.headers["losantdomain"] == "example.com"
    assert server.last.query == ""


def test_instance_list_accepts_the_same_parameters(server: Server, call: Caller) -> None:
    server.always(json_answer(INSTANCE_AUDIT_LOGS))
    call(lambda client: client.instance_audit_logs.list(INSTANCE, page=3, sort_direction="asc"))
    assert server.last.target == f"/instance/{INSTANCE}/audit-logs?sortDirection=asc&page=3"


def test_extra_query_sends_undocumented_parameters(server: Server, call: Caller) -> None:
    server.on(LIST_PATH, json_answer(AUDIT_LOGS))
    extra = {"sortField": "id", "a b&c": "1+2/ü"}
    call(lambda client: client.audit_logs.list(ORG, page=1, extra_query=extra))
    assert server.last.query == "page=1&sortField=id&a%20b%26c=1%2B2%2F%C3%BC"
