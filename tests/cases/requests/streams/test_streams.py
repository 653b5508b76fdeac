"""Streamed request bodies: files, pipes and iterables."""

from __future__ import annotations

import io
import logging
import os
import pickle
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest

from tests.support.callers import Way
from tests.support.packages import PackageCaller
from tests.support.server import Answer, Recorded, Server, json_answer

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /files/{name}:
    put:
      operationId: files.replace
      parameters: &name [{name: name, in: path, required: true, schema: {type: string}}]
      requestBody: &bytes {required: true, content: {application/octet-stream: {}}}
      responses: &ok
        '200': {description: Ok., content: {application/json: {schema: {type: object}}}}
    post:
      operationId: files.add
      parameters: *name
      requestBody: *bytes
      responses: *ok
  /forms:
    put:
      operationId: files.form
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string, format: binary}}}
      responses: *ok
"""
CHUNKS = [b"first ", b"", b"second ", b"third"]
WHOLE = b"".join(CHUNKS)


class Again:
    """An iterable that can be iterated over any number of times."""

    def __iter__(self) -> Iterator[bytes]:
        return iter(CHUNKS)


async def asynchronously() -> AsyncIterator[bytes]:
    for chunk in CHUNKS:
        await anyio.lowlevel.checkpoint()
        yield chunk


class Pipe(io.RawIOBase):
    """A file that cannot seek."""

    def __init__(self, content: bytes = WHOLE) -> None:
        self._content = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        return self._content.readinto(buffer)


def half_read() -> io.BytesIO:
    file = io.BytesIO(b"left out" + WHOLE)
    file.seek(len(b"left out"))
    return file


ONCE: dict[str, Callable[[], Any]] = {
    "a generator": lambda: (chunk for chunk in CHUNKS),
    "an iterator": lambda: iter(CHUNKS),
    "a pipe": Pipe,
}
OFTEN: dict[str, Callable[[], Any]] = {
    "bytes": lambda: WHOLE,
    "a file in memory": lambda: io.BytesIO(WHOLE),
    "a file that was read from": half_read,
    "a buffered file": lambda: io.BufferedReader(half_read()),
    "a list": lambda: CHUNKS,
    "an iterable": Again,
    "views": lambda: [memoryview(chunk) for chunk in CHUNKS],
}
ALL = {**ONCE, **OFTEN}


def failing(times: int) -> Callable[[Recorded], Answer]:
    """Respond to the first requests with an error."""
    answers = iter([json_answer({}, 503)] * times)
    return lambda _: next(answers, json_answer({"ok": True}))


@pytest.fixture(autouse=True)
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    def shortest(low: float, _: float) -> float:
        return low

    monkeypatch.setattr("random.uniform", shortest)


@pytest.mark.parametrize("make", ALL.values(), ids=ALL.keys())
def test_streamed_body_is_sent_completely(
    call: PackageCaller, server: Server, make: Callable[[], Any]
) -> None:
    call(lambda client: client.files.replace("a", body=make()))
    assert server.last.body == WHOLE
    assert server.last.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize("name", ["a file in memory", "a file that was read from", "bytes"])
def test_content_length_is_sent_if_known(call: PackageCaller, server: Server, name: str) -> None:
    call(lambda client: client.files.replace("a", body=ALL[name]()))
    assert server.last.headers["content-length"] == str(len(WHOLE))
    assert "transfer-encoding" not in server.last.headers


@pytest.mark.parametrize("make", OFTEN.values(), ids=OFTEN.keys())
def test_repeatable_body_is_retried(
    call: PackageCaller, server: Server, make: Callable[[], Any]
) -> None:
    server.always(failing(2))
    call(lambda client: client.files.replace("a", body=make()), max_retries=2)
    assert [each.body for each in server.requests] == [WHOLE] * 3


@pytest.mark.parametrize("make", ONCE.values(), ids=ONCE.keys())
def test_one_time_body_is_not_retried(
    call: PackageCaller, server: Server, pets: Any, make: Callable[[], Any]
) -> None:
    server.always(failing(2))
    with pytest.raises(pets.InternalServerError):
        call(lambda client: client.files.replace("a", body=make()), max_retries=2)
    assert [each.body for each in server.requests] == [WHOLE]


def test_post_with_a_body_is_not_retried(call: PackageCaller, server: Server, pets: Any) -> None:
    server.always(failing(2))
    with pytest.raises(pets.InternalServerError):
        call(lambda client: client.files.add("a", body=WHOLE), max_retries=2)
    assert len(server.requests) == 1


def test_unread_one_time_body_is_retried(pets: Any) -> None:
    """The first attempt did not connect, so nothing of the body was read."""
    tries: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if not tries:
            tries.append(b"")
            raise httpx.ConnectError("no server", request=request)
        tries.append(request.read())
        return httpx.Response(200, json={})

    class Transport(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return answer(request)

    with httpx.Client(transport=Transport()) as http:
        client = pets.Client("t", http_client=http)
        client.files.replace("a", body=iter(CHUNKS))
    assert tries == [b"", WHOLE]


@pytest.mark.parametrize("name", ["a generator", "a pipe", "a file in memory"])
def test_files_in_forms_are_streamed(
    call: PackageCaller, server: Server, name: str, pets: Any
) -> None:
    file = pets.UploadFile("f", ALL[name]())
    call(lambda client: client.files.form(body={"file": file}))
    assert WHOLE in server.last.body
    assert ("content-length" in server.last.headers) is (name == "a file in memory")


def test_iterable_in_a_form_is_a_file_with_a_default_name(
    call: PackageCaller, server: Server
) -> None:
    made = iter(CHUNKS) if call.way is Way.SYNC else asynchronously()
    call(lambda client: client.files.form(body={"file": made}))
    assert WHOLE in server.last.body
    assert b'filename="file"' in server.last.body


def test_form_with_a_file_is_retried(call: PackageCaller, server: Server) -> None:
    server.always(failing(1))
    call(lambda client: client.files.form(body={"file": io.BytesIO(WHOLE)}), max_retries=1)
    first, second = server.requests
    assert first.body == second.body
    assert WHOLE in first.body


def test_asynchronous_iterable_needs_the_async_client(
    call: PackageCaller, server: Server, pets: Any
) -> None:
    def send() -> None:
        call(lambda client: client.files.replace("a", body=asynchronously()))

    if call.way is Way.SYNC:
        with pytest.raises(pets.InvalidArgumentError, match="requires AsyncClient"):
            send()
        assert server.requests == []
    else:
        send()
        assert server.last.body == WHOLE


def broken() -> Iterator[bytes]:
    yield b"some"
    raise OSError("the disk is gone")


def wrong() -> Iterator[Any]:
    yield "text"


async def broken_too() -> AsyncIterator[bytes]:
    yield b"some"
    raise OSError("the disk is gone")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (broken, "could not be read: OSError: the disk is gone"),
        (wrong, "expected chunks of bytes, got str"),
        (lambda: [b"a", 3], "expected chunks of bytes, got int"),
    ],
)
def test_unreadable_body_is_an_invalid_argument(
    call: PackageCaller, pets: Any, make: Callable[[], Any], words: str
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match=words) as caught:
        call(lambda client: client.files.replace("a", body=make()), max_retries=2)
    assert "t0ken" not in repr(caught.value)
    pickle.loads(pickle.dumps(caught.value))


@pytest.mark.parametrize("way", [Way.ASYNCIO, Way.TRIO])
def test_unreadable_asynchronous_body_is_an_invalid_argument(
    pets: Any, server: Server, way: Way
) -> None:
    call = PackageCaller(pets, way, server.url)
    with pytest.raises(pets.InvalidArgumentError, match="could not be read: OSError: the disk"):
        call(lambda client: client.files.replace("a", body=broken_too()))


def kind(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize(
    "body", [3, "text", None, {"a": 1}, io.StringIO("text"), Path("x"), 1.5], ids=kind
)
def test_body_without_bytes_is_rejected(
    call: PackageCaller, server: Server, pets: Any, body: Any
) -> None:
    with pytest.raises(pets.InvalidArgumentError, match="body"):
        call(lambda client: client.files.replace("a", body=body))
    assert server.requests == []


def test_file_that_grows_is_sent_in_its_original_length(
    call_sync: PackageCaller, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "log"
    path.write_bytes(WHOLE)
    with path.open("rb") as file, path.open("ab") as more:

        def grow(*_: object) -> Answer:
            more.write(b"later")
            more.flush()
            return json_answer({}, 503 if len(server.requests) == 1 else 200)

        server.always(grow)
        call_sync(lambda client: client.files.replace("a", body=file), max_retries=1)
    assert [each.body for each in server.requests] == [WHOLE] * 2


def test_body_is_neither_logged_nor_shown_in_errors(
    call: PackageCaller, server: Server, pets: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server.always(json_answer({"message": "no"}, 400))
    caplog.set_level(logging.DEBUG)
    body = {"file": pets.UploadFile("f", b"confidential")}
    with pytest.raises(pets.BadRequestError) as caught:
        call(lambda client: client.files.form(body=body))
    assert "confidential" not in caplog.text
    assert "confidential" not in repr(caught.value) + str(caught.value)
    assert b"confidential" not in pickle.dumps(caught.value)
    assert caught.value.request.headers["content-type"].startswith("multipart/form-data")


def test_repr_of_a_payload_shows_type_and_size_only(pets: Any) -> None:
    """Tools that print tracebacks may show it."""
    payload = pets._runtime.bodies.payload.Payload("a/b", (b"confidential",))
    assert repr(payload) == "Payload('a/b', 12 bytes)"
    assert payload.__rich_repr__() == [("content_type", "a/b"), ("size", 12)]


def test_deadline_applies_to_a_body_that_stalls(call: PackageCaller, pets: Any) -> None:
    def stalled_chunks() -> Iterator[bytes]:
        yield b"x"
        time.sleep(0.4)
        yield b"y"

    async def stalled_too() -> AsyncIterator[bytes]:
        yield b"x"
        await anyio.sleep_forever()
        yield b"y"

    body = stalled_chunks if call.way is Way.SYNC else stalled_too
    with pytest.raises(pets.APITimeoutError):
        call(lambda client: client.files.replace("a", body=body(), deadline=0.1))


MEMORY = """
import resource, sys
import pets
with pets.Client("t", base_url=sys.argv[1]) as client:
    client.files.replace("small", body=b"x")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open(sys.argv[2], "rb") as file:
        client.files.replace("large", body=file)
    with open(sys.argv[2], "rb") as file:
        client.files.form(body={"file": file})
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.long
def test_large_file_is_not_loaded_into_memory(
    call_sync: PackageCaller, server: Server, pets: Any, tmp_path: Path
) -> None:
    size = 200 << 20
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(size)
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, call_sync.url, str(path)],
        env={**os.environ, "PYTHONPATH": str(Path(pets.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    small, large, form = (len(each.body) for each in server.requests)
    assert (small, large) == (1, size)
    assert form > size
    assert int(done.stdout) < 20_000  # KiB
