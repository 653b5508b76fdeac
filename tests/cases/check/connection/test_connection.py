"""Connection checks that get no response report the cause."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Generator
from contextlib import closing
from typing import Any

import httpx
import pytest

from losant_audit_log import APIConnectionError, CheckResult
from tests.support.callers import Caller, Way
from tests.support.examples import ORG


@pytest.fixture
def closed_port() -> int:
    """A port on which nothing listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port: int = taken.getsockname()[1]
    return port


@pytest.fixture
def plain_port() -> Generator[int, None, None]:
    """A port that does not speak TLS."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.recv(1000)
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


def check(client: Any) -> Any:
    return client.check(ORG)


def test_check_of_a_closed_port_reports_a_wrong_address(call: Caller, closed_port: int) -> None:
    found: CheckResult = call(check, base_url=f"http://127.0.0.1:{closed_port}")
    assert (found.problem, found.status_code) == ("wrong-address", None)
    assert found.message == f"No server listens at http://127.0.0.1:{closed_port}."
    assert "LOSANT_API_URL" in found.advice
    assert isinstance(found.error, APIConnectionError)
    assert found.error.reason == "refused"


def test_check_of_an_unknown_host_reports_a_wrong_address(call: Caller) -> None:
    found: CheckResult = call(check, base_url="https://api.nowhere.invalid")
    assert found.problem == "wrong-address"
    assert found.message == "The host of https://api.nowhere.invalid was not found."
    assert isinstance(found.error, APIConnectionError)
    assert found.error.reason == "name"


def test_check_of_a_server_without_tls_reports_tls(call: Caller, plain_port: int) -> None:
    found: CheckResult = call(check, base_url=f"https://127.0.0.1:{plain_port}")
    assert found.problem == "tls"
    assert "certificate" in found.advice
    assert isinstance(found.error, APIConnectionError)
    assert found.error.reason == "tls"


@pytest.mark.parametrize(
    ("cause", "problem"),
    [
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), "tls"),
        (socket.gaierror(-2, "Name or service not known"), "wrong-address"),
        (ConnectionRefusedError(111, "Connection refused"), "wrong-address"),
        (
            ExceptionGroup("all failed", [ConnectionRefusedError(), OSError("unreachable")]),
            "wrong-address",
        ),
        (OSError(101, "Network is unreachable"), "no-answer"),
    ],
    ids=repr,
)
def test_check_finds_the_cause_at_any_depth_of_the_exception_chain(
    call: Caller, cause: Exception, problem: str
) -> None:
    def respond(_: httpx.Request) -> httpx.Response:
        outer = OSError("all connection attempts failed")
        outer.__cause__ = cause
        raise httpx.ConnectError("failed") from outer

    kind: Any = httpx.Client if call.way is Way.SYNC else httpx.AsyncClient
    found: CheckResult = call(check, http_client=kind(transport=httpx.MockTransport(respond)))
    assert found.problem == problem
