"""What operations answer: statuses, bodies by media type, and headers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.document import Document, Node
from generator.document.json_values import JsonObject, is_object, text_at
from generator.normalize.schemas.reader import SchemaReader
from generator.normalize.schemas.shapes import Anything, ListOf, ObjectShape, Ref, Scalar, Shape
from generator.openapi import media_types

_EVENT = frozenset({"data", "event", "id", "retry"})  # what a server-sent event consists of


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """A header of an answer.

    Attributes:
        wire_name: Its name.
        shape: What its value is.
        doc: Its description.
        deprecated: Whether the document discourages it.
    """

    wire_name: str
    shape: Shape
    doc: str
    deprecated: bool


@dataclass(frozen=True, slots=True)
class ResponseReading:
    """What an operation may answer with one status or range of statuses.

    Attributes:
        status: A status, a range such as `5XX`, or `default`.
        content: What the body is, by media type; what an item is, where it is a stream.
        doc: Its description.
        inferred: Whether the service's own documents do not mention it.
        headers: Its headers.
    """

    status: str
    content: tuple[tuple[str, Shape], ...]
    doc: str
    inferred: bool
    headers: tuple[HeaderReading, ...] = ()


def responses(document: Document, operation: Node, reader: SchemaReader) -> list[ResponseReading]:
    """Read the answers of an operation, references followed."""
    readings: list[ResponseReading] = []
    for status, node in (operation / "responses").members():
        response = document.resolve(node)
        if status.startswith("x-") or response is None:
            continue
        content = tuple(
            (media_types.resolved(written), _content(media_types.resolved(written), media, reader))
            for written, media in (response / "content").members()
        )
        told: JsonObject = response.value if is_object(response.value) else {}
        inferred = told.get("x-evidence") == "inferred"
        doc = text_at(told, "description")
        headers = tuple(_headers(document, response, reader)) if status[0] in "2d" else ()
        readings.append(ResponseReading(_status(status), content, doc, inferred, headers))
    return readings


def _content(media_type: str, media: Node, reader: SchemaReader) -> Shape:
    """Read what a body is; of a stream, what its items are."""
    framing = media_types.framing(media_types.essence(media_type) or "")
    if not framing:
        return reader.shape(media / "schema") if "schema" in media else Anything()
    place = next((name for name in ("itemSchema", "schema") if name in media), "")
    shape = reader.shape(media / place) if place else Anything()
    shape = shape.item if isinstance(shape, ListOf) else shape
    if framing != "events":
        return shape
    named = reader.named[shape.name].shape if isinstance(shape, Ref) else None
    if isinstance(named, ObjectShape):
        members = {each.wire_name: each.shape for each in named.properties}
        if "data" in members and members.keys() <= _EVENT:
            return members["data"]
    return Scalar("string") if isinstance(shape, Anything) else shape


def _headers(document: Document, response: Node, reader: SchemaReader) -> Iterator[HeaderReading]:
    for name, node in (response / "headers").members():
        header = document.resolve(node)
        if header is None or not is_object(header.value) or name.lower() == "content-type":
            continue
        yield HeaderReading(
            wire_name=name,
            shape=reader.shape(header / "schema") if "schema" in header else Scalar("string"),
            doc=text_at(header.value, "description"),
            deprecated=header.value.get("deprecated") is True,
        )


def _status(text: str) -> str:
    return text.upper() if text != "default" else text
