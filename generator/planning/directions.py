"""Read-only and write-only properties in requests and responses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..normalize import Normalized
from ..normalize.schemas.shapes import (
    EnumShape,
    NamedShape,
    ObjectShape,
    Property,
    Shape,
    named_in,
)


@dataclass(frozen=True, slots=True)
class Directions:
    """The named shapes in requests and responses.

    Attributes:
        sent: The class names of shapes in requests.
        received: The class names of shapes in responses.
    """

    sent: frozenset[str]
    received: frozenset[str]

    def relax(self, name: str, shape: ObjectShape) -> ObjectShape:
        """Return an object in which a property is optional if one direction omits it.

        Requests still require their properties: see `constraints`.
        """
        properties = tuple(self._relax_property(name, each) for each in shape.properties)
        return replace(shape, properties=properties)

    def _relax_property(self, name: str, member: Property) -> Property:
        if member.read_only and name in self.sent:
            return replace(member, required=False, doc=f"Only in responses. {member.doc}".strip())
        if member.write_only and name in self.received:
            return replace(member, required=False, doc=f"Only in requests. {member.doc}".strip())
        return member


def directions(normalized: Normalized) -> Directions:
    """Return the named shapes that operations send and receive, directly or nested."""
    operations = normalized.operations
    sent = [
        shape
        for each in operations
        for shape in (
            *(parameter.shape for parameter in each.parameters),
            *(media.shape for media in each.media),
        )
    ]
    received = [
        shape
        for each in operations
        for response in each.responses
        for shape in (
            *(content for _, content in response.content),
            *(header.shape for header in response.headers),
        )
    ]
    schemas = normalized.schemas
    return Directions(reachable(sent, schemas), reachable(received, schemas))


def reachable(shapes: Iterable[Shape], schemas: Mapping[str, NamedShape]) -> frozenset[str]:
    """Return the class names of shapes and of everything inside them."""
    found: set[str] = set()
    remaining = [name for shape in shapes for name in named_in(shape)]
    while remaining:
        name = remaining.pop()
        if name not in found:
            found.add(name)
            remaining += _parts(schemas[name].shape)
    return frozenset(found)


def _parts(shape: ObjectShape | EnumShape | Shape) -> Iterator[str]:
    """Iterate over the names of the shapes in the definition of a named shape."""
    if isinstance(shape, ObjectShape):
        patterns = (each for _, each in shape.patterns)
        for each in (*(member.shape for member in shape.properties), shape.additional, *patterns):
            if each is not None:
                yield from named_in(each)
    elif not isinstance(shape, EnumShape):
        yield from named_in(shape)
