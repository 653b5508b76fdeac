"""Which way objects go: requests have no read-only members, and answers no write-only ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.normalize import Normalized
from generator.normalize.schemas.shapes import (
    EnumShape,
    NamedShape,
    ObjectShape,
    Property,
    Shape,
    named_in,
)


@dataclass(frozen=True, slots=True)
class Directions:
    """The named shapes that requests and answers are made of.

    Attributes:
        sent: Those in requests, by their class names.
        received: Those in answers.
    """

    sent: frozenset[str]
    received: frozenset[str]

    def relaxed(self, name: str, shape: ObjectShape) -> ObjectShape:
        """Give an object as its class must be, which one direction may use without a member.

        What a request needs is still demanded of it: see `constraints`.
        """
        told = tuple(self._relaxed(name, each) for each in shape.properties)
        return replace(shape, properties=told)

    def _relaxed(self, name: str, member: Property) -> Property:
        if member.read_only and name in self.sent:
            return replace(member, required=False, doc=f"Only in answers. {member.doc}".strip())
        if member.write_only and name in self.received:
            return replace(member, required=False, doc=f"Only in requests. {member.doc}".strip())
        return member


def directions(normalized: Normalized) -> Directions:
    """Follow what operations send and receive to all that it is made of."""
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
    return Directions(_reached(sent, schemas), _reached(received, schemas))


def _reached(shapes: Iterable[Shape], schemas: Mapping[str, NamedShape]) -> frozenset[str]:
    found: set[str] = set()
    remaining = [name for shape in shapes for name in named_in(shape)]
    while remaining:
        name = remaining.pop()
        if name not in found:
            found.add(name)
            remaining += _parts(schemas[name].shape)
    return frozenset(found)


def _parts(shape: ObjectShape | EnumShape | Shape) -> Iterator[str]:
    """Give the names of the shapes that the definition of a named one is made of."""
    if isinstance(shape, ObjectShape):
        for each in (*(member.shape for member in shape.properties), shape.additional):
            if each is not None:
                yield from named_in(each)
    elif not isinstance(shape, EnumShape):
        yield from named_in(shape)
