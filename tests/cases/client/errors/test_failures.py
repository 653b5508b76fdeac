"""Whatever goes wrong ends in an error of ours, which pickles; and nothing else is touched."""

from __future__ import annotations

import pickle
import ssl
import zlib
from collections.abc import Callable
from typing import Any

import anyio
import h11
import httpcore
import httpx
import httpx2
import pytest
import trio

from losant_audit_log import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    InternalServerError,
    InvalidArgumentError,
    LosantError,
    MissingTokenError,
    NotFoundError,
    RateLimitError,
    ResponseDecodeError,
)
from tests.support import fault_server as fault
from tests.support.callers import Caller, Way
from tests.support.every_fault import patience
from tests.support.examples import AUDIT_LOG, ENTRY, ERROR, GET_PATH, ORG
from tests.support.fault_server import Behaviour, Faults, answer

Get = Callable[[Any], Any]
LIBRARIES: list[Any] = [httpx, httpx2]


def raising(call: Caller, library: Any, error: BaseException) -> Any:
    """Give an HTTP client whose transport raises an error."""

    def respond(_: Any) -> Any:
        raise error

    kind = library.Client if call.way is Way.SYNC else library.AsyncClient
    return kind(transport=library.MockTransport(respond))


def raised(library: Any) -> dict[type[LosantError], list[Exception]]:
    return {
        APITimeoutError: [
            library.ConnectTimeout("late"),
            library.ReadTimeout("late"),
            library.WriteTimeout("late"),
            library.PoolTimeout("late"),
            TimeoutError("late"),
        ],
        APIConnectionError: [
            library.ConnectError("broken"),
            library.ReadError("broken"),
            library.CloseError("broken"),
            library.ProxyError("broken"),
            library.RemoteProtocolError("broken"),
            library.UnsupportedProtocol("broken"),
            library.TooManyRedirects("broken"),
            library.StreamClosed(),
            httpcore.ConnectError("broken"),
            httpcore.ConnectionNotAvailable("broken"),
            h11.RemoteProtocolError("broken"),
            ssl.SSLError("broken"),
            ssl.SSLCertVerificationError("broken"),
            OSError("broken"),
            ConnectionResetError("broken"),
            anyio.BrokenResourceError(),
            anyio.ClosedResourceError(),
            anyio.EndOfStream(),
            trio.BrokenResourceError(),
        ],
        InvalidArgumentError: [library.InvalidURL("bad"), library.LocalProtocolError("bad")],
        ResponseDecodeError: [library.DecodingError("damaged")],
        LosantError: [
            RuntimeError("odd"),
            ValueError("odd"),
            UnicodeDecodeError("utf-8", b"\xff", 0, 1, "odd"),
            UnicodeEncodeError("ascii", "\xff", 0, 1, "odd"),
            RecursionError("odd"),
            OverflowError("odd"),
            AssertionError("odd"),
            KeyError("odd"),
            zlib.error("odd"),
            Exception(),
        ],
    }


@pytest.mark.parametrize(
    ("library", "expected", "error"),
    [
        pytest.param(library, expected, error, id=f"{library.__name__}-{type(error).__name__}")
        for library in LIBRARIES
        for expected, errors in raised(library).items()
        for error in errors
    ],
)
def test_whatever_is_raised_becomes_an_error_of_ours(
    call: Caller, get: Get, library: Any, expected: type[LosantError], error: Exception
) -> None:
    with pytest.raises(LosantError) as caught:
        call(get, http_client=raising(call, library, error), max_retries=1)
    assert type(caught.value) is expected
    assert type(error).__name__ in str(caught.value)
    assert str(caught.value).startswith(f"GET {GET_PATH} ")
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(3), MemoryError()])
def test_what_must_pass_passes(call: Caller, get: Get, library: Any, error: BaseException) -> None:
    with pytest.raises(type(error)) as caught:
        call(get, http_client=raising(call, library, error))
    assert caught.value is error


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_hook_that_raises_for_status(
    faults: Faults, call: Caller, get: Get, library: Any
) -> None:
    """A common habit; the library's own error must not replace ours."""
    faults.plan(answer(503), answer(404, ERROR))

    def check(response: Any) -> None:
        response.raise_for_status()

    async def check_async(response: Any) -> None:
        response.raise_for_status()

    if call.way is Way.SYNC:
        http = library.Client(event_hooks={"response": [check]})
        with pytest.raises(NotFoundError), http:
            call(get, http_client=http, max_retries=1)
    else:

        async def scenario() -> None:
            async with library.AsyncClient(event_hooks={"response": [check_async]}) as http:
                from losant_audit_log import AsyncClient

                client = AsyncClient("t", base_url=faults.url, http_client=http, max_retries=1)
                with pytest.raises(NotFoundError):
                    await client.audit_logs.get(ORG, ENTRY)

        anyio.run(scenario, backend=str(call.way))
    assert len(faults.requests) == 2


def test_nobody_listens(call: Caller, get: Get) -> None:
    with pytest.raises(APIConnectionError, match=r"failed: ConnectError") as caught:
        call(get, base_url="http://127.0.0.1:1")
    assert not isinstance(caught.value, APITimeoutError)


