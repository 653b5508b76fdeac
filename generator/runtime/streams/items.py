"""Answers that consist of items: events, and JSON values one after another."""

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
        data: What it says.
        name: What kind of event it is; `message` unless the server says.
        id: The id of the last event that had one; empty if none had.
        retry: Milliseconds to wait before connecting again, if the server said so.
    """

    data: T
    name: str = "message"
    id: str = ""
    retry: int | None = None


class Streamed(ResponseReader[Stream[T]], Generic[T], frozen=True):
    """An answer that is read item by item."""

    framing: ClassVar[type[Framing]]
    is_text: ClassVar[bool] = False

    def read(self, reply: Reply) -> Stream[T]:
        """Give the stream, an `AsyncStream` for an asynchronous client."""
        if reply.stream is None:
            kind = reply.response.headers.get("content-type", "")[:80] or "nothing known"
            message = f"the answer is {kind}, not a stream"
            raise ResponseDecodeError(message, content=reply.content)
        if reply.stream.is_async:
            return cast("Stream[T]", AsyncStream(reply, reply.stream, self))
        return Stream(reply, reply.stream, self)

    def is_streamed(self, _status: int, _media_type: str, /) -> bool:
        """Say that it is, whatever its head says."""
        return True

    def item(self, frame: Frame) -> T:
        """Read an item.

        Raises:
            ResponseDecodeError: If it is not what the document promises.
        """
        raise NotImplementedError  # Each kind has its own.


class JsonLines(Streamed[T], frozen=True):
    """JSON values, one a line.

    Attributes:
        kind: What each is read as.
    """

    framing: ClassVar[type[Framing]] = LineFraming
    kind: type[T] | Any

    def item(self, frame: Frame) -> T:
        """Read a value."""
        value: T = decode(frame.data, self.kind)
        return value


class JsonSequence(JsonLines[T], frozen=True):
    """A JSON text sequence (RFC 7464)."""

    framing: ClassVar[type[Framing]] = SequenceFraming


class Events(Streamed[Event[T]], Generic[T], frozen=True):
    """Server-sent events whose data are JSON.

    Attributes:
        kind: What the data are read as.
    """

    framing: ClassVar[type[Framing]] = EventFraming
    kind: type[T] | Any

    def item(self, frame: Frame) -> Event[T]:
        """Read an event."""
        data: T = decode(frame.data, self.kind)
        return Event(data, frame.name, frame.id, frame.retry)


class TextEvents(Streamed[Event[str]], frozen=True):
    """Server-sent events whose data are texts."""

    framing: ClassVar[type[Framing]] = EventFraming
    is_text: ClassVar[bool] = True

    def item(self, frame: Frame) -> Event[str]:
        """Read an event."""
        try:
            return Event(frame.data.decode(), frame.name, frame.id, frame.retry)
        except UnicodeDecodeError:
            message = "the event is not UTF-8"
            raise ResponseDecodeError(message, content=frame.data) from None
