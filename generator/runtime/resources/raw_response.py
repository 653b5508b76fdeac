"""Raw responses: status code, headers and bytes of a successful call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Generic, ParamSpec, TypeVar, cast

from ..calls.errors import request_id
from ..calls.reply import Reply
from ..core import http

T = TypeVar("T")
P = ParamSpec("P")


class RawResponse(Generic[T]):
    """A successful response before decoding.

    Attributes:
        status_code: The HTTP status code.
        headers: The response headers.
        content: The decompressed body.
        request_id: The request ID in the response headers, or None.
    """

    def __init__(self, reply: Reply, parse: Callable[[Reply], T]) -> None:
        """Store a response and the function that decodes it."""
        self.status_code: int = reply.response.status_code
        self.headers: http.Headers = reply.response.headers
        self.content = reply.content
        self.request_id = request_id(reply.response.headers)
        self._reply = reply
        self._parse = parse

    def parse(self) -> T:
        """Return the decoded body, as the method itself would have returned it.

        Raises:
            ResponseDecodeError: If it does not match the OpenAPI document.
        """
        return self._parse(self._reply)

    def __repr__(self) -> str:
        """Return a string with the status code and the size, without the content."""
        return f"RawResponse({self.status_code}, {len(self.content)} bytes)"


def raw(method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
    """Return a method with its type, which is one of a resource that returns a `RawResponse`."""
    return cast("Callable[P, RawResponse[T]]", method)


def async_raw(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[RawResponse[T]]]:
    """Return an asynchronous method with its type, as `raw` does."""
    return cast("Callable[P, Awaitable[RawResponse[T]]]", method)
