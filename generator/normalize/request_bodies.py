"""Request bodies of a document, by media type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from ..document import Document, Node
from ..document.json_values import (
    JsonObject,
    array_at,
    is_array,
    is_object,
    object_at,
    text_at,
)
from ..openapi.media_types import (
    FORM,
    JSON,
    OCTETS,
    RANGES_WITH_JSON,
    essence,
    framing,
    is_json,
    is_text,
    media_type_of_key,
)
from ..openapi.survey import composed_schemas
from . import multipart
from .schemas.kinds import kinds
from .schemas.reader import SchemaReader
from .schemas.shapes import Anything, ListOf, Scalar, Shape

Kind: TypeAlias = Literal["json", "form", "multipart", "text", "binary", "items", "parts"]

_STRUCTURES = ("properties", "items", "allOf", "oneOf", "anyOf", "additionalProperties")
_SCALARS = frozenset({"string", "integer", "number", "boolean"})


@dataclass(frozen=True, slots=True)
class EncodingReading:
    """The encoding of a form member, where it differs from the default.

    Attributes:
        name: The name of the member in the form.
        media_types: The media types that the document lists for it.
        headers: The headers of its part that have one allowed value.
        style: The style of OpenAPI that encodes it; empty if it has a media type instead.
        explode: Whether items and members are encoded as separate fields.
        allow_reserved: Whether reserved characters of URLs are sent without percent-encoding.
        is_file: Whether it is a file because of its media type, not its schema.
        is_link: Whether it is a URL in a form with parts, as Django REST framework writes a file.
    """

    name: str
    media_types: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    style: str = ""
    explode: bool = True
    allow_reserved: bool = False
    is_file: bool = False
    is_link: bool = False

    @property
    def is_opaque(self) -> bool:
        """Whether it has media types only in which the client cannot encode an object."""
        kinds = [essence(each) or each for each in self.media_types]
        return bool(kinds) and not any("*" in each or is_json(each) for each in kinds)


@dataclass(frozen=True, slots=True)
class PartReading:
    """A part of a body whose parts have positions.

    Attributes:
        shape: The shape of its value: a binary string for bytes.
        encoding: Its media types and headers.
    """

    shape: Shape
    encoding: EncodingReading


@dataclass(frozen=True, slots=True)
class MediaReading:
    """One media type of a request body.

    Attributes:
        media_type: The media type, or a range.
        kind: The kind of encoding.
        shape: The shape of the body; `Anything` if it can only be bytes. That of an item, if the
            body has items in JSON or parts with positions.
        encodings: The encodings of form members that differ from the default.
        parts: The first parts of a body whose parts have positions.
        further: The parts after them; None without any.
    """

    media_type: str
    kind: Kind
    shape: Shape
    encodings: tuple[EncodingReading, ...] = ()
    parts: tuple[PartReading, ...] = ()
    further: PartReading | None = None


@dataclass(frozen=True, slots=True)
class BodyReading:
    """The request body of an operation.

    Attributes:
        doc: The description.
        required: Whether it is required.
        media: The media types, the default one first.
        node: The Request Body Object.
    """

    doc: str
    required: bool
    media: tuple[MediaReading, ...]
    node: Node = field(compare=False)


def request_body(document: Document, operation: Node, reader: SchemaReader) -> BodyReading | None:
    """Read the request body of an operation; return None if it has none.

    JSON comes first, whatever its position in the document. Ranges of media types come last, and
    media types that can only be bytes although the schema describes a structure.
    """
    node = document.resolve(operation / "requestBody")
    if "requestBody" not in operation or node is None or not is_object(node.value):
        return None
    found: list[tuple[int, MediaReading]] = []
    read: list[tuple[object, Shape]] = []
    for key, media in (node / "content").members():
        media_type = media_type_of_key(key)
        kind = _kind(document, media_type, media)
        if kind in {"items", "parts"}:
            found.append((1, _sequence(document, media_type, kind, media, reader)))
            continue
        is_structure = _is_structure(document, media / "schema")
        is_last = "*" in media_type or (kind in {"text", "binary"} and is_structure)
        rank = 0 if kind == "json" else 2 if is_last else 1
        shape = _shape(media / "schema", kind, reader, read)
        if kind == "json" and "*" in media_type:
            media_type = JSON
        encodings = tuple(_encodings(document, media, kind))
        found.append((rank, MediaReading(media_type, kind, shape, encodings)))
    media_readings = [media for _, media in sorted(found, key=lambda each: each[0])]
    return BodyReading(
        doc=text_at(node.value, "description"),
        required=node.value.get("required") is True,
        media=tuple(media_readings) or (MediaReading(OCTETS, "binary", Anything()),),
        node=node,
    )


def _kind(document: Document, media_type: str, media: Node) -> Kind:
    """Return the kind of encoding of a media type."""
    name = essence(media_type)
    if multipart.is_sequence(media_type, media):
        return "parts"
    if framing(name) in {"lines", "sequence"} and (
        "itemSchema" in media or _is_structure(document, media / "schema")
    ):
        return "items"
    if is_json(name):
        return "json"
    if name in RANGES_WITH_JSON:
        return "json" if _is_structure(document, media / "schema") else "binary"
    if name == FORM:
        return "form"
    if name.startswith("multipart/"):
        return "multipart"
    return "text" if is_text(name) else "binary"


def _sequence(
    document: Document, media_type: str, kind: Kind, media: Node, reader: SchemaReader
) -> MediaReading:
    """Read a media type with items in JSON, or with parts that have positions."""
    if kind == "items":
        return MediaReading(media_type, kind, item_shape(media, reader))

    def part(schema: Node, encoding: Node) -> PartReading:
        shape = multipart.single_shape(schema, encoding, reader)
        return PartReading(shape, _encoding(document, "", encoding, "", has_styles=False))

    further = multipart.further_schema(media, reader)
    return MediaReading(
        media_type,
        kind,
        multipart.part_shape(media, reader),
        parts=tuple(part(*each) for each in multipart.positions(media, reader)),
        further=None if further.value is False else part(further, media / "itemEncoding"),
    )


def item_shape(media: Node, reader: SchemaReader) -> Shape:
    """Return the shape of an item of a sequence; `schema` may describe the list of all items."""
    if "itemSchema" in media:
        return reader.shape(media / "itemSchema")
    shape = reader.shape(media / "schema") if "schema" in media else Anything()
    return shape.item if isinstance(shape, ListOf) else shape


def _is_structure(document: Document, schema: Node) -> bool:
    """Whether a schema describes an object or a list."""
    target = document.resolve(schema)
    if target is None or not is_object(target.value):
        return False
    kind = target.value.get("type")
    kinds = kind if is_array(kind) else [kind]
    return bool({"object", "array"} & {each for each in kinds if isinstance(each, str)}) or any(
        keyword in target.value for keyword in _STRUCTURES
    )


def _shape(
    schema: Node, kind: Kind, reader: SchemaReader, read: list[tuple[object, Shape]]
) -> Shape:
    """Read a schema; equal schemas of several media types become one shape."""
    if kind == "binary" or schema.value is None:
        return Anything()
    if kind == "text" and _is_structure(reader.document, schema):
        return Anything()
    for value, shape in read:
        if value == schema.value:
            return shape
    shape = reader.shape(schema)
    read.append((schema.value, shape))
    return shape if kind != "text" or isinstance(shape, Scalar) else Anything()


def form_encodings(document: Document, media: Node) -> tuple[EncodingReading, ...]:
    """Return the encodings of the members of a form that differ from the default."""
    return tuple(_encodings(document, media, "form"))


def _encodings(document: Document, media: Node, kind: Kind) -> Iterator[EncodingReading]:
    """Iterate over the encodings of form members that differ from the default."""
    if kind not in {"form", "multipart"}:
        return
    described = dict((media / "encoding").members())
    types: dict[str, str] = {}
    links: set[str] = set()
    single: dict[str, tuple[str, str]] = {}
    for name, schemas in _members(document, media / "schema").items():
        items = [part for each in schemas for part in composed_schemas(document, each / "items")]
        values, of_items = [each.value for each in schemas], [each.value for each in items]
        single[name] = _single_kind(values), _single_kind(of_items)
        strings = [each for each in (*values, *of_items) if _is_string(each)]
        if kind == "multipart" and strings:
            stated = {_content_type(each) for each in strings}
            types[name] = stated.pop() if len(stated) == 1 else ""
            links |= {name} if {text_at(each, "format") for each in strings} == {"uri"} else set()
    typed = (name for name, each in types.items() if each or name in links)
    for name in dict.fromkeys([*described, *typed]):
        encoding = described.get(name, media / "encoding" / name)
        has_styles = kind == "form" or document.version != (3, 0)
        reading = _encoding(document, name, encoding, types.get(name, ""), has_styles=has_styles)
        reading = replace(reading, is_link=name in links)
        reading = _without_defaults(reading, *single.get(name, ("", "")), kind=kind)
        if reading != EncodingReading(name):
            yield reading


def _members(document: Document, schema: Node) -> dict[str, list[Node]]:
    """Return the schemas of each property of a schema, or of those that it is composed of."""
    found: dict[str, list[Node]] = {}
    for part in composed_schemas(document, schema):
        for name, node in (part / "properties").members():
            found.setdefault(name, []).extend(composed_schemas(document, node))
    return found


def _encoding(
    document: Document, name: str, node: Node, schema_type: str, *, has_styles: bool
) -> EncodingReading:
    encoding: JsonObject = node.value if is_object(node.value) else {}
    is_any_file = essence(schema_type) == OCTETS  # FastAPI writes it for files of any media type.
    named = text_at(encoding, "contentType") or ("" if is_any_file else schema_type)
    media_types = tuple(each.strip().lower() for each in named.split(",") if each.strip())
    keywords = ("style", "explode", "allowReserved") if has_styles else ()  # As OpenAPI 3.0 says.
    is_styled = any(keyword in encoding for keyword in keywords)
    style = (text_at(encoding, "style") or "form") if is_styled else ""
    explode = encoding.get("explode") if has_styles else None
    headers = tuple(_fixed_headers(document, node / "headers"))
    if is_json(essence(schema_type)) and [*map(essence, media_types)] == [essence(schema_type)]:
        headers, media_types = (*headers, ("Content-Type", media_types[0])), ()
    return EncodingReading(
        name=name,
        media_types=media_types,
        headers=headers,
        style=style,
        explode=explode if isinstance(explode, bool) else style in {"form", ""},
        allow_reserved=has_styles and encoding.get("allowReserved") is True,
        is_file=bool(schema_type) and _is_bytes(schema_type),
    )


def _is_string(schema: JsonObject) -> bool:
    """Whether a schema describes a string, by its type or by the media type of its content."""
    return "contentMediaType" in schema or "string" in kinds(schema)


def _content_type(schema: JsonObject) -> str:
    """Return the media type of a string that is sent as it is, rather than encoded in base64."""
    return "" if "contentEncoding" in schema else text_at(schema, "contentMediaType")


def _single_kind(schemas: list[JsonObject]) -> str:
    """Return the only type that schemas declare besides null, or an empty string."""
    found = {kind for each in schemas for kind in kinds(each)} - {"null"}
    return next(iter(found)) if len(found) == 1 else ""


def _without_defaults(
    encoding: EncodingReading, type_: str, item_type: str, *, kind: Kind
) -> EncodingReading:
    """Return an encoding of a form member without the style and media type of its schema type."""
    if type_ == "object" and not encoding.style and encoding.media_types == (JSON,):
        return replace(encoding, media_types=())
    single = item_type if type_ == "array" else type_
    is_exploded = encoding.explode and not encoding.allow_reserved
    if kind == "form" and encoding.style == "form" and is_exploded and single in _SCALARS:
        return replace(encoding, style="", media_types=())
    if kind == "form" and single == "string" and encoding.media_types == ("text/plain",):
        return replace(encoding, media_types=())
    return encoding


def _fixed_headers(document: Document, headers: Node) -> Iterator[tuple[str, str]]:
    """Iterate over the headers with one allowed value; the client does not send any others."""
    for name, header in headers.members():
        found = document.resolve(header)
        value: JsonObject = found.value if found is not None and is_object(found.value) else {}
        schema = object_at(value, "schema")
        known = array_at(schema, "enum")
        fixed = schema.get("const", known[0] if len(known) == 1 else schema.get("default"))
        if isinstance(fixed, str) and name.lower() not in {"content-type", "content-disposition"}:
            yield name, fixed


def _is_bytes(media_type: str) -> bool:
    """Whether only a file can be of a media type."""
    name = essence(media_type)
    return not is_json(name) and not is_text(name)
