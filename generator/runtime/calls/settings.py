"""What a client was told, checked once."""

from __future__ import annotations

import inspect
import ipaddress
import os
from collections.abc import Callable, Mapping
from typing import Any, TypedDict, TypeVar, cast

import msgspec

from ..core import http, service
from ..core.errors import InvalidArgumentError
from ..core.headers import headers
from ..core.media_types import JSON
from ..core.response_body import ACCEPT_ENCODING
from .attempts import Observer
from .call import Call, prepare
from .credentials import AsyncTokenSource, Credentials, Token, TokenSource
from .operation import Operation
from .options import TIMEOUTS, CallOptions, Timeouts, timeouts

T = TypeVar("T")

MAX_RESPONSE_BYTES = 64 * 1024 * 1024
MAX_RETRIES = 2
URL_VARIABLE = f"{service.ENVIRONMENT}_API_URL"
_NO_SERVER = f"base_url is needed, since the API's own server {service.BASE_URL!r} will not do"


class SharedOptions(TypedDict, total=False):
    """What a copy of a client may do differently.

    Attributes:
        base_url: The service's address.
        timeout: Seconds for each step of a request, or an `httpx.Timeout`.
        max_retries: How often a call that failed for a passing reason is tried again.
        max_response_bytes: The most bytes that a decoded answer may have.
        default_headers: Headers to send with every request.
        on_attempt: Is called with an `Attempt` after every attempt.
    """

    base_url: str | None
    timeout: http.Timeout | float | None
    max_retries: int | None
    max_response_bytes: int | None
    default_headers: Mapping[str, str] | None
    on_attempt: Observer | None


class ClientOptions(SharedOptions, total=False):
    """What a copy of a client may do differently; what is not given stays as it is.

    Attributes:
        token: The API access token, or a callable that gives one.
    """

    token: TokenSource | None


class AsyncClientOptions(SharedOptions, total=False):
    """What a copy of a client may do differently; what is not given stays as it is.

    Attributes:
        token: The API access token, or a callable or coroutine function that gives one.
    """

    token: AsyncTokenSource | None


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """A client's settings.

    Attributes:
        token: Where the token, or what stands for it, comes from.
        base_url: The service's address, without a slash at the end.
        timeouts: How long each step of a request may take.
        max_retries: How often a failed call is tried again.
        max_response_bytes: The most bytes that a decoded body may have.
        headers: Headers to send with every request, their names in lower case.
        on_attempt: Is told about each attempt.
        is_elsewhere: Whether the service is not where the document says.
    """

    token: Credentials
    base_url: str
    timeouts: Timeouts
    max_retries: int = MAX_RETRIES
    max_response_bytes: int = MAX_RESPONSE_BYTES
    headers: Mapping[str, str]
    on_attempt: Observer | None = None
    is_elsewhere: bool = False

    def prepare(
        self, operation: Operation[Any], arguments: Mapping[str, Any], options: CallOptions
    ) -> Call:
        """Check a method's arguments and build the call."""
        return prepare(
            operation,
            arguments,
            options,
            base_url=self._server(operation.server) if operation.server else self.base_url,
            headers=self.headers,
            default_timeouts=self.timeouts,
        )

    def _server(self, own: str) -> str:
        """Give the address of an operation that has a server of its own.

        One that the caller chose is for all operations: what is sent there, the token too, is not
        for the servers of another installation. An address without a host is looked for on the
        same server.
        """
        if own.startswith("/"):
            return str(http.URL(self.base_url).join(own)).rstrip("/")
        return self.base_url if self.is_elsewhere else checked_address(own, "server")

    def replaced(self, options: dict[str, Any]) -> Settings:
        """Give the settings of a copy; what is not given, or None, stays as it is.

        Raises:
            InvalidArgumentError: If an option cannot be used.
            TypeError: If there is no such option.
        """
        changed = _read(options, self.timeouts)
        return msgspec.structs.replace(self, **changed)


def sealed(options: Mapping[str, Any]) -> dict[str, Any]:
    """Hide the token among a client's arguments, before anything can fail."""
    result = dict(options)
    if not isinstance(result.get("token"), Credentials | None):
        result["token"] = Token(result["token"])
    return result


