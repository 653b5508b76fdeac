"""Normalization of a document: references resolved, names assigned, notations unified.

Every operation gets its own parameters, request body, responses and security, and every schema
becomes a shape; `planning` and `diff` may import this package.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generator.document import Document, Node
from generator.document.json_values import JsonObject, is_array, is_object, text_at
from generator.normalize import security, servers
from generator.normalize.request_bodies import BodyReading, MediaReading, request_body
from generator.normalize.responses import ResponseReading, responses
from generator.normalize.schemas.reader import SchemaReader
from generator.normalize.schemas.shapes import Discriminator, ListOf, NamedShape, Scalar, Shape
from generator.openapi.media_types import JSON, essence, includes_json, media_type_of_key
from generator.openapi.operations import (
    OperationNode,
    is_ignored_header,
    operations_of,
    parameters_of,
)
from generator.openapi.parameters import LOCATIONS, default_style


@dataclass(frozen=True, slots=True)
class ParameterReading:
    """A parameter of an operation.

    Attributes:
        wire_name: The name in the document.
        location: `path`, `query`, `header` or `cookie`.
        required: Whether it is required.
        shape: The shape of the value.
        style: The style of OpenAPI that encodes it.
        explode: Whether items and members are encoded as separate parameters.
        arrays: The encoding of lists inside a deep object.
        media_type: `application/json` if the value is encoded as JSON, else an empty string.
        allow_reserved: Whether reserved characters of URLs are sent without percent-encoding.
        allow_empty: Whether it can be sent without a value.
        doc: The description.
        default: The value that the server assumes if it is missing; None if not documented.
        deprecated: Whether the document marks it as deprecated.
        node: The Parameter Object.
    """

    wire_name: str
    location: str
    required: bool
    shape: Shape
    style: str
    explode: bool
    arrays: str
    media_type: str
    allow_reserved: bool
    allow_empty: bool
    doc: str
    default: Any
    deprecated: bool
    node: Node = field(compare=False)


@dataclass(frozen=True, slots=True)
class OperationReading:
    """An operation.

    Attributes:
        id: The operationId; if missing, derived from HTTP method and path.
        path: The path template.
        method: The HTTP method in lowercase.
        tags: The tags.
        summary: The summary.
        doc: The description.
        deprecated: Whether the document marks it as deprecated.
        parameters: The parameters, those in the path first.
        body: The request body, or None.
        responses: The responses.
        security: Alternatives; each maps the names of schemes to scopes. Empty if none is needed.
        client: The object `x-client`, with the names `resource` and `method`.
        pagination: The object `x-pagination`, or None.
        server: The URL of the operation's own server, or of its path's; empty if it has none.
        node: The Operation Object.
    """

    id: str
    path: str
    method: str
    tags: tuple[str, ...]
    summary: str
    doc: str
    deprecated: bool
    parameters: tuple[ParameterReading, ...]
    body: BodyReading | None
    responses: tuple[ResponseReading, ...]
    security: security.Requirements
    client: JsonObject
    pagination: JsonObject | None
    server: str
    node: Node = field(compare=False)

    @property
    def media(self) -> tuple[MediaReading, ...]:
        """The media types of the request body; empty without a request body."""
        return () if self.body is None else self.body.media


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalized document.

    Attributes:
        document: The document.
        operations: The operations, in the document's order.
        schemas: The named schemas by class name: the components in their order, each followed by
            the schemas inside it, then those of the operations.
        discriminators: The discriminators of families, and those that constants imply for unions
            without one of their own, by the class names of the objects.
    """

    document: Document
    operations: tuple[OperationReading, ...]
    schemas: dict[str, NamedShape]
    discriminators: dict[frozenset[str], Discriminator]


def normalize(document: Document) -> Normalized:
    """Normalize a document without errors."""
    reader = SchemaReader(document)
    for _, node in (document.root / "components" / "schemas").members():
        reader.shape(node)
    default_security = security.default_requirements(document)
    operations = tuple(
        _operation(document, operation, reader, default_security)
        for operation in operations_of(document)
    )
    return Normalized(document, operations, reader.named, reader.discriminators())


def derived_operation_id(method: str, path: str) -> str:
    """Return the operationId of an operation that has none."""
    return f"{method} {path}"


def _operation(
    document: Document,
    found: OperationNode,
    reader: SchemaReader,
    default_security: security.Requirements,
) -> OperationReading:
    node = found.node
    value: JsonObject = node.value
    parameters = [
        _parameter(parameter, reader)
        for parameter in parameters_of(document, found)
        if not is_ignored_header(parameter)
    ]
    client, pagination = value.get("x-client"), value.get("x-pagination")
    tags: list[Any] = value["tags"] if is_array(value.get("tags")) else []
    return OperationReading(
        id=text_at(value, "operationId") or derived_operation_id(found.method, found.path),
        path=found.path,
        method=found.method,
        tags=tuple(tag for tag in tags if isinstance(tag, str)),
        summary=text_at(value, "summary"),
        doc=text_at(value, "description"),
        deprecated=value.get("deprecated") is True,
        parameters=tuple(sorted(parameters, key=lambda each: _sort_key(each, found.path))),
        body=request_body(document, node, reader),
        responses=tuple(responses(document, found, reader)),
        security=security.requirements(node, default_security),
        client=client if is_object(client) else {},
        pagination=pagination if is_object(pagination) else None,
        server=servers.operation_server_url(found),
        node=node,
    )


def _sort_key(parameter: ParameterReading, path: str) -> tuple[int, int]:
    """Return the sort key of a parameter: by location, and path parameters in the path's order."""
    is_in_path = parameter.location == "path"
    position = path.find(f"{{{parameter.wire_name}}}") if is_in_path else 0
    return LOCATIONS.index(parameter.location), position


def _parameter(node: Node, reader: SchemaReader) -> ParameterReading:
    value: JsonObject = node.value
    location = text_at(value, "in")
    style = text_at(value, "style") or default_style(location)
    explode = value.get("explode")
    deep = value.get("x-deep-object")
    schema, media_type = node / "schema", ""
    if "schema" not in node:
        for name, media in (node / "content").members():
            is_first = not media_type
            if includes_json(essence(media_type_of_key(name)) or ""):
                schema, media_type = media / "schema", JSON
                break
            if is_first:
                schema, media_type = media / "schema", "text"
    described: object = reader.document.follow(schema).value
    return ParameterReading(
        wire_name=text_at(value, "name"),
        location=location,
        required=location == "path" or value.get("required") is True,
        shape=Scalar("string") if media_type == "text" else _bytes_as_strings(reader.shape(schema)),
        style=style,
        explode=explode if isinstance(explode, bool) else style == "form",
        arrays=text_at(deep, "arrays") if is_object(deep) else "either",
        media_type=media_type.removeprefix("text"),
        allow_reserved=value.get("allowReserved") is True and location == "query",
        allow_empty=value.get("allowEmptyValue") is True and location == "query",
        doc=text_at(value, "description"),
        default=described.get("default") if is_object(described) else None,
        deprecated=value.get("deprecated") is True,
        node=node,
    )


def _bytes_as_strings(shape: Shape) -> Shape:
    """Return a shape with bytes as strings, because parameters cannot carry bytes."""
    if isinstance(shape, ListOf):
        return ListOf(_bytes_as_strings(shape.item), shape.constraints)
    if isinstance(shape, Scalar) and shape.format == "binary":
        return Scalar(shape.type, "", shape.constraints)
    return shape
