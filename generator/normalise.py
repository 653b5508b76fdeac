"""One reading of a document: references followed, names settled, notations resolved.

Documents say the same thing in many ways. Here every operation gets its own parameters, security
and answers, and every schema becomes a shape. Names of schemas come from the document alone: a
component keeps its own, an inline schema is named after the place where it stands. So equal
documents give equal names, and a new endpoint renames nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from generator import outline, schemas
from generator.document import Document, Node
from generator.json_types import JsonObject, is_array, is_object, text_at
from generator.shapes import Anything, Discriminator, NamedShape, Shape

_DEFAULT_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}


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
    doc: str
    default: Any
    deprecated: bool
    node: Node = field(compare=False)


@dataclass(frozen=True, slots=True)
class ResponseReading:
    """What an operation may answer with one status or range of statuses.

    Attributes:
        status: A status, a range such as `5XX`, or `default`.
        content: What the body is, by media type.
        doc: Its description.
        inferred: Whether the service's own documents do not mention it.
    """

    status: str
    content: tuple[tuple[str, Shape], ...]
    doc: str
    inferred: bool


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
        responses: Its answers.
        security: Alternatives; each maps the names of schemes to scopes. Empty if none is needed.
        client: The names that `x-client` gives, `resource` and `method`.
        pagination: What `x-pagination` says, or None.
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
    responses: tuple[ResponseReading, ...]
    security: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
    client: JsonObject
    pagination: JsonObject | None
    node: Node = field(compare=False)


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
    reader = schemas.SchemaReader(document)
    for _, node in (document.root / "components" / "schemas").members():
        reader.shape(node)
    operations = tuple(
        _operation(document, operation, reader) for operation in outline.operations(document)
    )
    return Normalised(document, operations, reader.named, reader.discriminators())


def derived_operation_id(method: str, path: str) -> str:
    """Make an operationId for an operation that has none."""
    return f"{method} {path}"


def _operation(
    document: Document, found: outline.OperationNode, reader: schemas.SchemaReader
) -> OperationReading:
    node = found.node
    value: JsonObject = node.value
    parameters = [
        _parameter(parameter, reader) for parameter in outline.parameters(document, found)
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
        parameters=tuple(sorted(parameters, key=lambda each: each.location != "path")),
        responses=tuple(_responses(document, node, reader)),
        security=_security(value.get("security", document.root.value.get("security"))),
        client=client if is_object(client) else {},
        pagination=pagination if is_object(pagination) else None,
        node=node,
    )


def _parameter(node: Node, reader: schemas.SchemaReader) -> ParameterReading:
    value: JsonObject = node.value
    location = text_at(value, "in")
    style = text_at(value, "style") or _DEFAULT_STYLES[location]
    explode = value.get("explode")
    deep = value.get("x-deep-object")
    schema = node / "schema"
    described: object = reader.document.follow(schema).value if "schema" in node else {}
    return ParameterReading(
        wire_name=text_at(value, "name"),
        location=location,
        required=location == "path" or value.get("required") is True,
        shape=reader.shape(schema) if "schema" in node else Anything(),
        style=style,
        explode=explode if isinstance(explode, bool) else style == "form",
        arrays=text_at(deep, "arrays") if is_object(deep) else "brackets",
        doc=text_at(value, "description"),
        default=described.get("default") if is_object(described) else None,
        deprecated=value.get("deprecated") is True,
        node=node,
    )


def _responses(
    document: Document, operation: Node, reader: schemas.SchemaReader
) -> list[ResponseReading]:
    readings: list[ResponseReading] = []
    for status, node in (operation / "responses").members():
        response = outline.resolved(document, node)
        if status.startswith("x-") or response is None:
            continue
        content = tuple(
            (media_type, reader.shape(media / "schema") if "schema" in media else Anything())
            for media_type, media in (response / "content").members()
        )
        inferred = response.value.get("x-evidence") == "inferred"
        doc = text_at(response.value, "description")
        readings.append(ResponseReading(_status(status), content, doc, inferred))
    return readings


def _status(text: str) -> str:
    return text.upper() if text != "default" else text


def _security(value: Any) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    requirements: list[Any] = value if is_array(value) else []
    return tuple(
        tuple((scheme, tuple(scopes or ())) for scheme, scopes in requirement.items())
        for requirement in requirements
        if is_object(requirement)
    )
