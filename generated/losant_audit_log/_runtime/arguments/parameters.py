# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Parameters and request bodies of operations, as data."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol

import msgspec

from ..core.errors import InvalidArgumentError
from .schemas import Schema


class Payload(Protocol):
    """The body of one request, ready to be sent."""

    @property
    def content_type(self) -> str:
        """Its media type, with the parameters that the receiver needs."""
        ...

    @property
    def size(self) -> int | None:
        """How many bytes it has; None if that is not known."""
        ...

    @property
    def is_spent(self) -> bool:
        """Whether it was read, and cannot be read again."""
        ...

    def content(self, *, is_async: bool) -> bytes | Iterator[bytes] | AsyncIterator[bytes]:
        """Return what the HTTP library sends.

        Raises:
            InvalidArgumentError: If it can only be read asynchronously, and `is_async` is false.
        """
        ...


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of an operation.

    Attributes:
        name: Its name in Python.
        wire_name: Its name on the wire.
        location: `path`, `query`, `header` or `cookie`; `body` for the body, and `content-type` for
            the choice of its media type.
        schema: What the document demands of it.
        required: Whether it must be given.
        style: How OpenAPI writes it, such as `deepObject`; empty for the usual style of its
            location, `simple` or `form`.
        explode: Whether each item or member is written as a parameter of its own.
        arrays: How lists inside a deep object are written: `indices`, `brackets` or `repeat`, or
            `either` indices or, for plain values, brackets.
        media_type: What its value is written as, if that is no style; empty if it is one.
        allow_reserved: Whether characters that have a meaning in URLs are sent as they are.
        allow_empty: Whether it may be given without a value.
        deprecated: Whether the document discourages it.
    """

    name: str
    wire_name: str
    location: str
    schema: Schema = Schema()
    required: bool = False
    style: str = ""
    explode: bool = True
    arrays: str = "indices"
    media_type: str = ""
    allow_reserved: bool = False
    allow_empty: bool = False
    deprecated: bool = False


class BodyFormat(msgspec.Struct, frozen=True):
    """A way to write a request's body.

    Attributes:
        media_type: Its media type, or a range such as `image/*`.
        schema: What the document demands of the body.
    """

    media_type: str
    schema: Schema = Schema()

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Check a body and write it.

        Args:
            value: What the program passed.
            where: The argument's name.
            media_type: The media type to send; it is the format's own, unless that is a range.

        Raises:
            InvalidArgumentError: If the document forbids the body.
        """
        raise NotImplementedError  # Each kind has its own.

    def covers(self, media_type: str) -> bool:
        """Whether a media type is this one, or in this range."""
        beginning, star, _ = self.media_type.partition("*")
        return media_type.startswith(beginning) if star else media_type == self.media_type


class RequestBody(Parameter, frozen=True, kw_only=True):
    """The body of a request.

    Attributes:
        formats: The ways in which it may be written, the usual one first.
    """

    name: str = "body"
    wire_name: str = ""
    location: str = "body"
    schema: Schema = Schema()
    formats: tuple[BodyFormat, ...]

    def payload(self, value: Any, media_type: str | None) -> Payload:
        """Check a body and write it.

        Args:
            value: What the program passed.
            media_type: What to write it as; None for the usual way.

        Raises:
            InvalidArgumentError: If the document forbids it.
        """
        if media_type is None:
            usual = self.formats[0]
            return usual.payload(value, self.name, usual.media_type)
        for each in self.formats:
            if each.covers(media_type):
                return each.payload(value, self.name, media_type)
        known = ", ".join(each.media_type for each in self.formats)
        raise InvalidArgumentError(
            f"{self.name}: it cannot be sent as {media_type!r}, only: {known}"
        )
