"""From a method's arguments to a request, and from an answer to a value; nothing is sent here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from . import http, service
from .body import ACCEPT_ENCODING
from .encoding import path_segment, query_pairs, query_string, scalar
from .errors import InvalidArgumentError
from .operation import Operation, Parameter
from .options import CallOptions, Timeouts, seconds, texts, timeouts
from .secrets import Secret

_OPTIONS = frozenset(CallOptions.__annotations__)
_RESERVED = frozenset({"authorization", "host", "content-length", "transfer-encoding"})


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call that was checked and can be sent, any number of times.

    Attributes:
        operation: What is called.
        path: The path with its values, for messages and logs.
        url: The whole address, the query included.
        headers: All headers but the token's.
        timeouts: How long each step of an attempt may take.
        deadline: Seconds for the whole call, or None.
    """

    operation: Operation[Any]
    path: str
    url: str
    headers: dict[str, str]
    timeouts: Timeouts
    deadline: float | None

    def __str__(self) -> str:
        """Give method and path."""
        return f"{self.operation.method} {self.path}"


def prepare(
    operation: Operation[Any],
    arguments: tuple[Any, ...],
    options: CallOptions,
    *,
    base_url: str,
    headers: Mapping[str, str],
    default_timeouts: Timeouts,
) -> Call:
    """Check a method's arguments and options and build the call.

    Args:
        operation: What is called.
        arguments: A value for each of the operation's parameters; None for one that is not given.
        options: The options of the call.
        base_url: The service's address, without a slash at the end.
        headers: The client's own headers.
        default_timeouts: The client's timeouts.

    Raises:
        InvalidArgumentError: If the document forbids an argument.
        TypeError: If there is no such option.
    """
    for name in options:
        if name not in _OPTIONS:
            method = operation.name.rpartition(".")[2]
            raise TypeError(f"{method}() got an unexpected keyword argument {name!r}")
    segments: dict[str, str] = {}
    query: list[tuple[str, str]] = []
    sent = {
        "Accept": "application/json",
        "Accept-Encoding": ACCEPT_ENCODING,
        "User-Agent": service.USER_AGENT,
        **headers,
    }
    for parameter, value in zip(operation.parameters, arguments, strict=True):
        if value is None:
            if parameter.required:
                raise InvalidArgumentError(f"{parameter.name}: a value is needed")
            continue
        wire = parameter.schema.to_wire(value, parameter.name)
        if parameter.location == "path":
            segments[parameter.name] = path_segment(wire, parameter.name)
        elif parameter.location == "query":
            query += query_pairs(parameter, wire)
        else:
            sent[parameter.wire_name] = scalar(wire)
    query += texts(options.get("extra_query"), "extra_query").items()
    sent.update(texts(options.get("extra_headers"), "extra_headers"))
    _check_headers(sent)
    path = "".join(
        segments[piece.name] if isinstance(piece, Parameter) else piece for piece in operation.path
    )
    url = f"{base_url}{path}?{query_string(query)}" if query else f"{base_url}{path}"
    return Call(
        operation=operation,
        path=path,
        url=url,
        headers=sent,
        timeouts=timeouts(options.get("timeout"), default_timeouts),
        deadline=seconds(options.get("deadline"), "deadline"),
    )


def authorize(headers: http.Headers, secret: Secret) -> None:
    """Put the token where only the request sees it."""
    headers["Authorization"] = f"Bearer {secret.reveal()}"


def _check_headers(headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        if name.lower() in _RESERVED:
            raise InvalidArgumentError(f"the header {name!r} is set by the client alone")
        if not (value.isascii() and value.isprintable() and name.isascii() and name.isprintable()):
            raise InvalidArgumentError(f"the header {name!r} holds a character that is not allowed")
