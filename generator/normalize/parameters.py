"""Parameters of operations, each with its shape, style and default."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..document import Node
from ..document.json_values import JsonObject, is_object, text_at
from ..openapi.media_types import (
    FORM,
    JSON,
    essence,
    includes_json,
    is_json,
    media_type_of_key,
)
from ..openapi.parameters import LOCATIONS, default_style, keeps_reserved
from .request_bodies import EncodingReading, form_encodings
from .schemas.reader import SchemaReader
from .schemas.shapes import ListOf, Scalar, Shape, with_inner_shapes


@dataclass(frozen=True, slots=True)
class ParameterReading:
    """A parameter of an operation.

    Attributes:
        wire_name: The name in the document.
        location: `path`, `query`, `header`, `cookie` or `querystring`.
        required: Whether it is required.
        shape: The shape of the value.
        doc: The description.
        default: The value that the server assumes if it is missing; None if not documented.
        deprecated: Whether the document marks it as deprecated.
        node: The Parameter Object.
        style: The style of OpenAPI that encodes it.
        explode: Whether items and members are encoded as separate parameters.
        arrays: The encoding of lists inside a deep object.
        media_type: `application/json` if the value is encoded as JSON, else an empty string; for
            `querystring` any media type.
        allow_reserved: Whether reserved characters of URLs are sent without percent-encoding.
        allow_empty: Whether it can be sent without a value.
        encodings: For `querystring`, the encodings of form members that differ from the default.
    """

    wire_name: str
    location: str
    required: bool
    shape: Shape
    doc: str
    default: Any
    deprecated: bool
    node: Node = field(compare=False)
    style: str = ""
    explode: bool = True
    arrays: str = "either"
    media_type: str = ""
    allow_reserved: bool = False
    allow_empty: bool = False
    encodings: tuple[EncodingReading, ...] = ()


def sort_key(parameter: ParameterReading, path: str) -> tuple[int, int]:
    """Return the sort key of a parameter: by location, and path parameters in the path's order."""
    is_in_path = parameter.location == "path"
    position = path.find(f"{{{parameter.wire_name}}}") if is_in_path else 0
    return LOCATIONS.index(parameter.location), position


def read_parameter(node: Node, reader: SchemaReader) -> ParameterReading:
    """Return a parameter as it is read."""
    value: JsonObject = node.value
    location = text_at(value, "in")
    style = text_at(value, "style") or default_style(location)
    explode = value.get("explode")
    deep = value.get("x-deep-object")
    if location == "querystring":
        return _whole_query(node, reader)
    schema, media_type = node / "schema", ""
    for name, media in (node / "content").members():
        is_first = not media_type
        if includes_json(essence(media_type_of_key(name)) or name):
            schema, media_type = media / "schema", JSON
            break
        if is_first:
            schema, media_type = media / "schema", "text"
    described: object = reader.document.follow(schema).value
    return ParameterReading(
        wire_name=text_at(value, "name"),
        location=location,
        required=location == "path" or value.get("required") is True,
        shape=(_string if media_type == "text" else _bytes_as_strings)(reader.shape(schema)),
        style=style,
        explode=explode if isinstance(explode, bool) else style in {"form", "cookie"},
        arrays=text_at(deep, "arrays") if is_object(deep) else "either",
        media_type=media_type.removeprefix("text"),
        allow_reserved=value.get("allowReserved") is True
        and keeps_reserved(location, reader.document.version),
        allow_empty=value.get("allowEmptyValue") is True and location == "query",
        doc=text_at(value, "description"),
        default=described.get("default") if is_object(described) else None,
        deprecated=value.get("deprecated") is True,
        node=node,
    )


def _whole_query(node: Node, reader: SchemaReader) -> ParameterReading:
    """Return a parameter of the location `querystring` as it is read."""
    value: JsonObject = node.value
    key, media = next((node / "content").members(), (FORM, node))
    media_type = essence(media_type_of_key(key))
    is_encoded = media_type == FORM or is_json(media_type)
    described: object = reader.document.follow(media / "schema").value
    shape = reader.shape(media / "schema")
    shape = shape if is_encoded else _string(shape)
    return ParameterReading(
        wire_name=text_at(value, "name"),
        location="querystring",
        required=value.get("required") is True,
        shape=_bytes_as_strings(shape) if media_type == FORM else shape,
        doc=text_at(value, "description"),
        default=described.get("default") if is_object(described) else None,
        deprecated=value.get("deprecated") is True,
        node=node,
        media_type=media_type,
        encodings=form_encodings(reader.document, media) if media_type == FORM else (),
    )


def _string(shape: Shape) -> Shape:
    """Return the shape of a value in a media type that the client cannot encode: a string."""
    is_string = isinstance(shape, Scalar) and shape.type == "string"
    return _bytes_as_strings(shape) if is_string else Scalar("string")


def _bytes_as_strings(shape: Shape) -> Shape:
    """Return a shape with bytes as strings, because parameters cannot carry bytes."""
    if isinstance(shape, ListOf):
        return with_inner_shapes(shape, _bytes_as_strings)
    if isinstance(shape, Scalar) and shape.format == "binary":
        return Scalar(shape.type, "", shape.constraints)
    return shape
