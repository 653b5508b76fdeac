"""What an OpenAPI document says, as single facts that can be compared one by one.

Names of schemas play no part, since two descriptions of one service name them differently: a fact
is told by the request, and by where in its parameters or answers it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.document.json_values import (
    JsonObject,
    array_at,
    is_array,
    is_object,
    object_at,
    text_at,
)
from generator.openapi.operations import METHODS

_DEEPEST = 12  # Levels; a schema that contains itself says nothing new below.


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """One thing that a description says.

    Attributes:
        request: The request that it is about, such as `GET /pets/{}`.
        kind: `parameter`, `scope`, `status`, `property` or `value`.
        place: Where it stands, such as `200 items[].color`; empty for the request itself.
        value: What it is.
    """

    request: str
    kind: str
    place: str
    value: str


def facts(document: JsonObject) -> set[Fact]:
    """Give everything that a document says about each of its requests."""
    return {
        fact
        for request, item, node in _operations(document)
        for fact in _about(document, request, item, node)
    }


def requests(document: JsonObject) -> dict[str, str]:
    """Give the requests of a document, with their paths as they stand there."""
    return {
        _request(method, path): f"{method.upper()} {path}"
        for path, item in object_at(document, "paths").items()
        for method in METHODS
        if is_object(item) and method in item
    }


def _operations(document: JsonObject) -> Iterator[tuple[str, JsonObject, JsonObject]]:
    for path, node in object_at(document, "paths").items():
        item = _resolved(document, node)
        for method in METHODS:
            if method in item:
                yield _request(method, path), item, object_at(item, method)


def _request(method: str, path: str) -> str:
    return f"{method.upper()} {re.sub(r'{[^{}]*}', '{}', path)}"


def _about(
    document: JsonObject, request: str, item: JsonObject, operation: JsonObject
) -> Iterator[Fact]:
    security: Any = operation.get("security", document.get("security"))
    for alternative in security if is_array(security) else []:
        for scopes in alternative.values() if is_object(alternative) else ():
            yield from (Fact(request, "scope", "", scope) for scope in scopes or ())
    for holder in (item, operation):
        for each in array_at(holder, "parameters"):
            parameter = _resolved(document, each)
            name, place = text_at(parameter, "name"), text_at(parameter, "in")
            if place != "path":  # The path names them, and the names are not on the wire.
                yield Fact(request, "parameter", place, name)
                schema = object_at(parameter, "schema")
                yield from _schema(document, request, f"{place} {name}", schema)
    for status, each in object_at(operation, "responses").items():
        yield Fact(request, "status", "", status)
        yield from _content(document, request, status, each)
    yield from _content(document, request, "body", operation.get("requestBody"))


def _content(document: JsonObject, request: str, place: str, holder: Any) -> Iterator[Fact]:
    for media in object_at(_resolved(document, holder), "content").values():
        if is_object(media):
            yield from _schema(document, request, place, object_at(media, "schema"))


def _schema(
    document: JsonObject, request: str, place: str, schema: Any, depth: int = 0
) -> Iterator[Fact]:
    schema = _resolved(document, schema)
    if not schema or depth > _DEEPEST:
        return
    for value in array_at(schema, "enum"):
        yield Fact(request, "value", place, repr(value))
    for name, each in object_at(schema, "properties").items():
        inside = f"{place}.{name}"
        yield Fact(request, "property", place, name)
        yield from _schema(document, request, inside, each, depth + 1)
    yield from _schema(document, request, f"{place}[]", schema.get("items"), depth + 1)
    additional = schema.get("additionalProperties")
    yield from _schema(document, request, f"{place}{{}}", additional, depth + 1)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for each in array_at(schema, keyword):
            yield from _schema(document, request, place, each, depth + 1)


def _resolved(document: JsonObject, node: Any) -> JsonObject:
    """Follow references inside the document; what leads nowhere says nothing."""
    for _ in range(_DEEPEST):
        if not is_object(node) or "$ref" not in node:
            break
        target: Any = document
        for step in str(node["$ref"]).removeprefix("#/").split("/"):
            target = object_at(target, step) if is_object(target) else {}
        node = target
    return node if is_object(node) else {}
