"""From a method's arguments to a request, and from an answer to a value; nothing is sent here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from .encoding import path_segment, query_pairs, query_string, scalar
from .errors import InvalidArgumentError
from .operation import Operation, Parameter
from .options import CallOptions, Timeouts, seconds, texts, timeouts
from .options import headers as read_headers

_OPTIONS = frozenset(CallOptions.__annotations__)


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call that was checked and can be sent, any number of times.

    Attributes:
        operation: What is called.
        path: The path with its values, for messages and logs.
        url: The whole address, the query included.
        headers: All headers but the token's, their names in lower case.
        timeouts: How long each step of an attempt may take.
        deadline: Seconds for the whole call, or None.
    """

    operation: Operation[Any]
    path: str
    url: str
    headers: Mapping[str, str]
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
        headers: The client's own headers, their names in lower case.
        default_timeouts: The client's timeouts.

    Raises:
        InvalidArgumentError: If the document forbids an argument.
        TypeError: If there is no such option.
    """
    if not _OPTIONS.issuperset(options):
        method = operation.name.rpartition(".")[2]
        unknown = ", ".join(sorted(set(options) - _OPTIONS))
        raise TypeError(f"{method}() got an unexpected keyword argument {unknown!r}")
    segments: dict[str, str] = {}
    query: list[tuple[str, str]] = []
    own: dict[str, str] = {}
    for parameter, value in zip(operation.parameters, arguments, strict=True):
        if value is None:
            if parameter.required:
                raise InvalidArgumentError(f"{parameter.name}: a value is needed")
            continue
        try:
            wire = parameter.schema.to_wire(value, parameter.name)
        except RecursionError:
            raise InvalidArgumentError(f"{parameter.name}: it is nested too deeply") from None
        if parameter.location == "path":
            segments[parameter.name] = path_segment(wire, parameter.name)
        elif parameter.location == "query":
            query += query_pairs(parameter, wire)
        else:
            own[parameter.wire_name] = scalar(wire)
    timeout = default_timeouts
    if own or options:
        headers = _headers(headers, own, options)
        query += _further(query, options)
        timeout = timeouts(options.get("timeout"), default_timeouts)
    path = "".join(
        [segments[part.name] if isinstance(part, Parameter) else part for part in operation.path]
    )
    return Call(
        operation=operation,
        path=path,
        url=f"{base_url}{path}?{query_string(query)}" if query else f"{base_url}{path}",
        headers=headers,
        timeouts=timeout,
        deadline=seconds(options.get("deadline"), "deadline") if options else None,
    )


def _headers(
    headers: Mapping[str, str], own: Mapping[str, str], options: CallOptions
) -> Mapping[str, str]:
    """Add the headers that are parameters of the operation, then those of the call."""
    extra = options.get("extra_headers") or {}
    return {**headers, **read_headers(own, "headers"), **read_headers(extra, "extra_headers")}


def _further(query: list[tuple[str, str]], options: CallOptions) -> Iterable[tuple[str, str]]:
    """Give the query parameters of the call.

    Raises:
        InvalidArgumentError: If one is there already: who knows which of the two would count.
    """
    more = texts(options.get("extra_query") or {}, "extra_query")
    for name, _ in query:
        if name in more:
            raise InvalidArgumentError(f"extra_query: {name!r} is given by an argument as well")
    return more.items()
