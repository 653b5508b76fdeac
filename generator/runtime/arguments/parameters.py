"""Parameters and request bodies of operations as data."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol

import msgspec

from ..core.errors import InvalidArgumentError
from .schemas import Schema


class Payload(Protocol):
    """An encoded request body."""

    @property
    def content_type(self) -> str:
        """The value of the `Content-Type` header, including parameters."""
        ...

    @property
    def size(self) -> int | None:
        """The number of bytes; None if it is unknown."""
        ...

    @property
    def is_spent(self) -> bool:
        """Whether it was read and cannot be read again."""
        ...

    def content(self, *, is_async: bool) -> bytes | Iterator[bytes] | AsyncIterator[bytes]:
        """Return the content for the HTTP library.

        Raises:
            InvalidArgumentError: If it can only be read asynchronously and `is_async` is false.
        """
        ...


class Encoding(Protocol):
    """An encoding of a value in pairs, other than by the styles of the core."""

    def pairs(self, name: str, value: Any, parameter: Any) -> Iterator[tuple[str, str]]:
        """Iterate over the names and the encoded values of a value."""
        ...

    def read(self, parameter: Any, pairs: list[tuple[str, str]], decode: Any) -> Any:
        """Build a value from the pairs of a request, whose values are still encoded."""
        ...


class Parameter(msgspec.Struct, frozen=True):
    """A parameter of an operation.

    Attributes:
        name: The name in Python.
        wire_name: The name in the HTTP request.
        location: `path`, `query`, `header` or `cookie`; `body` for the request body, and
            `content-type` for its media type.
        schema: The schema of the value.
        required: Whether the parameter is required.
        style: The OpenAPI style, such as `matrix`; empty for the default style of its location,
            `simple` or `form`, and with an `encoding`.
        explode: Whether each item or member is encoded as a separate parameter.
        encoding: The encoding of `deepObject` and other optional forms; None for the other styles.
        media_type: The media type that encodes the value instead of a style; empty with a style.
        allow_reserved: Whether reserved and percent-encoded URL characters are sent unchanged.
        allow_empty: Whether an empty value is allowed (`allowEmptyValue`).
        deprecated: Whether the document marks it as deprecated.
    """

    name: str
    wire_name: str
    location: str
    schema: Schema = Schema()
    required: bool = False
    style: str = ""
    explode: bool = True
    encoding: Encoding | None = None
    media_type: str = ""
    allow_reserved: bool = False
    allow_empty: bool = False
    deprecated: bool = False


class BodyFormat(msgspec.Struct, frozen=True):
    """An encoding of a request body: one media type of the document.

    Attributes:
        media_type: The media type, or a range such as `image/*`.
        schema: The schema of the request body.
    """

    media_type: str
    schema: Schema = Schema()

    def payload(self, value: Any, where: str, media_type: str) -> Payload:
        """Validate and encode a request body.

        Args:
            value: The argument.
            where: The argument's name.
            media_type: The media type to send: `self.media_type`, unless that is a range.

        Raises:
            InvalidArgumentError: If the body does not match its schema.
        """
        raise NotImplementedError  # Subclasses implement it.

    def is_needed_for(self, value: Any) -> bool:
        """Whether a body contains something that other formats cannot encode: files."""
        del value
        return False

    def covers(self, media_type: str) -> bool:
        """Whether a media type equals this one or is in this range."""
        beginning, star, _ = self.media_type.partition("*")
        return media_type.startswith(beginning) if star else media_type == self.media_type


class RequestBody(Parameter, frozen=True, kw_only=True):
    """The request body of an operation.

    Attributes:
        formats: The encodings that the document allows; the first is the default.
        nullable: Whether None is sent as null, rather than standing for no body.
    """

    name: str = "body"
    wire_name: str = ""
    location: str = "body"
    schema: Schema = Schema()
    formats: tuple[BodyFormat, ...]
    nullable: bool = False

    def payload(self, value: Any, media_type: str | None) -> Payload:
        """Validate and encode a request body.

        Args:
            value: The argument.
            media_type: The media type to send; None for the default, or for the one that a body
                with files needs.

        Raises:
            InvalidArgumentError: If the body does not match its schema, or the document does not
                list the media type.
        """
        needed = next((each for each in self.formats if each.is_needed_for(value)), None)
        if media_type is None:
            default = needed or self.formats[0]
            return default.payload(value, self.name, default.media_type)
        for each in self.formats:
            if each.covers(media_type):
                if needed is not None and not each.is_needed_for(value):
                    raise InvalidArgumentError(
                        f"{self.name}: {media_type} cannot carry bytes and files; pass "
                        f"content_type={needed.media_type!r}, or leave content_type out"
                    )
                return each.payload(value, self.name, media_type)
        known = ", ".join(each.media_type for each in self.formats)
        raise InvalidArgumentError(f"{self.name}: media type {media_type!r} is not one of: {known}")
