"""`with_raw_response` returns the response as received; `parse()` decodes it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from losant_audit_log import (
    AsyncPage,
    AuditLog,
    InvalidArgumentError,
    NotFoundError,
    Page,
    RawResponse,
    ResponseDecodeError,
)
from tests.support.callers import Caller, Way
from tests.support.examples import (
    AUDIT_LOG,
    AUDIT_LOGS,
    ENTRY,
    ERROR,
    GET_PATH,
    INSTANCE,
    INSTANCE_ENTRY,
    INSTANCE_GET_PATH,
    INSTANCE_LIST_PATH,
    LIST_PATH,
    ORG,
)
from tests.support.server import Answer, Server, json_answer


def test_raw_response_of_an_entry_has_status_headers_and_content(
    server: Server, call: Caller
) -> None:
    headers = {"X-Request-Id": "r-1", "X-Other": "kept"}
    server.on(GET_PATH, json_answer(AUDIT_LOG, 200, headers))
    answer: RawResponse[AuditLog] = call(
        lambda client: client.audit_logs.with_raw_response.get(ORG, ENTRY)
    )
    assert isinstance(answer, RawResponse)
    assert (answer.status_code, answer.request_id) == (200, "r-1")
    assert answer.headers["x-other"] == "kept"
    assert answer.content == json.dumps(AUDIT_LOG).encode()
    assert answer.parse() == answer.parse()
    assert answer.parse().actor_name == "actor@example.com"


def test_raw_responses_of_an_instance_are_parsed(server: Server, call: Caller) -> None:
    server.on(INSTANCE_GET_PATH, json_answer(AUDIT_LOG))
    server.on(INSTANCE_LIST_PATH, json_answer(AUDIT_LOGS))

    def get(client: Any) -> Any:
        return client.instance_audit_logs.with_raw_response.get(INSTANCE, INSTANCE_ENTRY)

    def list_(client: Any) -> Any:
        return client.instance_audit_logs.with_raw_response.list(INSTANCE)

    assert call(get).parse().actor_name == "actor@example.com"
    assert len(call(list_).parse().items) == 1


def test_raw_response_of_a_list_is_parsed_as_a_page(server: Server, call: Caller) -> None:
    server.on(LIST_PATH, json_answer(AUDIT_LOGS))
    answer: RawResponse[Any] = call(
        lambda client: client.audit_logs.with_raw_response.list(ORG, page=1)
    )
    assert server.last.query == "page=1"
    assert json.loads(answer.content) == AUDIT_LOGS
    assert answer.request_id is None
    page = answer.parse()
    assert isinstance(page, Page if call.way is Way.SYNC else AsyncPage)
    assert page.total_count == 4


def test_invalid_raw_response_raises_on_parse_only(server: Server, call: Caller) -> None:
    server.on(GET_PATH, Answer(body=b"<html>"))
    answer: RawResponse[AuditLog] = call(
        lambda client: client.audit_logs.with_raw_response.get(ORG, ENTRY)
    )
    assert answer.content == b"<html>"
    with pytest.raises(ResponseDecodeError, match="HTML"):
        answer.parse()


def test_raw_call_raises_status_errors(server: Server, call: Caller) -> None:
    server.on(GET_PATH, json_answer(ERROR, 404))
    with pytest.raises(NotFoundError):
        call(lambda client: client.audit_logs.with_raw_response.get(ORG, ENTRY))


def test_raw_call_validates_arguments(server: Server, call: Caller) -> None:
    with pytest.raises(InvalidArgumentError):
        call(lambda client: client.audit_logs.with_raw_response.get("x", ENTRY))
    assert server.requests == []


def test_repr_of_a_raw_response_does_not_show_the_content(server: Server, call: Caller) -> None:
    server.on(GET_PATH, json_answer(AUDIT_LOG))
    answer: RawResponse[AuditLog] = call(
        lambda client: client.audit_logs.with_raw_response.get(ORG, ENTRY)
    )
    assert repr(answer) == f"RawResponse(200, {len(answer.content)} bytes)"


def test_with_raw_response_does_not_change_the_resource(server: Server, call: Caller) -> None:
    server.on(GET_PATH, json_answer(AUDIT_LOG))

    def use(client: Any) -> Any:
        assert client.audit_logs.with_raw_response is not None
        return client.audit_logs.get(ORG, ENTRY)

    assert type(call(use)) is AuditLog
