"""What a client was told, checked once."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from . import service
from .call import Call, prepare
from .errors import InvalidArgumentError
from .exchange import Observer
from .operation import Operation
from .options import CallOptions, Timeouts, texts, timeouts
from .secrets import Token

MAX_RESPONSE_BYTES = 64 * 1024 * 1024
MAX_RETRIES = 2
URL_VARIABLE = f"{service.ENVIRONMENT}_API_URL"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """A client's settings.

    Attributes:
        token: Where the token comes from.
        base_url: The service's address, without a slash at the end.
        timeouts: How long each step of a request may take.
        max_retries: How often a failed call is tried again.
        max_response_bytes: The most bytes that a decoded body may have.
        headers: Headers to send with every request.
        on_attempt: Is told about each attempt.
    """

    token: Token
    base_url: str
    timeouts: Timeouts
    max_retries: int
    max_response_bytes: int
    headers: Mapping[str, str]
    on_attempt: Observer | None

    def prepare(
        self, operation: Operation[Any], arguments: tuple[Any, ...], options: CallOptions
    ) -> Call:
        """Check a method's arguments and build the call."""
        return prepare(
            operation,
            arguments,
            options,
            base_url=self.base_url,
            headers=self.headers,
            default_timeouts=self.timeouts,
        )


def settings(
    *,
    token: Any,
    base_url: str | None,
    timeout: Any,
    max_retries: int,
    max_response_bytes: int,
    default_headers: Mapping[str, str] | None,
    on_attempt: Observer | None,
    http_client: Any,
) -> Settings:
    """Check a client's arguments; what is not given comes from the environment or the document.

    Raises:
        InvalidArgumentError: If one of them cannot be used.
    """
    own = timeouts(getattr(http_client, "timeout", None), Timeouts())
    if on_attempt is not None and not callable(on_attempt):
        raise InvalidArgumentError("on_attempt: a callable is needed")
    return Settings(
        token=Token(token),
        base_url=_base_url(base_url or os.environ.get(URL_VARIABLE) or service.BASE_URL),
        timeouts=timeouts(timeout, own),
        max_retries=_count(max_retries, "max_retries", least=0),
        max_response_bytes=_count(max_response_bytes, "max_response_bytes", least=1),
        headers=dict(texts(default_headers, "default_headers")),
        on_attempt=on_attempt,
    )


def _base_url(url: str) -> str:
    """Check the service's address.

    The token is sent there, so it must be https; http is for servers on this machine.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except (ValueError, TypeError, AttributeError):
        raise InvalidArgumentError("base_url: this is no address such as https://host") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise InvalidArgumentError("base_url: an address such as https://host is needed")
    if parts.scheme == "http" and not _is_loopback(host):
        raise InvalidArgumentError(f"base_url: https is needed to send a token to {host!r}")
    if parts.username is not None or parts.query or parts.fragment:
        message = "base_url: only scheme, host, port and path are allowed"
        raise InvalidArgumentError(message)
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _count(value: Any, name: str, *, least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InvalidArgumentError(f"{name}: a whole number from {least} is needed")
    return value
