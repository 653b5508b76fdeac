"""The token appears only in the Authorization header."""

from __future__ import annotations

import copy
import html
import json
import logging
import pickle
import time
from collections.abc import Callable, Generator
from functools import partial
from typing import Any
from urllib.parse import quote

import anyio.lowlevel
import httpx
import pytest

from losant_audit_log import APIStatusError, AsyncClient, Client, InvalidArgumentError, LosantError
from losant_audit_log._runtime.calls.secret import Secret
from tests.support import fault_server as fault
from tests.support.callers import Caller, Way
from tests.support.every_fault import AMPLE
from tests.support.examples import AUDIT_LOG, ENTRY, ORG
from tests.support.fault_server import Behavior, Faults, answer, faulty, raw, then_close
from tests.support.shown import Shown, deep, without_frames_of_the_test

SECRET = "c0nfidential-t0ken-which-nobody-may-see"

Get = Callable[[Any], Any]


class Source:
    """A token callable whose repr does not contain the token."""

    def __call__(self) -> str:
        return SECRET


class AsyncSource:
    """An asynchronous token callable."""

    async def __call__(self) -> str:
        await anyio.lowlevel.checkpoint()
        return SECRET


PARTS = SECRET.encode().split(b"c")
SPELLINGS = (SECRET, SECRET.upper(), *(SECRET.replace("c", each) for each in ("\\u0063", "%63")))


def head(status_line: str, *headers: str, body: bytes = b"") -> Behavior:
    """Return the behavior that sends a status line and headers as they are, then closes."""
    lines = "\r\n".join((f"HTTP/1.1 {status_line}", *headers, "", ""))
    return then_close(raw(lines.encode() + body))


FAULTS: dict[str, Behavior] = {
    "status": answer(403, {"type": "Forbidden", "message": "no"}),
    "server": answer(500),
    "reset": fault.reset_before,
    "hang": fault.hang,
    "HTML": answer(200, b"<html>"),
    "damaged": fault.send_compressed(b"nonsense"),
    "too large": answer(200, b" " * 200_000),
    "huge head": fault.huge_head,
    "redirect": fault.redirect("https://example.com/"),
    "echo": answer(400, {"type": "T", "message": f"the token {SECRET} is no good"}),
    "echo in a header": answer(400, b"", {"X-Request-Id": SECRET}),
    "echo as HTML": answer(500, f"<html>Authorization: Bearer {SECRET}</html>".encode()),
    "echo with 200": answer(200, f"<html>Authorization: Bearer {SECRET}</html>".encode()),
    "echo as a value": answer(200, {"id": {"Authorization": SECRET}}),
    "echo in the reason phrase": head(f"401 bad token {SECRET}", "Content-Length: 0"),
    "echo in the reason phrase of a success": head(f"200 {SECRET}", "Content-Length: 0"),
    "echo in the reason phrase of a truncated response": head(
        f"200 {SECRET}", "Content-Length: 99", body=SECRET.encode()
    ),
    "echo in a malformed status line": raw(f"HTTP/1.1 {SECRET}\r\n\r\n".encode()),
    "echo in a malformed header": head("200 OK", f"{SECRET}"),
    "echo in a chunk size": head("200 OK", "Transfer-Encoding: chunked", body=SECRET.encode()),
    "echo in a trailer": head(
        "401 no", "Transfer-Encoding: chunked", body=f"0\r\nX-Token: {SECRET}\r\n\r\n".encode()
    ),
    "echo in the name of a header": head("401 no", f"{SECRET}: 1", "Content-Length: 0"),
    "echo in the media type": answer(200, b"x", {"Content-Type": f"text/{SECRET}"}),
    "echo in the content encoding": answer(200, b"x", {"Content-Encoding": SECRET}),
    "echo in the location": fault.redirect(f"https://example.com/?token={SECRET}"),
    "echo in a malformed location": fault.redirect(f"https://[{SECRET}"),
    "echo in Retry-After": answer(429, b"", {"Retry-After": SECRET}),
    "echo in upper case": answer(400, {"type": "T", "message": SECRET.upper()}),
    "echo with JSON escapes": answer(
        400, b'{"type": "T", "message": "%s"}' % SECRET.replace("c", "\\u0063").encode()
    ),
    "echo in JSON in JSON": answer(
        400, b'{"type": "T", "message": "{\\"a\\": \\"%s\\"}"}' % b"\\\\u0063".join(PARTS)
    ),
    "echo as HTML entities": answer(500, b"&#99;".join(PARTS)),
    "echo percent-encoded": answer(500, b"%63".join(PARTS)),
}


