"""Operations, each with its own parameters, request body, responses and security."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..document import Document, Node
from ..document.json_values import JsonObject, is_array, is_object, text_at
from ..openapi.operations import OperationNode, is_ignored_header, parameters_of
from . import security, servers
from .parameters import ParameterReading, read_parameter, sort_key
from .request_bodies import BodyReading, MediaReading, request_body
from .responses import ResponseReading, responses
from .schemas.reader import SchemaReader
from .tags import Tags


@dataclass(frozen=True, slots=True)
class OperationReading:
    """An operation.

    Attributes:
        id: The operationId; if missing, derived from HTTP method and path.
        path: The path template.
        method: The HTTP method in lowercase.
        tags: The tags, the one that names the resource first.
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
        parents: The tags that the first tag is below, the outermost first.
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
    parents: tuple[str, ...] = ()

    @property
    def media(self) -> tuple[MediaReading, ...]:
        """The media types of the request body; empty without a request body."""
        return () if self.body is None else self.body.media


def derived_operation_id(method: str, path: str) -> str:
    """Return the operationId of an operation that has none."""
    return f"{method} {path}"


def read_operation(
    document: Document,
    found: OperationNode,
    reader: SchemaReader,
    default_security: security.Requirements,
    declared: Tags,
) -> OperationReading:
    """Return an operation as it is read.

    Args:
        document: The document.
        found: The operation.
        reader: The reader of its schemas.
        default_security: The requirements of operations that state none.
        declared: The tags of the document.
    """
    node = found.node
    value: JsonObject = node.value
    parameters = [
        read_parameter(parameter, reader)
        for parameter in parameters_of(document, found)
        if not is_ignored_header(parameter)
    ]
    client, pagination = value.get("x-client"), value.get("x-pagination")
    listed: list[Any] = value["tags"] if is_array(value.get("tags")) else []
    tags = declared.by_relevance(each for each in listed if isinstance(each, str))
    return OperationReading(
        id=text_at(value, "operationId") or derived_operation_id(found.method, found.path),
        path=found.path,
        method=found.method,
        tags=tags,
        parents=declared.above(tags[0]) if tags else (),
        summary=text_at(value, "summary"),
        doc=text_at(value, "description"),
        deprecated=value.get("deprecated") is True,
        parameters=tuple(sorted(parameters, key=lambda each: sort_key(each, found.path))),
        body=request_body(document, node, reader),
        responses=tuple(responses(document, found, reader)),
        security=security.requirements(document, node, default_security),
        client=client if is_object(client) else {},
        pagination=pagination if is_object(pagination) else None,
        server=servers.operation_server_url(found),
        node=node,
    )
