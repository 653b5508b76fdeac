"""Documents that are invalid in small ways, read in the one way that is sensible.

The lint says what is wrong and how it is read; here the document becomes what was meant, so that
every later stage reads a document as OpenAPI defines it. What is not invalid stays as it is, with
its place in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.diagnostics import Diagnostic
from generator.document import Document
from generator.mending import (
    formats,
    objects,
    operations,
    parameters,
    references,
    schemas,
    security,
)
from generator.mending.edits import Edits
from generator.rules.survey import survey

_STEPS = (
    objects.mend,
    references.mend,
    schemas.mend,
    formats.mend,
    security.mend,
    parameters.mend,
    operations.mend,
)
_PASSES = 3  # What one of them makes readable may show what the next has to do.


def mended(document: Document, *, partial: bool) -> Document:
    """Give a document as it is meant.

    Args:
        document: The document.
        partial: Whether what has no sensible reading may be left out.
    """
    for _ in range(_PASSES):
        edits = Edits()
        found = survey(document)
        for step in _STEPS:
            step(found, edits, partial=partial)
        if not edits:
            break
        document = edits.applied(document)
    return document


def without(document: Document, errors: Iterable[Diagnostic]) -> Document:
    """Leave out the operations that errors stand in."""
    edits = Edits()
    faulty = list(operations.around(document, [each.location for each in errors]))
    for node in faulty:
        edits.remove(node)
    return replace(edits.applied(document), left_out=len(faulty)) if faulty else document
