"""One reading of a document: references resolved, names assigned, notations unified.

Every operation gets its own parameters, request body, responses and security, every schema becomes
a shape. Names of schemas come from the document alone: a component keeps its own, an inline schema
is named after its position, so that a new endpoint renames nothing. `planning` and `diff` import
this package.
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
from generator.openapi.media_types import JSON, essence, includes_json, resolved
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
        wire_name: Its name on the wire.
        location: `path`, `query`, `header` or `cookie`.
        required: Whether it must be given.
        shape: What its value is.
        style: How OpenAPI writes it.
        explode: Whether items and members are written as parameters of their own.
        arrays: How lists inside a deep object are written.
        media_type: `application/json` if its value is written as JSON, else an empty text.
        allow_reserved: Whether characters that have a meaning in URLs are sent as they are.
        allow_empty: Whether it may be given without a value.
        doc: Its description.
        default: What the server takes it to be when it is left out; None if that is not said.
        deprecated: Whether the document discourages it.
        node: Where it stands.
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
        id: Its operationId; one that is missing is made of method and path.
        path: The path template.
        method: The HTTP method in lower case.
        tags: Its tags.
        summary: One line about it.
        doc: Its description.
        deprecated: Whether the document discourages it.
        parameters: Its parameters, those of the path first.
        body: The body of its requests, or None.
        responses: Its answers.
        security: Alternatives; each maps the names of schemes to scopes. Empty if none is needed.
        client: The names that `x-client` gives, `resource` and `method`.
        pagination: What `x-pagination` says, or None.
        server: The address of its own server, or of its path's; empty if it has none.
        node: Where it stands.
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
        """The ways to write the body; none if there is no body."""
        return () if self.body is None else self.body.media


@dataclass(frozen=True, slots=True)
class Normalised:
    """A whole document.

    Attributes:
        document: The document as it was read.
        operations: Its operations, in order.
        schemas: Its named schemas by class name: the components in their order, each followed by
            what is inside it, then those of the operations.
        discriminators: What tells the objects of unions apart, by their class names.
    """

    document: Document
    operations: tuple[OperationReading, ...]
    schemas: dict[str, NamedShape]
    discriminators: dict[frozenset[str], Discriminator]


def normalise(document: Document) -> Normalised:
    """Read a document that has no errors."""
    reader = SchemaReader(document)
    for _, node in (document.root / "components" / "schemas").members():
        reader.shape(node)
    usual = security.usual(document)
    operations = tuple(
        _operation(document, operation, reader, usual) for operation in operations_of(document)
    )
    return Normalised(document, operations, reader.named, reader.discriminators())


def derived_operation_id(method: str, path: str) -> str:
    """Make an operationId for an operation that has none."""
    return f"{method} {path}"


def _operation(
    document: Document,
    found: OperationNode,
    reader: SchemaReader,
    otherwise: security.Requirements,
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
        parameters=tuple(sorted(parameters, key=lambda each: _place(each, found.path))),
        body=request_body(document, node, reader),
        responses=tuple(responses(document, node, reader)),
        security=security.requirements(node, otherwise),
        client=client if is_object(client) else {},
        pagination=pagination if is_object(pagination) else None,
        server=servers.own(found),
        node=node,
    )


def _place(parameter: ParameterReading, path: str) -> tuple[int, int]:
    """Give where a parameter stands among the others: in the path's order, then by location."""
    is_in_path = parameter.location == "path"
    at = path.find(f"{{{parameter.wire_name}}}") if is_in_path else 0
    return LOCATIONS.index(parameter.location), at


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
            if includes_json(essence(resolved(name)) or ""):
                schema, media_type = media / "schema", JSON
                break
            if is_first:
                schema, media_type = media / "schema", "text"
    described: object = reader.document.follow(schema).value
    return ParameterReading(
        wire_name=text_at(value, "name"),
        location=location,
        required=location == "path" or value.get("required") is True,
        shape=Scalar("string") if media_type == "text" else _as_text(reader.shape(schema)),
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


def _as_text(shape: Shape) -> Shape:
    """Take bytes for a text, which is all that a parameter can be."""
    if isinstance(shape, ListOf):
        return ListOf(_as_text(shape.item), shape.limits)
    if isinstance(shape, Scalar) and shape.format == "binary":
        return Scalar(shape.type, "", shape.limits)
    return shape
