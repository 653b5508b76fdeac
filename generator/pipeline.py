"""Pipeline from a document to the files of its package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .document import Document
from .document.diagnostics import (
    Diagnostic,
    DocumentError,
    as_errors,
    as_warnings,
    sort_diagnostics,
)
from .document.recursion import deep_recursion
from .lint import lint
from .openapi.operations import operations_of
from .openapi.survey import LastSurvey
from .output import OutputError, manifest, materials, project_file
from .overlay import load
from .repair import repair, without_operations, without_wrong_date_formats
from .repair.bundle import bundle

if TYPE_CHECKING:  # Slow to import; see `plan_package`.
    from .normalize import Normalized
    from .planning.plan.package import Package


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of generating a package.

    Attributes:
        files: The files of the package by their paths inside it, including the manifest.
        operations: The number of operations under `paths` in the document.
        generated: The number of operations in the package.
        warnings: The warnings about the document.
        documentation: The files of the documentation, if it was asked for.
        project: The `pyproject.toml` of the package, if it was asked for.
    """

    files: dict[str, bytes]
    operations: int
    generated: int
    warnings: tuple[Diagnostic, ...]
    documentation: dict[str, bytes]
    project: bytes


def check_document(document: Document, *, strict: bool) -> tuple[Diagnostic, ...]:
    """Return the warnings about a document.

    Raises:
        DocumentError: If the document has errors; with `strict`, warnings are errors.
    """
    return readable(document, strict=strict)[1]


