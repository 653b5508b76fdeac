"""https: which servers a client trusts, and how connections to others fail."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from losant_audit_log import APIConnectionError, APITimeoutError, LosantError
from tests.support import fault_server as fault
from tests.support.callers import Caller, Way
from tests.support.certificates import Authority
from tests.support.every_fault import GET, MODES, Mode
from tests.support.examples import AUDIT_LOG
from tests.support.fault_server import Behavior, Faults, answer, faulty

Get = Callable[[Any], Any]
FINE = answer(200, AUDIT_LOG)
EXPIRED = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Services:
    """Servers with certificates of a private authority.

    Attributes:
        authority: The certificate authority.
        good: A server with a valid certificate.
        wrong: A server with a certificate for another host.
        expired: A server with an expired certificate.
        asking: A server that requires a client certificate.
        old: A server with an old version of TLS.
    """

    authority: Authority
    good: Faults
    wrong: Faults
    expired: Faults
    asking: Faults
    old: Faults


@pytest.fixture(scope="module")
def running() -> Generator[Services, None, None]:
    authority = Authority()
    shows = authority.server_context
    asking, old = shows("127.0.0.1"), shows("127.0.0.1")
    asking.verify_mode = ssl.CERT_REQUIRED
    authority.add_to(asking)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    contexts = [shows("127.0.0.1"), shows("api.losant.com"), shows("127.0.0.1", not_after=EXPIRED)]
    with ExitStack() as stack:
        servers = [stack.enter_context(faulty(tls=each)) for each in (*contexts, asking, old)]
        yield Services(authority, *servers)


@pytest.fixture
def services(running: Services) -> Services:
    """Servers with these certificates, all responding normally."""
    for each in (running.good, running.wrong, running.expired, running.asking, running.old):
        each.plan(FINE)
    return running


@pytest.fixture(params=list(Way))
def way(request: pytest.FixtureRequest) -> Way:
    """Each mode in turn."""
    return Way(request.param)


def get_with(mode: Mode, context: ssl.SSLContext, url: str, timeout: float = 2) -> Any:
    """Make a call with an HTTP client that uses an SSL context."""
    return mode.run(url, GET, {"verify": context}, timeout=timeout, max_retries=0)


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_private_authority_in_the_ssl_context_is_trusted(services: Services, mode: Mode) -> None:
    url = services.good.url
    assert url.startswith("https://")
    assert get_with(mode, services.authority.client_context(), url) == AUDIT_LOG


def test_authority_in_ssl_cert_file_is_trusted(
    services: Services, way: Way, get: Get, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "authority.pem"
    services.authority.write(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    assert Caller(way, services.good.url)(get).to_dict() == AUDIT_LOG


def assert_connection_rejected(error: APIConnectionError, services: Services) -> None:
    """Check that the server received no request, and that the error gives the reason."""
    assert not isinstance(error, APITimeoutError)
    assert error.reason == "tls"
    assert error.request is not None
    for each in (services.good, services.wrong, services.expired):
        assert each.requests == []


def test_unknown_private_authority_is_not_trusted(services: Services, way: Way, get: Get) -> None:
    with pytest.raises(APIConnectionError, match="CERTIFICATE_VERIFY_FAILED") as caught:
        Caller(way, services.good.url)(get)
    assert_connection_rejected(caught.value, services)


REASONS = {"wrong": "certificate is not valid for", "expired": "has expired"}


@pytest.mark.parametrize("mode", MODES, ids=str)
@pytest.mark.parametrize("name", REASONS)
def test_invalid_certificate_raises_a_connection_error(
    services: Services, mode: Mode, name: str
) -> None:
    url = getattr(services, name).url
    with pytest.raises(APIConnectionError, match=REASONS[name]) as caught:
        get_with(mode, services.authority.client_context(), url)
    assert_connection_rejected(caught.value, services)


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_server_that_requires_a_client_certificate_raises_a_connection_error(
    services: Services, mode: Mode
) -> None:
    """In TLS 1.3 the client sends first, and gets the alert instead of a response."""
    with pytest.raises(APIConnectionError):
        get_with(mode, services.authority.client_context(), services.asking.url)
    assert services.asking.requests == []


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_outdated_tls_version_raises_a_connection_error(services: Services, mode: Mode) -> None:
    context = services.authority.client_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    with pytest.raises(APIConnectionError):
        get_with(mode, context, services.old.url)
    assert services.old.requests == []


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_https_to_a_plain_http_server_raises_a_connection_error(
    services: Services, mode: Mode
) -> None:
    context = services.authority.client_context()
    with speaking(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url, pytest.raises(APIConnectionError):
        get_with(mode, context, url)


def test_http_to_a_tls_server_raises_a_connection_error(
    services: Services, way: Way, get: Get
) -> None:
    with pytest.raises(APIConnectionError):
        Caller(way, services.good.url.replace("https", "http"))(get, timeout=2)


GREETINGS = {
    "nothing": b"",
    "half a message": b"\x16\x03\x03\x00\x7a\x02",
    "an alert": b"\x15\x03\x03\x00\x02\x02\x28",
}


@pytest.mark.parametrize("mode", MODES, ids=str)
@pytest.mark.parametrize("what", GREETINGS)
def test_interrupted_handshake_raises_a_connection_error(
    services: Services, mode: Mode, what: str
) -> None:
    with speaking(GREETINGS[what]) as url, pytest.raises(APIConnectionError):
        get_with(mode, services.authority.client_context(), url)


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_missing_handshake_raises_a_timeout(services: Services, mode: Mode) -> None:
    with speaking(None) as url, pytest.raises(APITimeoutError):
        get_with(mode, services.authority.client_context(), url, timeout=0.1)


@contextmanager
def speaking(greeting: bytes | None) -> Generator[str, None, None]:
    """Run a server that sends these bytes and closes the connection; with None it sends nothing."""
    listening = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        try:
            accepted, _ = listening.accept()
        except OSError:  # Nobody came.
            return
        with accepted:
            if greeting is None:
                done.wait(5)
            else:
                accepted.recv(100_000)
                accepted.sendall(greeting)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        done.set()
        listening.close()
        thread.join()


BROKEN: dict[str, Behavior] = {
    "a reset": fault.reset_before,
    "a reset in the body": fault.reset_in_body,
    "an end": fault.close_before,
    "a short body": fault.short_body,
    "two megabytes of headers": fault.huge_head,
}


@pytest.mark.parametrize("mode", MODES, ids=str)
@pytest.mark.parametrize("name", BROKEN)
def test_connection_broken_after_the_handshake_is_not_a_tls_error(
    services: Services, mode: Mode, name: str
) -> None:
    services.good.plan(BROKEN[name])
    with pytest.raises(LosantError) as caught:
        get_with(mode, services.authority.client_context(), services.good.url)
    assert type(caught.value) is APIConnectionError
    assert caught.value.reason != "tls"
