"""HTTP library; the only module that imports it.

Client objects of httpx and of httpx2, its successor, are accepted, whichever is imported. The two
libraries have the same interface but unrelated classes, so client objects are recognized by their
methods and exceptions by their class names.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Protocol, TypeVar
from weakref import WeakValueDictionary

import httpx

from .response_head import limit_heads

# The names that other modules use.
NAME = httpx.__name__
URL = httpx.URL
AsyncBaseTransport = httpx.AsyncBaseTransport
BaseTransport = httpx.BaseTransport
Headers = httpx.Headers
Request = httpx.Request
Response = httpx.Response
Timeout = httpx.Timeout
ConnectError, ReadError, ReadTimeout = httpx.ConnectError, httpx.ReadError, httpx.ReadTimeout
InvalidURL, RemoteProtocolError = httpx.InvalidURL, httpx.RemoteProtocolError

PROCESS = "_process_of_connections"
"""The attribute of a client with the process that its connections belong to."""

SETUP_ERRORS = (ImportError, OSError, ValueError, httpx.InvalidURL)
"""Errors that `new_client` raises if the environment's proxy or certificates cannot be used."""

_LIBRARIES = frozenset({"httpx", "httpx2", "httpcore", "httpcore2", "h11", "h2", "anyio", "trio"})
_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30)

_ABANDONED: list[dict[str, Any]] = []  # Connections of another process; closing would affect it.
_GIVEN: WeakValueDictionary[int, Any] = WeakValueDictionary()  # The clients of users by their ids.

_AnyClient = TypeVar("_AnyClient", "_PlainClient", "_PlainAsyncClient")


class _RequestBuilder(Protocol):
    """The part that clients of both kinds share."""

    def build_request(
        self, method: str, url: str, *, headers: Any, content: Any, extensions: Any
    ) -> Any:
        """Build a request."""
        ...


class ClientLike(_RequestBuilder, Protocol):
    """An `httpx.Client` or an `httpx2.Client`."""

    def send(self, request: Any, *, stream: bool, auth: None, follow_redirects: bool) -> Any:
        """Send a request and return its response."""
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


class AsyncClientLike(_RequestBuilder, Protocol):
    """An `httpx.AsyncClient` or an `httpx2.AsyncClient`."""

    async def send(self, request: Any, *, stream: bool, auth: None, follow_redirects: bool) -> Any:
        """Send a request and return its response."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


class _Plain:
    """A client without default headers, cookies and parameters; each request is complete.

    Merging these empty defaults would take a third of the time for building a request.
    """

    def build_request(self, method: str, url: URL | str, **parts: Any) -> Request:
        """Build a request."""
        _enter_process(self)
        return Request(method, url, **parts)


class _PlainClient(_Plain, httpx.Client):
    """A synchronous client without defaults."""

    def close(self) -> None:
        """Close the connections of this process."""
        _enter_process(self)
        super().close()


class _PlainAsyncClient(_Plain, httpx.AsyncClient):
    """An asynchronous client without defaults."""

    async def aclose(self) -> None:
        """Close the connections of this process."""
        _enter_process(self)
        await super().aclose()


def new_client() -> ClientLike:
    """Return a new synchronous client."""
    return _new(_PlainClient)


def new_async_client() -> AsyncClientLike:
    """Return a new asynchronous client."""
    return _new(_PlainAsyncClient)


def _new(kind: type[_AnyClient]) -> _AnyClient:
    """Return a client that stores no cookies and uses no proxy for plain http.

    Copies of a client share its connections but may have different tokens, so a cookie that the
    server sets for one of them must not be sent by the others. Plain http is only for servers on
    this machine; a proxy from the environment would receive the token without need.
    """
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    client = kind(limits=_LIMITS, cookies=jar, mounts={"http://": None})
    client.__dict__[PROCESS] = os.getpid()
    limit_heads(pools(client))
    return client


def _enter_process(client: Any) -> None:
    """Replace the connections of a client that `os.fork()` copied; they belong to the parent."""
    if client.__dict__[PROCESS] != os.getpid():
        kind: type[_PlainClient] = client.__class__
        changed = {PROCESS: os.getpid()} if client.is_closed else vars(_new(kind))
        if client.__dict__[PROCESS] != os.getpid():  # Another thread may have been faster.
            _ABANDONED.append(dict(client.__dict__))
            client.__dict__.update(changed)


def pools(client: Any) -> Iterator[Any]:
    """Iterate over the connection pools of a client, as far as they can be found."""
    mounts: dict[Any, Any] = getattr(client, "_mounts", {})
    for transport in (getattr(client, "_transport", None), *mounts.values()):
        yield getattr(transport, "_pool", None)


def watch(client: Any) -> None:
    """Note the process of the connections that a user's client has before `os.fork()`."""
    _GIVEN[id(client)] = client


def _note_connections() -> None:
    """Note the clients of users that have connections before `os.fork()`."""
    for client in list(_GIVEN.values()):
        if any(getattr(pool, "connections", ()) for pool in pools(client)):
            client.__dict__.setdefault(PROCESS, os.getpid())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_note_connections)


def public_url(url: URL) -> Any:
    """Return a URL without its secret parameters; see `auth/hidden_query.py`."""
    return getattr(url, "public", url)


def is_timeout(error: BaseException) -> bool:
    """Whether an error is a timeout."""
    return "TimeoutException" in _names(error) or isinstance(error, TimeoutError)


def is_connection_error(error: BaseException) -> bool:
    """Whether the library failed to send a request or to receive a response."""
    return bool(_names(error)) or isinstance(error, OSError)


def failure_reason(error: BaseException) -> str:
    """Return why a connection failed: `name`, `refused` or `tls`; empty for any other cause.

    The library wraps the errors of the operating system, and tries several addresses of one name.
    """
    for each in _causes(error):
        if isinstance(each, ssl.SSLError):  # After connecting, it only means a broken connection.
            return "tls" if "ConnectError" in _names(error) else ""
        if isinstance(each, socket.gaierror):
            return "name"
        if isinstance(each, ConnectionRefusedError):
            return "refused"
    return ""


def failure_text(error: BaseException) -> str:
    """Return the message of an error, or of its cause, since trio's errors have no message."""
    return next((text for each in _causes(error) if (text := str(each))), "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Iterate over an error, the members of an exception group, and the causes of all of them."""
    waiting: list[BaseException] = [error]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        # httpcore passes the original error as an argument without setting `__cause__`.
        nested = (*getattr(each, "exceptions", ()), each.__cause__, *each.args)
        waiting += (found for found in nested if isinstance(found, BaseException))


def is_usage_error(error: BaseException) -> bool:
    """Whether the library rejected the request because of its URL or a header."""
    return not _names(error).isdisjoint({"InvalidURL", "LocalProtocolError"})


def is_status_error(error: BaseException) -> bool:
    """Whether an event hook of the user's client called `raise_for_status()`."""
    return "HTTPStatusError" in _names(error)


def is_decoding_error(error: BaseException) -> bool:
    """Whether the library could not decompress a body."""
    return "DecodingError" in _names(error)


def _names(error: BaseException) -> set[str]:
    """Return the names of those base classes of an error that the HTTP libraries define."""
    return {
        each.__name__
        for each in type(error).__mro__
        if each.__module__.partition(".")[0] in _LIBRARIES
    }
