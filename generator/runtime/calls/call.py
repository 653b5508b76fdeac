"""Validation of a method's arguments, and the request made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from ..arguments import encoding
from ..arguments.parameters import Parameter, Payload, RequestBody
from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping
from ..core.headers import read_headers, read_string_mapping
from ..core.media_types import JSON
from ..models.model import MISSING
from .operation import Operation
from .options import CallOptions, Timeouts, seconds, timeouts

_OPTIONS = frozenset(CallOptions.__annotations__)


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A validated call. It can be sent as often as its request body can be read.

    Attributes:
        operation: The operation that is called.
        path: The path with its parameters filled in, for messages and logs.
        url: The absolute URL, including the query.
        headers: All headers except the token's, with names in lowercase.
        timeouts: Seconds that each step of an attempt may take.
        deadline: Seconds for the whole call, or None.
        payload: The request body, or None.
    """

    operation: Operation[Any]
    path: str
    url: str
    headers: Mapping[str, str]
    timeouts: Timeouts
    deadline: float | None
    payload: Payload | None = None

    def __str__(self) -> str:
        """Return the method and the path."""
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
    """Validate the arguments and options of a method and build the call.

    Args:
        operation: The operation that is called.
        arguments: The operation's arguments by name. An omitted argument is None or missing.
        options: The options of the call.
        base_url: The base URL of the service, without a trailing slash.
        headers: The client's default headers, with names in lowercase.
        default_timeouts: The client's timeouts.

    Raises:
        InvalidArgumentError: If an argument is not valid by the OpenAPI document.
        TypeError: If an option is unknown.
    """
    if not _OPTIONS.issuperset(options):
        unknown = min(set(options) - _OPTIONS)
        known = ", ".join(sorted(_OPTIONS))
        raise TypeError(f"unexpected keyword argument {unknown!r}; options of calls: {known}")
    if operation.warn is not None:
        _warn(operation, arguments, operation.warn)
    draft = _Draft()
    draft.fill(operation, arguments)
    own, query, segments = draft.headers, draft.query, draft.segments
    payload = draft.payload() if draft.body is not None else None
    timeout = default_timeouts
    if own or options or operation.accept:
        headers = _headers(headers, own, options, operation.accept)
        query += _extra_query(query, options)
        timeout = timeouts(options.get("timeout"), default_timeouts)
    path = ""
    for part in operation.path:
        path += segments[part.name] if isinstance(part, Parameter) else part
    url = f"{base_url}{path}"
    if query:  # Some documents have a query in their paths.
        url += f"{'&' if '?' in path else '?'}{encoding.query_string(query)}"
    return Call(
        operation=operation,
        path=path,
        url=url,
        headers=headers,
        timeouts=timeout,
        deadline=seconds(options.get("deadline"), "deadline") if options else None,
        payload=payload,
    )


class _Draft(msgspec.Struct):
    """The parts of a request, collected argument by argument."""

    segments: dict[str, str] = {}
    query: encoding.Pairs = []
    headers: dict[str, str] = {}
    body: tuple[RequestBody, Any] | None = None
    media_type: str | None = None

    def fill(self, operation: Operation[Any], arguments: Mapping[str, Any]) -> None:
        """Validate the arguments and add their wire forms to the parts of the request."""
        for parameter in operation.parameters:
            name, location = parameter.name, parameter.location
            wire = value = arguments.get(name)
            is_nullable = isinstance(parameter, RequestBody) and parameter.nullable
            if value is MISSING or (value is None and not is_nullable):
                if parameter.required:
                    raise InvalidArgumentError(f"{name}: missing required argument")
                continue
            if isinstance(parameter, RequestBody):
                self.body = parameter, value  # The argument with its media type may follow.
                continue
            try:
                if value != "" or not parameter.allow_empty:
                    wire = parameter.schema.to_wire(value, name)
            except RecursionError:
                raise InvalidArgumentError(f"{name}: the value is nested too deeply") from None
            if parameter.media_type:
                wire = encoding.json_string(wire, name, only_ascii=location == "header")
            if location == "path":
                self.segments[name] = encoding.path_segment(parameter, wire)
            elif location == "query":
                wire = _reject_collisions(operation, parameter, wire)
                self.query += encoding.query_pairs(parameter, wire)
            else:
                self._put_into_headers(parameter, wire)

    def _put_into_headers(self, parameter: Parameter, wire: Any) -> None:
        if parameter.location == "cookie":
            self._add_cookies(encoding.cookie_pairs(parameter, wire))
        elif parameter.location == "header" and parameter.wire_name.lower() == "cookie":
            self._add_cookies([encoding.header_value(parameter, wire)])
        elif parameter.location == "header":
            self.headers[parameter.wire_name] = encoding.header_value(parameter, wire)
        else:
            self.media_type = wire

    def _add_cookies(self, pairs: list[str]) -> None:
        """Add cookies to the header that holds all of them."""
        before = [self.headers["cookie"]] if "cookie" in self.headers else []
        self.headers["cookie"] = "; ".join([*before, *pairs])

    def payload(self) -> Payload:
        """Validate and encode the request body, and add its Content-Type header."""
        body, value = cast("tuple[RequestBody, Any]", self.body)
        try:
            payload = body.payload(value, self.media_type)
        except RecursionError:
            raise InvalidArgumentError(f"{body.name}: the value is nested too deeply") from None
        self.headers["content-type"] = payload.content_type
        return payload


def _reject_collisions(operation: Operation[Any], parameter: Parameter, wire: Any) -> Any:
    """Return the wire form; reject an exploded object whose keys collide with query parameters.

    Raises:
        InvalidArgumentError: If a key of the object is the name of another query parameter.
    """
    if is_mapping(wire) and parameter.explode and parameter.encoding is None:
        for other in operation.parameters:
            is_other = other is not parameter and other.location == "query"
            if is_other and other.wire_name in wire:
                message = f"{parameter.name}: pass the key {other.wire_name!r} as {other.name}=..."
                raise InvalidArgumentError(message)
    return wire


def _warn(
    operation: Operation[Any], arguments: Mapping[str, Any], warn: Callable[[str], None]
) -> None:
    """Warn about arguments that the OpenAPI document marks as deprecated."""
    for parameter in operation.parameters:
        if parameter.deprecated and arguments.get(parameter.name) is not None:
            warn(f"{operation.name}: {parameter.name} is deprecated")


def _headers(
    headers: Mapping[str, str], own: Mapping[str, str], options: CallOptions, accept: str
) -> Mapping[str, str]:
    """Return the default headers, overridden by header parameters, then by `extra_headers`."""
    if accept and headers["accept"] == JSON:
        headers = {**headers, "accept": accept}
    extra = read_headers(options.get("extra_headers") or {}, "extra_headers")
    merged = {**headers, **read_headers(own, "headers"), **extra}
    if "cookie" in own:  # One header holds all cookies.
        others = extra.get("cookie") or headers.get("cookie")
        merged["cookie"] = f"{own['cookie']}; {others}" if others else own["cookie"]
    return merged


def _extra_query(query: encoding.Pairs, options: CallOptions) -> encoding.Pairs:
    """Return the query parameters of the option `extra_query`.

    Raises:
        InvalidArgumentError: If an argument sets the same one: servers differ in which they use.
    """
    more = read_string_mapping(options.get("extra_query") or {}, "extra_query")
    for name, _ in query:
        if name in more:
            raise InvalidArgumentError(f"extra_query: an argument sets {name!r}; omit it")
    return [(name, encoding.percent_encode(value, "extra_query")) for name, value in more.items()]
