"""Successful responses and errors: their run-time readers and return types.

Streams, parts and JSON are one module because all become one choice of readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..normalize import multipart
from ..normalize.responses import PartsReading, ResponseReading
from ..normalize.schemas.shapes import Anything, OneOf, Scalar, Shape
from ..openapi import media_types
from ..python import names
from ..python.code import Code, alternatives, construct
from ..python.reserved import NAMES_IN_RESOURCES
from ..runtime.calls import contents, redirects
from ..runtime.calls.response import JsonResponse
from ..runtime.calls.undescribed import UndescribedResponse
from ..runtime.streams import items
from ..runtime.streams.parts import PartKind, Parts
from . import response_bodies
from .types.annotations import Annotations
from .types.model_types import ModelTypes

_STREAMS = {
    "events": (items.Events, "Event[{}]"),
    "lines": (items.JsonLines, "{}"),
    "sequence": (items.JsonSequence, "{}"),
}
_CLASS = re.compile(r"(?:builtins\.list|list|dict)\[.*\]|[\w.]+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ResponsePlan:
    """The successful responses of an operation.

    Attributes:
        reader: The expression for the run-time reader.
        returns: The return type.
        async_returns: The return type in an asynchronous client, which differs for streams.
        is_inferred: Whether type checkers infer the return type from the reader.
        redirects: The status codes of redirects that the document promises.
        accept: The Accept header, if it is not exactly JSON.
        streams: The media types that are read item by item.
        shapes: The shapes of JSON responses.
    """

    reader: Code
    returns: Code
    async_returns: Code
    is_inferred: bool
    redirects: tuple[int, ...]
    accept: str
    streams: tuple[str, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class _Content:
    """A successful response of one media type.

    Attributes:
        status: The status code or range.
        media_type: The media type; empty if there is no body.
        full_type: The media type with its parameters except `charset`.
        reader: The expression for the run-time reader.
        returns: The return type.
        async_returns: The return type in an asynchronous client.
        is_inferred: Whether type checkers infer the return type from the reader.
        is_stream: Whether the response is read item by item.
        shape: The shape, if the body is one JSON value.
    """

    status: str
    media_type: str
    reader: Code
    returns: Code
    async_returns: Code
    is_inferred: bool
    is_stream: bool = False
    shape: Shape | None = None
    full_type: str = ""


_REDIRECTS = {"301": 301, "302": 302, "303": 303, "307": 307, "308": 308}


def successes(responses: Iterable[ResponseReading]) -> list[ResponseReading]:
    """Return the successful responses: 2xx, without one redirects, and without both `default`."""
    responses = list(responses)
    found = [each for each in responses if each.status.startswith("2")]
    found = found or [each for each in responses if _redirects(each.status)]
    return found or [each for each in responses if each.status == "default"]


def _redirects(status: str) -> tuple[int, ...]:
    """Return the status codes of redirects in a status code or range; 304 is not a redirect."""
    if status == "3XX":
        return tuple(_REDIRECTS.values())
    return (_REDIRECTS[status],) if status in _REDIRECTS else ()


def by_precedence(responses: Iterable[ResponseReading]) -> list[ResponseReading]:
    """Return the responses as they apply: a status code before its range, `default` last."""
    by_status = {each.status: each for each in responses}
    return [by_status[status] for status in sorted(by_status)]


class ResponsePlanner:
    """Planner of the responses of one resource.

    Attributes:
        aliases: The names of aliases by their types, which type checkers accept only in
            annotations.

    Args:
        types: The Python types of the shapes.
        annotations: The annotations of types.
    """

    def __init__(self, types: ModelTypes, annotations: Annotations) -> None:
        self._types = types
        self._annotations = annotations
        self._names = set(NAMES_IN_RESOURCES)
        self.aliases: dict[Code, str] = {}

    def plan(self, responses: Iterable[ResponseReading], method: str) -> ResponsePlan:
        """Return the plan of the successful responses of an operation.

        Args:
            responses: The responses of the operation.
            method: The name of its method.
        """
        wanted = f"{names.class_name(method)}Response"
        responses = list(responses)
        statuses = {each.status for each in responses}
        described = [
            content
            for response in successes(responses)
            for content in self._contents(response, statuses, wanted)
        ]
        found = _by_preference(described or [_no_content("2XX")])
        readers = list(dict.fromkeys(each.reader for each in found))
        single = len(readers) == 1
        choices = tuple(
            construct(
                contents.ResponseOption,
                status=each.status,
                media_type=each.full_type,
                response=each.reader,
            )
            for each in found
        )
        return ResponsePlan(
            reader=readers[0] if single else construct(contents.OneOfResponses, choices=choices),
            returns=_union(each.returns for each in found),
            async_returns=_union(each.async_returns for each in found),
            is_inferred=single and found[0].is_inferred,
            redirects=tuple(code for each in responses for code in _redirects(each.status)),
            accept=_accept(found),
            streams=tuple(dict.fromkeys(each.media_type for each in found if each.is_stream)),
            shapes=tuple(each.shape for each in found if each.shape is not None),
        )

    def errors(self, responses: Iterable[ResponseReading]) -> dict[str, list[Code]]:
        """Return the types of error bodies by status code."""
        responses = list(responses)
        successful = {each.status for each in successes(responses)}
        found: dict[str, list[Code]] = {}
        for response in responses:
            for media_type, shape in response.content:
                kind = media_types.essence(media_type)
                if response.status not in successful and media_types.is_json(kind):
                    types = found.setdefault(response.status, [])
                    types += [each for each in [self.json_type(shape)] if each not in types]
        return found

    def type_argument(self, returns: Code, wanted: str) -> Code:
        """Return a type as the argument of a reader: an alias where type checkers need one.

        Args:
            returns: The type.
            wanted: The preferred name of the alias.
        """
        is_value = "Variant[" not in returns and "Either[" not in returns
        if is_value and not any(each.startswith("Open[") for each in alternatives(returns)):
            return returns
        if returns not in self.aliases:
            self.aliases[returns] = self.class_name(wanted)
        return Code(self.aliases[returns])

    def class_name(self, wanted: str) -> str:
        """Return a name for a type in the module of the resource, and reserve it."""
        name = names.distinct([wanted], self._names)[0]
        self._names.add(name)
        return name

    def json_type(self, shape: Shape) -> Code:
        """Return the type to which JSON of a shape is decoded."""
        return self._annotations.field(self._types.shapes[shape])

    def header_type(self, shape: Shape) -> Code:
        """Return the type to which a header of a shape is decoded: a string if it is an object."""
        found = self.json_type(shape)
        is_object = self._annotations.is_class(found) or found.startswith("dict[")
        return _STR if is_object else found

    def _contents(
        self, response: ResponseReading, statuses: set[str], wanted: str
    ) -> Iterator[_Content]:
        """Iterate over the contents of a successful response.

        Args:
            response: The response.
            statuses: All status codes of the operation.
            wanted: The preferred name of the alias of a type.
        """
        if _redirects(response.status):
            yield _REDIRECT
            return
        kept = list(response_bodies.without_alternatives(response.content))
        for kind, shape in kept:
            parts = response.parts_of(kind)
            if parts is None:
                described = self._content(response.status, kind, shape, wanted)
            else:
                described = self._parts(response.status, parts, shape, wanted)
            yield replace(described, full_type=media_types.without_charset(kind))
        includes_no_content = response.status in {"2XX", "default"}
        if includes_no_content and any(_needs_body(shape, kind) for kind, shape in kept):
            yield from map(_no_content, sorted(_EMPTY.difference(statuses)))
        if not kept:
            yield _no_content(response.status)

    def _content(self, status: str, media_type: str, shape: Shape, wanted: str) -> _Content:
        kind = media_types.essence(media_type) or media_type
        framing = media_types.framing(kind)
        if framing:
            return self._stream(status, kind, framing, shape, wanted)
        if response_bodies.is_bytes(kind, shape):
            reader = construct(contents.BinaryResponse, media_type=kind)
            return _Content(status, kind, reader, _BYTES, _BYTES, is_inferred=True)
        if response_bodies.is_text(kind, shape):
            reader = construct(contents.TextResponse, media_type=kind)
            return _Content(status, kind, reader, _STR, _STR, is_inferred=True)
        returns = self.json_type(shape)
        is_class = self._is_class(returns)
        reading = JsonResponse.__name__ if is_class else contents.JsonValueResponse.__name__
        if response_bodies.is_undescribed(shape):
            reading, is_class = UndescribedResponse.__name__, False
        reader = Code(f"{reading}({self.type_argument(returns, wanted)})")
        return _Content(status, kind, reader, returns, returns, is_inferred=is_class, shape=shape)

    def _stream(self, status: str, kind: str, framing: str, shape: Shape, wanted: str) -> _Content:
        reader, item = _STREAMS[framing]
        is_text = framing == "events" and isinstance(shape, Scalar) and shape.type == "string"
        returns = _STR if is_text else self.json_type(shape)
        item_type = item.format(returns)
        argument = self.type_argument(returns, wanted)
        parameter = "" if self._is_class(returns) else f"[{argument}]"
        called = Code(f"{reader.__name__}{parameter}({argument})")
        return _Content(
            status=status,
            media_type=kind,
            reader=construct(items.TextEvents) if is_text else called,
            returns=Code(f"Stream[{item_type}]"),
            async_returns=Code(f"AsyncStream[{item_type}]"),
            is_inferred=False,
            is_stream=True,
        )

    def _parts(self, status: str, parts: PartsReading, shape: Shape, wanted: str) -> _Content:
        """Return the content of a multipart response that is read part by part."""
        types = [*dict.fromkeys(self._part_types(shape))]
        data = Code(" | ".join(types))
        item = f"StreamedPart[{data}]"
        further = None if parts.further is None else self._part_kind(parts.further, wanted)
        prefix = tuple(self._part_kind(each, wanted) for each in parts.prefix)
        reader = construct(Parts, further=further, prefix=prefix)
        argument = self.type_argument(data, wanted)
        return _Content(
            status=status,
            media_type=media_types.essence(parts.media_type) or parts.media_type,
            reader=Code(reader.replace("(", f"[{argument}](", 1)),
            returns=Code(f"Stream[{item}]"),
            async_returns=Code(f"AsyncStream[{item}]"),
            is_inferred=False,
            is_stream=True,
        )

    def _part_types(self, shape: Shape) -> Iterator[str]:
        """Iterate over the types of the data of parts."""
        kinds, in_json = _kinds_of_part(shape), multipart.json_shape(shape)
        if isinstance(shape, Anything):
            yield "Any"
            return
        if in_json is not None:
            yield from alternatives(self.json_type(in_json))
        yield from (_PART_TYPES[each] for each in kinds if each in _PART_TYPES)

    def _part_kind(self, shape: Shape, wanted: str) -> Code:
        """Return how the run time decodes a part of a shape."""
        in_json = multipart.json_shape(shape)
        argument = Code("Any")
        if in_json is not None:
            argument = self.type_argument(self.json_type(in_json), wanted)
        return construct(PartKind, type=argument, kinds=_kinds_of_part(shape))

    def _is_class(self, returns: Code) -> bool:
        """Whether type checkers accept a type as `type[T]`: a class, list or dict."""
        if _CLASS.fullmatch(returns) is None or len(alternatives(returns)) > 1:
            return False
        return "[" in returns or returns in _BUILTIN or self._annotations.is_class(returns)


_BUILTIN = frozenset({"str", "int", "float", "bool"})
_BYTES, _STR, _NONE = Code("bytes"), Code("str"), Code("None")
_URL = Code("str | None")
_REDIRECT = _Content("3XX", "", construct(redirects.RedirectResponse), _URL, _URL, is_inferred=True)

_PART_TYPES = {"text": "str", "bytes": "bytes"}

_EMPTY = frozenset({"204", "205"})
"""Status codes without content that the range `2XX`, or `default` as a success, includes."""


def _kinds_of_part(shape: Shape) -> tuple[str, ...]:
    """Return the kinds of a part's content that its shape allows."""
    if isinstance(shape, Anything):
        return ("json", "text", "bytes")
    options = shape.options if isinstance(shape, OneOf) else (shape,)
    described = {multipart.part_kind(each) for each in options}
    return tuple(each for each in ("json", "text", "bytes") if each in described)


