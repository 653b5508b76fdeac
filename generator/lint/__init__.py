"""Lint rules: every problem of a document, with position and hint.

A module is a group of rules, and the README lists their codes; `pipeline` and `repair` may import
this package.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from ..document import Document
from ..document.diagnostics import Diagnostic, sort_diagnostics
from ..openapi.survey import Survey, survey
from . import (
    conformance,
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
    values,
    versions,
)

_CHECKS = (
    structure.check,
    conformance.check,
    values.check,
    versions.check,
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


def lint(
    document: Document, *, partial: bool = False, find: Callable[[Document], Survey] = survey
) -> tuple[Diagnostic, ...]:
    """Check a document by every rule.

    An error with a sensible reading becomes a warning, except in documents that were written for
    this generator (`x-generator: 1`).

    Args:
        document: The document.
        partial: Whether readings may drop parts of the document; applies to every document.
        find: The function that surveys the document.

    Returns:
        The diagnostics in order of location; only one if the document is not OpenAPI 3.0, 3.1
        or 3.2, because every other rule would repeat it.
    """
    wrong_version = structure.version(document)
    if wrong_version:
        return (wrong_version,)
    found = find(document)
    problems = chain(document.problems, *(check(found) for check in _CHECKS))
    if partial or not found.is_strict:
        return sort_diagnostics(each.tolerate(partial=partial) for each in problems)
    return sort_diagnostics(problems)