def test_a_closed_client(faults: Faults, call: Caller, get: Get) -> None:
    faults.plan(answer(200, AUDIT_LOG))
    clients: list[Any] = []
    call(clients.append)
    with pytest.raises(LosantError, match="the client has been closed"):
        call(lambda _: get(clients[0]))
    assert faults.requests == []


def test_an_url_that_is_too_long(call: Caller) -> None:
    with pytest.raises(InvalidArgumentError, match="cannot be sent: InvalidURL: URL too long"):
        call(lambda client: client.audit_logs.get(ORG, ENTRY, extra_query={"q": "x" * 70_000}))


EXPECTED: dict[str, tuple[Behaviour, type[LosantError]]] = {
    "status": (answer(404, ERROR, {"X-Request-Id": "r"}), NotFoundError),
    "rate limit": (answer(429, b"", {"Retry-After": "99"}), RateLimitError),
    "server": (answer(520, b"<html>"), InternalServerError),
    "refused": (answer(403, b"[]"), APIStatusError),
    "connection": (fault.reset_before, APIConnectionError),
    "timeout": (fault.hang, APITimeoutError),
    "decoding": (answer(200, b'{"id": 5}', {"X-Request-Id": "r"}), ResponseDecodeError),
    "damaged": (fault.compressed(b"nonsense"), ResponseDecodeError),
}


def state(error: LosantError) -> dict[str, Any]:
    """Give all that an error says, in a form that compares."""
    plain = dict(vars(error), args=error.args, text=str(error), kind=type(error))
    for name in ("request", "response"):
        if plain.get(name) is not None:
            held = plain[name]
            plain[name] = (type(held), str(getattr(held, "url", held)), held.headers, held.content)
    return plain


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", EXPECTED)
def test_every_error_pickles_with_all_that_it_says(
    faults: Faults, library: Any, get: Get, name: str
) -> None:
    behaviour, kind = EXPECTED[name]
    faults.plan(behaviour)
    with library.Client() as http, pytest.raises(kind) as caught:
        Caller.sync(faults.url)(get, http_client=http, timeout=patience(kind))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        twin = pickle.loads(pickle.dumps(caught.value, protocol))
        assert state(twin) == state(caught.value)


def test_those_before_sending_pickle_too(call: Caller, get: Get) -> None:
    with pytest.raises(MissingTokenError, match="LOSANT_API_TOKEN") as missing:
        call(get, token=None)
    with pytest.raises(InvalidArgumentError) as invalid:
        call(lambda client: client.audit_logs.get("x", ENTRY))
    assert isinstance(invalid.value, ValueError)
    for error in (missing.value, invalid.value):
        twin = pickle.loads(pickle.dumps(error))
        assert state(twin) == state(error)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_text_of_an_error_is_stable(faults: Faults, call: Caller, get: Get, name: str) -> None:
    behaviour, kind = EXPECTED[name]
    faults.plan(behaviour)
    texts: set[str] = set()
    for _ in range(2):
        with pytest.raises(kind) as caught:
            call(get, timeout=patience(kind))
        texts.add(str(caught.value))
    assert len(texts) == 1
    assert " at 0x" not in texts.pop()


