"""Request bodies of several items: JSON lines, JSON sequences, unnamed parts."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Any

import msgspec

from ..arguments.encoding import json_string
from ..arguments.parameters import BodyFormat
from ..arguments.schemas import Schema
from ..arguments.validation import wrong_type
from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from .multipart import Part, UploadFile, part_of_field, part_of_file
from .payload import ByteSource, Payload, is_async_iterable, is_bytes, piece


class ItemsBody(BodyFormat, frozen=True, kw_only=True):
    """JSON values, each after a separator and before a line break.

    Attributes:
        schema: The schema of an item.
        separator: The character before each item.
    """

    separator: str = ""

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Encode the items: those of a list at once, others while they are sent."""
        if isinstance(value, str):
            return Payload(media_type, (value.encode(),))
        if is_bytes(value) or hasattr(value, "read"):
            return Payload(media_type, (piece(value, where),))
        if is_sequence(value):
            lines = [self.line(each, f"{where}[{index}]") for index, each in enumerate(value)]
            return Payload(media_type, (b"".join(lines),))
        encoded: Any
        if is_async_iterable(value):
            is_once = aiter(value) is value
            encoded = (_async_lines if is_once else _AsyncLines)(self, value, where)
        elif is_mapping(value) or not hasattr(value, "__iter__"):
            raise wrong_type(where, value, "an iterable of items")
        else:
            encoded = (_lines if iter(value) is value else _Lines)(self, value, where)
        return Payload(media_type, (ByteSource(encoded, where),))

    def line(self, item: Any, where: str) -> bytes:
        """Encode an item; bytes are an encoded one.

        Raises:
            InvalidArgumentError: If it does not match its schema.
        """
        if is_bytes(item):
            return bytes(item)
        text = json_string(self.schema.to_wire(item, where), where)
        return f"{self.separator}{text}\n".encode()


def _lines(body: ItemsBody, items: Iterable[Any], where: str) -> Iterator[bytes]:
    for index, each in enumerate(items):
        yield body.line(each, f"{where}[{index}]")


async def _async_lines(
    body: ItemsBody, items: AsyncIterable[Any], where: str
) -> AsyncIterator[bytes]:
    index = 0
    async for each in items:
        yield body.line(each, f"{where}[{index}]")
        index += 1


class _Lines:
    """Encoded items that can be read again, as the items can."""

    def __init__(self, body: ItemsBody, items: Iterable[Any], where: str) -> None:
        self._arguments = body, items, where

    def __iter__(self) -> Iterator[bytes]:
        return _lines(*self._arguments)


class _AsyncLines:
    """Encoded items of an asynchronous iterable that can be read again."""

    def __init__(self, body: ItemsBody, items: AsyncIterable[Any], where: str) -> None:
        self._arguments = body, items, where

    def __aiter__(self) -> AsyncIterator[bytes]:
        return _async_lines(*self._arguments)


class PartFormat(msgspec.Struct, frozen=True):
    """A part of a multipart body.

    Attributes:
        schema: The schema of its value.
        part: Its media types and headers.
    """

    schema: Schema = Schema()
    part: Part = Part()


class PartsBody(BodyFormat, frozen=True, kw_only=True):
    """A multipart body whose parts have positions instead of names.

    Attributes:
        prefix: The first parts.
        further: The parts after them; None without any.
    """

    prefix: tuple[PartFormat, ...] = ()
    further: PartFormat | None = None

    def is_needed_for(self, value: Any) -> bool:
        """Whether a part is a file or bytes."""
        items = value if is_sequence(value) else ()
        return any(
            isinstance(each, UploadFile) or is_bytes(each) or hasattr(each, "read")
            for each in items
        )

    def format_at(self, index: int, where: str) -> PartFormat:
        """Return the format of the part with an index.

        Raises:
            InvalidArgumentError: If the body has no such part.
        """
        if index < len(self.prefix):
            return self.prefix[index]
        if self.further is None:
            raise InvalidArgumentError(f"{where}: expected at most {len(self.prefix)} parts")
        return self.further

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Encode the parts, with an unpredictable boundary."""
        if not is_sequence(value) or not value:
            raise wrong_type(where, value, "a list of parts that is not empty")
        boundary = secrets.token_hex(16)
        pieces: list[bytes | ByteSource] = []
        for index, each in enumerate(value):
            described = self.format_at(index, where)
            inside = f"{where}[{index}]"
            wire = described.schema.to_wire(each, inside)
            if isinstance(wire, UploadFile) and not isinstance(each, UploadFile):
                wire = msgspec.structs.replace(wire, name="")  # Only a file has a name.
            encode = part_of_file if isinstance(wire, UploadFile) else part_of_field
            head, content = encode(None, wire, described.part, inside)
            pieces += [f"--{boundary}\r\n".encode() + head + b"\r\n\r\n", content, b"\r\n"]
        pieces.append(f"--{boundary}--\r\n".encode())
        kind = "multipart/mixed" if "*" in media_type else media_type
        return Payload(f"{kind}; boundary={boundary}", tuple(pieces))
