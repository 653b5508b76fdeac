# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""An answer as it came, for whoever needs its status, headers or bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Generic, ParamSpec, TypeVar, cast

from ..calls.failures import request_id
from ..calls.reply import Reply
from ..core import http

T = TypeVar("T")
P = ParamSpec("P")


class RawResponse(Generic[T]):
    """An answer that was a success.

    Attributes:
        status_code: The HTTP status.
        headers: The answer's headers.
        content: The body's bytes, decompressed.
        request_id: The id that the server gave the request, if it did.
    """

    def __init__(self, reply: Reply, parse: Callable[[Reply], T]) -> None:
        """Keep an answer and how it is read."""
        self.status_code: int = reply.response.status_code
        self.headers: http.Headers = reply.response.headers
        self.content = reply.content
        self.request_id = request_id(reply.response.headers)
        self._reply = reply
        self._parse = parse

    def parse(self) -> T:
        """Read the body as the method itself would have.

        Raises:
            ResponseDecodeError: If it is not what the document promises.
        """
        return self._parse(self._reply)

    def __repr__(self) -> str:
        """Show status and size, not the content."""
        return f"RawResponse({self.status_code}, {len(self.content)} bytes)"


def raw(method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
    """Turn a resource's method into one that gives the `RawResponse`."""
    return cast("Callable[P, RawResponse[T]]", as_raw(method))


def async_raw(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[RawResponse[T]]]:
    """Turn an asynchronous resource's method into one that gives the `RawResponse`."""
    return cast("Callable[P, Awaitable[RawResponse[T]]]", as_raw(method))


def as_raw(method: Any) -> Any:
    """Bind a method to a twin of its resource that leaves answers as they came."""
    return method.__func__.__get__(method.__self__.as_raw())
