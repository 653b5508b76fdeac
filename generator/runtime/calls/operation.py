"""Operations as data: the request, its parameters and the responses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from ..arguments.parameters import Parameter
from .response import ResponseReader

T = TypeVar("T")


class Operation(msgspec.Struct, Generic[T], frozen=True, kw_only=True, eq=False):
    """An operation of the API.

    Attributes:
        name: The operationId.
        method: The HTTP method.
        path: The parts of the path, with each path parameter in the position of its value.
        parameters: All parameters, including the request body. Arguments are passed by their names.
        response: The reader of a successful response.
        redirects: The status codes of redirects that the document promises.
        errors: The types of error bodies by status code or range, such as `404` or `5XX`.
        scopes: The scopes, any one of which suffices.
        needs_all_scopes: Whether all of the scopes are required instead.
        security: The security requirements: alternatives, each with the names of the credentials
            that are sent together. An empty alternative means that credentials are optional.
        accept: The value of the Accept header; empty for JSON alone.
        streams: The media types of responses that are read item by item.
        server: The URL of the operation's own server; empty if it has none.
        warn: The function that warns of deprecated arguments; None if no argument is deprecated.
    """

    name: str
    method: str
    path: tuple[str | Parameter, ...]
    parameters: tuple[Parameter, ...]
    response: ResponseReader[T]
    redirects: tuple[int, ...] = ()
    errors: dict[str, Any] = {}
    scopes: frozenset[str] = frozenset()
    needs_all_scopes: bool = False
    security: tuple[tuple[str, ...], ...] = (("token",),)
    accept: str = ""
    streams: tuple[str, ...] = ()
    server: str = ""
    warn: Callable[[str], None] | None = None
