"""Operations as data: what is sent, with which parameters, and what may come back."""

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
        name: Its operationId.
        method: The HTTP method.
        path: The pieces of its path; parameters stand where their values go.
        parameters: All parameters, the body included, by whose names arguments are passed.
        response: How the response of a success is read.
        errors: What other answers bring, by status or range, such as `404` or `5XX`.
        scopes: The scopes any one of which suffices.
        needs_all_scopes: Whether all of the scopes are needed instead.
        security: The credentials that are sent, by name: alternatives, each of which names those
            that are sent together. One that names none says that none are needed.
        accept: What the answer may be, if that is more or less than JSON.
        streams: The media types of answers that are read item by item.
        server: The address of the operation's own server, if it has one.
        warn: Warns of an argument that the document deprecates; None if it deprecates none.
    """

    name: str
    method: str
    path: tuple[str | Parameter, ...]
    parameters: tuple[Parameter, ...]
    response: ResponseReader[T]
    errors: dict[str, Any] = {}
    scopes: frozenset[str] = frozenset()
    needs_all_scopes: bool = False
    security: tuple[tuple[str, ...], ...] = (("token",),)
    accept: str = ""
    streams: tuple[str, ...] = ()
    server: str = ""
    warn: Callable[[str], None] | None = None
