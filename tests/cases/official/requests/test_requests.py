"""Losant's own client and ours send the same requests.

Compared are the method, the path as sent, and the query as a server decodes it. The order and
escaping of the query parameters may differ.
"""

from __future__ import annotations

import importlib
from collections.abc import Generator, Mapping
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from losant_audit_log import Client
from tests.support import document as doc
from tests.support.callers import TOKEN
from tests.support.examples import AUDIT_LOG, AUDIT_LOGS, ENTRY, GET_PATH, INSTANCE, ORG
from tests.support.searching import few
from tests.support.server import Recorded, Server, json_answer, serving

# It always asks for these; ours sends what it is told to.
DECORATIONS = {"_actions": "false", "_links": "true", "_embedded": "true"}
OURS = {
    "sortField": "sort_field",
    "sortDirection": "sort_direction",
    "perPage": "per_page",
    "auditLogFilter": "audit_log_filter",
}


@pytest.fixture(scope="module")
def recording() -> Generator[Server, None, None]:
    with serving() as server:
        server.always(json_answer(AUDIT_LOGS))
        server.on(GET_PATH, json_answer(AUDIT_LOG))
        server.on(f"/instance/{INSTANCE}/audit-logs/{ENTRY}", json_answer(AUDIT_LOG))
        yield server


@pytest.fixture(scope="module")
def client(recording: Server) -> Generator[Client, None, None]:
    with Client(TOKEN, base_url=recording.url) as made:
        yield made


@pytest.fixture(scope="module")
def theirs(recording: Server) -> Any:
    return importlib.import_module("losant_rest").Client(auth_token=TOKEN, url=recording.url)


def essentials(request: Recorded) -> tuple[Any, ...]:
    """Return the method, path and decoded query of a request."""
    query = parse_qsl(request.query, keep_blank_values=True, strict_parsing=True)
    headers = {name: request.headers.get(name) for name in ("authorization", "losantdomain")}
    return request.method, request.path, sorted(query), headers, request.body


def compare(
    recording: Server, ours: Any, theirs: Any, ids: Mapping[str, str], **given_: Any
) -> None:
    """Make the same call with both clients, and compare the requests."""
    recording.requests.clear()
    named = {OURS.get(name, name): value for name, value in given_.items()}
    ours(*ids.values(), **named, extra_query=DECORATIONS)
    theirs(**ids, **given_)
    one, two = recording.requests
    assert essentials(one) == essentials(two)


def test_get_sends_the_same_request_as_the_official_client(
    recording: Server, client: Client, theirs: Any
) -> None:
    ids = {"orgId": ORG, "auditLogId": ENTRY}
    compare(recording, client.audit_logs.get, theirs.audit_log.get, ids)
    ids = {"instanceId": INSTANCE, "instanceAuditLogId": ENTRY}
    compare(recording, client.instance_audit_logs.get, theirs.instance_audit_log.get, ids)


def test_list_sends_the_same_request_as_the_official_client(
    recording: Server, client: Client, theirs: Any
) -> None:
    compare(recording, client.audit_logs.list, theirs.audit_logs.get, {"orgId": ORG})
    calls = client.instance_audit_logs.list, theirs.instance_audit_logs.get
    compare(recording, *calls, {"instanceId": INSTANCE})


def test_official_client_adds_only_the_known_decorations(
    recording: Server, client: Client, theirs: Any
) -> None:
    recording.requests.clear()
    client.audit_logs.list(ORG, page=1)
    theirs.audit_logs.get(orgId=ORG, page=1)
    ours, other = recording.requests
    assert dict(parse_qsl(other.query)) == {**dict(parse_qsl(ours.query)), **DECORATIONS}


def texts() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def values(schema: Any) -> st.SearchStrategy[Any]:
    """Draw values for a part of a filter's schema, except empty ones, which are not sent."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], schema["maximum"])
    if schema["type"] == "array":
        return st.lists(values(schema["items"]), min_size=1, max_size=12)
    if schema["type"] == "object":
        optional = {name: values(each) for name, each in schema["properties"].items()}
        return st.fixed_dictionaries({}, optional=optional).filter(bool)
    if "pattern" in schema:
        return st.text("0123456789abcdefABCDEF", min_size=24, max_size=24)
    return texts()


def arguments(path: str) -> st.SearchStrategy[dict[str, Any]]:
    """Draw arguments for a list."""
    optional: dict[str, st.SearchStrategy[Any]] = {
        "sortField": st.sampled_from(["creationDate", "responseStatus", "actorName"]),
        "sortDirection": st.sampled_from(["asc", "desc"]),
        "page": st.integers(0, 10**6),
        "perPage": st.integers(1, 10**6),
        "start": st.integers(1, 2**53),
        "end": st.integers(1, 2**53),
        "losantdomain": st.sampled_from(["example.com", "a.b.c"]),
        "auditLogFilter": values(doc.resolve(doc.parameters(path)["auditLogFilter"]["schema"])),
    }
    drawn = st.fixed_dictionaries({}, optional=optional)
    return drawn.filter(lambda each: each.get("start", 0) <= each.get("end", 2**53))


@pytest.mark.long
@few(60)
@given(given_=arguments("/orgs/{orgId}/audit-logs"))
def test_list_with_random_arguments_sends_the_same_request(
    recording: Server, client: Client, theirs: Any, given_: dict[str, Any]
) -> None:
    compare(recording, client.audit_logs.list, theirs.audit_logs.get, {"orgId": ORG}, **given_)


@pytest.mark.long
@few(60)
@given(given_=arguments("/instance/{instanceId}/audit-logs"))
def test_instance_list_with_random_arguments_sends_the_same_request(
    recording: Server, client: Client, theirs: Any, given_: dict[str, Any]
) -> None:
    calls = client.instance_audit_logs.list, theirs.instance_audit_logs.get
    compare(recording, *calls, {"instanceId": INSTANCE}, **given_)
