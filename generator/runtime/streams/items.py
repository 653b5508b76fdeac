"""Readers of streamed responses: server-sent events and sequences of JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

import msgspec

from ..calls.response import ResponseReader
from ..core.errors import ResponseDecodeError
from ..models.decoding import decode
from .framing import EventFraming, Frame, Framing, LineFraming, SequenceFraming
from .streaming import AsyncStream, Stream

if TYPE_CHECKING:
    from ..calls.reply import Reply

T = TypeVar("T")

__all__ = ["AsyncStream", "Event", "Events", "JsonLines", "JsonSequence", "Stream", "TextEvents"]


class Event(msgspec.Struct, Generic[T], frozen=True):
    """A server-sent event.

    Attributes:
        data: The data, decoded.
        name: The event type; `message` by default.
        id: The id of the last event that had one; empty if none had.
        retry: The reconnection time in milliseconds, if the event has one.
    """

    data: T
    name: str = "message"
    id: str = ""
    retry: int | None = None


class StreamResponse(ResponseReader[Stream[T]], Generic[T], frozen=True):
    """A response that is read item by item."""

    framing: ClassVar[type[Framing]]
    is_text: ClassVar[bool] = False

    def begin(self, limit: int) -> Framing:
        """Return the framing of a new body, whose items have a maximum size in bytes."""
        return self.framing(limit)

    def read(self, reply: Reply) -> Stream[T]:
        """Return the stream; an `AsyncStream` in an asynchronous client."""
        if reply.stream is None:
            kind = reply.response.headers.get("content-type") or "no content type"
            message = f"expected a stream, got a response with {kind}"
            raise ResponseDecodeError(message, content=reply.content)
        if reply.stream.is_async:
            return cast("Stream[T]", AsyncStream(reply, reply.stream, self))
        return Stream(reply, reply.stream, self)

    def is_streamed(self, _status: int, _media_type: str, /) -> bool:
        """Always stream, whatever the response headers are."""
        return True

    def item(self, frame: Frame) -> T:
        """Decode an item.

        Raises:
            ResponseDecodeError: If it does not match the document.
        """
        raise NotImplementedError  # Subclasses implement it.


class JsonLines(StreamResponse[T], frozen=True):
    """JSON values, one per line.

    Attributes:
        kind: The type of the values.
    """

    framing: ClassVar[type[Framing]] = LineFraming
    kind: type[T] | Any

    def item(self, frame: Frame) -> T:
        """Decode a JSON value."""
        value: T = decode(frame.data, self.kind)
        return value


class JsonSequence(JsonLines[T], frozen=True):
    """A JSON text sequence (RFC 7464)."""

    framing: ClassVar[type[Framing]] = SequenceFraming


class Events(StreamResponse[Event[T]], Generic[T], frozen=True):
    """Server-sent events with JSON data.

    Attributes:
        kind: The type of the data.
    """

    framing: ClassVar[type[Framing]] = EventFraming
    kind: type[T] | Any

    def item(self, frame: Frame) -> Event[T]:
        """Decode an event."""
        data: T = decode(frame.data, self.kind)
        return Event(data, frame.name, frame.id, frame.retry)


class TextEvents(StreamResponse[Event[str]], frozen=True):
    """Server-sent events with strings as data."""

    framing: ClassVar[type[Framing]] = EventFraming
    is_text: ClassVar[bool] = True

    def item(self, frame: Frame) -> Event[str]:
        """Decode an event."""
        try:
            return Event(frame.data.decode(), frame.name, frame.id, frame.retry)
        except UnicodeDecodeError:
            message = "the event is not UTF-8"
            raise ResponseDecodeError(message, content=frame.data) from None
