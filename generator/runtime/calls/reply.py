"""Responses as they arrive: whole, or with a body that is still to come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from ..core import http
from .secret import Secret


class Incoming(msgspec.Struct, frozen=True):
    """An answer whose body is still to come.

    Attributes:
        response: The HTTP library's object.
        limit: The most bytes that one item may have.
        seconds: How long the rest may be waited for; None for ever.
        failure: Gives the error to raise for what went wrong.
        is_async: Whether the body is awaited.
    """

    response: http.Response
    limit: int
    seconds: float | None
    failure: Callable[[BaseException], BaseException]
    is_async: bool


class Reply(msgspec.Struct, frozen=True):
    """An answer that arrived whole, or whose body is still to come.

    Attributes:
        response: The HTTP library's object, without its body and with the token still in it.
        content: The body, decoded; empty if it is still to be read.
        secret: The token that was sent.
        stream: What reads the body item by item; None if it is there already.
    """

    response: http.Response
    content: bytes
    secret: Secret | None
    stream: Incoming | None = None

    def __repr__(self) -> str:
        """Show status and size, not the content."""
        return f"Reply({self.response.status_code}, {len(self.content)} bytes)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Show the same to printers that look into objects."""
        return [("status_code", self.response.status_code), ("size", len(self.content))]
