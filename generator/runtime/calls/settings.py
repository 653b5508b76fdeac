"""Client settings, validated once."""

from __future__ import annotations

import inspect
import ipaddress
import os
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypedDict, TypeVar, cast

import msgspec

from ..core import http, service
from ..core.errors import InvalidArgumentError
from ..core.headers import read_headers
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
_NO_SERVER = f"base_url is required, because the API's own server {service.BASE_URL!r} is unusable"


class SharedOptions(TypedDict, total=False):
    """Options of a client that a copy can replace.

    Attributes:
        base_url: The base URL of the service.
        timeout: Seconds for each step of a request, or a `Timeout` of the HTTP library.
        max_retries: Maximum number of retries after a transient failure.
        max_response_bytes: Maximum size of a decompressed response.
        default_headers: Headers to send with every request.
        on_attempt: A callable that receives an `Attempt` after every attempt.
    """

    base_url: str | None
    timeout: http.Timeout | float | None
    max_retries: int | None
    max_response_bytes: int | None
    default_headers: Mapping[str, str] | None
    on_attempt: Observer | None


class ClientOptions(SharedOptions, total=False):
    """Options of `with_options`. Omitted options keep their values.

    Attributes:
        token: The API access token, or a callable that returns one.
    """

    token: TokenSource | None


class AsyncClientOptions(SharedOptions, total=False):
    """Options of `with_options`. Omitted options keep their values.

    Attributes:
        token: The API access token, or a callable or coroutine function that returns one.
    """

    token: AsyncTokenSource | None


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """A client's settings.

    Attributes:
        token: The source of the credentials.
        base_url: The base URL of the service, without a trailing slash.
        timeouts: Seconds for each step of a request.
        max_retries: Maximum number of retries after a transient failure.
        max_response_bytes: Maximum size of a decompressed response.
        headers: Headers to send with every request, with names in lowercase.
        on_attempt: A callable that receives an `Attempt` after every attempt.
        has_custom_url: Whether the base URL is not the one of the OpenAPI document.
    """

    token: Credentials
    base_url: str
    timeouts: Timeouts
    max_retries: int = MAX_RETRIES
    max_response_bytes: int = MAX_RESPONSE_BYTES
    headers: Mapping[str, str]
    on_attempt: Observer | None = None
    has_custom_url: bool = False

    def prepare(
        self, operation: Operation[Any], arguments: Mapping[str, Any], options: CallOptions
    ) -> Call:
        """Validate the arguments of a method and build the call."""
        return prepare(
            operation,
            arguments,
            options,
            base_url=self._server(operation.server) if operation.server else self.base_url,
            headers=self.headers,
            default_timeouts=self.timeouts,
        )

    def _server(self, own: str) -> str:
        """Return the base URL of an operation that has its own server.

        A base URL that the caller chose applies to all operations: its token must not be sent to
        the servers of another installation. A URL without a host is resolved against the base URL.
        """
        if own.startswith("/"):
            return str(http.URL(self.base_url).join(own)).rstrip("/")
        return self.base_url if self.has_custom_url else validate_url(own, "server")

    def with_options(self, options: dict[str, Any]) -> Settings:
        """Return settings with some options replaced; those that are None keep their values.

        Raises:
            InvalidArgumentError: If an option is invalid.
            TypeError: If an option is unknown.
        """
        changed = _read(options, self.timeouts)
        return msgspec.structs.replace(self, **changed)


