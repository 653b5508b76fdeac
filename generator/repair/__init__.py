"""Repairs of invalid documents that have one sensible reading.

The lint reports each problem and how it is read; here the document is changed to that reading, so
that every later stage reads valid OpenAPI. Only `pipeline` imports this package.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.document import Document
from generator.document.diagnostics import Diagnostic
from generator.openapi.survey import survey
from generator.repair import formats, objects, operations, parameters, references, schemas, security
from generator.repair.edits import Edits

_STEPS = (
    objects.mend,
    references.mend,
    schemas.mend,
    security.mend,
    parameters.mend,
    operations.mend,
)


def mended(document: Document, *, partial: bool) -> Document:
    """Give a document as it is meant; the document itself if nothing is to be done.

    What becomes readable may show something else, which is mended when this is called again.

    Args:
        document: The document.
        partial: Whether what has no sensible reading may be left out.
    """
    edits = Edits(partial=partial)
    found = survey(document)
    for step in _STEPS:
        step(found, edits)
    return edits.applied(document) if edits else document


def with_plain_dates(document: Document) -> Document:
    """Give a document in which dates are texts where its examples write them in another way."""
    edits = Edits()
    formats.mend(survey(document), edits)
    return edits.applied(document) if edits else document


def without(document: Document, errors: Iterable[Diagnostic]) -> Document:
    """Leave out the operations that errors stand in."""
    edits = Edits()
    faulty = list(operations.around(document, [each.location for each in errors]))
    for node in faulty:
        edits.remove(node)
    return replace(edits.applied(document), omitted_operations=len(faulty)) if faulty else document
