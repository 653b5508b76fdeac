"""The whole way from a document's file to the files of its package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.document import Document, load
from generator.document.diagnostics import (
    Diagnostic,
    DocumentError,
    as_errors,
    as_warnings,
    sort_diagnostics,
)
from generator.document.recursion import deep_recursion
from generator.lint import lint
from generator.openapi.operations import operations_of
from generator.output import manifest
from generator.repair import repair, without_operations, without_wrong_date_formats

if TYPE_CHECKING:  # Slow to import; see `plan_package`.
    from generator.normalize import Normalized
    from generator.planning.plan.package import Package


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a document.

    Attributes:
        files: The package's files by their paths inside it, the manifest included.
        operations: How many operations the document has under its paths.
        generated: How many of them the package has.
        warnings: What is odd about the document, but stops nothing.
    """

    files: dict[str, bytes]
    operations: int
    generated: int
    warnings: tuple[Diagnostic, ...]


def check_document(document: Document, *, strict: bool) -> tuple[Diagnostic, ...]:
    """Give a document's warnings.

    Raises:
        DocumentError: If it has errors; with `strict`, warnings are errors.
    """
    return readable(document, strict=strict)[1]


def readable(
    document: Document, *, strict: bool, partial: bool = False
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return the repaired document and its warnings.

    Args:
        document: The document.
        strict: Whether warnings are errors.
        partial: Whether to leave out what cannot be read, with warnings.

    Raises:
        DocumentError: If it has errors.
    """
    with deep_recursion(document):
        found = lint(document, partial=partial)
        if strict:
            found = as_errors(found)
        if not partial or _is_none(found):
            _refuse(found)
        repaired = repair(document, partial=partial) if found else document
        for _ in range(_PASSES):
            if repaired is document:
                break
            document, seen = repaired, lint(repaired, partial=partial)
            found = sort_diagnostics([*found, *(each for each in seen if each.code not in _SAID)])
            if not partial:
                _refuse(found)
            repaired = repair(document, partial=partial)
        if partial and any(each.is_error for each in found):
            document = _without_errors(document)
            found = as_warnings(found)
        if any(each.code == "E901" for each in found):
            document = without_wrong_date_formats(document)
    return document, found


def _without_errors(document: Document) -> Document:
    """Leave out the operations that are still faulty."""
    kept = without_operations(
        document, [each for each in lint(document, partial=True) if each.is_error]
    )
    _refuse(each for each in lint(kept, partial=True) if each.is_error)
    return kept


_PASSES = 3
_SAID = frozenset({"D003", "O301"})
"""The codes of problems that repairs introduce themselves."""


def _refuse(found: Iterable[Diagnostic]) -> None:
    found = tuple(found)
    if any(each.is_error for each in found):
        raise DocumentError(found)


def _is_none(found: Iterable[Diagnostic]) -> bool:
    """Whether this is no document that the generator can read, as rule D001 says."""
    return any(each.code == "D001" for each in found)


def plan_package(
    spec: Path, package: str, *, strict: bool, partial: bool = False
) -> tuple[Normalized, Package, tuple[Diagnostic, ...]]:
    """Plan a package.

    Args:
        spec: The document.
        package: The package's import name.
        strict: Whether warnings are errors.
        partial: Whether to leave out operations that cannot be generated, with warnings.

    Returns:
        The document as it was read, without the operations that are left out; the plan; warnings.

    Raises:
        DocumentError: If the document cannot be used.
        OSError: If it cannot be read.
    """
    document, warnings = readable(load(spec), strict=strict, partial=partial)
    # The generator libraries take a second to import; `lint` and a broken document need neither.
    from generator.normalize import normalize
    from generator.planning import plan
    from generator.planning.comparison import disagreements
    from generator.planning.unsupported import assumptions, refusals, without_ignored

    with deep_recursion(document):
        normalized = without_ignored(normalize(document), warnings)
        refused = refusals(normalized)
        assumed = assumptions(normalized)
    told = tuple(each for group in refused.values() for each in group)
    found = (
        *warnings,
        *(as_warnings(told) if partial else told),
        *(as_errors(assumed) if strict else assumed),
    )
    _refuse(found)
    with deep_recursion(document):
        differing = disagreements(normalized)
    found = (*found, *(as_errors(differing) if strict else differing))
    _refuse(found)
    kept = tuple(each for each in normalized.operations if each.id not in refused)
    normalized = replace(normalized, operations=kept)
    with deep_recursion(document):
        return normalized, plan(normalized, package), found


def build(spec: Path, package: str, *, strict: bool, partial: bool = False) -> Outcome:
    """Make a package in memory; the arguments are those of `plan_package`.

    Raises:
        DocumentError: If the document cannot be used.
        OSError: If it cannot be read.
    """
    normalized, planned, warnings = plan_package(spec, package, strict=strict, partial=partial)
    document = normalized.document
    return Outcome(
        files_of(planned, document),
        operations=sum(1 for _ in operations_of(document)) + document.omitted_operations,
        generated=sum(len(resource.operations) for resource in planned.resources),
        warnings=warnings,
    )


def files_of(planned: Package, document: Document) -> dict[str, bytes]:
    """Write the files of a package, the manifest included."""
    from generator import render

    files = render.render(planned, document.root.source.path.read_bytes())
    files[manifest.NAME] = manifest.build(
        files,
        document=planned.document,
        package=planned.name,
        templates=render.TEMPLATES,
        runtime=render.RUNTIME,
    )
    return files
