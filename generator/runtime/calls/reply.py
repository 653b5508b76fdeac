"""Responses as they arrive: complete, or with an unread body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ..core import http
from .secret import Secret


class Incoming(msgspec.Struct, frozen=True):
    """A response whose body is still to be read.

    Attributes:
        response: The response of the HTTP library.
        limit: The maximum number of bytes of an item.
        seconds: The time limit for the rest of the body; None for no limit.
        failure: The function that turns an error into the one to raise.
        is_async: Whether the body is read asynchronously.
    """

    response: http.Response
    limit: int
    seconds: float | None
    failure: Callable[[BaseException], BaseException]
    is_async: bool


class Reply(msgspec.Struct, frozen=True):
    """A response, with its body or with a reader of its body.

    Attributes:
        response: The response of the HTTP library. It has no body, and its request has the token.
        content: The decompressed body; empty if it is still to be read.
        secret: The token that was sent, or None.
        stream: The body to read item by item; None if the body is complete.
    """

    response: http.Response
    content: bytes
    secret: Secret | None
    stream: Incoming | None = None

    def __repr__(self) -> str:
        """Return a string with the status code and the size, without the content."""
        return f"Reply({self.response.status_code}, {len(self.content)} bytes)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Return the same for rich, which would print all attributes otherwise."""
        return [("status_code", self.response.status_code), ("size", len(self.content))]
