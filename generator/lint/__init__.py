"""Lint rules: every problem of a document at once, each with its position and a hint.

A module is a group of rules, a function a rule; the README lists their codes. `pipeline` runs them;
no later stage may import them.
"""

from __future__ import annotations

from itertools import chain

from generator.document import Document
from generator.document.diagnostics import Diagnostic, in_order
from generator.lint import (
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
from generator.openapi.survey import survey

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


def lint(document: Document, *, partial: bool = False) -> tuple[Diagnostic, ...]:
    """Hold a document against every rule.

    What has a sensible reading is a warning, but not in a document that was written for this
    generator (`x-generator: 1`).

    Args:
        document: The document.
        partial: Whether readings may leave out something, in any document.

    Returns:
        The problems in the order of their places; only one if the document is not OpenAPI 3.0 or
        3.1, since then every other rule would only repeat that.
    """
    wrong_version = structure.version(document)
    if wrong_version:
        return (wrong_version,)
    found = survey(document)
    problems = chain(document.remarks, *(check(found) for check in _CHECKS))
    if partial or not found.is_strict:
        return in_order(each.tolerated(partial=partial) for each in problems)
    return in_order(problems)
