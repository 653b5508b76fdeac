"""Operations as data: what is sent, with which parameters, and what may come back."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

from .schemas import Schema

T = TypeVar("T")


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of an operation.

    Attributes:
        name: Its name in Python.
        wire_name: Its name on the wire.
        location: `path`, `query`, `header` or `cookie`.
        schema: What the document demands of it.
        required: Whether it must be given.
        style: How OpenAPI writes it, such as `form` or `deepObject`.
        explode: Whether each item or member is written as a parameter of its own.
        arrays: How lists inside a deep object are written: `indices`, `brackets` or `repeat`.
    """

    name: str
    wire_name: str
    location: str
    schema: Schema
    required: bool = False
    style: str = "form"
    explode: bool = True
    arrays: str = "indices"


class Json(msgspec.Struct, Generic[T], frozen=True):
    """An answer in JSON.

    Attributes:
        type: What it is read as.
    """

    type: type[T]


class Operation(msgspec.Struct, Generic[T], frozen=True, kw_only=True, eq=False):
    """An operation of the API.

    Attributes:
        name: Its operationId.
        method: The HTTP method.
        path: The pieces of its path; parameters stand where their values go.
        parameters: All parameters, in the order of the method's arguments.
        answer: What a success brings.
        errors: What other answers bring, by status or range, such as `404` or `5XX`.
        scopes: The scopes any one of which suffices.
        authenticated: Whether a token is sent.
    """

    name: str
    method: str
    path: tuple[str | Parameter, ...]
    parameters: tuple[Parameter, ...]
    answer: Json[T]
    errors: dict[str, Any] = {}
    scopes: frozenset[str] = frozenset()
    authenticated: bool = True
