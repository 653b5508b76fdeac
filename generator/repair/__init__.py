"""Repairs of invalid documents that have one sensible reading.

The lint reports each problem, and this package changes the document to the reading that it states;
only `pipeline` may import this package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ..document import Document
from ..document.diagnostics import Diagnostic
from ..openapi.survey import Survey
from . import formats, objects, operations, parameters, references, schemas, security
from .edits import Edits

_STEPS = (
    objects.repair,
    references.repair,
    schemas.repair,
    security.repair,
    parameters.repair,
    operations.repair,
)


def repair(document: Document, *, partial: bool, find: Callable[[Document], Survey]) -> Document:
    """Return the repaired document; the same object if there is nothing to repair.

    A repair can uncover further problems; another call repairs them.

    Args:
        document: The document.
        partial: Whether to drop parts without a sensible reading.
        find: The function that surveys the document.
    """
    edits = Edits(partial=partial)
    found = find(document)
    for step in _STEPS:
        step(found, edits)
    return edits.apply_to(document) if edits else document


def without_wrong_date_formats(document: Document, find: Callable[[Document], Survey]) -> Document:
    """Return a document without the date formats that its own examples do not match."""
    edits = Edits()
    formats.repair(find(document), edits)
    return edits.apply_to(document) if edits else document


def without_operations(document: Document, errors: Iterable[Diagnostic]) -> Document:
    """Return a document without the operations that contain the errors."""
    edits = Edits()
    faulty = list(operations.operations_at(document, [each.location for each in errors]))
    for node in faulty:
        edits.remove(node)
    omitted = document.omitted_operations + len(faulty)
    return replace(edits.apply_to(document), omitted_operations=omitted) if faulty else document
