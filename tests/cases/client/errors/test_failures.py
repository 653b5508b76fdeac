"""Failures of all kinds, each as a LosantError that pickles."""

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
from tests.support.every_fault import AMPLE, patience
from tests.support.examples import AUDIT_LOG, ENTRY, ERROR, GET_PATH, ORG
from tests.support.fault_server import Behavior, Faults, answer

Get = Callable[[Any], Any]
LIBRARIES: list[Any] = [httpx, httpx2]


def raising(call: Caller, library: Any, error: BaseException) -> Any:
    """Return an HTTP client whose transport raises an error."""

    def respond(_: Any) -> Any:
        raise error

    kind = library.Client if call.way is Way.SYNC else library.AsyncClient
    return kind(transport=library.MockTransport(respond))


def errors_by_class(library: Any) -> dict[type[LosantError], list[Exception]]:
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
        for expected, errors in errors_by_class(library).items()
        for error in errors
    ],
)
def test_every_transport_exception_becomes_a_losant_error(
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
def test_process_level_exceptions_propagate_unchanged(
    call: Caller, get: Get, library: Any, error: BaseException
) -> None:
    with pytest.raises(type(error)) as caught:
        call(get, http_client=raising(call, library, error))
    assert caught.value is error


@pytest.mark.parametrize("library", LIBRARIES)
def test_hook_that_raises_for_status_does_not_replace_the_error_class(
    faults: Faults, call: Caller, get: Get, library: Any
) -> None:
    """A common hook; the error of the HTTP library must not replace ours."""
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


def test_refused_connection_is_a_connection_error(call: Caller, get: Get) -> None:
    with pytest.raises(APIConnectionError, match=r"failed: ConnectError") as caught:
        call(get, base_url="http://127.0.0.1:1")
    assert not isinstance(caught.value, APITimeoutError)


def test_call_of_a_closed_client_raises(faults: Faults, call: Caller, get: Get) -> None:
    faults.plan(answer(200, AUDIT_LOG))
    clients: list[Any] = []
    call(clients.append)
    with pytest.raises(LosantError, match="the client has been closed"):
        call(lambda _: get(clients[0]))
    assert faults.requests == []


def test_overlong_url_is_an_invalid_argument(call: Caller) -> None:
    with pytest.raises(InvalidArgumentError, match="cannot be sent: InvalidURL: URL too long"):
        call(lambda client: client.audit_logs.get(ORG, ENTRY, extra_query={"q": "x" * 70_000}))


EXPECTED: dict[str, tuple[Behavior, type[LosantError]]] = {
    "status": (answer(404, ERROR, {"X-Request-Id": "r"}), NotFoundError),
    "rate limit": (answer(429, b"", {"Retry-After": "99"}), RateLimitError),
    "server": (answer(520, b"<html>"), InternalServerError),
    "refused": (answer(403, b"[]"), APIStatusError),
    "connection": (fault.reset_before, APIConnectionError),
    "timeout": (fault.hang, APITimeoutError),
    "decoding": (answer(200, b'{"id": 5}', {"X-Request-Id": "r"}), ResponseDecodeError),
    "damaged": (fault.send_compressed(b"nonsense"), ResponseDecodeError),
}


def state(error: LosantError) -> dict[str, Any]:
    """Return all attributes of an error in a comparable form."""
    plain = dict(vars(error), args=error.args, text=str(error), kind=type(error))
    for name in ("request", "response"):
        if plain.get(name) is not None:
            held = plain[name]
            plain[name] = (type(held), str(getattr(held, "url", held)), held.headers, held.content)
    return plain


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", EXPECTED)
def test_every_error_pickles_with_all_its_attributes(
    faults: Faults, library: Any, get: Get, name: str
) -> None:
    behavior, kind = EXPECTED[name]
    faults.plan(behavior)
    with library.Client() as http, pytest.raises(kind) as caught:
        Caller.sync(faults.url)(get, http_client=http, timeout=patience(kind))
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        twin = pickle.loads(pickle.dumps(caught.value, protocol))
        assert state(twin) == state(caught.value)


def test_errors_raised_before_sending_pickle(call: Caller, get: Get) -> None:
    with pytest.raises(MissingTokenError, match="LOSANT_API_TOKEN") as missing:
        call(get, token=None)
    with pytest.raises(InvalidArgumentError) as invalid:
        call(lambda client: client.audit_logs.get("x", ENTRY))
    assert isinstance(invalid.value, ValueError)
    for error in (missing.value, invalid.value):
        twin = pickle.loads(pickle.dumps(error))
        assert state(twin) == state(error)


@pytest.mark.parametrize("name", EXPECTED)
def test_message_of_an_error_is_stable(faults: Faults, call: Caller, get: Get, name: str) -> None:
    behavior, kind = EXPECTED[name]
    faults.plan(behavior)
    texts: set[str] = set()
    for _ in range(2):
        with pytest.raises(kind) as caught:
            # A busy machine may take a while to connect.
            call(get, timeout=httpx.Timeout(AMPLE, read=patience(kind)))
        texts.add(str(caught.value))
    assert len(texts) == 1
    assert " at 0x" not in texts.pop()


BAD: dict[str, tuple[Behavior, str]] = {
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
    "UTF-16": (answer(200, '{"id":"1"}'.encode("utf-16")), "the body is not JSON"),
    "a moment without zone": (answer(200, {"creationDate": "2016-06-13T04:00:00"}), "creationDate"),
    "a moment out of range": (
        answer(200, {"creationDate": "0001-01-01T00:00:00+12:00"}),
        "out of the range of datetime",
    ),
    "damaged gzip": (fault.send_compressed(b"\x1f\x8bnonsense"), "compressed body is damaged"),
    "gzip that is none": (fault.send_compressed(b'{"id":"1"}'), "compressed body is damaged"),
    "gzip with more behind": (
        fault.send_compressed(fault.gzip_bytes(b'{"id":"1"}') + b"more"),
        "compressed body is damaged",
    ),
    "deflate with more behind": (
        fault.send_compressed(zlib.compress(b'{"id":"1"}') + b"more", "deflate"),
        "compressed body is damaged",
    ),
    "a wrong checksum": (
        fault.send_compressed(fault.gzip_bytes(b'{"id":"1"}')[:-8] + bytes(8)),
        "compressed body is damaged",
    ),
    "an encoding not asked for": (fault.send_compressed(b"x", "br"), "Content-Encoding 'br'"),
}


@pytest.mark.parametrize("name", BAD)
def test_invalid_response_raises_a_decode_error(
    faults: Faults, call: Caller, get: Get, name: str
) -> None:
    behavior, reason = BAD[name]
    faults.plan(behavior)
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
def test_invalid_page_raises_a_decode_error_with_its_pointer(
    faults: Faults, call: Caller, name: str
) -> None:
    body, pointer = BAD_LISTS[name]
    faults.plan(answer(200, body))
    with pytest.raises(ResponseDecodeError) as caught:
        call(lambda client: client.audit_logs.list(ORG))
    assert caught.value.pointer == pointer
    assert caught.value.content in body


def test_unknown_field_with_an_overflowing_number_is_kept(
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
def test_unsendable_arguments_are_rejected_without_a_request(
    faults: Faults, call: Caller, wrong: Any
) -> None:
    with pytest.raises(InvalidArgumentError):
        call(lambda client: client.audit_logs.list(ORG, **wrong))
    assert faults.requests == []


def test_self_referencing_argument_is_rejected_without_a_request(
    faults: Faults, call: Caller
) -> None:
    loop: dict[str, Any] = {}
    loop["actor"] = loop
    with pytest.raises(InvalidArgumentError):
        call(lambda client: client.audit_logs.list(ORG, audit_log_filter=loop))
    assert faults.requests == []


def test_unknown_call_option_is_a_type_error(faults: Faults, call: Caller) -> None:
    with pytest.raises(TypeError, match="unexpected keyword argument 'time_out'"):
        call(lambda client: client.audit_logs.get(ORG, ENTRY, time_out=1))
    assert faults.requests == []


def test_invalid_response_releases_its_connection(faults: Faults) -> None:
    """Many failures with one connection: each returns the connection to the pool."""
    faults.plan(answer(200, b"<html>"))
    limits = httpx.Limits(max_connections=1)
    with httpx.Client(limits=limits) as http:
        call = Caller.sync(faults.url)
        for _ in range(5):
            with pytest.raises(ResponseDecodeError):
                call(lambda client: client.audit_logs.get(ORG, ENTRY), http_client=http, timeout=1)
