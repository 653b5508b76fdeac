"""Request headers."""

from __future__ import annotations

import re
from typing import Any

import pytest

import losant_audit_log
from losant_audit_log import Client, InvalidArgumentError
from tests.support.callers import TOKEN, Caller
from tests.support.examples import AUDIT_LOG, AUDIT_LOGS, ENTRY, GET_PATH, LIST_PATH, ORG
from tests.support.server import Server, json_answer


@pytest.fixture(autouse=True)
def answers(server: Server) -> None:
    """Make the server respond successfully."""
    server.on(GET_PATH, json_answer(AUDIT_LOG))
    server.on(LIST_PATH, json_answer(AUDIT_LOGS))


def get(client: Any) -> Any:
    return client.audit_logs.get(ORG, ENTRY)


def test_request_has_user_agent_accept_encoding_and_authorization(
    server: Server, call: Caller
) -> None:
    call(get)
    headers = server.last.headers
    assert headers["user-agent"] == f"losant-audit-log/{losant_audit_log.__version__}"
    assert headers["accept"] == "application/json"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert headers["authorization"] == f"Bearer {TOKEN}"


def test_get_request_has_no_body(server: Server, call: Caller) -> None:
    call(get)
    assert (server.last.method, server.last.body) == ("GET", b"")
    assert "content-type" not in server.last.headers


def test_default_headers_are_sent_with_every_request(server: Server, call: Caller) -> None:
    call(get, default_headers={"Accept-Version": "^1.30.0", "User-Agent": "mine/1"})
    assert server.last.headers["accept-version"] == "^1.30.0"
    assert server.last.headers["user-agent"] == "mine/1"


def test_extra_headers_of_a_call_replace_default_headers(server: Server, call: Caller) -> None:
    def both(client: Any) -> Any:
        return client.audit_logs.get(ORG, ENTRY, extra_headers={"X-A": "call", "X-B": "call"})

    call(both, default_headers={"X-A": "default", "X-C": "default"})
    headers = server.last.headers
    assert (headers["x-a"], headers["x-b"], headers["x-c"]) == ("call", "call", "default")


@pytest.mark.parametrize("name", ["Authorization", "authorization", "Host", "Content-Length"])
def test_reserved_headers_are_rejected(server: Server, call: Caller, name: str) -> None:
    with pytest.raises(InvalidArgumentError, match=name):
        call(lambda client: client.audit_logs.get(ORG, ENTRY, extra_headers={name: "x"}))
    assert server.requests == []


@pytest.mark.parametrize("value", ["a\r\nX-Other: b", "ü", "\x00", "a\n"], ids=ascii)
def test_header_value_with_invalid_characters_is_rejected(
    server: Server, call: Caller, value: str
) -> None:
    with pytest.raises(InvalidArgumentError, match="X-A"):
        call(lambda client: client.audit_logs.get(ORG, ENTRY, extra_headers={"X-A": value}))
    assert server.requests == []


def test_package_version_has_three_numbers() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", losant_audit_log.__version__)


def test_base_url_may_have_a_path(server: Server) -> None:
    server.on(f"/losant{GET_PATH}", json_answer(AUDIT_LOG))
    with Client(token=TOKEN, base_url=f"{server.url}/losant/") as client:
        client.audit_logs.get(ORG, ENTRY)
    assert server.last.target == f"/losant{GET_PATH}"


def test_token_and_base_url_are_read_from_the_environment(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOSANT_API_TOKEN", "of-the-environment")
    monkeypatch.setenv("LOSANT_API_URL", server.url)
    with Client() as client:
        client.audit_logs.get(ORG, ENTRY)
    assert server.last.headers["authorization"] == "Bearer of-the-environment"


def test_default_base_url_is_that_of_losant() -> None:
    with Client(token=TOKEN) as client:
        assert repr(client) == "Client(base_url='https://api.losant.com')"


def test_connections_are_reused_between_calls(server: Server) -> None:
    ports: set[int] = set()
    with Client(token=TOKEN, base_url=server.url) as client:
        for _ in range(3):
            answer = client.audit_logs.with_raw_response.get(ORG, ENTRY)
            assert answer.status_code == 200
        ports.update(server.client_ports)
    assert len(ports) == 1
