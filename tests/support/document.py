"""The document as plain data, with references resolved."""

from __future__ import annotations

from functools import cache
from typing import Any

from generator.document.json_values import is_object
from generator.document.parsing import parse
from tests.support.paths import SPEC


@cache
def document() -> Any:
    """Return the document, read with the rules of YAML 1.2."""
    parsed = parse(SPEC.read_bytes(), "openapi.yaml")
    assert parsed.problems == ()
    return parsed.data


def resolve(node: Any) -> Any:
    """Return the target of a reference, or the node itself."""
    while is_object(node) and "$ref" in node:
        found = document()
        for step in str(node["$ref"]).removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def operation(path: str) -> Any:
    """Return the GET operation of a path."""
    return document()["paths"][path]["get"]


def schema(name: str) -> Any:
    """Return a named schema."""
    return document()["components"]["schemas"][name]


def parameters(path: str) -> dict[str, Any]:
    """Return an operation's parameters by name."""
    found = [resolve(each) for each in operation(path).get("parameters", ())]
    return {each["name"]: each for each in found}


def scopes(path: str) -> list[list[str]]:
    """Return the alternatives of an operation's security, each a list of scopes."""
    return [requirement["bearer"] for requirement in operation(path)["security"]]


def answer_schema(path: str, status: str) -> Any:
    """Return the schema of a response."""
    response = resolve(operation(path)["responses"][status])
    return resolve(response["content"]["application/json"]["schema"])


def examples(path: str, status: str) -> list[Any]:
    """Return the values of a response's examples."""
    response = resolve(operation(path)["responses"][status])
    content = response["content"]["application/json"]
    found = [resolve(each)["value"] for each in content.get("examples", {}).values()]
    return [*found, *([content["example"]] if "example" in content else [])]
