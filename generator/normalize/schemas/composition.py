"""Schemas that are made of others: what `allOf`, `oneOf` and `anyOf` bring together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.document import Document, Node
from generator.document.json_values import JsonObject, array_at, is_object

# Keywords that say nothing about which values fit.
REMARKS = frozenset(
    {
        "$ref",
        "title",
        "summary",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "xml",
        "externalDocs",
        "discriminator",
        "$comment",
    }
)
_DEEPEST = 20


def parts(document: Document, node: Node, depth: int = 0) -> Iterator[Node]:
    """Give the schemas that an `allOf` is made of, flat, with its own keywords last."""
    if depth > _DEEPEST or not is_object(node.value):
        return  # A schema that contains itself adds nothing more, nor does `true`.
    if "$ref" in node:
        yield from parts(document, document.follow(node), depth + 1)
    for part in (node / "allOf").items():
        if is_object(part.value):
            yield from parts(document, part, depth + 1)
    own = {key: each for key, each in node.value.items() if key not in {"allOf", "$ref"}}
    if len(own) == len(node.value):
        yield node
    elif set(own) - REMARKS:
        yield Node(node.source, node.pointer, own)


def options(node: Node) -> list[Node]:
    """Give the alternatives of a schema."""
    return [
        option
        for keyword in ("oneOf", "anyOf")
        for option in (node / keyword).items()
        if is_object(option.value)
    ]


def merged_keywords(described: Sequence[Node]) -> JsonObject:
    """Join the keywords of several schemas; of two lists of values, what is in both."""
    merged: JsonObject = {}
    for part in described:
        value: JsonObject = part.value
        both = [each for each in array_at(merged, "enum") if each in array_at(value, "enum")]
        merged |= value
        if both:
            merged["enum"] = both
    return merged
