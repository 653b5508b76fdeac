"""Operations as data: what is sent, with which parameters, and what may come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from .decoding import decode
from .errors import InvalidArgumentError
from .schemas import Schema

if TYPE_CHECKING:
    from .exchange import Reply
    from .payload import Payload

T = TypeVar("T")


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


class Answer(msgspec.Struct, Generic[T], frozen=True):
    """What a success brings, and how it is read."""

    def read(self, reply: Reply) -> T:
        """Read an answer.

        Raises:
            ResponseDecodeError: If it is not what the document promises.
        """
        raise NotImplementedError  # Each kind has its own.

    def is_streamed(self, _status: int, _media_type: str, /) -> bool:
        """Whether an answer of such a head is read item by item."""
        return False


class Json(Answer[T], frozen=True):
    """An answer in JSON.

    Attributes:
        type: What it is read as.
    """

    type: type[T]

    def read(self, reply: Reply) -> T:
        """Read an answer."""
        return decode(reply.content, self.type)


class Operation(msgspec.Struct, Generic[T], frozen=True, kw_only=True, eq=False):
    """An operation of the API.

    Attributes:
        name: Its operationId.
        method: The HTTP method.
        path: The pieces of its path; parameters stand where their values go.
        parameters: All parameters, the body included, in the order of the method's arguments.
        answer: What a success brings.
        errors: What other answers bring, by status or range, such as `404` or `5XX`.
        scopes: The scopes any one of which suffices.
        needs_all_scopes: Whether all of the scopes are needed instead.
        security: The credentials that are sent, by name: alternatives, each of which names those
            that are sent together. One that names none says that none are needed.
        accept: What the answer may be, if that is more or less than JSON.
        streams: The media types of answers that are read item by item.
        server: The address of the operation's own server, if it has one.
        warns: Whether there are parameters that the document discourages.
    """

    name: str
    method: str
    path: tuple[str | Parameter, ...]
    parameters: tuple[Parameter, ...]
    answer: Answer[T]
    errors: dict[str, Any] = {}
    scopes: frozenset[str] = frozenset()
    needs_all_scopes: bool = False
    security: tuple[tuple[str, ...], ...] = (("token",),)
    accept: str = ""
    streams: tuple[str, ...] = ()
    server: str = ""
    warns: bool = False
