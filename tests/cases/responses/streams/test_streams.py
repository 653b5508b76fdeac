"""Streaming responses: server-sent events, JSON lines, and JSON text sequences."""

from __future__ import annotations

import asyncio
import os
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from typing import Any

import anyio
import httpx
import pytest

from tests.support.callers import Way
from tests.support.fault_server import Behavior, Connection, Faults, answer, faulty, gzip_bytes
from tests.support.forking import in_child
from tests.support.packages import PackageCaller
from tests.support.shown import Shown

SECRET = "s3cret-t0ken-0123456789"
DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /lines:
    get:
      operationId: pets.lines
      responses:
        '200':
          description: Pets.
          content: {application/x-ndjson: {schema: {$ref: '#/components/schemas/Pet'}}}
  /sequence:
    get:
      operationId: pets.sequence
      responses: {'200': {description: Values., content: {application/json-seq: {}}}}
  /events:
    get:
      operationId: pets.events
      responses:
        '200':
          description: Pets.
          content: {text/event-stream: {schema: {$ref: '#/components/schemas/Pet'}}}
  /texts:
    get:
      operationId: pets.texts
      responses: {'200': {description: Texts., content: {text/event-stream: {}}}}
  /enveloped:
    get:
      operationId: pets.enveloped
      responses:
        '200':
          description: Pets.
          content:
            text/event-stream:
              itemSchema:
                type: object
                properties: {event: {type: string}, data: {$ref: '#/components/schemas/Pet'}}
  /either:
    get:
      operationId: pets.either
      responses:
        '200':
          description: One or many.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Pet'}}
            text/event-stream: {schema: {$ref: '#/components/schemas/Pet'}}
        '204': {description: None.}
  /later:
    get:
      operationId: pets.later
      responses:
        '200': {description: Nothing.}
        '201':
          description: One.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
        '202':
          description: Many.
          content: {text/event-stream: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}, age: {type: integer}}}
