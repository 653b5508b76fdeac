"""Calls of every operation of a document, with arguments from the document."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from generator.document.json_values import is_array, is_object

Json = Any

_DEEPEST = 4
_TEXTS = {
    "date-time": "2024-01-02T03:04:05Z",
    "date": "2024-01-02",
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "email": "ann@example.com",
    "uri": "https://example.com/a",
    "byte": "aGVsbG8=",
}


@dataclass(frozen=True)
class Document:
    """A document as plain JSON."""

    root: Json

    def follow(self, node: Json) -> Json:
        """Resolve a reference."""
        while is_object(node) and "$ref" in node:
            found = self.root
            for step in node["$ref"].removeprefix("#/").split("/"):
                found = found[step.replace("~1", "/").replace("~0", "~")]
            node = found
        return node

    def operation(self, method: str, path: str) -> Json:
        """Return an operation, including the parameters of its path."""
        item = self.follow(self.root["paths"][path])
        found = item[method.lower()]
        shared = item.get("parameters", [])
        return {**found, "parameters": [*shared, *found.get("parameters", [])]}

    def value(self, holder: Json) -> Json:
        """Return a value for a parameter or a body: its example, or one that fits its schema."""
        if "example" in holder:
            return holder["example"]
        for each in holder.get("examples", {}).values():
            if "value" in self.follow(each):
                return self.follow(each)["value"]
        for media in holder.get("content", {}).values():
            return self.value(media)
        return self.fitting(holder.get("schema", {}))

    def fitting(self, schema: Json, depth: int = 0) -> Json:
        """Return a value that fits a schema."""
        schema = self._whole(self.follow(schema))
        for shown in ("example", "const", "default"):
            if schema.get(shown) is not None:
                return schema[shown]
        for several in ("examples", "enum"):
            if schema.get(several):
                return schema[several][0]
        for several in ("oneOf", "anyOf"):
            if several in schema and "properties" not in schema:
                return self.fitting(schema[several][0], depth)
        kinds = schema.get("type", "object" if "properties" in schema else "string")
        kind = kinds[0] if is_array(kinds) else kinds
        if kind == "array":
            return [self.fitting(schema.get("items", {}), depth + 1)] * max(
                schema.get("minItems", 1), 1
            )
        if kind == "object":
            return dict(self._members(schema, depth))
        number = schema.get("minimum", 1)
        plain = {"integer": number, "number": number, "boolean": True, "null": None}
        return plain[kind] if kind in plain else self._text(schema)

    def _members(self, schema: Json, depth: int) -> Iterator[tuple[str, Json]]:
        needed = schema.get("required", [])
        for name, each in schema.get("properties", {}).items():
            if (name not in needed and depth >= _DEEPEST) or self.follow(each).get("readOnly"):
                continue
            value = self.fitting(each, depth + 1)
            if name in needed or value not in ([], {}):
                yield name, value

    def _whole(self, schema: Json) -> Json:
        """Join the parts of a schema."""
        parts = [self._whole(self.follow(each)) for each in schema.get("allOf", [])]
        whole = {key: each for part in [*parts, schema] for key, each in part.items()}
        whole["properties"] = {
            key: each
            for part in [*parts, schema]
            for key, each in part.get("properties", {}).items()
        }
        whole["required"] = [n for part in [*parts, schema] for n in part.get("required", [])]
        return whole if parts else schema

    @staticmethod
    def _text(schema: Json) -> str:
        if schema.get("format") in _TEXTS:
            return _TEXTS[schema["format"]]
        least, most = schema.get("minLength", 1), schema.get("maxLength", 1_000)
        choices = ("text", "ab12", "1", "a" * 40, "a" * least)
        fitting = (
            each
            for each in choices
            if least <= len(each) <= most and re.search(schema.get("pattern", ""), each)
        )
        return next(fitting, "a" * least)


class Watched(httpx.BaseTransport):
    """Forwards requests to a mock server, and collects the violations that it reports."""

    def __init__(self, address: str) -> None:
        self._address = httpx.URL(address)
        self._inner = httpx.HTTPTransport()
        self.violations: list[str] = []

    def close(self) -> None:
        self._inner.close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(port=self._address.port)
        answer = self._inner.handle_request(request)
        found: list[Json] = json.loads(answer.headers.get("sl-violations", "[]"))
        self.violations += [
            f"{each['location']}: {each['message']}"
            for each in found
            if each["location"][0] == "request"
        ]
        return answer


@dataclass(frozen=True)
class Callable:
    """An operation of a package.

    Attributes:
        resource: The client's attribute for its resource.
        method: The method's name.
        parameters: The parameters in the package.
        described: The operation in the document.
    """

    resource: str
    method: str
    parameters: tuple[Any, ...]
    described: Json

    def arguments(self, document: Document) -> dict[str, Json]:
        """Return an argument for every parameter."""
        documented = {
            (each["name"], each["in"]): each
            for each in map(document.follow, self.described["parameters"])
        }
        found: dict[str, Json] = {}
        for each in self.parameters:
            if each.location == "body":
                found["body"] = document.value(document.follow(self.described["requestBody"]))
            elif each.location != "content-type":
                found[each.name] = document.value(documented[each.wire_name, each.location])
        return {name: each for name, each in found.items() if each not in ([], {}, "")}


def callables(package: Any, document: Document) -> Iterator[Callable]:
    """Return every operation of a package that was generated from a document."""
    described = {
        each.get("operationId", f"{method} {path}"): document.operation(method, path)
        for path, item in document.root["paths"].items()
        for method, each in item.items()
        if method in {"get", "put", "post", "delete", "patch", "head", "options"}
    }
    kind = importlib.import_module(f"{package.__name__}._runtime.calls.operation").Operation
    folder = importlib.import_module(f"{package.__name__}.resources").__path__
    for module in pkgutil.iter_modules(folder):
        resource = importlib.import_module(f"{package.__name__}.resources.{module.name}")
        for constant, each in vars(resource).items():
            if isinstance(each, kind):
                documented = described[each.name]
                yield Callable(module.name, constant.lower(), each.parameters, documented)