BAD: dict[str, tuple[Behaviour, str]] = {
    "HTML": (answer(200, b"<!DOCTYPE html>"), "the body is HTML, not JSON"),
    "nothing": (answer(200), "the body is empty, not JSON"),
    "no content": (answer(204), "the body is empty, not JSON"),
    "another object": (answer(200, {"message": "hello"}), "none of the fields of AuditLog"),
    "another object with a wild number": (answer(200, b'{"a":1e999}'), "none of the fields"),
    "an empty object": (answer(200, {}), "none of the fields of AuditLog"),
    "a list": (answer(200, []), "got `array` at /"),
    "null": (answer(200, None), "got `null` at /"),
    "a wrong type": (answer(200, {"id": 5}), "Expected `str | null`, got `int` at /id"),
    "no UTF-8": (answer(200, b'{"id":"\xff"}'), "the body is not UTF-8"),
    "no UTF-8 in an unknown field": (answer(200, b'{"id":"1","x":"\xff"}'), "not UTF-8"),
    "half a surrogate pair": (answer(200, b'{"id":"\\ud800"}'), "the body is not JSON"),
    "NaN": (answer(200, b'{"responseStatus":NaN}'), "the body is not JSON"),
    "a tower": (answer(200, b"[" * 100_000), "got `array` at /"),
    "a tower inside": (answer(200, b'{"requestBody":' + b"[" * 100_000), "nested too deeply"),
    "half the JSON": (answer(200, b'{"id":"1"'), "the body is not JSON"),
    "more after the JSON": (answer(200, b'{"id":"1"}{}'), "the body is not JSON"),
    "a BOM": (answer(200, b'\xef\xbb\xbf{"id":"1"}'), "the body is not JSON"),
    "UTF-16": (answer(200, '{"id":"1"}'.encode("utf-16")), "the body is not JSON"),
    "a moment without zone": (answer(200, {"creationDate": "2016-06-13T04:00:00"}), "creationDate"),
    "a moment out of range": (
        answer(200, {"creationDate": "0001-01-01T00:00:00+12:00"}),
        "out of the range of datetime",
    ),
    "damaged gzip": (fault.compressed(b"\x1f\x8bnonsense"), "compressed body is damaged"),
    "gzip that is none": (fault.compressed(b'{"id":"1"}'), "compressed body is damaged"),
    "gzip with more behind": (
        fault.compressed(fault.gzipped(b'{"id":"1"}') + b"more"),
        "compressed body is damaged",
    ),
    "deflate with more behind": (
        fault.compressed(zlib.compress(b'{"id":"1"}') + b"more", "deflate"),
        "compressed body is damaged",
    ),
    "a wrong checksum": (
        fault.compressed(fault.gzipped(b'{"id":"1"}')[:-8] + bytes(8)),
        "compressed body is damaged",
    ),
    "an encoding not asked for": (fault.compressed(b"x", "br"), "is encoded as 'br'"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_is_never_taken_for_a_good_one(
    faults: Faults, call: Caller, get: Get, name: str
) -> None:
    behaviour, reason = BAD[name]
    faults.plan(behaviour)
    with pytest.raises(ResponseDecodeError) as caught:
        call(get)
    error = caught.value
    status = 204 if name == "no content" else 200
    assert str(error).startswith(f"GET {GET_PATH} returned {status}, but ")
    assert reason in str(error)
    assert error.status_code == status
    assert error.response is not None
    assert error.request is not None


ITEM = b'{"id": "1", "creationDate": "2016-06-13T04:00:00.000Z"}'
BAD_LISTS: dict[str, tuple[bytes, str]] = {
    "another envelope": (b'{"data": []}', ""),
    "items are null": (b'{"items": null}', "/items"),
    "items are an object": (b'{"items": {}}', "/items"),
    "an entry is null": (b'{"items": [' + ITEM + b", null]}", "/items/1"),
    "an entry is something else": (b'{"items": [{"a": 1}]}', "/items/0"),
    "a field of an entry": (b'{"items": [' + ITEM + b', {"id": 5}]}', "/items/1/id"),
    "a bare list": (b"[]", ""),
    "nothing": (b"", ""),
    "HTML": (b"<html>", ""),
}


@pytest.mark.parametrize("name", BAD_LISTS)
def test_nor_a_bad_page_for_an_empty_one(faults: Faults, call: Caller, name: str) -> None:
    body, pointer = BAD_LISTS[name]
    faults.plan(answer(200, body))
    with pytest.raises(ResponseDecodeError) as caught:
        call(lambda client: client.audit_logs.list(ORG))
    assert caught.value.pointer == pointer
    assert caught.value.content in body


def test_an_unknown_field_with_a_wild_number_is_kept(
    faults: Faults, call: Caller, get: Get
) -> None:
    body = b'{"id": "1", "new": 1e999}'
    faults.plan(answer(200, body))
    entry = call(get)
    assert entry.extra == {"new": float("inf")}
    assert entry.to_json() == body.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": 10**5000},
        {"page": -(10**5000)},
        {"audit_log_filter": {"actor": [{"name": "\ud800"}]}},
        {"extra_query": {"\ud800": "x"}},
        {"extra_query": {"x": 5}},
        {"extra_query": "x=5"},
        {"extra_query": {"page": "1"}, "page": 2},
        {"extra_headers": {"X": "a\r\nY: b"}},
        {"extra_headers": {"X y": "a"}},
        {"extra_headers": {"": "a"}},
        {"extra_headers": {"X": " a"}},
        {"extra_headers": {"X": "é"}},
        {"extra_headers": [("X", "a")]},
        {"losantdomain": "a\nb"},
    ],
)
def test_arguments_that_cannot_be_sent(faults: Faults, call: Caller, wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError):
        call(lambda client: client.audit_logs.list(ORG, **wrong))
    assert faults.requests == []


def test_arguments_that_contain_themselves(faults: Faults, call: Caller) -> None:
    loop: dict[str, Any] = {}
    loop["actor"] = loop
    with pytest.raises(InvalidArgumentError):
        call(lambda client: client.audit_logs.list(ORG, audit_log_filter=loop))
    assert faults.requests == []


def test_an_option_that_there_is_not(faults: Faults, call: Caller) -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'time_out'"):
        call(lambda client: client.audit_logs.get(ORG, ENTRY, time_out=1))
    assert faults.requests == []


def test_a_bad_answer_does_not_hold_the_pool(faults: Faults) -> None:
    """Many failures, one connection at a time: each gives its connection back."""
    faults.plan(answer(200, b"<html>"))
    limits = httpx.Limits(max_connections=1)
    with httpx.Client(limits=limits) as http:
        call = Caller.sync(faults.url)
        for _ in range(5):
            with pytest.raises(ResponseDecodeError):
                call(lambda client: client.audit_logs.get(ORG, ENTRY), http_client=http, timeout=1)
