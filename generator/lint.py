"""The lint: every rule over a document, all problems at once."""

from __future__ import annotations

from generator.diagnostics import Diagnostic, in_order
from generator.document import Document
from generator.rules import (
    examples,
    extensions,
    media_types,
    names,
    operations,
    pagination,
    parameters,
    references,
    schemas,
    security,
    structure,
)
from generator.rules.survey import survey

_CHECKS = (
    structure.check,
    references.check,
    operations.check,
    parameters.check,
    media_types.check,
    schemas.check,
    security.check,
    extensions.check,
    pagination.check,
    names.check,
    examples.check,
)


def lint(document: Document) -> tuple[Diagnostic, ...]:
    """Hold a document against every rule.

    Returns:
        The problems in the order of their places; only one if the document is not OpenAPI 3.0 or
        3.1, since then every other rule would only repeat that.
    """
    wrong_version = structure.version(document)
    if wrong_version:
        return (wrong_version,)
    found = survey(document)
    return in_order(diagnostic for check in _CHECKS for diagnostic in check(found))
