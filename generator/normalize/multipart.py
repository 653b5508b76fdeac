"""Multipart bodies whose parts have positions instead of names."""

from __future__ import annotations

from ..document import Node
from ..document.json_values import is_object, text_at
from ..openapi.media_types import essence, is_json, is_text
from .schemas.reader import SchemaReader
from .schemas.shapes import Anything, ListOf, OneOf, Scalar, Shape

_POSITIONAL = ("itemSchema", "prefixEncoding", "itemEncoding")
_RANGES = frozenset({"*/*", "application/*", "text/*"})
_BYTES = Scalar("string", "binary")


def is_sequence(media_type: str, media: Node) -> bool:
    """Whether the parts of a media type have positions: each is described by itself."""
    kind = essence(media_type)
    return kind.startswith("multipart/") and any(keyword in media for keyword in _POSITIONAL)


def positions(media: Node, reader: SchemaReader) -> tuple[tuple[Node, Node], ...]:
    """Return the schema and the encoding of each part with a position of its own."""
    schema = reader.document.resolve(media / "schema") or media / "schema"
    prefix = media / "prefixEncoding"
    count = max(len([*each.items()]) for each in (schema / "prefixItems", prefix))
    found = [(schema / "prefixItems" / index, prefix / index) for index in range(count)]
    further = further_schema(media, reader)
    return tuple(
        (each if each.value is not None else further, encoding) for each, encoding in found
    )


def further_schema(media: Node, reader: SchemaReader) -> Node:
    """Return the schema of the parts without a position of their own; absent for any part."""
    if "itemSchema" in media:
        return media / "itemSchema"
    schema = reader.document.resolve(media / "schema") or media / "schema"
    return schema / "items"


def part_shapes(media: Node, reader: SchemaReader) -> tuple[tuple[Shape, ...], Shape | None]:
    """Return the shapes of the parts with positions, and that of further ones, if there are any.

    The shape of a part is a binary string for bytes, a string for text, else that of its JSON.
    """
    prefix = tuple(single_shape(*each, reader) for each in positions(media, reader))
    further = further_schema(media, reader)
    if further.value is False:
        return prefix, None
    return prefix, single_shape(further, media / "itemEncoding", reader)


def part_shape(media: Node, reader: SchemaReader) -> Shape:
    """Return the shape of any part; see `part_shapes`."""
    prefix, further = part_shapes(media, reader)
    options: list[Shape] = []
    for shape in (*prefix, *([] if further is None else [further])):
        options += shape.options if isinstance(shape, OneOf) else (shape,)
    unique = tuple(dict.fromkeys(options))
    if not unique or any(isinstance(each, Anything) for each in unique):
        return Anything()
    return unique[0] if len(unique) == 1 else OneOf(unique)


def json_shape(shape: Shape | None) -> Shape | None:
    """Return the shape of the parts in JSON; None if no part is."""
    if shape is None:
        return None
    options = shape.options if isinstance(shape, OneOf) else (shape,)
    found = tuple(each for each in options if part_kind(each) == "json")
    return OneOf(found) if len(found) > 1 else next(iter(found), None)


def part_kind(shape: Shape) -> str:
    """Return how a part is decoded: `json`, `text` or `bytes`."""
    if isinstance(shape, Scalar) and shape.type == "string":
        return "bytes" if shape.format == "binary" else "text"
    return "json"


def single_shape(schema: Node, encoding: Node, reader: SchemaReader) -> Shape:
    """Return the shape of one part, by its media types and its schema."""
    kinds = part_types(encoding)
    shape = reader.shape(schema) if schema.value is not None else Anything()
    if isinstance(shape, ListOf) and not kinds:
        return shape
    if kinds and all(is_json(each) for each in kinds):
        return shape
    if kinds and all(is_text(each) for each in kinds):
        return Scalar("string")
    if kinds and not any(is_json(each) or is_text(each) or each in _RANGES for each in kinds):
        return _BYTES
    return shape


def part_types(encoding: Node) -> list[str]:
    """Return the media types of a part, without parameters."""
    value = encoding.value if is_object(encoding.value) else {}
    return [essence(each) for each in text_at(value, "contentType").split(",") if each.strip()]
