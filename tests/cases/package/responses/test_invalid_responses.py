"""Invalid responses raise with a JSON pointer and the bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from losant_audit_log import ResponseDecodeError
from tests.support.callers import Caller
from tests.support.examples import AUDIT_LOG, AUDIT_LOGS, ENTRY, GET_PATH, LIST_PATH, ORG
from tests.support.server import Answer, Server

PAGE = "<!DOCTYPE html><html><body>Sign in</body></html>"
NO_ANSWER_AT_ALL = {
    "html": (PAGE, "HTML"),
    "empty": ("", "empty"),
    "blanks": (" \n ", "empty"),
    "cut off": ('{"id": "58', "not JSON"),
    "a word": ("OK", "not JSON"),
}
WRONG_ENTRIES = {
    "null": ("null", "", "object"),
    "a list": ("[]", "", "object"),
    "two of them": ('{"id": "a"} {"id": "b"}', "", "not JSON"),
    "a text": ('"entry"', "", "object"),
    "a number": ("3", "", "object"),
    "an empty object": ("{}", "", "none of the fields"),
    "another object": ('{"status": "ok"}', "", "none of the fields"),
    "an error": (json.dumps({"type": "NotFound", "message": "x"}), "", "none of the fields"),
    "a number for a text": (json.dumps(AUDIT_LOG | {"actorName": 3}), "/actorName", "str"),
    "a text for a number": (
        json.dumps(AUDIT_LOG | {"responseStatus": "200"}),
        "/responseStatus",
        "int",
    ),
    "a time without a zone": (
        json.dumps(AUDIT_LOG | {"creationDate": "2016-06-13T04:00:00"}),
        "/creationDate",
        "timezone",
    ),
    "no time": (json.dumps(AUDIT_LOG | {"creationDate": "yesterday"}), "/creationDate", ""),
    "a list for an object": (
        json.dumps(AUDIT_LOG | {"requestPathParams": []}),
        "/requestPathParams",
        "object",
    ),
}
WRONG_PAGES = {
    "no items": (json.dumps({"totalCount": 4, "page": 0}), "", "items"),
    "an empty object": ("{}", "", "items"),
    "two of them": ('{"items": []} {"items": []}', "", "not JSON"),
    "items null": (json.dumps(AUDIT_LOGS | {"items": None}), "/items", "array"),
    "items an object": (json.dumps(AUDIT_LOGS | {"items": {}}), "/items", "array"),
    "a list": (json.dumps([AUDIT_LOG]), "", "object"),
    "a wrong entry": (json.dumps(AUDIT_LOGS | {"items": [AUDIT_LOG, 7]}), "/items/1", "object"),
    "an empty entry": (json.dumps(AUDIT_LOGS | {"items": [{}]}), "/items/0", "none of the fields"),
    "a wrong field": (
        json.dumps(AUDIT_LOGS | {"items": [AUDIT_LOG, AUDIT_LOG | {"id": 7}]}),
        "/items/1/id",
        "str",
    ),
    "a total in words": (json.dumps(AUDIT_LOGS | {"totalCount": "four"}), "/totalCount", "int"),
}


def get(client: Any) -> Any:
    return client.audit_logs.get(ORG, ENTRY)


def first_page(client: Any) -> Any:
    return client.audit_logs.list(ORG)


def refusal(server: Server, call: Caller, path: str, body: str) -> ResponseDecodeError:
    server.on(path, Answer(body=body.encode(), headers={"Content-Type": "application/json"}))
    with pytest.raises(ResponseDecodeError) as caught:
        call(get if path == GET_PATH else first_page)
    return caught.value


@pytest.mark.parametrize("path", [GET_PATH, LIST_PATH], ids=["get", "list"])
@pytest.mark.parametrize(("body", "reason"), NO_ANSWER_AT_ALL.values(), ids=NO_ANSWER_AT_ALL.keys())
def test_response_without_json_raises_a_decode_error(
    server: Server, call: Caller, path: str, body: str, reason: str
) -> None:
    error = refusal(server, call, path, body)
    assert reason in str(error)
    assert (error.status_code, error.content, error.pointer) == (200, body.encode(), "")


@pytest.mark.parametrize(
    ("body", "pointer", "reason"), WRONG_ENTRIES.values(), ids=WRONG_ENTRIES.keys()
)
def test_response_that_is_no_entry_raises_a_decode_error(
    server: Server, call: Caller, body: str, pointer: str, reason: str
) -> None:
    error = refusal(server, call, GET_PATH, body)
    assert (error.pointer, error.content) == (pointer, body.encode())
    assert reason in str(error)


@pytest.mark.parametrize(
    ("body", "pointer", "reason"), WRONG_PAGES.values(), ids=WRONG_PAGES.keys()
)
def test_response_that_is_no_page_raises_a_decode_error(
    server: Server, call: Caller, body: str, pointer: str, reason: str
) -> None:
    error = refusal(server, call, LIST_PATH, body)
    assert error.pointer == pointer
    assert reason in str(error)
    assert error.content


@pytest.mark.parametrize(
    "body",
    [
        b'{"id": "\xff"}',
        b'{"id": "\\ud800"}',
        b'{"responseStatus": 1e999}',
        b'{"requestBody": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    ],
    ids=["no UTF-8", "half a character", "an endless number", "too deep"],
)
def test_json_outside_the_supported_range_raises_a_decode_error(
    server: Server, call: Caller, body: bytes
) -> None:
    server.on(GET_PATH, Answer(body=body))
    with pytest.raises(ResponseDecodeError) as caught:
        call(lambda client: client.audit_logs.get(ORG, ENTRY))
    assert caught.value.content == body


def test_decode_error_has_its_request_and_response(server: Server, call: Caller) -> None:
    error = refusal(server, call, GET_PATH, PAGE)
    assert f"GET {GET_PATH}" in str(error)
    assert error.request is not None
    assert error.request.url.path == GET_PATH
    assert error.response is not None
    assert error.response.content == PAGE.encode()
    assert "authorization" not in {name.lower() for name in error.request.headers}


@pytest.mark.parametrize("status", [201, 202, 206])
def test_every_success_status_is_decoded_alike(server: Server, call: Caller, status: int) -> None:
    values: list[tuple[Any, bool]] = [(AUDIT_LOG, True), ({}, False)]
    for value, fits in values:
        server.on(GET_PATH, Answer(status=status, body=json.dumps(value).encode()))
        if fits:
            assert call(lambda client: client.audit_logs.get(ORG, ENTRY)).to_dict() == AUDIT_LOG
        else:
            with pytest.raises(ResponseDecodeError):
                call(lambda client: client.audit_logs.get(ORG, ENTRY))


def test_success_without_content_raises_a_decode_error(server: Server, call: Caller) -> None:
    server.on(GET_PATH, Answer(status=204))
    with pytest.raises(ResponseDecodeError, match="empty"):
        call(lambda client: client.audit_logs.get(ORG, ENTRY))
