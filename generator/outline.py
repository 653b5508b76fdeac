"""Where things are in an OpenAPI document: operations, parameters, media types, schemas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.document import Document, Node, UnresolvedReferenceError
from generator.json_types import is_object

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

# Headers that are no parameters, and what to do instead: OpenAPI says some of them in other ways,
# and what HTTP itself needs is set by every client.
IGNORED_HEADERS = {
    "authorization": "say it by a security scheme",
    "accept": "say it by the media types of the responses",
    "content-type": "say it by the media types of the request body",
    "host": "remove it: the client sets it",
    "content-length": "remove it: the client sets it",
    "transfer-encoding": "remove it: the client sets it",
}

# Keywords of a schema by what they hold.
_ONE_SCHEMA = (
    "items",
    "additionalProperties",
    "not",
    "contains",
    "propertyNames",
    "if",
    "then",
    "else",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
)
_MANY_SCHEMAS = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED_SCHEMAS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")


@dataclass(frozen=True, slots=True)
class OperationNode:
    """An operation where it stands under `paths`.

    Attributes:
        path: The path template, such as `/orgs/{orgId}`.
        method: The HTTP method in lower case.
        node: The Operation Object.
        path_item: The Path Item Object, behind its reference if it is one.
    """

    path: str
    method: str
    node: Node
    path_item: Node


def operations(document: Document) -> Iterator[OperationNode]:
    """Give every operation under `paths`, in the document's order."""
    for path, item in (document.root / "paths").members():
        if path.startswith("x-"):
            continue
        path_item = resolved(document, item)
        if path_item is None:
            continue
        for method in METHODS:
            if is_object((path_item / method).value):
                yield OperationNode(path, method, path_item / method, path_item)


def resolved(document: Document, node: Node) -> Node | None:
    """Follow references; None if they lead nowhere."""
    try:
        return document.follow(node)
    except UnresolvedReferenceError:
        return None


def parameters(document: Document, operation: OperationNode) -> list[Node]:
    """Give an operation's parameters, those of its path item included, references followed.

    A parameter of the operation replaces one of the path item with the same name and location.
    """
    found: dict[tuple[str, str], Node] = {}
    for holder in (operation.path_item, operation.node):
        for item in (holder / "parameters").items():
            parameter = resolved(document, item)
            if parameter is None:
                continue
            name, place = (parameter / "name").value, (parameter / "in").value
            if isinstance(name, str) and isinstance(place, str):
                found[name, place] = parameter
    return list(found.values())


def is_ignored(parameter: Node) -> bool:
    """Whether a parameter is none, but a header that is said in another way."""
    name = (parameter / "name").value
    return parameter.value.get("in") == "header" and str(name).lower() in IGNORED_HEADERS


def nested_schemas(schema: Node) -> Iterator[Node]:
    """Give the schemas that stand directly inside a schema; references are not followed."""
    for keyword, member in schema.members():
        if keyword in _ONE_SCHEMA:
            if is_object(member.value) or isinstance(member.value, bool):
                yield member
            else:  # `items` may hold a list in OpenAPI's older dialects.
                yield from member.items()
        elif keyword in _MANY_SCHEMAS:
            yield from member.items()
        elif keyword in _NAMED_SCHEMAS:
            for _, each in member.members():
                yield each


def schemas(document: Document) -> Iterator[Node]:
    """Give every schema of the document once, at whatever depth, in the document's order.

    References are given as they stand; what they name is given at its own place.
    """
    for node in _schema_roots(document):
        waiting = [node]
        while waiting:
            schema = waiting.pop()
            yield schema
            waiting += reversed(list(nested_schemas(schema)))


def _schema_roots(document: Document) -> Iterator[Node]:
    """Give the schemas that stand directly in a path item or in the components."""
    for _, item in (document.root / "paths").members():
        yield from _below_path_item(item)
    for _, item in (document.root / "webhooks").members():
        yield from _below_path_item(item)
    components = document.root / "components"
    for _, schema in (components / "schemas").members():
        yield schema
    for kind, below in (
        ("parameters", _below_parameter),
        ("headers", _below_parameter),
        ("requestBodies", _below_content),
        ("responses", _below_response),
        ("pathItems", _below_path_item),
    ):
        for _, node in (components / kind).members():
            yield from below(node)
    for _, callback in (components / "callbacks").members():
        for _, item in callback.members():
            yield from _below_path_item(item)


def _below_path_item(item: Node) -> Iterator[Node]:
    for parameter in (item / "parameters").items():
        yield from _below_parameter(parameter)
    for method in METHODS:
        operation = item / method
        for parameter in (operation / "parameters").items():
            yield from _below_parameter(parameter)
        yield from _below_content(operation / "requestBody")
        for _, response in (operation / "responses").members():
            yield from _below_response(response)
        for _, callback in (operation / "callbacks").members():
            for _, called in callback.members():
                yield from _below_path_item(called)


def _below_parameter(parameter: Node) -> Iterator[Node]:
    if "schema" in parameter:
        yield parameter / "schema"
    yield from _below_content(parameter)


def _below_response(response: Node) -> Iterator[Node]:
    for _, header in (response / "headers").members():
        yield from _below_parameter(header)
    yield from _below_content(response)


def _below_content(holder: Node) -> Iterator[Node]:
    for _, media in (holder / "content").members():
        if "schema" in media:
            yield media / "schema"
        for _, encoding in (media / "encoding").members():
            for _, header in (encoding / "headers").members():
                yield from _below_parameter(header)