def _needs_body(shape: Shape, media_type: str) -> bool:
    """Whether a response without content cannot be read as a body of this media type."""
    is_json = media_types.is_json(media_types.essence(media_type))
    return is_json and not response_bodies.is_undescribed(shape)


def _no_content(status: str) -> _Content:
    reader = construct(contents.EmptyResponse)
    return _Content(status, "", reader, _NONE, _NONE, is_inferred=True)


def _by_preference(found: list[_Content]) -> list[_Content]:
    """Return distinct responses: JSON first, responses without a body last."""
    unique = {(each.status, each.full_type, each.reader): each for each in found}
    return sorted(
        unique.values(),
        key=lambda each: (not each.media_type, not media_types.is_json(each.media_type)),
    )


def _accept(found: Iterable[_Content]) -> str:
    kinds = list(dict.fromkeys(each.full_type for each in found if each.full_type))
    if not kinds or set(kinds) == {media_types.JSON}:
        return ""
    is_json = all(each.shape is not None for each in found if each.media_type)
    if is_json and len(kinds) == 1 and kinds[0] in media_types.RANGES_WITH_JSON:
        return f"{media_types.JSON}, {kinds[0]};q=0.9"
    return ", ".join(
        kind if not number else f"{kind};q={max(0.9 - number / 10, 0.1):.1f}"
        for number, kind in enumerate(kinds)
    )


def _union(types: Iterable[Code]) -> Code:
    parts = list(dict.fromkeys(part for each in types for part in alternatives(each)))
    if "Any" in parts:
        return Code("Any")
    parts.sort(key=lambda part: part == "None")
    return Code(" | ".join(parts))
