"""Responses of operations: status codes, content by media type, and headers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..document import Document, Node
from ..document.json_values import JsonObject, is_object, text_at
from ..openapi import media_types
from ..openapi.operations import OperationNode, has_content
from . import multipart
from .request_bodies import item_shape
from .schemas.reader import SchemaReader
from .schemas.shapes import Anything, ObjectShape, OneOf, Ref, Scalar, Shape

_EVENT = frozenset({"data", "event", "id", "retry"})  # the fields of a server-sent event


@dataclass(frozen=True, slots=True)
class HeaderReading:
    """A response header.

    Attributes:
        wire_name: The name.
        shape: The shape of the value.
        doc: The description.
        deprecated: Whether the document marks it as deprecated.
    """

    wire_name: str
    shape: Shape
    doc: str
    deprecated: bool


@dataclass(frozen=True, slots=True)
class PartsReading:
    """A multipart media type that is read part by part.

    Attributes:
        media_type: The media type.
        prefix: The shapes of the first parts, if they have positions.
        further: The shape of the parts after them; None without any.
    """

    media_type: str
    prefix: tuple[Shape, ...]
    further: Shape | None


@dataclass(frozen=True, slots=True)
class ResponseReading:
    """A response of an operation.

    Attributes:
        status: A status code, a range such as `5XX`, or `default`.
        content: The shape of the body by media type; of an item or a part, if it is a stream.
        doc: The description.
        inferred: Whether the service's own documentation does not mention it.
        headers: The headers.
        parts: The multipart media types that are read part by part.
    """

    status: str
    content: tuple[tuple[str, Shape], ...]
    doc: str
    inferred: bool
    headers: tuple[HeaderReading, ...] = ()
    parts: tuple[PartsReading, ...] = ()

    def parts_of(self, media_type: str) -> PartsReading | None:
        """Return the parts of a media type; None if it is not read part by part."""
        return next((each for each in self.parts if each.media_type == media_type), None)


def responses(
    document: Document, operation: OperationNode, reader: SchemaReader
) -> list[ResponseReading]:
    """Read the responses of an operation, with references resolved.

    Responses to HEAD, and those of some status codes, have no content, even if the document
    declares one.
    """
    readings: list[ResponseReading] = []
    for status, node in (operation.node / "responses").members():
        response = document.resolve(node)
        if status.startswith("x-") or response is None:
            continue
        is_empty = operation.method == "head" or not has_content(status)
        media = [
            (media_types.media_type_of_key(key), each)
            for key, each in (response / "content").members()
            if not is_empty
        ]
        content = tuple((kind, _content(kind, each, reader)) for kind, each in media)
        parts = tuple(
            PartsReading(kind, *multipart.part_shapes(each, reader))
            for kind, each in media
            if multipart.is_sequence(kind, each)
        )
        value: JsonObject = response.value if is_object(response.value) else {}
        inferred = value.get("x-evidence") == "inferred"
        doc = text_at(value, "summary") or text_at(value, "description")
        headers = tuple(_headers(document, response, reader)) if status[0] in "2d" else ()
        readings.append(ResponseReading(_status(status), content, doc, inferred, headers, parts))
    return readings


def _content(media_type: str, media: Node, reader: SchemaReader) -> Shape:
    """Read the shape of a body, or of the items of a stream."""
    framing = media_types.framing(media_types.essence(media_type))
    if multipart.is_sequence(media_type, media):
        return multipart.part_shape(media, reader)
    if not framing:
        return reader.shape(media / "schema") if "schema" in media else Anything()
    keyword = next((name for name in ("itemSchema", "schema") if name in media), "")
    in_data = [*_schemas_of_data(media / keyword, reader.document)] if framing == "events" else []
    if in_data:
        shapes = tuple(dict.fromkeys(map(reader.shape, in_data)))
        return shapes[0] if len(shapes) == 1 else OneOf(shapes)
    shape = item_shape(media, reader)
    if framing != "events":
        return shape
    named = reader.named[shape.name].shape if isinstance(shape, Ref) else None
    if isinstance(named, ObjectShape):
        members = {each.wire_name: each.shape for each in named.properties}
        if "data" in members and members.keys() <= _EVENT:
            return members["data"]
    return Scalar("string") if isinstance(shape, Anything) else shape


def _schemas_of_data(event: Node, document: Document) -> Iterator[Node]:
    """Iterate over the schemas of the data of events; over none if some of it is no JSON."""
    schema = document.resolve(event) or event
    options = [*(schema / "oneOf").items(), *(schema / "anyOf").items()]
    found = [document.resolve(each) for each in (schema, *options)]
    described = [each.at("properties", "data") for each in found if each is not None]
    described = [each for each in described if is_object(each.value)]
    is_json = [media_types.is_json(text_at(each.value, "contentMediaType")) for each in described]
    if described and all(is_json):
        yield from (each / "contentSchema" for each in described if "contentSchema" in each)


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
