"""Fast HTTP server in a process of its own.

It supports the requests of these clients: GET, sequential requests, no request body. Pages are
compressed if the client accepts that, as Losant's are. The subprocess runs
`python -m tests.bench.server`; `serving` starts it.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import ssl
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from functools import cache, partial
from pathlib import Path
from urllib.parse import parse_qsl

from tests.bench.log import Log, one_entry
from tests.support.examples import LIST_PATH
from tests.support.paths import ROOT

PAUSE = 0.02  # seconds that the slow server takes for an answer


@dataclass(frozen=True)
class Server:
    """URLs of the server.

    Attributes:
        http: The URL over plain http.
        slow: The URL whose responses take longer.
        https: The URL over https; empty without a certificate.
    """

    http: str
    slow: str
    https: str = ""


@contextmanager
def serving(
    entries: int, certificate: Path | None = None, *, pause: float = PAUSE
) -> Generator[Server, None, None]:
    """Run a server until the block ends.

    Args:
        entries: The number of entries in the log.
        certificate: A file with a private key and its certificates, for https.
        pause: Seconds that the slow server takes for a response.
    """
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.bench.server", str(entries), str(pause)),
            *([] if certificate is None else [str(certificate)]),
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError
        yield Server(**json.loads(process.stdout.readline()))
        process.stdin.close()  # Its sign to end; a crash of ours closes it as well.


class _Answering(asyncio.Protocol):
    """One connection."""

    def __init__(self, answer: Callable[[str, bytes], bytes], pause: float) -> None:
        self._answer = answer
        self._pause = pause
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received and self._transport is not None:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            target = head.split(b" ", 2)[1].decode()
            takes_gzip = "?" in target and b"gzip" in head.lower()
            encoding = b"gzip" if takes_gzip else b"identity"
            body = self._answer(target, encoding)
            answer = (
                b"HTTP/1.1 200 OK\r\nDate: %b\r\nContent-Type: application/json\r\n"
                b"Content-Encoding: %b\r\nContent-Length: %d\r\n\r\n%b"
            ) % (formatdate(usegmt=True).encode(), encoding, len(body), body)
            if self._pause:
                loop = asyncio.get_running_loop()
                loop.call_later(self._pause, self._transport.write, answer)
            else:
                self._transport.write(answer)


async def _serve(entries: int, pause: float, certificate: str | None) -> None:
    log, entry = Log(entries), one_entry()

    @cache  # So that only the round that warms up waits for the compression.
    def answer(target: str, encoding: bytes) -> bytes:
        path, _, query = target.partition("?")
        body = log.page(dict(parse_qsl(query))) if path == LIST_PATH else entry
        return gzip.compress(body) if encoding == b"gzip" else body

    loop = asyncio.get_running_loop()

    async def listen(pause: float = 0, context: ssl.SSLContext | None = None) -> str:
        listening = await loop.create_server(
            partial(_Answering, answer, pause), "127.0.0.1", 0, ssl=context
        )
        port: int = listening.sockets[0].getsockname()[1]
        return f"{'http' if context is None else 'https'}://127.0.0.1:{port}"

    addresses = {"http": await listen(), "slow": await listen(pause)}
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        addresses["https"] = await listen(context=context)
    sys.stdout.write(f"{json.dumps(addresses)}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("entries", type=int)
    parser.add_argument("pause", type=float)
    parser.add_argument("certificate", nargs="?")
    arguments = parser.parse_args()
    asyncio.run(_serve(arguments.entries, arguments.pause, arguments.certificate))
