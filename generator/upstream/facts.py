"""Facts of an OpenAPI document that can be compared one by one.

Names of schemas are ignored, because two descriptions of one service name them differently. A fact
is identified by the request, and by its location in the parameters or responses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..document.json_values import (
    JsonObject,
    array_at,
    is_array,
    is_object,
    object_at,
    text_at,
)
from ..openapi.operations import METHODS, sent_method

_MAX_DEPTH = 12  # Levels; recursive schemas add no facts below.


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A fact about a request.

    Attributes:
        request: The request, for example `GET /pets/{}`.
        kind: `parameter`, `scope`, `status`, `property` or `value`.
        location: The location, for example `200.items[].color`; empty for the request itself.
        value: The name of the parameter or property, the status, the scope or the enum value.
    """

    request: str
    kind: str
    location: str
    value: str


def facts(document: JsonObject) -> set[Fact]:
    """Return all facts about the requests of a document."""
    return {
        fact
        for request, item, node in _operations(document)
        for fact in _about(document, request, item, node)
    }


def requests(document: JsonObject) -> dict[str, str]:
    """Return the requests of a document: normalized, and with the path of the document."""
    return {
        _request(method, path): f"{sent_method(method)} {path}"
        for path, item in object_at(document, "paths").items()
        if is_object(item)
        for method, _ in _methods(item)
    }


def _operations(document: JsonObject) -> Iterator[tuple[str, JsonObject, JsonObject]]:
    for path, node in object_at(document, "paths").items():
        item = _resolve(document, node)
        for method, operation in _methods(item):
            yield _request(method, path), item, operation


def _methods(item: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for method in METHODS:
        if method in item:
            yield method, object_at(item, method)
    for method, operation in object_at(item, "additionalOperations").items():
        yield method, operation if is_object(operation) else {}


def _request(method: str, path: str) -> str:
    return f"{sent_method(method)} {re.sub(r'{[^{}]*}', '{}', path)}"


def _about(
    document: JsonObject, request: str, item: JsonObject, operation: JsonObject
) -> Iterator[Fact]:
    security: Any = operation.get("security", document.get("security"))
    for alternative in security if is_array(security) else []:
        for scopes in alternative.values() if is_object(alternative) else ():
            yield from (Fact(request, "scope", "", scope) for scope in scopes or ())
    for holder in (item, operation):
        for each in array_at(holder, "parameters"):
            parameter = _resolve(document, each)
            name, location = text_at(parameter, "name"), text_at(parameter, "in")
            if location != "path":  # Names of path parameters are not part of requests.
                yield Fact(request, "parameter", location, name)
                schema = object_at(parameter, "schema")
                yield from _schema(document, request, f"{location} {name}", schema)
    for status, each in object_at(operation, "responses").items():
        yield Fact(request, "status", "", status)
        yield from _content(document, request, status, each)
    yield from _content(document, request, "body", operation.get("requestBody"))


def _content(document: JsonObject, request: str, location: str, holder: Any) -> Iterator[Fact]:
    for media in object_at(_resolve(document, holder), "content").values():
        if is_object(media):
            yield from _schema(document, request, location, object_at(media, "schema"))


def _schema(
    document: JsonObject, request: str, location: str, schema: Any, depth: int = 0
) -> Iterator[Fact]:
    schema = _resolve(document, schema)
    if not schema or depth > _MAX_DEPTH:
        return
    for value in array_at(schema, "enum"):
        yield Fact(request, "value", location, repr(value))
    for name, each in object_at(schema, "properties").items():
        inside = f"{location}.{name}"
        yield Fact(request, "property", location, name)
        yield from _schema(document, request, inside, each, depth + 1)
    yield from _schema(document, request, f"{location}[]", schema.get("items"), depth + 1)
    additional = schema.get("additionalProperties")
    yield from _schema(document, request, f"{location}{{}}", additional, depth + 1)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for each in array_at(schema, keyword):
            yield from _schema(document, request, location, each, depth + 1)


def _resolve(document: JsonObject, node: Any) -> JsonObject:
    """Return a node with local references resolved; empty if a reference is invalid."""
    for _ in range(_MAX_DEPTH):
        if not is_object(node) or "$ref" not in node:
            break
        target: Any = document
        for step in str(node["$ref"]).removeprefix("#/").split("/"):
            target = object_at(target, step) if is_object(target) else {}
        node = target
    return node if is_object(node) else {}
