# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The HTTP library: the only module that imports httpx.

A client object of httpx2, its continuation, is accepted as well. The two have equal interfaces and
unrelated classes, so client objects are told by what they can do, and exceptions by name.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Protocol, TypeVar

import httpx
from httpx import (
    URL,
    AsyncBaseTransport,
    AsyncByteStream,
    AsyncClient,
    BaseTransport,
    Client,
    ConnectError,
    Headers,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    Request,
    Response,
    SyncByteStream,
    Timeout,
)

__all__ = [
    "SETUP_ERRORS",
    "URL",
    "AsyncBaseTransport",
    "AsyncByteStream",
    "AsyncClientLike",
    "BaseTransport",
    "ClientLike",
    "ConnectError",
    "Headers",
    "InvalidURL",
    "ReadError",
    "ReadTimeout",
    "RemoteProtocolError",
    "Request",
    "Response",
    "SyncByteStream",
    "Timeout",
    "add_hidden_query",
    "failure_reason",
    "failure_text",
    "is_broken_encoding",
    "is_connection_error",
    "is_status_error",
    "is_timeout",
    "is_usage_error",
    "new_async_client",
    "new_client",
    "public_url",
]

InvalidURL = httpx.InvalidURL
SETUP_ERRORS = (ImportError, OSError, ValueError, httpx.InvalidURL)
"""What `new_client` raises if the environment's proxy or certificates cannot be used."""

_LIBRARIES = frozenset({"httpx", "httpx2", "httpcore", "httpcore2", "h11", "h2", "anyio", "trio"})
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30)

_VEILED: dict[type, type] = {}

_Made = TypeVar("_Made", "_PlainClient", "_PlainAsyncClient")


class ClientLike(Protocol):
    """An `httpx.Client`, or one of httpx2."""

    @property
    def timeout(self) -> Any:
        """How long each step of a request may take."""
        ...

    def build_request(
        self, method: str, url: str, *, headers: Any, content: Any, extensions: Any
    ) -> Any:
        """Make a request."""
        ...

    def send(self, request: Any, *, stream: bool, auth: None, follow_redirects: bool) -> Any:
        """Send a request and give its answer."""
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


class AsyncClientLike(Protocol):
    """An `httpx.AsyncClient`, or one of httpx2."""

    @property
    def timeout(self) -> Any:
        """How long each step of a request may take."""
        ...

    def build_request(
        self, method: str, url: str, *, headers: Any, content: Any, extensions: Any
    ) -> Any:
        """Make a request."""
        ...

    async def send(self, request: Any, *, stream: bool, auth: None, follow_redirects: bool) -> Any:
        """Send a request and give its answer."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


class _PlainClient(Client):
    """A client that adds nothing to requests: they bring all that is sent.

    To merge its headers, cookies and parameters, none of which it has, would take a third of the
    time that a request takes to make.
    """

    def build_request(self, method: str, url: URL | str, **parts: Any) -> Request:
        """Make a request."""
        return Request(method, url, **parts)


class _PlainAsyncClient(AsyncClient):
    """The same, asynchronous."""

    def build_request(self, method: str, url: URL | str, **parts: Any) -> Request:
        """Make a request."""
        return Request(method, url, **parts)


def new_client() -> ClientLike:
    """Make a client of our own."""
    return _made(_PlainClient)


def new_async_client() -> AsyncClientLike:
    """Make an asynchronous client of our own."""
    return _made(_PlainAsyncClient)


def _made(kind: type[_Made]) -> _Made:
    """Make a client that keeps no cookies and asks no proxy for http.

    Copies of a client share its connections and may have other tokens: what the server tells one of
    them to keep is not for the others. And http is for servers on this machine, so a proxy that the
    environment names would be given the token for nothing.
    """
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return kind(limits=_LIMITS, cookies=jar, mounts={"http://": None})


def add_hidden_query(request: Request, pair: str) -> None:
    """Add a parameter to a request's query that nothing shows: no log line, `repr` or message.

    The HTTP libraries write each request's address to their log.

    Args:
        request: The request.
        pair: Name and value, percent-encoded.
    """
    url = request.url
    shown = str(url)
    kind = _veiled(type(url))
    hidden: Any = kind(f"{shown}{'&' if url.query else '?'}{pair}")
    hidden.shown = shown
    request.url = hidden


def public_url(url: URL) -> Any:
    """Give an address without what `add_hidden_query` added to it."""
    return getattr(url, "shown", url)


def _veiled(kind: type) -> type:
    """Give a class of addresses whose text leaves a part of them out."""
    if kind in _VEILED:
        return _VEILED[kind]

    def text(url: Any) -> str:
        return str(url.shown)

    def reduced(url: Any) -> tuple[Any, ...]:
        return kind, (url.shown,)

    members = {"shown": "", "__str__": text, "__repr__": text, "__reduce__": reduced}
    _VEILED[kind] = type("VeiledURL", (kind,), members)
    return _VEILED[kind]


def is_timeout(error: BaseException) -> bool:
    """Whether the library gave up waiting."""
    return "TimeoutException" in _names(error) or isinstance(error, TimeoutError)


def is_connection_error(error: BaseException) -> bool:
    """Whether the library failed to send a request or to receive an answer."""
    return bool(_names(error)) or isinstance(error, OSError)


def failure_reason(error: BaseException) -> str:
    """Say why there is no connection: `name`, `refused` or `tls`; empty if it is none of these.

    The library wraps what the system reported, and tries several addresses of one name.
    """
    for each in _causes(error):
        if isinstance(each, ssl.SSLError):  # Later it says no more than that a connection broke.
            return "tls" if "ConnectError" in _names(error) else ""
        if isinstance(each, socket.gaierror):
            return "name"
        if isinstance(each, ConnectionRefusedError):
            return "refused"
    return ""


def failure_text(error: BaseException) -> str:
    """Give the words of an error, or of what caused it: those of trio say nothing themselves."""
    return next((text for each in _causes(error) if (text := str(each))), "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Give an error, what is inside it if it is a group, and what caused any of these."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        # Last: what httpcore wraps and then forgets to name.
        inside = (*getattr(each, "exceptions", ()), each.__cause__, *each.args)
        waiting += (found for found in inside if isinstance(found, BaseException))


def is_usage_error(error: BaseException) -> bool:
    """Whether the library refused the request itself: its URL, or a header."""
    return not _names(error).isdisjoint({"InvalidURL", "LocalProtocolError"})


def is_status_error(error: BaseException) -> bool:
    """Whether a hook of a user's client has called `raise_for_status()`."""
    return "HTTPStatusError" in _names(error)


def is_broken_encoding(error: BaseException) -> bool:
    """Whether the library could not undo a body's compression."""
    return "DecodingError" in _names(error)


def _names(error: BaseException) -> set[str]:
    """Give the names of an error's classes that belong to the HTTP libraries."""
    return {
        each.__name__
        for each in type(error).__mro__
        if each.__module__.partition(".")[0] in _LIBRARIES
    }