@pytest.mark.parametrize("deadline", [None, 5])
@pytest.mark.parametrize("has_callable", [False, True])
@pytest.mark.parametrize("name", FAULTS)
def test_error_does_not_contain_the_token(
    faults: Faults,
    call: Caller,
    caplog: pytest.LogCaptureFixture,
    name: str,
    *,
    has_callable: bool,
    deadline: float | None,
) -> None:
    faults.plan(FAULTS[name])
    source = Source() if call.way is Way.SYNC else AsyncSource()
    with caplog.at_level(logging.DEBUG), pytest.raises(LosantError) as caught:
        call(
            lambda client: client.audit_logs.get(ORG, ENTRY, deadline=deadline),
            token=source if has_callable else SECRET,
            timeout=0.2 if name == "hang" else AMPLE,
            max_retries=1,
            max_response_bytes=100_000,
        )
    assert faults.requests[0].headers["authorization"] == f"Bearer {SECRET}"
    # Below the package's own frames are those of this test, which holds the token itself.
    error = without_frames_of_the_test(caught.value)
    shown = Shown(error)
    for spelling in SPELLINGS:
        assert spelling not in " ".join(shown.messages)
        assert spelling not in " ".join(shown.locals)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert SECRET.encode() not in pickle.dumps(error, protocol)
    assert SECRET not in caplog.text
    assert SECRET.lower() not in caplog.text.lower()
    for each in shown.errors:
        for held in ("request", "response"):
            found = getattr(each, held, None)
            assert "authorization" not in getattr(getattr(found, "request", found), "headers", {})


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), MemoryError(), RuntimeError("odd"), httpx.ReadError("x")]
)
def test_exception_during_a_request_does_not_contain_the_token(
    call: Caller, get: Get, error: BaseException
) -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        header = request.headers["authorization"]
        assert header
        raise error

    transport = httpx.MockTransport(respond)
    kind: Any = httpx.Client if call.way is Way.SYNC else httpx.AsyncClient
    with pytest.raises((LosantError, KeyboardInterrupt, MemoryError)) as caught:
        call(get, token=Source(), http_client=kind(transport=transport))
    assert SECRET not in str(Shown(without_frames_of_the_test(caught.value)))


WRONG: list[dict[str, Any]] = [
    {"token": f"Bearer {SECRET}"},
    {"token": f"{SECRET}\n"},
    {"token": f"{SECRET}é"},
    {"token": SECRET, "base_url": "ftp://host"},
    {"token": SECRET, "max_retries": -1},
    {"token": SECRET, "http_client": 5},
]


