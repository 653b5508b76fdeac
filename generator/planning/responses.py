"""What operations answer: how it is read, and its type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from generator.normalize import OperationReading
from generator.normalize.responses import ResponseReading
from generator.normalize.schemas.shapes import Scalar, Shape
from generator.openapi import media_types
from generator.planning import media
from generator.planning.annotations import Annotations, alternatives
from generator.planning.types import ModelTypes
from generator.python import names
from generator.python.code import Code, construct
from generator.runtime.calls import contents
from generator.runtime.calls.response import JsonResponse
from generator.runtime.streams import items

_STREAMS = {
    "events": (items.Events, "Event[{}]"),
    "lines": (items.JsonLines, "{}"),
    "sequence": (items.JsonSequence, "{}"),
}
_CLASS = re.compile(r"(?:builtins\.list|list|dict)\[.*\]|[\w.]+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AnswerPlan:
    """What a success brings.

    Attributes:
        answer: How it is read.
        returns: Its type.
        async_returns: Its type for an asynchronous client, which differs for streams.
        is_inferred: Whether a type checker can tell the type from how it is read.
        accept: What the request asks for, if it is more or less than JSON.
        streams: The media types that are read item by item.
        shapes: What its values in JSON are.
    """

    answer: Code
    returns: Code
    async_returns: Code
    is_inferred: bool
    accept: str
    streams: tuple[str, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class _Content:
    """One of the things that a success may bring.

    Attributes:
        status: The status or range.
        media_type: The media type; empty if there is no body.
        reader: How it is read.
        returns: Its type.
        async_returns: Its type for an asynchronous client.
        is_inferred: Whether the reader tells the type.
        is_stream: Whether it is read item by item.
        shape: What it is, if it is one value in JSON.
    """

    status: str
    media_type: str
    reader: Code
    returns: Code
    async_returns: Code
    is_inferred: bool
    is_stream: bool = False
    shape: Shape | None = None


def successes(responses: Iterable[ResponseReading]) -> list[ResponseReading]:
    """Give the answers that are a success; `default` is one, if there is no other."""
    responses = list(responses)
    found = [each for each in responses if each.status.startswith("2")]
    return found or [each for each in responses if each.status == "default"]


def by_precedence(responses: Iterable[ResponseReading]) -> list[ResponseReading]:
    """Return the responses as they apply: status codes, then ranges, then `default`."""
    by_status = {each.status: each for each in responses}
    return [by_status[status] for status in sorted(by_status, key=_precedence)]


def _precedence(status: str) -> tuple[bool, bool, str]:
    return status == "default", status.endswith("XX"), status


class AnswerPlanner:
    """Plans the answers of one resource.

    Attributes:
        aliases: Names for types that type checkers read in annotations only, by the types.

    Args:
        types: The Python types of its shapes.
        annotations: Writes types.
        classes: The names of classes.
    """

    def __init__(
        self, types: ModelTypes, annotations: Annotations, classes: frozenset[str]
    ) -> None:
        self._types = types
        self._annotations = annotations
        self._classes = classes | {"str", "int", "float", "bool"}
        self.aliases: dict[Code, str] = {}

    def plan(
        self, operation: OperationReading, responses: Iterable[ResponseReading], method: str
    ) -> AnswerPlan:
        """Plan what an operation's successes bring.

        Args:
            operation: The operation.
            responses: Its answers.
            method: Its method's name.
        """
        wanted = f"{names.class_name(method)}Response"
        found: list[_Content] = []
        for response in successes(responses):
            content = () if operation.method == "head" else response.content
            kept = list(media.kept(content))
            found += [self._content(response.status, kind, shape, wanted) for kind, shape in kept]
            if not kept:
                found.append(_nothing(response.status))
        found = _preferred(found or [_nothing("2XX")])
        readers = list(dict.fromkeys(each.reader for each in found))
        single = len(readers) == 1
        choices = tuple(
            construct(
                contents.ResponseOption,
                status=each.status,
                media_type=each.media_type,
                response=each.reader,
            )
            for each in found
        )
        return AnswerPlan(
            answer=readers[0] if single else construct(contents.OneOfResponses, choices=choices),
            returns=_union(each.returns for each in found),
            async_returns=_union(each.async_returns for each in found),
            is_inferred=single and found[0].is_inferred,
            accept=_accept(found),
            streams=tuple(dict.fromkeys(each.media_type for each in found if each.is_stream)),
            shapes=tuple(each.shape for each in found if each.shape is not None),
        )

    def errors(self, responses: Iterable[ResponseReading]) -> dict[str, list[Code]]:
        """Give what the bodies of errors are read as, by their status."""
        responses = list(responses)
        fine = {each.status for each in successes(responses)}
        found: dict[str, list[Code]] = {}
        for response in responses:
            for media_type, shape in response.content:
                kind = media_types.essence(media_type) or ""
                if response.status not in fine and media_types.is_json(kind):
                    types = found.setdefault(response.status, [])
                    types += [each for each in [self.value(shape)] if each not in types]
        return found

    def spelled(self, returns: Code, wanted: str) -> Code:
        """Write a type as a value; one that is none to type checkers gets a name of its own."""
        if "Variant[" not in returns and "Either[" not in returns:
            return returns
        if returns not in self.aliases:
            self.aliases[returns] = names.distinct([wanted], self.aliases.values())[0]
        return Code(self.aliases[returns])

    def value(self, shape: Shape) -> Code:
        """Write the type that JSON is read as."""
        return self._annotations.field(self._types.shapes[shape])

    def _content(self, status: str, media_type: str, shape: Shape, wanted: str) -> _Content:
        kind = media_types.essence(media_type) or media_type
        framing = media_types.framing(kind)
        if framing:
            return self._stream(status, kind, framing, shape, wanted)
        if media.is_bytes(kind, shape):
            reader = construct(contents.BinaryResponse, media_type=kind)
            return _Content(status, kind, reader, _BYTES, _BYTES, is_inferred=True)
        if media.is_text(kind, shape):
            reader = construct(contents.TextResponse, media_type=kind)
            return _Content(status, kind, reader, _STR, _STR, is_inferred=True)
        returns = self.value(shape)
        is_class = self._is_class(returns)
        reading = JsonResponse if is_class else contents.JsonValueResponse
        reader = Code(f"{reading.__name__}({self.spelled(returns, wanted)})")
        return _Content(status, kind, reader, returns, returns, is_inferred=is_class, shape=shape)

    def _stream(self, status: str, kind: str, framing: str, shape: Shape, wanted: str) -> _Content:
        reader, item = _STREAMS[framing]
        is_text = framing == "events" and isinstance(shape, Scalar) and shape.type == "string"
        returns = _STR if is_text else self.value(shape)
        written = item.format(returns)
        value = self.spelled(returns, wanted)
        parameter = "" if self._is_class(returns) else f"[{value}]"
        called = Code(f"{reader.__name__}{parameter}({value})")
        return _Content(
            status=status,
            media_type=kind,
            reader=construct(items.TextEvents) if is_text else called,
            returns=Code(f"Stream[{written}]"),
            async_returns=Code(f"AsyncStream[{written}]"),
            is_inferred=False,
            is_stream=True,
        )

    def _is_class(self, returns: Code) -> bool:
        """Whether a type is a class, or a list or dict, as type checkers see it."""
        if _CLASS.fullmatch(returns) is None or len(alternatives(returns)) > 1:
            return False
        return "[" in returns or returns in self._classes


_BYTES, _STR, _NONE = Code("bytes"), Code("str"), Code("None")


def _nothing(status: str) -> _Content:
    reader = construct(contents.EmptyResponse)
    return _Content(status, "", reader, _NONE, _NONE, is_inferred=True)


def _preferred(found: list[_Content]) -> list[_Content]:
    """Put JSON first, and what has no body last."""
    unique = {(each.status, each.media_type, each.reader): each for each in found}
    return sorted(
        unique.values(),
        key=lambda each: (not each.media_type, not media_types.is_json(each.media_type)),
    )


def _accept(found: Iterable[_Content]) -> str:
    kinds = list(dict.fromkeys(each.media_type for each in found if each.media_type))
    if not kinds or set(kinds) == {media_types.JSON}:
        return ""
    is_json = all(each.shape is not None for each in found if each.media_type)
    if is_json and kinds in (["*/*"], ["application/*"]):
        return f"application/json, {kinds[0]};q=0.9"
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
