"""Loopback server with configurable faults, down to the socket.

    with faulty() as faults:
        faults.plan(answer(503), reset_before, answer(200, AUDIT_LOG))
        ...  # calls to faults.url
        assert len(faults.requests) == 3

Each request takes the next behavior of the plan; the last one applies to all that follow. A
behavior is a coroutine function of a `Connection`. It runs in the server's own event loop, in a
thread; its waiting ends when the client disconnects or the server stops.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, TypeAlias

from tests.support.server import Recorded

JSON = {"Content-Type": "application/json"}


class Connection:
    """A connection with a request that waits for its response.

    Attributes:
        request: The request.
    """

    def __init__(
        self, request: Recorded, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.request = request
        self._reader = reader
        self._writer = writer

    @property
    def port(self) -> int:
        """The client's port, which identifies the connection."""
        peer: tuple[str, int] = self._writer.get_extra_info("peername")
        return peer[1]

    async def write(self, data: bytes) -> None:
        """Send bytes unchanged."""
        self._writer.write(data)
        await self._writer.drain()

    async def head(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status line and headers of a response."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        await self.write(f"HTTP/1.1 {status} Reason\r\n{lines}\r\n".encode())

    async def drip(self, data: bytes, seconds: float) -> None:
        """Send bytes one by one."""
        for index in range(len(data)):
            await self.write(data[index : index + 1])
            await asyncio.sleep(seconds)

    async def relay(self, host: str, port: int) -> None:
        """Forward the data of both sides, until one of them ends."""
        reader, writer = await asyncio.open_connection(host, port)

        async def one_way(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            with suppress(ConnectionError):
                while data := await source.read(65536):
                    sink.write(data)
                    await sink.drain()
            sink.close()

        try:
            await self.head(200, {})
            await asyncio.gather(one_way(self._reader, writer), one_way(reader, self._writer))
        finally:
            writer.close()

    async def hang(self) -> None:
        """Wait until the client disconnects."""
        await self._reader.read()

    def close(self) -> None:
        """Close the connection normally."""
        self._writer.close()

    def reset(self) -> None:
        """Reset the connection, so that the client's system reports a reset."""
        sock: socket.socket = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


Behavior: TypeAlias = Callable[[Connection], Awaitable[None]]


def answer(
    status: int = 200, body: Any = b"", headers: Mapping[str, str] | None = None
) -> Behavior:
    """Send a normal response, with bytes or with a value as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    async def behave(connection: Connection) -> None:
        length = {"Content-Length": str(len(content))}
        await connection.head(status, {**JSON, **length, **(headers or {})})
        await connection.write(content)

    return behave


def send_compressed(content: bytes, encoding: str = "gzip", status: int = 200) -> Behavior:
    """Send bytes that are, or claim to be, compressed."""
    return answer(status, content, {"Content-Encoding": encoding})


def raw(data: bytes) -> Behavior:
    """Send bytes that may not be HTTP, and close the connection."""

    async def behave(connection: Connection) -> None:
        await connection.write(data)
        connection.close()

    return behave


def redirect(location: str, status: int = 302) -> Behavior:
    """Send a redirect."""
    return answer(status, b"", {"Location": location})


def then_close(behavior: Behavior) -> Behavior:
    """Close the connection after a response that did not announce it: a stale connection."""

    async def behave(connection: Connection) -> None:
        await behavior(connection)
        connection.close()

    return behave


def then_reset(behavior: Behavior) -> Behavior:
    """Reset the connection after a response: a stale connection."""

    async def behave(connection: Connection) -> None:
        await behavior(connection)
        await asyncio.sleep(0.02)  # Else the answer may be lost with the connection.
        connection.reset()

    return behave


def later(behavior: Behavior, seconds: float) -> Behavior:
    """Delay a behavior."""

    async def behave(connection: Connection) -> None:
        await asyncio.sleep(seconds)
        await behavior(connection)

    return behave


def drip_head(seconds: float) -> Behavior:
    """Send the headers byte by byte."""

    async def behave(connection: Connection) -> None:
        await connection.drip(b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * 1000, seconds)

    return behave


def drip_body(body: bytes, seconds: float, status: int = 200) -> Behavior:
    """Send the body byte by byte."""

    async def behave(connection: Connection) -> None:
        await connection.head(status, {**JSON, "Content-Length": str(len(body))})
        await connection.drip(body, seconds)

    return behave


async def processing(connection: Connection) -> None:
    """Send 102 responses endlessly: each arrives within the timeout."""
    while True:
        await connection.write(b"HTTP/1.1 102 Processing\r\n\r\n")
        await asyncio.sleep(0.01)


async def hang(connection: Connection) -> None:
    """Never respond."""
    await connection.hang()


async def hang_in_body(connection: Connection) -> None:
    """Send half a response and no more."""
    await connection.head(200, {**JSON, "Content-Length": "100"})
    await connection.write(b'{"id":')
    await connection.hang()


async def close_before(connection: Connection) -> None:
    """Close the connection instead of responding."""
    connection.close()


async def reset_before(connection: Connection) -> None:
    """Reset the connection instead of responding."""
    connection.reset()


async def reset_in_body(connection: Connection) -> None:
    """Reset the connection in the middle of the body."""
    await connection.head(200, {**JSON, "Content-Length": "100"})
    await connection.write(b'{"id":')
    await asyncio.sleep(0.02)
    connection.reset()


async def short_body(connection: Connection) -> None:
    """Close the connection before the body has its announced length."""
    await connection.head(200, {**JSON, "Content-Length": "100"})
    await connection.write(b"{}")
    connection.close()


async def unfinished_chunk(connection: Connection) -> None:
    """Close the connection in the middle of a chunk."""
    await connection.head(200, {**JSON, "Transfer-Encoding": "chunked"})
    await connection.write(b"64\r\n{}")
    connection.close()


async def huge_head(connection: Connection) -> None:
    """Send two megabytes of headers."""
    with suppress(ConnectionError):
        await connection.head(200, {f"X-{number}": "x" * 1000 for number in range(2000)})
    connection.close()


async def tunnel(connection: Connection) -> None:
    """Act as a proxy for CONNECT."""
    host, _, port = connection.request.target.rpartition(":")
    await connection.relay(host.strip("[]"), int(port))


@cache
def bomb(megabytes: int = 200, encoding: str = "gzip") -> bytes:
    """Zeros, compressed to less than a two-hundredth."""
    compress, zeros = zlib.compressobj(1, wbits=31 if encoding == "gzip" else 15), bytes(1 << 20)
    parts = [compress.compress(zeros) for _ in range(megabytes)]
    return b"".join([*parts, compress.flush()])


def gzip_bytes(content: bytes) -> bytes:
    """Compress reproducibly."""
    return gzip.compress(content, mtime=0)


class Faults:
    """The server.

    Attributes:
        url: Its URL.
        requests: The requests so far, in the order of their arrival.
        connections: The number of connections so far.
        open_connections: The number of open connections.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: list[Recorded] = []
        self.connections = 0
        self.open_connections = 0
        self._plan: list[Behavior] = []

    def plan(self, *behaviors: Behavior) -> None:
        """Set the behaviors for the next requests; forget the requests so far."""
        self._plan = list(behaviors)
        self.requests.clear()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve a connection until it ends."""
        self.connections += 1
        self.open_connections += 1
        try:
            while not writer.is_closing():
                connection = Connection(await _read(reader), reader, writer)
                self.requests.append(connection.request)
                following = self._plan.pop(0) if len(self._plan) > 1 else self._plan[0]
                await following(connection)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass  # The client has gone away.
        finally:
            self.open_connections -= 1
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Recorded:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    pairs = (line.split(":", 1) for line in lines if line)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Recorded(method=method, target=target, headers=headers, body=body)


@contextmanager
def faulty(
    host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Generator[Faults, None, None]:
    """Run a server with configurable faults.

    Args:
        host: The address to listen at.
        tls: The SSL context for https; None for http.
    """
    is_6 = ":" in host
    listening = socket.create_server((host, 0), family=socket.AF_INET6 if is_6 else socket.AF_INET)
    place = f"[{host}]" if is_6 else host
    scheme = "http" if tls is None else "https"
    faults = Faults(f"{scheme}://{place}:{listening.getsockname()[1]}")
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def run() -> None:
        tasks: set[asyncio.Task[None]] = set()

        def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = loop.create_task(faults.serve(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(begin, sock=listening, ssl=tls)
        await stop.wait()
        server.close()
        for _ in range(3):  # The steps of a connection that was accepted just now.
            await asyncio.sleep(0)
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in others:  # Connections that were accepted just now are among them.
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)  # A transport closes its socket a step later.

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    try:
        yield faults
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
