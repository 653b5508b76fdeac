"""Objects that others extend: a schema with a discriminator, and those with it in their `allOf`.

Where such a schema stands, any of its family may: the discriminator tells which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.document import Document, Node
from generator.document.json_values import is_object, object_at, text_at
from generator.normalize.schemas.inline_names import Key, key


@dataclass(frozen=True, slots=True)
class Family:
    """A schema and those that extend it.

    Attributes:
        discriminator: The schema, or the part of it, that has the discriminator.
        children: The components that extend it, those that extend these included.
    """

    discriminator: Node
    children: tuple[Node, ...]


def families(document: Document, components: Sequence[Node]) -> dict[Key, Family]:
    """Find the components with a discriminator that others extend."""
    bases = {key(node): part for node in components for part in _discriminators(node)}
    extending: dict[Key, list[Node]] = {}
    for node in components if bases else ():
        for part in (node / "allOf").items():
            if "$ref" in part:
                extending.setdefault(key(document.follow(part)), []).append(node)
    found = {
        base: Family(discriminator, tuple(_below(base, extending).values()))
        for base, discriminator in bases.items()
    }
    return {base: family for base, family in found.items() if family.children}


def _discriminators(node: Node) -> Iterator[Node]:
    """Give the parts of a schema that say what tells its family apart; unions are none."""
    for part in (node, *(node / "allOf").items()):
        value = part.value if is_object(part.value) else {}
        member = text_at(object_at(value, "discriminator"), "propertyName")
        if member and not {"$ref", "oneOf", "anyOf"} & value.keys():
            yield part


def _below(base: Key, extending: Mapping[Key, Sequence[Node]]) -> dict[Key, Node]:
    """Give all that extends a schema, also by what lies between; never the schema itself."""
    found: dict[Key, Node] = {}
    remaining = [*extending.get(base, ())]
    while remaining:
        node = remaining.pop(0)
        if key(node) not in found and key(node) != base:
            found[key(node)] = node
            remaining += extending.get(key(node), ())
    return found
