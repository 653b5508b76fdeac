"""References where OpenAPI defines none, such as operations and media types."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document, Node, UnresolvedReferenceError
from ..document.json_values import is_array, is_object
from .notation import Alternative, Shape
from .objects import REFERENCEABLE, SHAPES


def misplaced_references(
    document: Document,
) -> Iterator[tuple[Node, tuple[Alternative, ...]]]:
    """Iterate over the references, and the types that their targets may have."""
    root = Alternative("object", "OpenAPI")
    waiting: list[tuple[Node, tuple[Alternative, ...]]] = [(document.root, (root,))]
    seen: set[tuple[str, int]] = set()
    while waiting:
        node, alternatives = waiting.pop()
        is_reference = is_object(node.value) and isinstance(node.value.get("$ref"), str)
        kind = next((each.kind for each in alternatives if each.kind), "")
        if is_reference and kind not in REFERENCEABLE and any(map(_is_structure, alternatives)):
            yield node, alternatives
            continue
        if is_reference and kind != "Schema":
            try:
                node = document.follow(node)
            except UnresolvedReferenceError:
                continue
        matching = next((each for each in alternatives if each.fits(node.value)), None)
        key = (kind, id(node.value))
        if matching is None or kind == "Schema" or key in seen:
            continue
        seen.add(key)
        inside = [
            (each, types)
            for each, types in children(node, matching)
            if types and (is_object(each.value) or is_array(each.value))
        ]
        waiting += reversed(inside)


def _is_structure(alternative: Alternative) -> bool:
    """Whether a type is an object of OpenAPI, or a list or a map of them."""
    return bool(alternative.kind) or any(map(_is_structure, alternative.members))


def children(
    node: Node, alternative: Alternative
) -> Iterator[tuple[Node, tuple[Alternative, ...]]]:
    """Iterate over the members or items of a value of a type, and over their types."""
    for each in node.items():
        yield each, alternative.members
    shape: Shape = SHAPES[alternative.kind] if alternative.kind else {}
    for name, each in node.members():
        known = shape.get(name) or (None if name.startswith("x-") else shape.get("*"))
        yield each, known.alternatives if known else alternative.members