def settings(options: dict[str, Any], own: Any) -> Settings:
    """Check a client's arguments; what is not given comes from the environment or the document.

    Args:
        options: The arguments, sealed.
        own: The timeouts of the user's own HTTP client, or None.

    Raises:
        InvalidArgumentError: If one of them cannot be used.
    """
    default_timeouts = timeouts(own, TIMEOUTS)
    changed = _read(options, default_timeouts)
    if "base_url" not in changed:
        variable = os.environ.get(URL_VARIABLE)
        name = URL_VARIABLE if variable else _NO_SERVER
        changed["base_url"] = checked_address(variable or service.BASE_URL, name)
        changed["is_elsewhere"] = bool(variable)
    if "token" not in changed:
        changed["token"] = _token(Token(None))
    fields: dict[str, Any] = {"timeouts": default_timeouts, "headers": _headers({}), **changed}
    return Settings(**fields)


def check_http_client(given: Any, close: str, kind: str) -> None:
    """Refuse an HTTP client of the wrong kind, which would fail only at the first call."""
    if given is not None and not (hasattr(given, close) and hasattr(given, "build_request")):
        raise InvalidArgumentError(f"http_client: an {kind} is needed, not {type(given).__name__}")


def opened(make: Callable[[], T]) -> T:
    """Return a new client of the HTTP library.

    Raises:
        InvalidArgumentError: If the environment's proxy or certificates cannot be used.
    """
    try:
        return make()
    except http.SETUP_ERRORS as error:
        message = f"the environment's proxy or certificates cannot be used: {error}"
        raise InvalidArgumentError(message) from None


def _read(options: dict[str, Any], own: Timeouts) -> dict[str, Any]:
    """Check what was given and turn it into fields of the settings."""
    fields: dict[str, Any] = {}
    readers: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "token": ("token", _token),
        "base_url": ("base_url", lambda value: checked_address(value, "base_url")),
        "timeout": ("timeouts", lambda value: timeouts(value, own)),
        "max_retries": ("max_retries", lambda value: _count(value, "max_retries", least=0)),
        "max_response_bytes": (
            "max_response_bytes",
            lambda value: _count(value, "max_response_bytes", least=1),
        ),
        "default_headers": ("headers", _headers),
        "on_attempt": ("on_attempt", _observer),
    }
    for name, value in options.items():
        if name not in readers:
            raise TypeError(f"with_options() got an unexpected keyword argument {name!r}")
        if value is not None:
            field, reader = readers[name]
            fields[field] = reader(value)
    return fields | {"is_elsewhere": True} if "base_url" in fields else fields


def _token(token: Credentials) -> Credentials:
    token.check()
    return token


def _headers(given: Any) -> dict[str, str]:
    return {
        "accept": JSON,
        "accept-encoding": ACCEPT_ENCODING,
        "user-agent": service.USER_AGENT,
        **headers(given, "default_headers"),
    }


def _observer(observer: Any) -> Observer:
    if not callable(observer) or inspect.iscoroutinefunction(observer):
        raise InvalidArgumentError("on_attempt: a callable is needed, and no coroutine function")
    return cast("Observer", observer)


def checked_address(url: Any, name: str) -> str:
    """Check the address of a service, as the HTTP library reads it.

    The token is sent there, so it must be https; http is for servers on this machine.

    Args:
        url: The address.
        name: Where it comes from.

    Returns:
        The address, without a slash at the end.

    Raises:
        InvalidArgumentError: If it is no address, or nothing secret may be sent there.
    """
    unreadable = InvalidArgumentError(f"{name}: an address such as https://host is needed")
    if not isinstance(url, str) or not url.isprintable() or set(url) & set(" \\?#"):
        raise unreadable
    try:
        parts = http.URL(url)
    except (ValueError, http.InvalidURL):
        raise unreadable from None
    if parts.scheme not in {"http", "https"} or not parts.host:
        raise unreadable
    if parts.userinfo:
        message = f"{name}: only scheme, host, port and path are allowed"
        raise InvalidArgumentError(message)
    if parts.scheme == "http" and not _is_loopback(parts.host):
        raise InvalidArgumentError(f"{name}: https is needed to send a token to {parts.host!r}")
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _count(value: Any, name: str, *, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InvalidArgumentError(f"{name}: a whole number from {least} is needed")
    return value