"""
LINES = {"Content-Type": "application/x-ndjson"}
EVENTS = {"Content-Type": "text/event-stream; charset=utf-8"}
SEQUENCE = {"Content-Type": "application/json-seq"}


@pytest.fixture
def faults() -> Generator[Faults, None, None]:
    with faulty() as running:
        yield running


class Listener:
    """Reads a stream to its end, in any mode.

    Attributes:
        items: The items so far.
        way: The mode.
    """

    def __init__(self, ask: PackageCaller) -> None:
        self.items: list[Any] = []
        self.way = ask.way
        self._ask = ask

    def read(self, method: str, most: int = 1000, **options: Any) -> Any:
        """Call a method, read its items, and return the client's stream.

        Args:
            method: The name of the method.
            most: The number of items to read at most.
            **options: Options of the call and of the client.
        """
        of_client = {
            key: options.pop(key)
            for key in list(options)
            if key in {"max_response_bytes", "timeout", "http_client", "token"}
        }
        if self._ask.way is Way.SYNC:

            def call(client: Any) -> Any:
                with getattr(client.pets, method)(**options) as stream:
                    for item in stream:
                        self.items.append(item)
                        if len(self.items) == most:
                            break
                return stream

            return self._ask(call, **of_client)

        async def await_stream(client: Any) -> Any:
            async with await getattr(client.pets, method)(**options) as stream:
                async for item in stream:
                    self.items.append(item)
                    if len(self.items) == most:
                        break
            return stream

        return self._ask(await_stream, **of_client)


@pytest.fixture(params=list(Way))
def listener(request: pytest.FixtureRequest, pets: Any, faults: Faults) -> Listener:
    return Listener(PackageCaller(pets, Way(request.param), faults.url))


def pieces(*chunks: bytes, headers: dict[str, str], is_whole: bool = True) -> Behavior:
    """Send chunks one by one; with `is_whole` false, then close the connection early."""

    async def behave(connection: Connection) -> None:
        await connection.head(200, {**headers, "Transfer-Encoding": "chunked"})
        for chunk in chunks:
            await connection.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
            await asyncio.sleep(0.002)
        if is_whole:
            await connection.write(b"0\r\n\r\n")
        else:
            connection.close()

    return behave


def then_hang(*chunks: bytes, headers: dict[str, str]) -> Behavior:
    """Send chunks and then nothing more."""

    async def behave(connection: Connection) -> None:
        await connection.head(200, {**headers, "Transfer-Encoding": "chunked"})
        for chunk in chunks:
            await connection.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
        await connection.hang()

    return behave


def bytewise(text: bytes) -> list[bytes]:
    return [text[index : index + 1] for index in range(len(text))]


def whole(text: bytes) -> list[bytes]:
    return [text]


def names(items: Iterable[Any]) -> list[str | None]:
    return [item.name for item in items]


def test_json_lines_are_decoded_as_models(listener: Listener, faults: Faults) -> None:
    faults.plan(
        pieces(b'{"name":"a"}\n{"na', b'me":"b","x":1}\r\n\n', b'{"name":"c"}', headers=LINES)
    )
    listener.read("lines")
    assert names(listener.items) == ["a", "b", "c"]
    assert listener.items[1].extra == {"x": 1}
    assert faults.requests[0].headers["accept"] == "application/x-ndjson"


def test_json_sequence_is_split_at_record_separators(listener: Listener, faults: Faults) -> None:
    faults.plan(pieces(b"\x1e1\n", b"\x1e{}\n\x1e", b'"x"\n', headers=SEQUENCE))
    listener.read("sequence")
    assert listener.items == [1, {}, "x"]


@pytest.mark.parametrize("line_break", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("cut", [bytewise, whole])
def test_events_are_parsed_as_the_standard_defines(
    listener: Listener, faults: Faults, line_break: bytes, cut: Callable[[bytes], list[bytes]]
) -> None:
    text = (
        b"\xef\xbb\xbf: a comment\n\nid: 7\nevent: born\ndata: one\ndata:two\nretry: 250\n\n"
        b"nothing known: x\ndata\n\ndata:  three\nid\n\nevent: without data\n\n"
    )
    faults.plan(pieces(*cut(text.replace(b"\n", line_break)), headers=EVENTS))
    listener.read("texts")
    shown = [(each.name, each.data, each.id, each.retry) for each in listener.items]
    assert shown == [
        ("born", "one\ntwo", "7", 250),
        ("message", "", "7", None),
        ("message", " three", "", None),
    ]


@pytest.mark.parametrize("method", ["events", "enveloped", "either"])
def test_event_data_is_decoded_as_models(listener: Listener, faults: Faults, method: str) -> None:
    faults.plan(pieces(b'data: {"name":"a"}\n\ndata: {"name":"b"}\n\n', headers=EVENTS))
    listener.read(method)
    assert names(each.data for each in listener.items) == ["a", "b"]


def test_done_event_ends_the_stream(listener: Listener, faults: Faults) -> None:
    faults.plan(then_hang(b'data: {"name":"a"}\n\ndata: [DONE]\n\n', headers=EVENTS))
    listener.read("events")
    assert names(each.data for each in listener.items) == ["a"]


def test_compressed_stream_is_decompressed_incrementally(
    listener: Listener, faults: Faults
) -> None:
    body = gzip_bytes(b'{"name":"a"}\n{"name":"b"}\n')
    faults.plan(pieces(*bytewise(body), headers={**LINES, "Content-Encoding": "gzip"}))
    listener.read("lines")
    assert names(listener.items) == ["a", "b"]


def test_item_is_available_before_the_next_is_sent(listener: Listener, faults: Faults) -> None:
    faults.plan(then_hang(b'{"name":"a"}\n', headers=LINES))
    listener.read("lines", most=1)
    assert names(listener.items) == ["a"]


BROKEN: dict[str, tuple[str, Behavior, list[str]]] = {
    "a line that is no JSON": (
        "lines",
        pieces(b'{"name":"a"}\nnonsense\n{"name":"b"}\n', headers=LINES),
        ["a"],
    ),
    "a line of another type": (
        "lines",
        pieces(b'{"name":"a"}\n{"name":1}\n', headers=LINES),
        ["a"],
    ),
    "a line that is no object of the document": (
        "lines",
        pieces(b'{"error":"x"}\n', headers=LINES),
        [],
    ),
    "100,000 brackets": ("lines", pieces(b"[" * 100_000 + b"\n", headers=LINES), []),
    "100,000 brackets without an end": ("lines", pieces(b"[" * 100_000, headers=LINES), []),
    "a line that is not UTF-8": ("lines", pieces(b'{"name":"\xff"}\n', headers=LINES), []),
    "a page between the lines": ("lines", pieces(b"<html>\n", headers=LINES), []),
    "an event that is no JSON": ("events", pieces(b"data: nonsense\n\n", headers=EVENTS), []),
    "a sequence without its beginning": ("sequence", pieces(b"1\n\x1e2\n", headers=SEQUENCE), []),
    "a damaged compression": (
        "lines",
        pieces(b"nonsense", headers={**LINES, "Content-Encoding": "gzip"}),
        [],
    ),
    "a last line that is damaged": ("lines", pieces(b'{"name":x}', headers=LINES), []),
    "a name that is not UTF-8": (
        "events",
        pieces(b"event: \xff\ndata: 1\n\n", headers=EVENTS),
        [],
    ),
    "a text that is not UTF-8": ("texts", pieces(b"data: \xff\n\n", headers=EVENTS), []),
    "no stream at all": ("lines", answer(200, b"<html>", {"Content-Type": "text/html"}), []),
    "JSON instead of a stream": ("events", answer(200, {"name": "a"}), []),
}


@pytest.mark.parametrize("name", BROKEN)
def test_invalid_item_raises_after_the_valid_items(
    listener: Listener, faults: Faults, pets: Any, name: str
) -> None:
    method, behavior, before = BROKEN[name]
    faults.plan(behavior)
    with pytest.raises(pets.ResponseDecodeError) as caught:
        listener.read(method)
    assert names(listener.items) == before
    assert caught.value.status_code == 200


CUT: dict[str, tuple[str, Behavior]] = {
    "between two lines": ("lines", pieces(b'{"name":"a"}\n', headers=LINES, is_whole=False)),
    "in a line": ("lines", pieces(b'{"name":"a"}\n{"na', headers=LINES)),
    "in an event": (
        "events",
        pieces(b'data: {"name":"a"}\n\ndata: {"name":"b"}\n', headers=EVENTS),
    ),
    "in a number": ("sequence", pieces(b'\x1e{"name":"a"}\n\x1e12', headers=SEQUENCE)),
    "in the compression": (
        "lines",
        pieces(
            gzip_bytes(b'{"name":"a"}\n' * 2)[:-4], headers={**LINES, "Content-Encoding": "gzip"}
        ),
    ),
}


@pytest.mark.parametrize("name", CUT)
def test_truncated_stream_raises_a_connection_error(
    listener: Listener, faults: Faults, pets: Any, name: str
) -> None:
    method, behavior = CUT[name]
    faults.plan(behavior)
    with pytest.raises(pets.APIConnectionError):
        listener.read(method)


@pytest.mark.parametrize("chunks", [[b"x" * 600] * 20, [b'{"name":"' + b"x" * 12000 + b'"}\n']])
def test_max_response_bytes_limits_each_item(
    listener: Listener, faults: Faults, pets: Any, chunks: list[bytes]
) -> None:
    faults.plan(pieces(*[b'{"name":"a"}\n'] * 100, *chunks, headers=LINES))
    with pytest.raises(pets.ResponseDecodeError, match="max_response_bytes"):
        listener.read("lines", max_response_bytes=1000)
    assert len(listener.items) == 100


def test_max_response_bytes_limits_each_event(
    listener: Listener, faults: Faults, pets: Any
) -> None:
    faults.plan(pieces(*[b"data: " + b"x" * 600 + b"\n"] * 20, headers=EVENTS))
    with pytest.raises(pets.ResponseDecodeError, match="max_response_bytes"):
        listener.read("texts", max_response_bytes=1000)


@pytest.mark.parametrize("method", ["lines", "events"])
def test_error_of_a_stream_does_not_contain_a_token_that_the_service_repeats(
    listener: Listener, faults: Faults, pets: Any, method: str
) -> None:
    headers = LINES if method == "lines" else EVENTS
    faults.plan(pieces(b'data: {"name":["%b"]}\n\n' % SECRET.encode(), headers=headers))
    with pytest.raises(pets.PetsError) as caught:
        listener.read(method, token=SECRET)
    assert SECRET not in " ".join(Shown(caught.value).messages)
    frames = traceback.walk_tb(caught.value.__traceback__)
    ours = [frame.f_locals for frame, _ in frames if "_runtime" in frame.f_code.co_filename]
    assert ours
    assert SECRET not in repr(ours)


def test_deadline_ends_an_endless_stream(listener: Listener, faults: Faults, pets: Any) -> None:
    faults.plan(pieces(*[b'{"name":"a"}\n'] * 1000, headers=LINES))
    with pytest.raises(pets.APITimeoutError, match=r"deadline of 0\.2 s"):
        listener.read("lines", deadline=0.2)
    assert listener.items


def test_deadline_ends_a_stalled_stream(listener: Listener, faults: Faults, pets: Any) -> None:
    faults.plan(then_hang(b'{"name":"a"}\n', headers=LINES))
    with pytest.raises(pets.APITimeoutError):
        listener.read("lines", deadline=0.2)
    assert names(listener.items) == ["a"]


def test_stalled_stream_raises_a_timeout(listener: Listener, faults: Faults, pets: Any) -> None:
    faults.plan(then_hang(b'{"name":"a"}\n', headers=LINES))
    with pytest.raises(pets.APITimeoutError):
        listener.read("lines", timeout=0.1)


def test_time_of_the_caller_between_items_is_not_counted(pets: Any, faults: Faults) -> None:
    faults.plan(pieces(b'{"name":"a"}\n', b'{"name":"b"}\n', headers=LINES))
    with (
        pets.Client("t", base_url=faults.url) as client,
        client.pets.lines(deadline=0.3) as stream,
    ):
        for item in stream:
            assert item.name
            time.sleep(0.25)


def test_error_status_raises_before_any_item(listener: Listener, faults: Faults, pets: Any) -> None:
    faults.plan(answer(404, {"message": "none"}))
    with pytest.raises(pets.NotFoundError):
        listener.read("lines")


def test_unfinished_stream_releases_its_connection(listener: Listener, faults: Faults) -> None:
    faults.plan(then_hang(b'{"name":"a"}\n' * 3, headers=LINES))
    stream = listener.read("lines", most=1)
    again: Any = iter if listener.way is Way.SYNC else aiter
    assert again(stream) is stream
    assert "Stream(200)" in repr(stream)


async def respond_lines(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer requests with three lines each, in the client's own loop."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: 42\r\n\r\n"
    with closing(writer), suppress(ConnectionError, asyncio.IncompleteReadError):
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(head)
            for number in range(3):
                await asyncio.sleep(0)
                writer.write(b'{"name": "%d"}\n' % number)


@pytest.mark.parametrize("is_repeated", [False, True])
def test_stream_canceled_at_any_time_leaks_no_connection(pets: Any, *, is_repeated: bool) -> None:
    async def cancel_soon() -> None:
        server = await asyncio.start_server(respond_lines, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        limits = httpx.Limits(max_connections=1)
        async with (
            httpx.AsyncClient(limits=limits, timeout=httpx.Timeout(5, pool=1)) as http_client,
            pets.AsyncClient(base_url=url, max_retries=0, http_client=http_client) as client,
        ):

            async def read() -> int:
                async with await client.pets.lines() as stream:
                    return len([each async for each in stream])

            for turns in range(120):
                task = asyncio.ensure_future(read())
                for _ in range(turns):
                    await asyncio.sleep(0)
                task.cancel()
                while is_repeated and not task.done():
                    task.cancel()
                    await asyncio.sleep(0)
                await asyncio.gather(task, return_exceptions=True)
                assert await read() == 3
        server.close()
        await asyncio.sleep(0.2)  # Its connections end.

    asyncio.run(cancel_soon())


def test_closed_stream_raises_instead_of_ending(pets: Any, faults: Faults) -> None:
    faults.plan(then_hang(b'{"name":"a"}\n' * 3, headers=LINES))
    with pets.Client("t", base_url=faults.url) as client:
        with client.pets.lines() as stream:
            next(stream)
        with pytest.raises(pets.errors.PetsError, match="closed before its end"):
            next(stream)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_stream_is_not_read_in_a_second_process(pets: Any, faults: Faults) -> None:
    faults.plan(pieces(b'{"name":"Max"}\n', b'{"name":"Tom"}\n', headers=LINES))
    with pets.Client("t0ken", base_url=faults.url) as client:
        stream = client.pets.lines()
        assert next(stream).name == "Max"

        def work() -> str:
            with pytest.raises(pets.PetsError) as caught, stream:
                next(stream)
            return str(caught.value)

        assert in_child(work).startswith("the stream was opened before os.fork()")
        assert [pet.name for pet in stream] == ["Tom"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_asynchronous_stream_that_a_second_process_closes_can_be_read_on(
    pets: Any, faults: Faults
) -> None:
    faults.plan(pieces(b'{"name":"Max"}\n', b'{"name":"Tom"}\n', headers=LINES))

    async def read() -> list[str]:
        async with pets.AsyncClient("t0ken", base_url=faults.url) as client:
            stream = await client.pets.lines()
            await anyio.to_thread.run_sync(in_child, lambda: anyio.run(stream.aclose))
            return [pet.name async for pet in stream]

    assert anyio.run(read) == ["Max", "Tom"]


def test_exhausted_stream_stays_exhausted(pets: Any, faults: Faults) -> None:
    faults.plan(pieces(b'{"name":"a"}\n', headers=LINES))
    with pets.Client("t", base_url=faults.url) as client, client.pets.lines() as stream:
        assert (len(list(stream)), list(stream)) == (1, [])


def test_operation_may_return_a_value_a_stream_or_none(pets: Any, faults: Faults) -> None:
    with pets.Client("t", base_url=faults.url) as client:
        faults.plan(answer(200, {"name": "a"}))
        assert client.pets.either().name == "a"
        faults.plan(answer(204))
        assert client.pets.either() is None
        faults.plan(pieces(b'data: {"name":"b"}\n\n', headers=EVENTS))
        with client.pets.either() as stream:
            assert names(each.data for each in stream) == ["b"]


@pytest.mark.parametrize("way", list(Way))
def test_event_stream_media_type_is_ignored_where_no_stream_is_documented(
    pets: Any, faults: Faults, way: Way
) -> None:
    ask = PackageCaller(pets, way, faults.url)
    faults.plan(answer(204, b"", EVENTS))
    assert ask(lambda client: client.pets.either()) is None
    faults.plan(answer(200, b"data: 1\n\n", EVENTS))
    assert ask(lambda client: client.pets.later()) is None
    faults.plan(answer(201, b'{"name":"a"}', EVENTS))
    assert ask(lambda client: client.pets.later()).name == "a"
    faults.plan(answer(202, b'data: {"name":"a"}\n\n', EVENTS))
    assert "Stream(202)" in repr(ask(lambda client: client.pets.later()))


def test_raw_response_parses_to_a_stream(pets: Any, faults: Faults) -> None:
    faults.plan(pieces(b'{"name":"a"}\n', headers=LINES))
    with pets.Client("t", base_url=faults.url) as client:
        raw = client.pets.with_raw_response.lines()
        with raw.parse() as stream:
            assert names(stream) == ["a"]
        assert (raw.status_code, raw.content) == (200, b"")


@pytest.mark.parametrize("way", list(Way))
def test_mock_transport_may_return_a_complete_stream(pets: Any, way: Way) -> None:
    def respond(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers=LINES, content=b'{"name":"a"}\n{"name":"b"}\n')

    listener = Listener(PackageCaller(pets, way, "https://pets.example.com"))
    kind: Any = httpx.Client if way is Way.SYNC else httpx.AsyncClient
    listener.read("lines", http_client=kind(transport=httpx.MockTransport(respond)))
    assert names(listener.items) == ["a", "b"]


def test_deadline_while_a_stream_opens_closes_the_stream(pets: Any) -> None:
    closed: list[bool] = []

    class Body(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b'{"name":"a"}\n'

        def close(self) -> None:
            closed.append(True)

    def respond(_: httpx.Request) -> httpx.Response:
        time.sleep(0.3)
        return httpx.Response(200, headers=LINES, stream=Body())

    with httpx.Client(transport=httpx.MockTransport(respond)) as http:
        client = pets.Client("t", base_url="https://pets.example.com", http_client=http)
        with pytest.raises(pets.APITimeoutError):
            client.pets.lines(deadline=0.1)
        for _ in range(100):
            if closed:
                break
            time.sleep(0.02)
    assert closed
