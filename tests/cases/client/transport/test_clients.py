"""Clients: constructor arguments, copies, shared connections, and request headers."""

from __future__ import annotations

import http.server
import inspect
import socket
import threading
from collections.abc import Callable
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import httpx2
import pytest

from losant_audit_log import (
    AsyncClient,
    Attempt,
    Client,
    InvalidArgumentError,
    LosantError,
    NotFoundError,
)
from tests.support.callers import TOKEN, Caller, Way
from tests.support.examples import AUDIT_LOG, AUDIT_LOGS, ENTRY, ERROR, GET_PATH, LIST_PATH, ORG
from tests.support.fault_server import Faults, answer
from tests.support.modes import Scenario, play

Get = Callable[[Any], Any]
FINE = answer(200, AUDIT_LOG)


def mock_client(way: Way, library: Any, respond: Callable[[Any], Any]) -> Any:
    """Return an HTTP client of a library with a mock transport."""
    kind = library.Client if way is Way.SYNC else library.AsyncClient
    return kind(transport=library.MockTransport(respond))


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_users_http_client_is_used_unchanged_and_left_open(
    faults: Faults, call: Caller, get: Get, library: Any
) -> None:
    faults.plan(FINE, answer(404, ERROR), FINE)
    headers = {"X-Own": "1", "User-Agent": "mine", "Accept-Encoding": "br"}

    def check(client: Any) -> None:
        assert not client.is_closed
        sent = faults.requests[0].headers
        assert sent["x-own"] == "1"
        assert sent["user-agent"].startswith("losant-audit-log/")
        assert sent["accept-encoding"] == "gzip, deflate"

    def scenario(client: Any) -> Scenario:
        entry = yield get(client)
        assert entry.to_dict() == AUDIT_LOG
        with pytest.raises(NotFoundError) as caught:
            yield get(client)
        assert isinstance(caught.value.response, library.Response)

    if call.way is Way.SYNC:
        with library.Client(headers=headers) as own:
            play(call, scenario, http_client=own)
            check(own)
    else:

        async def both() -> None:
            async with library.AsyncClient(headers=headers) as own:
                async with AsyncClient("t", base_url=faults.url, http_client=own) as client:
                    assert (await client.audit_logs.get(ORG, ENTRY)).to_dict() == AUDIT_LOG
                check(own)

        anyio.run(both, backend=str(call.way))


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_mock_transport_receives_the_request(call: Caller, get: Get, library: Any) -> None:
    requests: list[Any] = []

    def respond(request: Any) -> Any:
        requests.append(request)
        return library.Response(200, json=AUDIT_LOG)

    entry = call(
        get, http_client=mock_client(call.way, library, respond), base_url="https://h/api/v1/"
    )
    assert entry.to_dict() == AUDIT_LOG
    assert str(requests[0].url) == f"https://h/api/v1{GET_PATH}"
    assert requests[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_http_client_of_the_other_kind_is_rejected(library: Any) -> None:
    wrong: Any = library.AsyncClient()
    own = httpx.__name__  # That of the package: `make test-httpx2` imports the other one as httpx.
    with pytest.raises(InvalidArgumentError, match=rf"expected an {own}\.Client, got AsyncClient"):
        Client("t", http_client=wrong)
    with library.Client() as wrong, pytest.raises(InvalidArgumentError, match=rf"{own}\.AsyncCl"):
        AsyncClient("t", http_client=wrong)


def test_hook_that_reads_the_response_is_supported(faults: Faults, get: Get) -> None:
    """Logging hooks read the body before the client does."""
    faults.plan(FINE)

    def read(response: httpx.Response) -> None:
        response.read()

    with httpx.Client(event_hooks={"response": [read]}) as own:
        assert Caller.sync(faults.url)(get, http_client=own).to_dict() == AUDIT_LOG


@pytest.mark.parametrize("path", ["", "/", "/api", "/api/v2/"])
def test_base_url_may_have_a_path(faults: Faults, call: Caller, get: Get, path: str) -> None:
    faults.plan(FINE)
    call(get, base_url=f"{faults.url}{path}")
    assert faults.requests[0].target == f"{path.rstrip('/')}{GET_PATH}"


def test_base_url_may_be_an_ipv6_address(get: Get) -> None:
    class Listener(http.server.HTTPServer):
        address_family = socket.AF_INET6

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"id": "6"}')

        def log_message(self, format: str, *args: Any) -> None:
            pass

    try:
        listener = Listener(("::1", 0), Handler)
    except OSError:
        pytest.skip("this machine has no IPv6")
    thread = threading.Thread(target=listener.handle_request)
    thread.start()
    entry = Caller.sync(f"http://[::1]:{listener.server_port}/x")(get)
    assert entry.id == "6"
    thread.join()
    listener.server_close()


