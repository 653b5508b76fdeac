"""A response uses at most `max_response_bytes` and a few MiB of memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import httpx2
import pytest

from losant_audit_log import Client, InvalidArgumentError, ResponseDecodeError
from losant_audit_log._runtime.core.response_body import ResponseBody
from tests.support import fault_server as fault
from tests.support.callers import Caller, Way
from tests.support.examples import AUDIT_LOG, ENTRY, ERROR, ORG
from tests.support.fault_server import Behavior, Connection, Faults, answer
from tests.support.paths import ROOT

Get = Callable[[Any], Any]
MIB = 1 << 20
LIMIT = 4 * MIB


async def endless_chunks(connection: Connection) -> None:
    """Send an endless body."""
    await connection.head(200, {**fault.JSON, "Transfer-Encoding": "chunked"})
    while True:
        await connection.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


async def endless_gzip(connection: Connection) -> None:
    """Send an endless compressed body that decompresses to nothing."""
    head = {**fault.JSON, "Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}
    await connection.head(200, head)
    empty = fault.gzip_bytes(b"") * 1000
    while True:
        await connection.write(f"{len(empty):x}\r\n".encode() + empty + b"\r\n")


TOO_LARGE: dict[str, Callable[[], Behavior]] = {
    "announced": lambda: answer(200, b" " * (LIMIT + 1)),
    "gzip bomb": lambda: fault.send_compressed(fault.bomb()),
    "zlib bomb": lambda: fault.send_compressed(fault.bomb(encoding="deflate"), "deflate"),
    "bomb in an error": lambda: fault.send_compressed(fault.bomb(), status=503),
    "bomb of many members": lambda: fault.send_compressed(fault.bomb(5) * 20),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_oversized_body_raises_and_is_not_kept_in_memory(
    faults: Faults, call: Caller, get: Get, name: str
) -> None:
    faults.plan(TOO_LARGE[name]())
    tracemalloc.start()
    try:
        with pytest.raises(ResponseDecodeError, match="larger than max_response_bytes") as caught:
            call(get, max_response_bytes=LIMIT, max_retries=2)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < LIMIT + 4 * MIB
    assert caught.value.status_code == (503 if "error" in name else 200)
    assert len(faults.requests) == 1


@pytest.mark.filterwarnings("ignore:Exception ignored in")  # trio tells of streams left half read
@pytest.mark.parametrize("behavior", [endless_chunks, endless_gzip])
def test_endless_body_raises(faults: Faults, call: Caller, get: Get, behavior: Behavior) -> None:
    faults.plan(behavior)
    with pytest.raises(ResponseDecodeError, match="larger than max_response_bytes"):
        call(get, max_response_bytes=MIB // 8)


def test_connection_is_usable_after_a_decompression_bomb(faults: Faults, get: Get) -> None:
    faults.plan(fault.send_compressed(fault.bomb()), answer(200, AUDIT_LOG))
    with Client("t", base_url=faults.url, max_response_bytes=MIB, max_retries=0) as client:
        with pytest.raises(ResponseDecodeError):
            get(client)
        assert get(client).to_dict() == AUDIT_LOG
    assert faults.connections == 1


BODY = json.dumps(AUDIT_LOG).encode()


def bare(content: bytes) -> bytes:
    """Compress without a header, as some servers implement deflate."""
    compress = zlib.compressobj(wbits=-15)
    return compress.compress(content) + compress.flush()


GOOD: dict[str, Behavior] = {
    "plain": answer(200, BODY),
    "identity": fault.send_compressed(BODY, "identity"),
    "gzip": fault.send_compressed(fault.gzip_bytes(BODY)),
    "x-gzip": fault.send_compressed(fault.gzip_bytes(BODY), "X-GZIP"),
    "gzip in two members": fault.send_compressed(
        fault.gzip_bytes(BODY[:99]) + fault.gzip_bytes(BODY[99:])
    ),
    "zlib": fault.send_compressed(zlib.compress(BODY), "deflate"),
    "bare deflate": fault.send_compressed(bare(BODY), "deflate"),
}


@pytest.mark.parametrize("name", GOOD)
def test_body_of_exactly_the_limit_is_read(
    faults: Faults, call: Caller, get: Get, name: str
) -> None:
    faults.plan(GOOD[name])
    assert call(get, max_response_bytes=len(BODY)).raw == BODY
    with pytest.raises(ResponseDecodeError, match=rf"max_response_bytes, {len(BODY) - 1} bytes"):
        call(get, max_response_bytes=len(BODY) - 1)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "bare"])
def test_compressed_body_is_decoded_byte_by_byte(encoding: str) -> None:
    packed = {
        "gzip": fault.gzip_bytes(BODY),
        "deflate": zlib.compress(BODY),
        "bare": bare(BODY),
    }[encoding]
    headers = httpx.Headers({"Content-Encoding": encoding.replace("bare", "deflate")})
    body = ResponseBody(headers, len(BODY), None, is_success=True)
    for index in range(len(packed)):
        body.feed(packed[index : index + 1])
    assert body.finish() == BODY


def test_incompressible_body_may_be_larger_when_compressed(faults: Faults, get: Get) -> None:
    content = b'{"id":"' + bytes(33 + i * 7919 % 59 for i in range(100_000)).replace(b'"', b"x")
    content = content.replace(b"\\", b"y") + b'"}'
    faults.plan(fault.send_compressed(zlib.compress(content, 0), "deflate"))
    assert Caller.sync(faults.url)(get, max_response_bytes=len(content)).raw == content


@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize("status", [200, 503])
def test_body_of_a_mock_transport_is_limited(
    call: Caller, get: Get, library: Any, status: int
) -> None:
    def respond(_: Any) -> Any:
        return library.Response(status, content=b" " * 101)

    kind = library.Client if call.way is Way.SYNC else library.AsyncClient
    http = kind(transport=library.MockTransport(respond))
    with pytest.raises(ResponseDecodeError, match="larger than max_response_bytes, 100 bytes"):
        call(get, http_client=http, max_response_bytes=100)


def test_streamed_body_of_a_mock_transport_is_limited(get: Get) -> None:
    def parts() -> Iterator[bytes]:
        while True:
            yield b" " * 1000

    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=parts()))
    with httpx.Client(transport=transport) as http, pytest.raises(ResponseDecodeError):
        Caller.sync("https://h")(get, http_client=http, max_response_bytes=100_000)


@pytest.mark.parametrize("wrong", [0, -1, True, 1.5, "1"])
def test_invalid_max_response_bytes_is_rejected(wrong: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="max_response_bytes"):
        Client("t", max_response_bytes=wrong)


RESIDENT = """
import resource, sys
import {library} as library
from losant_audit_log import Client, ResponseDecodeError

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

with Client("t", base_url=sys.argv[1], http_client=library.Client(), max_retries=0) as client:
    client.audit_logs.get({org!r}, {entry!r})
    before = peak()
    try:
        client.audit_logs.get({org!r}, {entry!r})
    except ResponseDecodeError as error:
        assert "67108864 bytes" in str(error)
        print(peak() - before)
"""


@pytest.mark.parametrize("library", ["httpx", "httpx2"])
def test_process_memory_stays_within_the_default_limit(faults: Faults, library: str) -> None:
    """With the default limit, 64 MiB, and a body of 200 MiB."""
    faults.plan(answer(200, AUDIT_LOG), fault.send_compressed(fault.bomb()))
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            RESIDENT.format(library=library, org=ORG, entry=ENTRY),
            faults.url,
        ],
        env={"PYTHONPATH": str(ROOT / "generated")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert int(done.stdout) < 64 + 8


def test_compressed_error_within_the_limit_is_decoded(
    faults: Faults, call: Caller, get: Get
) -> None:
    faults.plan(fault.send_compressed(fault.gzip_bytes(json.dumps(ERROR).encode()), status=404))
    with pytest.raises(Exception, match="Application was not found"):
        call(get)