def readable(
    document: Document, *, strict: bool, partial: bool = False
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return the repaired document and its warnings.

    Args:
        document: The document.
        strict: Whether warnings are errors.
        partial: Whether to leave out operations with errors, with warnings.

    Raises:
        DocumentError: If the document has errors.
    """
    try:
        return _readable(document, strict=strict, partial=partial)
    except DocumentError as error:
        if partial or strict:
            raise
        found = _with_way_out(document, error.diagnostics)
    raise DocumentError(found)


def _with_way_out(document: Document, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Iterate over diagnostics; errors that `--allow-partial` tolerates have a hint."""
    try:
        _, left = _readable(document, strict=False, partial=True)
    except DocumentError as error:
        left = error.diagnostics
    lasting = {(each.code, each.location) for each in left if each.is_error}
    for each in found:
        is_passed = each.is_error and (each.code, each.location) not in lasting
        yield replace(each, hint=f"{each.hint}, or {_WAY_OUT}") if is_passed else each


_WAY_OUT = "omit unreadable parts with --allow-partial"


def _readable(
    document: Document, *, strict: bool, partial: bool
) -> tuple[Document, tuple[Diagnostic, ...]]:
    find = LastSurvey()
    with deep_recursion(document):
        document, followed = (
            bundle(document, partial=partial) if document.version >= (3, 0) else (document, ())
        )
        found = sort_diagnostics([*followed, *lint(document, partial=partial, find=find)])
        if strict:
            found = as_errors(found)
        if not partial or _is_unreadable(found):
            _raise_if_errors(found)
        repaired = repair(document, partial=partial, find=find) if found else document
        for _ in range(_PASSES):
            if repaired is document:
                break
            document, seen = repaired, lint(repaired, partial=partial, find=find)
            found = sort_diagnostics(
                [*found, *(each for each in seen if each.code not in _REPORTED)]
            )
            if not partial:
                _raise_if_errors(found)
            repaired = repair(document, partial=partial, find=find)
        if partial and any(each.is_error for each in found):
            document = _without_errors(document)
            found = as_warnings(found)
        if any(each.code == "E901" for each in found):
            document = without_wrong_date_formats(document, find)
    return document, found


def _without_errors(document: Document) -> Document:
    """Return a document without the operations that still have errors."""
    kept = without_operations(
        document, [each for each in lint(document, partial=True) if each.is_error]
    )
    _raise_if_errors(each for each in lint(kept, partial=True) if each.is_error)
    return kept


_PASSES = 3
_REPORTED = frozenset({"D003", "O301"})
"""The codes of problems that repairs leave in a document or introduce: reported before."""


def _raise_if_errors(found: Iterable[Diagnostic]) -> None:
    found = tuple(found)
    if any(each.is_error for each in found):
        raise DocumentError(found)


def _is_unreadable(found: Iterable[Diagnostic]) -> bool:
    """Whether this is not an OpenAPI document that the generator can read (rule D001)."""
    return any(each.code == "D001" for each in found)


def plan_package(
    spec: Path,
    package: str,
    *,
    strict: bool,
    partial: bool = False,
    names: str = "short",
    command: str = "",
    http: str = "httpx2",
    compares: bool = True,
    overlays: Sequence[Path] = (),
) -> tuple[Normalized, Package, tuple[Diagnostic, ...]]:
    """Return the plan of a package.

    Args:
        spec: The path of the document.
        package: The import name of the package.
        strict: Whether warnings are errors.
        partial: Whether to leave out operations that cannot be generated, with warnings.
        names: The rule for names of resources and methods: `short` or `document`.
        command: The name of the package's command line, or empty for none.
        http: The HTTP library of the package: `httpx` or `httpx2`.
        compares: Whether to compare our reading with those of the two generator libraries.
        overlays: The overlays to apply to the document.

    Returns:
        The normalized document without the operations that are left out, the plan, and warnings.

    Raises:
        DocumentError: If the document has errors.
        OSError: If the file cannot be read.
    """
    document, warnings = readable(load(spec, overlays), strict=strict, partial=partial)
    # These imports take long; `lint` and invalid documents need none of them.
    from .normalize import normalize
    from .planning import plan
    from .planning.operation_names.assignment import operation_names
    from .planning.sharing import share
    from .planning.unsupported import (
        assumptions,
        unsupported_operations,
        without_ignored_pagination,
    )

    with deep_recursion(document):
        normalized = without_ignored_pagination(share(normalize(document)), warnings)
        unsupported = unsupported_operations(normalized)
        is_ours = (normalized.document.root / "x-generator").value == 1
        naming = operation_names(normalized.operations, names, reserves_walks=is_ours)
        assumed = (*assumptions(normalized), *naming.warnings)
    reasons = tuple(each for group in unsupported.values() for each in group)
    found = (
        *warnings,
        *(as_warnings(reasons) if partial else reasons),
        *(as_errors(assumed) if strict else assumed),
    )
    _raise_if_errors(found)
    if compares:
        differing = _disagreements(normalized)
        found = (*found, *(as_errors(differing) if strict else differing))
        _raise_if_errors(found)
    kept = tuple(each for each in normalized.operations if each.id not in unsupported)
    normalized = replace(normalized, operations=kept)
    with deep_recursion(document):
        return normalized, plan(normalized, package, naming.names, command, http), found


def _disagreements(normalized: Normalized) -> tuple[Diagnostic, ...]:
    """Return where a generator library reads the document in another way than we do."""
    from .planning.comparison import disagreements  # The libraries take a second.

    with deep_recursion(normalized.document):
        return disagreements(normalized)


def build(
    spec: Path,
    package: str,
    *,
    strict: bool,
    partial: bool = False,
    names: str = "short",
    command: str = "",
    http: str = "httpx2",
    docs: bool = False,
    project: bool = False,
    overlays: Sequence[Path] = (),
) -> Outcome:
    """Generate a package in memory.

    Args:
        spec: The path of the document.
        package: The import name of the package.
        strict: Whether warnings are errors.
        partial: Whether to leave out operations that cannot be generated, with warnings.
        names: The rule for names of resources and methods: `short` or `document`.
        command: The name of the package's command line, or empty for none.
        http: The HTTP library of the package: `httpx` or `httpx2`.
        docs: Whether to write documentation as well.
        project: Whether to write a `pyproject.toml` as well.
        overlays: The overlays to apply to the document.

    Raises:
        DocumentError: If the document has errors.
        OutputError: If the document is named like another file of the package.
        OSError: If the file cannot be read.
    """
    normalized, planned, warnings = plan_package(
        spec,
        package,
        strict=strict,
        partial=partial,
        names=names,
        command=command,
        http=http,
        overlays=overlays,
    )
    document = normalized.document
    return Outcome(
        files_of(planned, document),
        operations=sum(1 for _ in operations_of(document)) + document.omitted_operations,
        generated=sum(len(resource.operations) for resource in planned.resources),
        warnings=warnings,
        documentation=documentation_of(planned) if docs else {},
        project=project_of(planned) if project else b"",
    )


def documentation_of(planned: Package) -> dict[str, bytes]:
    """Return the files of the documentation, including their manifest."""
    from . import render

    files = render.render_documentation(planned)
    files[manifest.NAME] = manifest.build_plain(files, planned.name)
    return files


def project_of(planned: Package) -> bytes:
    """Return the `pyproject.toml` of a package."""
    from . import render

    return project_file.with_checksum(render.render_project(planned, materials.NAME))


def files_of(planned: Package, document: Document) -> dict[str, bytes]:
    """Return the files of a package, including the document and the manifest.

    Raises:
        OutputError: If the document is named like another file of the package.
    """
    from . import render

    source = document.root.source
    files = render.render(planned)
    files[materials.NAME] = materials.build(planned)
    if planned.document in {each.partition("/")[0] for each in (*files, manifest.NAME)}:
        message = (
            f"{source.name}: the package, which contains the document, has another file of this "
            "name: rename the document"
        )
        raise OutputError(message)
    files[planned.document] = source.rewritten.encode() or source.path.read_bytes()
    files[manifest.NAME] = manifest.build(
        files,
        document=planned.document,
        package=planned.name,
        templates=render.TEMPLATES,
        runtime=render.RUNTIME,
    )
    return files
