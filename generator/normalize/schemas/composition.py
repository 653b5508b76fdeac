"""Composition of schemas by `allOf`, `oneOf` and `anyOf`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.document import Document, Node
from generator.document.json_values import JsonObject, array_at, is_object

# Keywords that do not constrain values.
ANNOTATIONS = frozenset(
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
    """Iterate over the parts of an `allOf`, flattened, with the schema's own keywords last."""
    if depth > _DEEPEST or not is_object(node.value):
        return  # A schema inside itself adds nothing, nor does the schema `true`.
    if "$ref" in node:
        yield from parts(document, document.follow(node), depth + 1)
    for part in (node / "allOf").items():
        if is_object(part.value):
            yield from parts(document, part, depth + 1)
    own = {key: each for key, each in node.value.items() if key not in {"allOf", "$ref"}}
    if len(own) == len(node.value):
        yield node
    elif set(own) - ANNOTATIONS:
        yield Node(node.source, node.pointer, own)


def options(node: Node) -> list[Node]:
    """Return the alternatives of a schema, those of `oneOf` first."""
    return [
        option
        for keyword in ("oneOf", "anyOf")
        for option in (node / keyword).items()
        if is_object(option.value)
    ]


def merged_keywords(described: Sequence[Node]) -> JsonObject:
    """Merge the keywords of several schemas; two enums become their intersection."""
    merged: JsonObject = {}
    for part in described:
        value: JsonObject = part.value
        both = [each for each in array_at(merged, "enum") if each in array_at(value, "enum")]
        merged |= value
        if both:
            merged["enum"] = both
    return merged