def test_extra_headers_and_extra_query_are_sent(faults: Faults, call: Caller) -> None:
    faults.plan(answer(200, AUDIT_LOGS))
    call(
        lambda client: client.audit_logs.list(
            ORG,
            page=1,
            losantdomain="example.com",
            extra_headers={"x-b": "call", "X-C": "call", "User-Agent": "mine"},
            extra_query={"q": "a b&c=d#é/?+%", "ü[x]": "", "sortField": "novel"},
        ),
        default_headers={"X-A": "client", "X-B": "client"},
    )
    (request,) = faults.requests
    assert request.path == LIST_PATH
    assert request.query == (
        "page=1&q=a%20b%26c%3Dd%23%C3%A9%2F%3F%2B%25&%C3%BC%5Bx%5D=&sortField=novel"
    )
    found = {name: value for name, value in request.headers.items() if name.startswith("x-")}
    assert found == {"x-a": "client", "x-b": "call", "x-c": "call"}
    assert request.headers["losantdomain"] == "example.com"
    assert request.headers["user-agent"] == "mine"
    assert request.headers["accept"] == "application/json"


def test_environment_is_read_when_a_client_is_constructed(
    faults: Faults, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults.plan(FINE)
    monkeypatch.setenv("LOSANT_API_TOKEN", "from-the-environment")
    monkeypatch.setenv("LOSANT_API_URL", f"{faults.url}/env/")
    with Client() as client, Client("given", base_url=f"{faults.url}/given") as other:
        monkeypatch.setenv("LOSANT_API_TOKEN", "too-late")
        monkeypatch.setenv("LOSANT_API_URL", "https://too.late")
        get(client)
        get(other)
    assert [request.headers["authorization"] for request in faults.requests] == [
        "Bearer from-the-environment",
        "Bearer given",
    ]
    assert [request.path for request in faults.requests] == [f"/env{GET_PATH}", f"/given{GET_PATH}"]


def test_invalid_url_in_the_environment_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOSANT_API_URL", "http://example.com")
    with pytest.raises(InvalidArgumentError, match="LOSANT_API_URL: https is required"):
        Client("t")
    monkeypatch.setenv("LOSANT_API_URL", "")
    with Client("t") as client:
        assert repr(client) == "Client(base_url='https://api.losant.com')"


def test_cookies_are_not_stored(faults: Faults, call: Caller, get: Get) -> None:
    faults.plan(answer(200, AUDIT_LOG, {"Set-Cookie": "session=1; Path=/"}))

    def scenario(client: Any) -> Scenario:
        yield get(client)
        yield get(client)

    play(call, scenario)
    assert all("cookie" not in request.headers for request in faults.requests)


@pytest.mark.parametrize(
    "wrong",
    [
        {"on_attempt": 5},
        {"default_headers": 5},
        {"default_headers": {"X": 5}},
        {"default_headers": {5: "x"}},
        {"http_client": "x"},
        {"http_client": httpx.Client},
    ],
)
def test_invalid_constructor_arguments_are_rejected(wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError):
        AsyncClient("t", **wrong)
    if not inspect.isclass(wrong.get("http_client")):
        with pytest.raises(InvalidArgumentError):
            Client("t", **wrong)


def test_coroutine_function_as_on_attempt_is_rejected() -> None:
    async def observe(_: Attempt) -> None:
        await anyio.lowlevel.checkpoint()

    with pytest.raises(InvalidArgumentError, match="on_attempt"):
        AsyncClient("t", on_attempt=observe)


@pytest.mark.parametrize("is_object", [True, False])
def test_awaitable_token_is_accepted_by_the_async_client_only(
    faults: Faults, call: Caller, get: Get, *, is_object: bool
) -> None:
    """An `AsyncClient` awaits the token for each attempt; a `Client` raises."""

    async def token() -> str:
        await anyio.lowlevel.checkpoint()
        return "awaited"

    class Source:
        async def __call__(self) -> str:
            return await token()

    source: Any = Source() if is_object else token
    faults.plan(answer(503), FINE)
    if call.way is Way.SYNC:
        with pytest.raises(InvalidArgumentError, match="which only AsyncClient can await"):
            call(get, token=source)
        assert faults.requests == []
    else:
        call(get, token=source, max_retries=1)
        sent = [request.headers["authorization"] for request in faults.requests]
        assert sent == ["Bearer awaited"] * 2


def test_plain_token_callable_works_with_both_clients(
    faults: Faults, call: Caller, get: Get
) -> None:
    faults.plan(FINE)
    call(get, token=lambda: "plain")
    assert faults.requests[0].headers["authorization"] == "Bearer plain"


def test_with_options_returns_a_client_with_other_settings(
    faults: Faults, call: Caller, get: Get
) -> None:
    seen: list[Attempt] = []
    faults.plan(answer(503), FINE)

    def scenario(client: Any) -> Scenario:
        copy = client.with_options(
            token=lambda: "other",
            base_url=f"{faults.url}/copy",
            timeout=7,
            max_retries=1,
            max_response_bytes=10_000,
            default_headers={"X-Copy": "1"},
            on_attempt=seen.append,
        )
        assert type(copy) is type(client)
        yield get(copy)
        yield get(client)
        yield get(copy.with_options(token=None, timeout=None))

    play(call, scenario)
    first, second, third, fourth = faults.requests
    assert (first.path, second.path) == (f"/copy{GET_PATH}",) * 2
    assert (third.path, fourth.path) == (GET_PATH, f"/copy{GET_PATH}")
    sent = [(each.headers["authorization"], each.headers.get("x-copy")) for each in faults.requests]
    other = ("Bearer other", "1")
    assert sent == [other, other, (f"Bearer {TOKEN}", None), other]
    assert [attempt.status_code for attempt in seen] == [503, 200, 200]


def test_copied_client_shares_connections_and_leaves_the_pool_open(
    faults: Faults, call: Caller, get: Get
) -> None:
    faults.plan(FINE)

    def scenario(client: Any) -> Scenario:
        yield get(client)
        copy = client.with_options(max_retries=1)
        yield get(copy)
        yield copy.close() if call.way is Way.SYNC else copy.aclose()
        yield get(client)
        yield get(copy)
        yield client.close() if call.way is Way.SYNC else client.aclose()
        with pytest.raises(LosantError, match="has been closed"):
            yield get(copy)

    play(call, scenario)
    assert (len(faults.requests), faults.connections) == (4, 1)


@pytest.mark.parametrize(
    "wrong", [{"timeout": 0}, {"max_retries": -1}, {"token": "a b"}, {"base_url": "x"}]
)
def test_with_options_rejects_invalid_arguments(call: Caller, wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError):
        call(lambda client: client.with_options(**wrong))


def test_with_options_rejects_unknown_arguments(call: Caller) -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'http_client'"):
        call(lambda client: client.with_options(http_client=None))
    with pytest.raises(TypeError, match="unexpected keyword argument 'tokn'"):
        call(lambda client: client.with_options(tokn="x"))


def test_clients_accept_http_clients_of_both_libraries() -> None:
    """`make lint` type-checks this test."""
    with httpx.Client() as one, httpx2.Client() as two:
        assert (
            Client("t", http_client=one).with_options(max_retries=1).client_settings.max_retries
            == 1
        )
        assert (
            Client("t", http_client=two, timeout=httpx.Timeout(3)).client_settings.timeouts["read"]
            == 3
        )
    three = AsyncClient("t", http_client=httpx.AsyncClient()).with_options(token=lambda: "t")
    four = AsyncClient("t", http_client=httpx2.AsyncClient()).with_options(max_retries=4)
    assert (three.client_settings.max_retries, four.client_settings.max_retries) == (2, 4)


def test_client_signatures_match_the_documented_parameters() -> None:
    for kind in (Client, AsyncClient):
        assert list(inspect.signature(kind).parameters) == [
            "token",
            "base_url",
            "timeout",
            "max_retries",
            "max_response_bytes",
            "http_client",
            "default_headers",
            "on_attempt",
        ]
