"""Streamed multipart responses, read part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

import msgspec

from ..core.charsets import charset_of
from ..core.errors import APIConnectionError, ResponseDecodeError
from ..core.media_types import essence, is_json
from ..core.public import publish
from ..core.response_body import too_large
from ..models.decoding import decode
from .framing import Frame, Framing
from .items import StreamResponse
from .streaming import AsyncStream, Stream

if TYPE_CHECKING:
    from ..calls.reply import Reply

T = TypeVar("T")

_BOUNDARY = re.compile(r""";\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)+)"|([^\s;"]+))""", re.IGNORECASE)
_BLANK = re.compile(rb"\A\r?\n|\r?\n\r?\n")  # the line behind the headers, if there are any
_LONGEST = 200  # characters of a line with a boundary, besides the boundary


class StreamedPart(msgspec.Struct, Generic[T], frozen=True):
    """A part of a multipart response.

    Attributes:
        data: The content, decoded by its media type.
        headers: The headers, with names in lowercase.
    """

    data: T
    headers: Mapping[str, str]

    @property
    def media_type(self) -> str:
        """The media type without parameters; empty if the part states none."""
        return essence(self.headers.get("content-type", ""))


publish(StreamedPart)


class _PartFrame(Frame, frozen=True):
    """An undecoded part.

    Attributes:
        headers: The headers, with names in lowercase.
        index: Its position, from 0.
    """

    headers: Mapping[str, str] = {}
    index: int = 0


class PartFraming(Framing):
    """Parts between boundaries (RFC 2046); the text before the first one is ignored."""

    def __init__(self, limit: int, boundary: str) -> None:
        """Start a new body; see `Framing`."""
        super().__init__(limit)
        line = re.escape(boundary.encode("latin-1", "replace"))
        self._delimiter = re.compile(rb"\r?\n--" + line + rb"(?:(--)|[ \t]*\r?\n)")
        self._longest = len(boundary) + _LONGEST
        self._buffer = bytearray(b"\n")  # The first boundary may begin the body.
        self._searched = 0
        self._count = -1  # The first boundary ends the text before the parts.
        self._has_ended = False

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Iterate over the parts that a chunk completes."""
        self._buffer += b"" if self._has_ended else chunk
        while (found := self._delimiter.search(self._buffer, self._searched)) is not None:
            content = bytes(self._buffer[: found.start()])
            is_last = found[1] is not None  # The match reads the buffer, which changes below.
            del self._buffer[: found.end()]
            self._searched = 0
            if self._count >= 0:
                yield _part(content, self._count)
            self._count += 1
            if is_last:
                self._has_ended = True
                self._buffer.clear()
        if len(self._buffer) > self._limit + self._longest:
            raise too_large(self._limit)
        self._searched = max(0, len(self._buffer) - self._longest)

    def finish(self) -> Iterator[Frame]:
        """End the body; without the last boundary it is truncated."""
        if not self._has_ended:
            raise APIConnectionError("the response ended in the middle of a part")
        yield from ()


class PartKind(msgspec.Struct, frozen=True):
    """The content that is allowed in a part.

    Attributes:
        type: The type of its JSON.
        kinds: The kinds of content that the document describes: `json`, `text` and `bytes`.
    """

    type: Any
    kinds: tuple[str, ...] = ("json",)

    def kind_of(self, media_type: str) -> str:
        """Return the kind of content of a media type; of an empty one, the described kind."""
        if not media_type:
            return "text" if "text" in self.kinds else self.kinds[0]
        if is_json(media_type) and "json" in self.kinds:
            return "json"
        is_text = media_type.startswith("text/") or is_json(media_type)
        return "text" if is_text and "text" in self.kinds else "bytes"


class Parts(StreamResponse[StreamedPart[T]], Generic[T], frozen=True):
    """The parts of a multipart response.

    Attributes:
        further: The content of the parts without positions; None without any.
        prefix: The content of the first parts, if they have positions.
    """

    further: PartKind | None
    prefix: tuple[PartKind, ...] = ()

    def read(self, reply: Reply) -> Stream[StreamedPart[T]]:
        """Return the stream; an `AsyncStream` in an asynchronous client."""
        if reply.stream is None:
            return super().read(reply)
        header = reply.response.headers.get("content-type") or ""
        found = _BOUNDARY.search(header)
        if found is None:
            message = f"expected a multipart body with a boundary, got {header!r}"
            raise ResponseDecodeError(message, content=reply.content)
        boundary = re.sub(r"\\(.)", r"\1", found[1]) if found[1] else found[2]
        items = _Items(boundary, self)
        if reply.stream.is_async:
            stream = AsyncStream(reply, reply.stream, items)
            return cast("Stream[StreamedPart[T]]", stream)
        return Stream(reply, reply.stream, items)

    def item(self, frame: Frame) -> StreamedPart[T]:
        """Decode a part by its position and its media type.

        Raises:
            ResponseDecodeError: If it does not match the document.
        """
        headers: Mapping[str, str] = frame.headers if isinstance(frame, _PartFrame) else {}
        index = frame.index if isinstance(frame, _PartFrame) else 0
        described = self.prefix[index] if index < len(self.prefix) else self.further
        if described is None:
            message = f"expected at most {len(self.prefix)} parts"
            raise ResponseDecodeError(message, content=frame.data)
        media_type = essence(headers.get("content-type", ""))
        kind = described.kind_of(media_type)
        if kind not in described.kinds:
            expected = " or ".join(described.kinds)
            message = f"expected a part of {expected}, got {media_type or 'no media type'}"
            raise ResponseDecodeError(message, content=frame.data)
        data: Any = frame.data
        if kind == "json":
            data = decode(frame.data, described.type)
        elif kind == "text":
            data = _text(frame.data, headers.get("content-type", ""))
        return StreamedPart(data, headers)


class _Items(Generic[T]):
    """The framing of one response, and the decoding of its parts."""

    is_text: ClassVar[bool] = False

    def __init__(self, boundary: str, parts: Parts[T]) -> None:
        self._boundary = boundary
        self._parts = parts

    def begin(self, limit: int) -> Framing:
        """Return the framing of a new body, whose parts have a maximum size in bytes."""
        return PartFraming(limit, self._boundary)

    def item(self, frame: Frame) -> StreamedPart[T]:
        """Decode a part; see `Parts`."""
        return self._parts.item(frame)


def _part(content: bytes, index: int) -> _PartFrame:
    """Split a part into its headers and its data."""
    found = _BLANK.search(content)
    head, data = (content[: found.start()], content[found.end() :]) if found else (content, b"")
    headers: dict[str, str] = {}
    for line in re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines():
        name, separator, value = line.decode("latin-1").partition(":")
        if not separator:
            raise ResponseDecodeError("a part has a malformed header", content=content)
        headers[name.strip().lower()] = value.strip()
    return _PartFrame(data, headers=headers, index=index)


def _text(data: bytes, content_type: str) -> str:
    try:
        return data.decode(charset_of(content_type) or "utf-8")
    except (LookupError, UnicodeDecodeError):
        raise ResponseDecodeError("a part is not text in its charset", content=data) from None
