"""Operations as openapi-python-client reads them, for comparison with our reading.

This is an independent reader: nothing of the package comes from it. `planning.comparison` compares
its reading with ours, operation by operation, so that a misreading of the document is a warning at
its position and not a wrong client. Compared are method, path, the parameters with their location
and whether they are required, whether there is a request body, and the status codes of the
responses; `NOT_COMPARED` lists the constructs that the library cannot express.

The library gets the document's own path items, as they are written, in a copy that keeps only the
compared fields: the library drops operations with schemas that it cannot read. Names are numbers in
the copy, so that none can collide with another or with the library's own. Only this module imports
the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import Property

from ...document import Document, Node
from ...document.json_values import JsonObject, is_object
from ...openapi.media_types import OCTETS
from ...openapi.operations import (
    IGNORED_HEADERS,
    METHODS,
    TEMPLATE_EXPRESSION,
    methods_in,
    path_items,
    path_of,
)
from ...openapi.parameters import parameter_key

NOT_COMPARED: Mapping[str, str] = MappingProxyType(
    {
        "schemas": "types are datamodel-code-generator's part; here each schema is a string",
        "content of parameters": "the library leaves out parameters without a schema",
        "style, explode, allowReserved": "the library writes each parameter in one way",
        "$ref of a path item": "the library does not follow it; the copy contains its target",
        "other references": "the copy contains their targets; the library would name them",
        "locations other than path, query, header and cookie": "the library rejects the document",
        "headers that OpenAPI or HTTP define": "we omit them, as OpenAPI requires",
        "case of the names of headers": "HTTP does not distinguish it, the library does",
        "path parameters that are not required": "the library rejects them, we require them",
        "a parameter that is listed twice": "the library rejects the operation",
        "a name that stands in a path twice": "the library rejects the operation",
        "fixed parts of a path": "the copy has numbers, so that no two paths collide",
        "methods of OpenAPI 3.2": "the library does not support them; the copy has others instead",
        "whether a request body is required": "the library does not report it",
        "media types": "the library reads only those that it supports",
        "headers of responses": "the library leaves them out",
        "invalid status codes": "we leave them out, the library reads some of them",
        "operationId, tags, descriptions": "they name and describe calls, and change none",
        "security": "the library only reports whether there is any",
        "servers, callbacks, links": "the library leaves them out",
    }
)
"""The constructs that are not compared, with the reasons."""

OperationKey: TypeAlias = tuple[str, str]
"""An operation's path and method."""

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_STAND_IN = "post"  # for methods of OpenAPI 3.2, which the library does not know
_LOCATIONS = ("path", "query", "header", "cookie")
_STATUS = re.compile(r"[1-5](\d\d|XX)|default")
_OPERATION = "operation"
_SCHEMA = {"type": "string"}
_BODY = {"content": {OCTETS: {"schema": _SCHEMA}}}
_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""The errors of the library for a document that it cannot read."""


@dataclass(frozen=True, slots=True)
class LibraryOperation:
    """An operation as the library reads it.

    Attributes:
        method: The HTTP method, in lower case.
        path: The path.
        parameters: For each location, the names and whether they are required.
        in_path: The names of the path parameters in the path's order.
        has_body: Whether requests have a body.
        statuses: The status codes of the responses.
    """

    method: str
    path: str
    parameters: dict[str, dict[str, bool]]
    in_path: list[str]
    has_body: bool
    statuses: frozenset[str]


@dataclass(frozen=True, slots=True)
class LibraryOperations:
    """The operations that the library reads.

    Attributes:
        nodes: The operations that the document has.
        operations: Those that the library reads.
        unread: The errors of the operations that it cannot read.
        failure: The error if it cannot read the document; else an empty string.
    """

    nodes: dict[OperationKey, Node]
    operations: dict[OperationKey, LibraryOperation]
    unread: dict[OperationKey, str]
    failure: str = ""


def read_operations(document: Document) -> LibraryOperations:
    """Return the operations of a document as the library reads them."""
    copies = _Copies(document)
    copy = copies.document()
    config = Config.from_sources(
        ConfigFile(post_hooks=[]), MetaType.NONE, Path(), "utf-8", overwrite=False, output_path=None
    )
    try:
        data = GeneratorData.from_dict(copy, config=config)
    except _FAILURES as error:
        return LibraryOperations(copies.nodes, {}, {}, f"{type(error).__name__}: {error}")
    if isinstance(data, GeneratorError):
        return LibraryOperations(copies.nodes, {}, {}, f"{data.header}: {data.detail}")
    keys = [*copies.nodes]
    collections = data.endpoint_collections_by_tag.values()
    operations = {
        key: _operation(endpoint, copies, key[1])
        for collection in collections
        for endpoint in collection.endpoints
        for key in [keys[int(str(endpoint.name).removeprefix(_OPERATION))]]
    }
    details = "; ".join(str(each.detail) for all_ in collections for each in all_.parse_errors)
    unread = {key: details for key in keys if key not in operations}
    return LibraryOperations(copies.nodes, operations, unread)


def _operation(endpoint: Endpoint, copies: _Copies, method: str) -> LibraryOperation:
    names, path = copies.names, endpoint.path.get_untrusted_value()
    found = {
        "path": endpoint.path_parameters,
        "query": endpoint.query_parameters,
        "header": endpoint.header_parameters,
        "cookie": endpoint.cookie_parameters,
    }
    parameters = {
        location: {_name(each, names): each.required for each in those}
        for location, those in found.items()
    }
    return LibraryOperation(
        method=method if _is_new(method) else endpoint.method,
        path=copies.paths.get(path.partition("/{")[0], path),
        parameters=parameters,
        in_path=[*parameters["path"]],
        has_body=bool(endpoint.bodies),
        statuses=frozenset(each.status_code.pattern for each in endpoint.responses),
    )


def _is_new(method: str) -> bool:
    """Whether only OpenAPI 3.2 has a method."""
    return method == "query" or method not in METHODS


def _name(parameter: Property, names: list[str]) -> str:
    return names[int(parameter.name.get_untrusted_value()[1:-1])]


@dataclass(slots=True)
class _Copies:
    """The copy of a document's path items.

    Attributes:
        source: The document.
        names: The names of parameters, by their numbers.
        nodes: The operations, in the order of their numbers.
        paths: The paths of the document, by the first segments of those in the copy.
    """

    source: Document
    names: list[str] = field(default_factory=list[str])
    nodes: dict[OperationKey, Node] = field(default_factory=dict[OperationKey, Node])
    paths: dict[str, str] = field(default_factory=dict[str, str])
    _numbers: dict[str, str] = field(default_factory=dict[str, str])

    def document(self) -> JsonObject:
        """Return the whole copy."""
        paths: JsonObject = {}
        for path, item in (self.source.root / "paths").members():
            found = path_items(self.source, item)
            if found and not path.startswith("x-"):
                copied = f"/path{len(paths)}"
                self.paths[copied] = path_of(path)
                paths[f"{copied}{self._path(path)}"] = self._path_item(path, found)
                for other in self._other_path_items(path, found):
                    copied = f"/path{len(paths)}"
                    self.paths[copied] = path_of(path)
                    paths[f"{copied}{self._path(path)}"] = other
        return {
            "openapi": "3.1.0",
            "info": {"title": "operations", "version": "1"},
            "paths": paths,
        }

    def _number(self, name: str) -> str:
        if name not in self._numbers:
            self._numbers[name] = f"n{len(self.names)}x"
            self.names.append(name)
        return self._numbers[name]

    def _path(self, path: str) -> str:
        found = dict.fromkeys(TEMPLATE_EXPRESSION.findall(path))
        return "".join(f"/{{{self._number(name)}}}" for name in found)

    def _path_item(self, path: str, items: Sequence[Node]) -> JsonObject:
        copy: JsonObject = {"parameters": self._parameters(*reversed(items))}
        for method, operation in methods_in(items):
            if method in _METHODS and is_object(operation.value):
                copy[method] = self._operation(operation, len(self.nodes))
                self.nodes[path_of(path), method] = operation
        return copy

    def _other_path_items(self, path: str, items: Sequence[Node]) -> Iterator[JsonObject]:
        """Iterate over path items with one operation each, of methods unknown to the library."""
        for method, operation in methods_in(items):
            if _is_new(method) and is_object(operation.value):
                copied = self._operation(operation, len(self.nodes))
                self.nodes[path_of(path), method] = operation
                yield {"parameters": self._parameters(*reversed(items)), _STAND_IN: copied}

    def _operation(self, node: Node, number: int) -> JsonObject:
        body = self.source.resolve(node / "requestBody")
        has_body = "requestBody" in node and body is not None and is_object(body.value)
        statuses = [
            status.upper() if status != "default" else status
            for status, response in (node / "responses").members()
            if self.source.resolve(response) is not None
        ]
        return {
            "operationId": f"{_OPERATION}{number}",
            "parameters": self._parameters(node),
            **({"requestBody": _BODY} if has_body else {}),
            "responses": {
                status: {"description": ""} for status in statuses if _STATUS.fullmatch(status)
            },
        }

    def _parameters(self, *holders: Node) -> list[JsonObject]:
        found: dict[tuple[str, str], JsonObject] = {}
        for item in (each for holder in holders for each in (holder / "parameters").items()):
            parameter = self.source.follow(item)
            name, location = (parameter / "name").value, (parameter / "in").value
            is_defined = location == "header" and str(name).lower() in IGNORED_HEADERS
            if isinstance(name, str) and location in _LOCATIONS and not is_defined:
                key = parameter_key(name, str(location))
                found[key] = {
                    "name": self._number(key[0]),
                    "in": location,
                    "required": location == "path" or (parameter / "required").value is True,
                    "schema": _SCHEMA,
                }
        return [*found.values()]
