# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The HTTP library: the only module that imports httpx.

A client object of httpx2, its continuation, is accepted as well. The two have equal interfaces and
unrelated classes, so exceptions are told by name.
"""

from __future__ import annotations

import httpx
from httpx import AsyncClient, Client, Headers, Limits, Request, Response, Timeout

__all__ = [
    "AsyncClient",
    "Client",
    "Headers",
    "Limits",
    "Request",
    "Response",
    "Timeout",
    "is_connection_error",
    "is_timeout",
    "is_usage_error",
]

_LIBRARIES = frozenset({"httpx", "httpx2", "httpcore", "httpcore2", "h11", "h2"})


def is_timeout(error: BaseException) -> bool:
    """Whether the library gave up waiting."""
    return "TimeoutException" in _names(error)


def is_connection_error(error: BaseException) -> bool:
    """Whether the library failed to send a request or to receive an answer."""
    return bool(_names(error)) or isinstance(error, OSError)


def is_usage_error(error: BaseException) -> bool:
    """Whether the library refused the request itself: its URL, or a client that was closed."""
    return isinstance(error, httpx.InvalidURL) or "InvalidURL" in _names(error)


def _names(error: BaseException) -> set[str]:
    """Give the names of an error's classes that belong to the HTTP libraries."""
    return {
        each.__name__
        for each in type(error).__mro__
        if each.__module__.partition(".")[0] in _LIBRARIES
    }
