"""Normalization of a document: references resolved, names assigned, notations unified.

Every operation gets its own parameters, request body, responses and security, and every schema
becomes a shape; `planning`, `pipeline` and `diff` may import this package.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Document, Node
from ..openapi.operations import operations_of
from . import security
from .operations import OperationReading, read_operation
from .schemas.reader import SchemaReader
from .schemas.shapes import Discriminator, NamedShape
from .tags import read_tags


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalized document.

    Attributes:
        document: The document.
        operations: The operations, in the document's order.
        schemas: The named schemas by class name: the components in their order, each followed by
            the schemas inside it, then those of the operations.
        discriminators: The discriminators of families, and those that constants imply for unions
            without one of their own, by the class names of the objects.
        merged: The alternatives that are read as a part of the object beside them.
        undescribed: The names of required properties that no object describes.
    """

    document: Document
    operations: tuple[OperationReading, ...]
    schemas: dict[str, NamedShape]
    discriminators: dict[frozenset[str], Discriminator]
    merged: tuple[Node, ...] = ()
    undescribed: tuple[Node, ...] = ()


def normalize(document: Document) -> Normalized:
    """Normalize a document without errors."""
    reader = SchemaReader(document)
    for _, node in (document.root / "components" / "schemas").members():
        reader.component(node)
    default_security = security.default_requirements(document)
    tags = read_tags(document)
    operations = tuple(
        read_operation(document, operation, reader, default_security, tags)
        for operation in operations_of(document)
    )
    return Normalized(
        document,
        operations,
        reader.named,
        reader.discriminators(),
        tuple(reader.merged.values()),
        reader.names_without_property(),
    )
