"""Inheritance: schemas with a discriminator that other schemas extend by `allOf`.

A value of such a schema can be of any schema that extends it; the discriminator selects it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...document import Document, Node
from ...document.json_values import is_object, object_at, text_at
from .inline_names import NodeId, node_id


@dataclass(frozen=True, slots=True)
class Family:
    """A schema with a discriminator and the schemas that extend it.

    Attributes:
        discriminator: The schema, or the part of its `allOf`, with the discriminator.
        children: The components that extend it directly or indirectly.
    """

    discriminator: Node
    children: tuple[Node, ...]


def families(document: Document, components: Sequence[Node]) -> dict[NodeId, Family]:
    """Return the families of all components with a discriminator that others extend."""
    bases = {node_id(node): part for node in components for part in _discriminators(node)}
    extending: dict[NodeId, list[Node]] = {}
    for node in components if bases else ():
        for part in (node / "allOf").items():
            if "$ref" in part:
                extending.setdefault(node_id(document.follow(part)), []).append(node)
    found = {
        base: Family(discriminator, tuple(_below(base, extending).values()))
        for base, discriminator in bases.items()
    }
    return {base: family for base, family in found.items() if family.children}


def _discriminators(node: Node) -> Iterator[Node]:
    """Iterate over the parts of a schema that have a discriminator, except unions."""
    for part in (node, *(node / "allOf").items()):
        value = part.value if is_object(part.value) else {}
        member = text_at(object_at(value, "discriminator"), "propertyName")
        if member and not {"$ref", "oneOf", "anyOf"} & value.keys():
            yield part


def _below(base: NodeId, extending: Mapping[NodeId, Sequence[Node]]) -> dict[NodeId, Node]:
    """Return all schemas that extend a schema directly or indirectly, without the schema itself."""
    found: dict[NodeId, Node] = {}
    remaining = [*extending.get(base, ())]
    while remaining:
        node = remaining.pop(0)
        if node_id(node) not in found and node_id(node) != base:
            found[node_id(node)] = node
            remaining += extending.get(node_id(node), ())
    return found