@pytest.mark.parametrize("kind", [Client, AsyncClient])
@pytest.mark.parametrize("arguments", WRONG, ids=[str(number) for number in range(len(WRONG))])
def test_constructor_error_does_not_contain_the_token(kind: Any, arguments: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        kind(**arguments)
    assert SECRET not in str(Shown(without_frames_of_the_test(caught.value)))


def test_with_options_error_does_not_contain_the_token(call: Caller) -> None:
    call(_refused_options)


def _refused_options(client: Any) -> None:
    for arguments in WRONG[:5]:
        with pytest.raises(InvalidArgumentError) as caught:
            client.with_options(**arguments)
        assert SECRET not in str(Shown(without_frames_of_the_test(caught.value)))
    with pytest.raises(TypeError) as unknown:
        client.with_options(token=SECRET, http_client=5)
    assert SECRET not in str(Shown(without_frames_of_the_test(unknown.value)))


class Giving:
    """A callable that returns a value which its repr does not contain."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "Giving(...)"

    def __call__(self) -> Any:
        return self.value


@pytest.mark.parametrize("value", [f"{SECRET} ", SECRET.encode(), None, [SECRET], ""])
def test_invalid_token_from_a_callable_is_not_shown(
    faults: Faults, call: Caller, get: Get, value: Any
) -> None:
    async def coroutine() -> Any:
        await anyio.lowlevel.checkpoint()
        return Giving(value)()

    for source in (Giving(value), *([] if call.way is Way.SYNC else [coroutine])):
        with pytest.raises(InvalidArgumentError, match=r"^token: ") as caught:
            call(get, token=source)
        assert SECRET not in str(Shown(without_frames_of_the_test(caught.value)))
    assert faults.requests == []


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_client_repr_and_attributes_do_not_contain_the_token(
    kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOSANT_API_TOKEN", SECRET)
    for client in (kind(SECRET), kind()):
        shown = [repr(client), str(client), deep(client.client_settings), deep(vars(client))]
        assert SECRET not in " ".join(shown)
        assert repr(client) == f"{kind.__name__}(base_url='https://api.losant.com')"
        with pytest.raises(TypeError):
            pickle.dumps(client)


def test_secret_is_neither_printed_nor_pickled() -> None:
    secret = Secret(SECRET)
    assert SECRET not in f"{secret} {secret!r} {[secret]}"
    for write in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="a secret cannot be pickled"):
            write(secret)


def test_raw_response_and_url_do_not_contain_the_token(faults: Faults, call: Caller) -> None:
    faults.plan(answer(200, AUDIT_LOG))
    raw = call(lambda client: client.audit_logs.with_raw_response.get(ORG, ENTRY), token=SECRET)
    inside: dict[str, Any] = raw.__dict__
    assert SECRET not in f"{raw!r} {inside!r}" + faults.requests[0].target


@pytest.fixture
def elsewhere() -> Generator[Faults, None, None]:
    with faulty() as running:
        running.plan(answer(200, AUDIT_LOG))
        yield running


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("other", [True, False])
def test_redirects_are_not_followed(
    faults: Faults, elsewhere: Faults, call: Caller, get: Get, status: int, *, other: bool
) -> None:
    target = elsewhere.url if other else "/elsewhere"
    faults.plan(fault.redirect(target, status), answer(200, AUDIT_LOG))
    with pytest.raises(APIStatusError) as caught:
        call(get, token=SECRET, max_retries=2)
    assert caught.value.status_code == status
    assert caught.value.response.headers["location"] == target
    assert (len(faults.requests), len(elsewhere.requests)) == (1, 0)


def test_redirects_are_not_followed_by_a_client_that_follows_redirects(
    faults: Faults, elsewhere: Faults, get: Get
) -> None:
    faults.plan(fault.redirect(elsewhere.url))
    with httpx.Client(follow_redirects=True) as http, pytest.raises(APIStatusError):
        Caller.sync(faults.url)(get, http_client=http)
    assert elsewhere.requests == []


def test_users_http_client_cannot_replace_the_authorization_header(
    faults: Faults, get: Get
) -> None:
    faults.plan(answer(200, AUDIT_LOG))
    own = {"Authorization": "Basic abc"}
    with httpx.Client(auth=("me", "pw"), headers=own) as http:
        Caller.sync(faults.url)(get, http_client=http, token=SECRET)
    assert faults.requests[0].headers["authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize("name", ["Authorization", "authorization", "AUTHORIZATION", "Host"])
def test_extra_and_default_headers_cannot_set_authorization_or_host(
    call: Caller, name: str
) -> None:
    with pytest.raises(InvalidArgumentError, match="only the client sets the header"):
        call(lambda client: client.audit_logs.get(ORG, ENTRY, extra_headers={name: "x"}))
    with pytest.raises(InvalidArgumentError, match="only the client sets the header"):
        call(lambda _: None, default_headers={name: "x"})
    for smuggled in (f"{name} ", f" {name}", f"{name}:", f"X\r\n{name}", f"{name}\t", f"{name}\0"):
        with pytest.raises(InvalidArgumentError):
            call(lambda _: None, default_headers={smuggled: "x"})


@pytest.mark.parametrize(
    "url",
    [
        "http://api.losant.com",
        "http://10.0.0.1",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://example.localhost",
        "http://[::2]",
        "HTTP://example.com",
        "http://example.com#@localhost",
        "http://0.0.0.0",
    ],
)
def test_http_base_url_is_rejected_except_for_loopback(url: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^base_url: "):
        Client(SECRET, base_url=url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.losant.com",
        "//api.losant.com",
        "ftp://api.losant.com",
        "https://",
        "https:///path",
        "https://user@host",
        "https://user:pw@host",
        "https://host?a=b",
        "https://host?",
        "https://host#a",
        "https://host\n",
        "https://ho st",
        "https://host\\path",
        "http://127.0.0.1\\@example.com",
        "https://host:port",
        "https://\ud800",
        5,
        b"https://host",
    ],
)
def test_invalid_base_url_is_rejected(url: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^base_url: "):
        Client(SECRET, base_url=url)


@pytest.mark.parametrize(
    "url", ["http://localhost:1", "http://127.0.0.2", "http://[::1]:8080/x", "https://10.0.0.1"]
)
def test_loopback_and_https_base_urls_are_accepted(url: str) -> None:
    with Client(SECRET, base_url=f"{url}/") as client:
        assert repr(client) == f"Client(base_url={url!r})"


def test_http_requests_bypass_the_proxy(
    faults: Faults,
    elsewhere: Faults,
    call: Caller,
    get: Get,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A proxy would receive the token unencrypted."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, elsewhere.url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    faults.plan(answer(200, AUDIT_LOG))
    call(get, token=SECRET)
    assert (len(faults.requests), len(elsewhere.requests)) == (1, 0)


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "nonsense://x"])
def test_unusable_proxy_is_an_invalid_argument(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    for kind in (Client, AsyncClient):
        with pytest.raises(InvalidArgumentError, match="proxy"):
            kind(SECRET)


def test_call_without_a_token_names_the_environment_variable(
    faults: Faults, call: Caller, get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    for absent in (None, ""):
        if absent is not None:
            monkeypatch.setenv("LOSANT_API_TOKEN", absent)
        with pytest.raises(LosantError, match="LOSANT_API_TOKEN"):
            call(get, token=None)
    assert faults.requests == []


@pytest.mark.parametrize("wrong", ["", " ", "a b", "a\tb", "a\0", "\x7f", 5, b"t", ["t"]])
def test_invalid_token_is_rejected(wrong: Any) -> None:
    for kind in (Client, AsyncClient):
        with pytest.raises(InvalidArgumentError, match=r"^token: "):
            kind(wrong)


WITH_SIGNS = "a/b+c==\\\\d\"e'f<&>%-12345"


@pytest.mark.parametrize(
    "written",
    [
        WITH_SIGNS,
        json.dumps(WITH_SIGNS),
        json.dumps(json.dumps(WITH_SIGNS)),
        json.dumps(WITH_SIGNS).replace("/", "\\/"),
        "".join(f"\\u{ord(char):04X}" for char in WITH_SIGNS),
        quote(WITH_SIGNS),
        quote(quote(WITH_SIGNS, safe=""), safe=""),
        html.escape(WITH_SIGNS),
        "".join(f"&#{ord(char)};" for char in WITH_SIGNS),
        "".join(f"&#x{ord(char):X};" for char in WITH_SIGNS),
        repr(WITH_SIGNS.encode()),
        repr([(b"x", WITH_SIGNS.encode())]),
    ],
)
def test_escaped_token_is_redacted(written: str) -> None:
    redacted = Secret(WITH_SIGNS).redact(f"before {written} after".encode()).decode()
    assert "[token]" in redacted
    assert "12345" not in redacted
    assert redacted.startswith("before ")
    assert redacted.endswith(" after")


def test_redaction_takes_linear_time() -> None:
    content = b"\\" * 200_000 + b"%25" * 100_000 + b"&#0" * 100_000
    began = time.perf_counter()
    assert Secret("\\" * 40).redact(b"%" + b"-" * 100_000) == b"%" + b"-" * 100_000
    assert Secret("a" * 2000).redact(content) == content
    assert time.perf_counter() - began < 5


def test_error_for_an_entry_of_a_walk_does_not_contain_the_token(
    faults: Faults, call: Caller
) -> None:
    faults.plan(answer(200, {"items": [{"creationDate": SECRET}], "totalCount": 1}))
    for name in ("walk", "list"):
        with pytest.raises(LosantError) as caught:
            call(partial(consume, name), token=SECRET)
        assert SECRET not in " ".join(Shown(caught.value).messages)
        assert SECRET.encode() not in pickle.dumps(caught.value)


def consume(method: str, client: Any) -> Any:
    """Read all entries, asynchronously if necessary."""
    entries = getattr(client.audit_logs, method)(ORG)

    async def read() -> list[Any]:
        return [each async for each in entries]

    return read() if hasattr(entries, "__aiter__") else [*entries]
