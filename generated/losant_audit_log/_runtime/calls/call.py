# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""From a method's arguments to a request, and from an answer to a value; nothing is sent here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from ..arguments.encoding import (
    Pairs,
    cookie_texts,
    header_text,
    json_text,
    path_segment,
    query_pairs,
    query_string,
    quoted,
)
from ..arguments.parameters import Parameter, Payload, RequestBody
from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping
from ..core.headers import headers as read_headers
from ..core.headers import texts
from ..core.media_types import JSON
from .operation import Operation
from .options import CallOptions, Timeouts, seconds, timeouts

_OPTIONS = frozenset(CallOptions.__annotations__)


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A call that was checked and can be sent, as often as its body can be read.

    Attributes:
        operation: What is called.
        path: The path with its values, for messages and logs.
        url: The whole address, the query included.
        headers: All headers but the token's, their names in lower case.
        timeouts: How long each step of an attempt may take.
        deadline: Seconds for the whole call, or None.
        payload: The body, or None.
    """

    operation: Operation[Any]
    path: str
    url: str
    headers: Mapping[str, str]
    timeouts: Timeouts
    deadline: float | None
    payload: Payload | None = None

    def __str__(self) -> str:
        """Give method and path."""
        return f"{self.operation.method} {self.path}"


def prepare(
    operation: Operation[Any],
    arguments: Mapping[str, Any],
    options: CallOptions,
    *,
    base_url: str,
    headers: Mapping[str, str],
    default_timeouts: Timeouts,
) -> Call:
    """Check a method's arguments and options and build the call.

    Args:
        operation: What is called.
        arguments: The operation's arguments by name; one that is not given is None or missing.
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
    if operation.warn is not None:
        _warn(operation, arguments, operation.warn)
    draft = _Draft()
    draft.fill(operation, arguments)
    own, query, segments = draft.headers, draft.query, draft.segments
    payload = draft.payload() if draft.body is not None else None
    timeout = default_timeouts
    if own or options or operation.accept:
        headers = _headers(headers, own, options, operation.accept)
        query += _further(query, options)
        timeout = timeouts(options.get("timeout"), default_timeouts)
    path = ""
    for part in operation.path:
        path += segments[part.name] if isinstance(part, Parameter) else part
    return Call(
        operation=operation,
        path=path,
        url=f"{base_url}{path}?{query_string(query)}" if query else f"{base_url}{path}",
        headers=headers,
        timeouts=timeout,
        deadline=seconds(options.get("deadline"), "deadline") if options else None,
        payload=payload,
    )


class _Draft(msgspec.Struct):
    """The parts of a request, as the arguments say them one by one."""

    segments: dict[str, str] = {}
    query: Pairs = []
    headers: dict[str, str] = {}
    body: tuple[RequestBody, Any] | None = None
    media_type: str | None = None

    def fill(self, operation: Operation[Any], arguments: Mapping[str, Any]) -> None:
        """Check arguments and put their wire forms where they belong."""
        for parameter in operation.parameters:
            name, location = parameter.name, parameter.location
            wire = value = arguments.get(name)
            if value is None:
                if parameter.required:
                    raise InvalidArgumentError(f"{name}: a value is needed")
                continue
            if isinstance(parameter, RequestBody):  # Its media type may follow.
                self.body = parameter, value
                continue
            try:
                if value != "" or not parameter.allow_empty:
                    wire = parameter.schema.to_wire(value, name)
            except RecursionError:
                raise InvalidArgumentError(f"{name}: it is nested too deeply") from None
            if parameter.media_type:
                wire = json_text(wire, name, only_ascii=location == "header")
            if location == "path":
                self.segments[name] = path_segment(parameter, wire)
            elif location == "query":
                self.query += query_pairs(parameter, _unmixed(operation, parameter, wire))
            else:
                self._put_into_headers(parameter, wire)

    def _put_into_headers(self, parameter: Parameter, wire: Any) -> None:
        if parameter.location == "cookie":
            before = [self.headers["cookie"]] if "cookie" in self.headers else []
            self.headers["cookie"] = "; ".join([*before, *cookie_texts(parameter, wire)])
        elif parameter.location == "header":
            self.headers[parameter.wire_name] = header_text(parameter, wire)
        else:
            self.media_type = wire

    def payload(self) -> Payload:
        """Check and write the body, and add the header that tells what it is."""
        body, value = cast("tuple[RequestBody, Any]", self.body)
        try:
            payload = body.payload(value, self.media_type)
        except RecursionError:
            raise InvalidArgumentError(f"{body.name}: it is nested too deeply") from None
        self.headers["content-type"] = payload.content_type
        return payload


def _unmixed(operation: Operation[Any], parameter: Parameter, wire: Any) -> Any:
    """Give a value whose members the server does not take for other parameters.

    Raises:
        InvalidArgumentError: If it would.
    """
    if is_mapping(wire) and parameter.explode and parameter.style != "deepObject":
        for other in operation.parameters:
            is_other = other is not parameter and other.location == "query"
            if is_other and other.wire_name in wire:
                message = f"{parameter.name}: {other.wire_name!r} is a parameter of its own"
                raise InvalidArgumentError(message)
    return wire


def _warn(
    operation: Operation[Any], arguments: Mapping[str, Any], warn: Callable[[str], None]
) -> None:
    """Warn about the arguments that the document advises against."""
    for parameter in operation.parameters:
        if parameter.deprecated and arguments.get(parameter.name) is not None:
            warn(f"{operation.name}: {parameter.name} is deprecated")


def _headers(
    headers: Mapping[str, str], own: Mapping[str, str], options: CallOptions, accept: str
) -> Mapping[str, str]:
    """Add the headers that are parameters of the operation, then those of the call."""
    if accept and headers["accept"] == JSON:
        headers = {**headers, "accept": accept}
    extra = read_headers(options.get("extra_headers") or {}, "extra_headers")
    merged = {**headers, **read_headers(own, "headers"), **extra}
    if "cookie" in own:  # One header holds all cookies: those of the arguments go with the others.
        others = extra.get("cookie") or headers.get("cookie")
        merged["cookie"] = f"{own['cookie']}; {others}" if others else own["cookie"]
    return merged


def _further(query: Pairs, options: CallOptions) -> Pairs:
    """Give the query parameters of the call.

    Raises:
        InvalidArgumentError: If one is there already: who knows which of the two would count.
    """
    more = texts(options.get("extra_query") or {}, "extra_query")
    for name, _ in query:
        if name in more:
            raise InvalidArgumentError(f"extra_query: {name!r} is given by an argument as well")
    return [(name, quoted(value, "extra_query")) for name, value in more.items()]
