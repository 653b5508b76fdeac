"""Names of inline schemas, derived from their positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from ...document import Node
from ...document.json_values import Pointer, is_object, text_at
from ...python import names

NodeId: TypeAlias = tuple[Path, Pointer]


def node_id(node: Node) -> NodeId:
    """Return the identity of a node: its file and JSON Pointer."""
    return node.source.path, node.pointer


def inline_name(node: Node, owners: Mapping[NodeId, str]) -> str:
    """Return the name of a schema: that of its owner, then the path from the owner to it.

    Args:
        node: The schema.
        owners: The names of the schemas that already have one.
    """
    return "".join(_parts(node, owners))


def _parts(node: Node, owners: Mapping[NodeId, str]) -> Iterator[str]:
    """Iterate over the words of an inline schema's name: its owner's, then those of the path."""
    pointer = node.pointer
    start = 0
    for length in range(len(pointer) - 1, 0, -1):
        owner = owners.get((node.source.path, pointer[:length]))
        if owner is not None:
            yield owner
            start = length
            break
    else:
        base, start = _base_name(node)
        yield base
    last = ""
    steps = iter(pointer[start:])
    for step in steps:
        previous, last = last, ""
        if step in {"properties", "$defs", "definitions", "patternProperties"}:
            yield previous
            last = names.class_name(str(next(steps, "")))
        elif step == "items":
            yield names.singular(previous) if previous else "Item"
        elif step == "additionalProperties":
            yield f"{previous}Value"
        elif step in {"oneOf", "anyOf", "prefixItems"}:
            yield f"{previous}Option{int(next(steps, 0)) + 1}"
        elif step in {"object", "string", "integer"}:  # one of several types of a schema
            yield previous
            last = names.class_name(step)
        else:  # a step of `allOf`, which adds no word to the name of its owner
            last = previous
    yield last


def _base_name(node: Node) -> tuple[str, int]:
    """Return the name of the operation, parameter or component around an inline schema."""
    pointer = node.pointer
    if pointer[:2] == ("components", "requestBodies") and len(pointer) > 2:
        stem = names.class_name(str(pointer[2])).removesuffix("Body")
        return f"{stem}Body{_media_part(node, 3)}", 3
    if pointer[:1] == ("components",) and len(pointer) > 2:
        return names.class_name(str(pointer[2])), 3
    if pointer[:1] in {("paths",), ("webhooks",)} and len(pointer) > 2:
        operation = node.source.root.at(*pointer[:3])
        wanted = text_at(operation.value, "operationId") if is_object(operation.value) else ""
        base = names.class_name(wanted or f"{pointer[2]} {pointer[1]}")
        return base + _operation_part(node), min(5, len(pointer))
    stem = node.source.path.stem if not pointer else str(pointer[-1])
    return names.class_name(stem), len(pointer)


def _operation_part(node: Node) -> str:
    """Return the word for the part of an operation that a schema describes."""
    pointer = node.pointer
    part = pointer[3] if len(pointer) > 3 else ""
    if part == "requestBody":
        return f"Body{_media_part(node, 4)}"
    if part == "responses" and len(pointer) > 4:
        status = str(pointer[4])
        if status.startswith("2"):
            return "Response"
        # class_name() puts a letter before a digit: N404.
        return f"Response{names.class_name(status).removeprefix('N')}"
    if part == "parameters" and len(pointer) > 4:
        parameter = node.source.root.at(*pointer[:5]).value
        return names.class_name(text_at(parameter, "name")) if is_object(parameter) else ""
    return ""


def _media_part(node: Node, at: int) -> str:
    """Return a word for a media type other than the first; `at` is the depth of `content`."""
    content = node.source.root.at(*node.pointer[: at + 1]).value
    if len(node.pointer) <= at + 1 or not is_object(content):
        return ""
    media_type = str(node.pointer[at + 1]).partition(";")[0].strip()
    if media_type == next(iter(content), "").partition(";")[0].strip():
        return ""
    kind, _, subtype = media_type.partition("/")
    if subtype == "x-www-form-urlencoded":
        return "Form"
    return names.class_name(kind if kind == "multipart" else subtype)