def hide_token(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return a client's arguments with the token wrapped, before anything can fail."""
    result = dict(options)
    if not isinstance(result.get("token"), Credentials | None):
        result["token"] = Token(result["token"])
    return result


def settings(options: dict[str, Any], own: Any) -> Settings:
    """Return the settings of a client; the environment and the OpenAPI document have the defaults.

    Args:
        options: The client's arguments, with the token wrapped.
        own: The timeouts of the caller's HTTP client, or None.

    Raises:
        InvalidArgumentError: If an argument is invalid.
    """
    default_timeouts = timeouts(own, TIMEOUTS)
    changed = _read(options, default_timeouts)
    if "base_url" not in changed:
        variable = os.environ.get(URL_VARIABLE)
        name = URL_VARIABLE if variable else _NO_SERVER
        changed["base_url"] = validate_url(variable or service.BASE_URL, name)
        changed["has_custom_url"] = bool(variable)
    if "token" not in changed:
        changed["token"] = _token(Token(None))
    fields: dict[str, Any] = {"timeouts": default_timeouts, "headers": _headers({}), **changed}
    return Settings(**fields)


def check_http_client(given: Any, close: str, kind: str) -> None:
    """Reject an HTTP client of the wrong class, which would fail only at the first call."""
    if given is not None and not (hasattr(given, close) and hasattr(given, "build_request")):
        raise InvalidArgumentError(f"http_client: expected an {kind}, got {type(given).__name__}")


def open_client(make: Callable[[], T]) -> T:
    """Return a new client of the HTTP library.

    Raises:
        InvalidArgumentError: If the proxy or certificate settings of the environment are invalid.
    """
    try:
        return make()
    except http.SETUP_ERRORS as error:
        message = f"the proxy or certificate settings of the environment are invalid: {error}"
        raise InvalidArgumentError(message) from None


def _read(options: dict[str, Any], own: Timeouts) -> dict[str, Any]:
    """Validate a client's arguments and return the fields of the settings that they set."""
    fields: dict[str, Any] = {}
    readers: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "token": ("token", _token),
        "base_url": ("base_url", lambda value: validate_url(value, "base_url")),
        "timeout": ("timeouts", lambda value: timeouts(value, own)),
        "max_retries": ("max_retries", partial(_count, "max_retries", 0)),
        "max_response_bytes": ("max_response_bytes", partial(_count, "max_response_bytes", 1)),
        "default_headers": ("headers", _headers),
        "on_attempt": ("on_attempt", _observer),
    }
    for name, value in options.items():
        if name not in readers:
            raise TypeError(f"with_options() got an unexpected keyword argument {name!r}")
        if value is not None:
            field, reader = readers[name]
            fields[field] = reader(value)
    return fields | {"has_custom_url": True} if "base_url" in fields else fields


def _token(token: Credentials) -> Credentials:
    token.check()
    return token


def _headers(given: Any) -> dict[str, str]:
    own = {"accept": JSON, "accept-encoding": ACCEPT_ENCODING, "user-agent": service.USER_AGENT}
    return own | read_headers(given, "default_headers")


def _observer(observer: Any) -> Observer:
    if not callable(observer) or inspect.iscoroutinefunction(observer):
        message = "on_attempt: expected a callable that is not a coroutine function"
        raise InvalidArgumentError(message)
    return cast("Observer", observer)


def validate_url(url: Any, name: str) -> str:
    """Validate a base URL, as the HTTP library parses it.

    The token is sent there, so the scheme must be https; http is allowed for loopback addresses.

    Args:
        url: The base URL.
        name: The argument or variable that it comes from.

    Returns:
        The base URL, without a trailing slash.

    Raises:
        InvalidArgumentError: If it is not an absolute URL, or a token may not be sent there.
    """
    unreadable = InvalidArgumentError(f"{name}: expected a URL such as https://host")
    if not isinstance(url, str) or not url.isprintable() or set(url) & set(" \\?#{}"):
        raise unreadable
    try:
        parts = http.URL(url)
    except (ValueError, http.InvalidURL):
        raise unreadable from None
    if parts.scheme not in {"http", "https"} or not parts.host:
        raise unreadable
    if parts.userinfo:
        message = f"{name}: only scheme, host, port and path are allowed; remove the user name"
        raise InvalidArgumentError(message)
    if parts.scheme == "http" and not _is_loopback(parts.host):
        raise InvalidArgumentError(f"{name}: https is required to send a token to {parts.host!r}")
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _count(name: str, least: int, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InvalidArgumentError(f"{name}: expected an integer from {least}, got {value!r}")
    return value
