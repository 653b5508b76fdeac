"""Proxies: https is tunneled through them, and their failures raise a LosantError."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from losant_audit_log import APIConnectionError, APITimeoutError, LosantError
from tests.support import fault_server as fault
from tests.support.callers import TOKEN, Caller, Way
from tests.support.certificates import Authority
from tests.support.every_fault import GET, MODES, Mode, patience
from tests.support.examples import AUDIT_LOG
from tests.support.fault_server import Behavior, Faults, answer, faulty, raw

Get = Callable[[Any], Any]
PASSWORD = "pr0xy-passw0rd"


@dataclass(frozen=True)
class Behind:
    """A server that is reached through a proxy.

    Attributes:
        server: The server, over https.
        proxy: The proxy.
        authority: A file with the certificate authority of the server.
    """

    server: Faults
    proxy: Faults
    authority: Path

    def get(self, mode: Mode, **options: Any) -> Any:
        """Make a call with the caller's own HTTP client, which uses the proxy."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.authority)
        http_options = {"proxy": self.proxy.url, "verify": context}
        return mode.run(self.server.url, GET, http_options, **options)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Generator[Behind, None, None]:
    authority = Authority()
    file = tmp_path_factory.mktemp("authority") / "authority.pem"
    authority.write(file)
    with faulty(tls=authority.server_context("127.0.0.1")) as server, faulty() as proxy:
        yield Behind(server, proxy, file)


@pytest.fixture
def behind(running: Behind) -> Behind:
    """A server behind a proxy, both responding normally."""
    running.server.plan(answer(200, AUDIT_LOG))
    running.proxy.plan(fault.tunnel)
    return running


@pytest.fixture(params=list(Way))
def way(request: pytest.FixtureRequest) -> Way:
    """Each mode in turn."""
    return Way(request.param)


@pytest.fixture
def from_environment(behind: Behind, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server's URL, with the proxy and its password in the environment."""
    host = behind.proxy.url.removeprefix("http://")
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:{PASSWORD}@{host}")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("SSL_CERT_FILE", str(behind.authority))
    return behind.server.url


def test_proxy_of_the_environment_tunnels_the_request(
    behind: Behind, from_environment: str, way: Way, get: Get
) -> None:
    assert Caller(way, from_environment)(get).to_dict() == AUDIT_LOG
    (request,) = behind.proxy.requests
    assert (request.method, request.target) == (
        "CONNECT",
        from_environment.removeprefix("https://"),
    )
    shown = b64encode(f"me:{PASSWORD}".encode()).decode()
    assert request.headers["proxy-authorization"] == f"Basic {shown}"
    (got,) = behind.server.requests
    assert got.headers["authorization"] == f"Bearer {TOKEN}"
    assert "proxy-authorization" not in got.headers


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_proxy_of_a_users_client_sees_neither_token_nor_path(behind: Behind, mode: Mode) -> None:
    assert behind.get(mode) == AUDIT_LOG
    (request,) = behind.proxy.requests
    assert TOKEN not in f"{request.target} {request.headers}"
    assert "/orgs/" not in request.target


BAD: dict[str, tuple[Behavior, type[LosantError]]] = {
    **{
        f"it refuses with {status}": (answer(status, b"<html>no</html>"), APIConnectionError)
        for status in (302, 400, 403, 407, 429, 502, 503)
    },
    "it hangs up": (fault.close_before, APIConnectionError),
    "it resets": (fault.reset_before, APIConnectionError),
    "it says nothing": (fault.hang, APITimeoutError),
    "it is none": (raw(b"SSH-2.0-OpenSSH_9.9\r\n"), APIConnectionError),
    "it sends two megabytes of headers": (fault.huge_head, APIConnectionError),
    "it agrees and hangs up": (raw(b"HTTP/1.1 200 OK\r\n\r\n"), APIConnectionError),
    "it agrees and answers by itself": (
        raw(b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
        APIConnectionError,
    ),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("mode", MODES, ids=str)
def test_failing_proxy_raises_after_a_retry(behind: Behind, mode: Mode, name: str) -> None:
    behavior, kind = BAD[name]
    behind.proxy.plan(behavior)
    with pytest.raises(LosantError) as caught:
        behind.get(mode, max_retries=1, timeout=patience(kind))
    assert type(caught.value) is kind
    assert len(behind.proxy.requests) == 2  # As often as any call that fails on its way.
    assert behind.server.requests == []


@pytest.mark.parametrize("name", BAD)
def test_error_of_a_proxy_does_not_contain_its_password(
    behind: Behind, from_environment: str, way: Way, get: Get, name: str
) -> None:
    behavior, kind = BAD[name]
    behind.proxy.plan(behavior)
    with pytest.raises(LosantError) as caught:
        Caller(way, from_environment)(get, timeout=patience(kind))
    error_text = f"{caught.value} {caught.value!r} {vars(caught.value)}"
    assert PASSWORD not in error_text
    assert b64encode(f"me:{PASSWORD}".encode()).decode() not in error_text


def test_unreachable_proxy_is_reported_by_its_reason(
    behind: Behind, way: Way, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:{PASSWORD}@127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(APIConnectionError) as caught:
        Caller(way, behind.server.url)(get)
    assert caught.value.reason == "refused"
    assert PASSWORD not in f"{caught.value} {vars(caught.value)}"
