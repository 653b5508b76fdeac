"""An HTTP server on loopback with configurable responses, which records requests."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

JSON = "application/json"


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A request as received.

    Attributes:
        method: The HTTP method.
        target: Path and query exactly as in the request line.
        headers: The headers by lowercase name.
        body: The body's bytes.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path, still percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The query string, still percent-encoded."""
        return self.target.partition("?")[2]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A response.

    Attributes:
        status: The status code; 0 closes the connection without a response.
        body: The body.
        headers: The headers; one without a value is omitted.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


Route: TypeAlias = Answer | Callable[[Recorded], Answer]


def json_answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Make a response with a value as JSON."""
    body = json.dumps(value).encode()
    return Answer(status=status, body=body, headers={"Content-Type": JSON, **(headers or {})})


def text_answer(text: str, status: int = 200, content_type: str = JSON) -> Answer:
    """Make a response with a text."""
    return Answer(status=status, body=text.encode(), headers={"Content-Type": content_type})


class Server:
    """The configured responses and the recorded requests.

    Attributes:
        url: The server's URL.
        requests: The requests so far, in the order of their arrival.
        client_ports: The client port of each request, which identifies its connection.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.requests: list[Recorded] = []
        self.client_ports: list[int] = []
        self._routes: dict[str, Route] = {}
        self._otherwise: Route = json_answer({"type": "NotFound", "message": "no route"}, 404)
        self._lock = threading.Lock()

    @property
    def last(self) -> Recorded:
        """The last request."""
        return self.requests[-1]

    def on(self, path: str, route: Route) -> None:
        """Set the response for a path."""
        self._routes[path] = route

    def always(self, route: Route) -> None:
        """Set the response for all other requests."""
        self._otherwise = route

    def respond(self, request: Recorded, client_port: int) -> Answer:
        """Record a request and return its response."""
        with self._lock:
            self.requests.append(request)
            self.client_ports.append(client_port)
        route = self._routes.get(request.path, self._otherwise)
        return route if isinstance(route, Answer) else route(request)


@contextmanager
def serving() -> Generator[Server, None, None]:
    """Run the server until the block ends."""
    http = _Listener(("127.0.0.1", 0), _Handler)
    http.recorder = Server(http.server_port)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.001})
    thread.start()
    try:
        yield http.recorder
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    recorder: Server

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that disconnect: some tests do that on purpose."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 20

    def _answer(self) -> None:
        listener = self.server
        assert isinstance(listener, _Listener)
        answer = listener.recorder.respond(
            Recorded(
                method=self.command,
                target=self.path,
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self._body(),
            ),
            self.client_address[1],
        )
        if not answer.status:
            self.close_connection = True
            return
        if "Date" in answer.headers:  # Else it is that of the machine.
            self.send_response_only(answer.status)
        else:
            self.send_response(answer.status)
        for name, value in answer.headers.items():
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        pieces: list[bytes] = []
        while size := int(self.rfile.readline() or b"0", 16):  # Or the client went away.
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815
    do_OPTIONS = do_TRACE = do_QUERY = do_COPY = do_Purge = _answer  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Disable the log of requests."""
