"""Where the two sides come from: documents, or revisions of the project."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import git, output, pipeline
from generator.config import Config
from generator.diff.side import Side
from generator.document.diagnostics import DocumentError


class SourceError(Exception):
    """Something that cannot be compared; the text says why."""


@contextmanager
def side(name: str, settings: Config) -> Generator[Side, None, None]:
    """Read one side of a comparison.

    A file is generated in memory. Of a revision the document is taken, and the package that was
    committed with it: so a change of the generator counts as well.

    Args:
        name: A file, or a git revision.
        settings: Where a revision has its document and its package.

    Raises:
        DocumentError: If the document cannot be used.
        SourceError: If there is no such thing.
    """
    path, here = Path(name), Path.cwd()
    if path.is_file():
        yield of_document(name, path, settings.package)
    elif git.is_revision(here, name):
        with TemporaryDirectory() as temporary:
            folder = Path(temporary).resolve()
            spec, package = Path(settings.spec), Path(settings.output) / settings.package
            git.extract(here, name, (spec.parent.as_posix(), package.as_posix()), folder)
            if not (folder / spec).is_file():
                raise SourceError(f"{name} has no {spec}")
            files = output.read_package(folder / package).files or None
            yield of_document(name, folder / spec, settings.package, folder, files)
    else:
        raise SourceError(f"{name!r} is neither a file nor a git revision")


def of_document(
    name: str,
    path: Path,
    package: str,
    folder: Path | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Side:
    """Make a side of a document.

    Args:
        name: What it was asked for as.
        path: The document.
        package: The package's import name.
        folder: The folder that stands for `name` and that reports need not show.
        files: The package that users have, if it is not the one that is generated now.

    Raises:
        DocumentError: If the document cannot be used.
    """
    hidden, prefix = (f"{folder}/", f"{name}:") if folder else ("", "")
    try:
        normalized, plan, _ = pipeline.plan_package(path, package, strict=False, partial=True)
    except DocumentError as error:
        if not folder:
            raise
        first = error.diagnostics[0]
        place = str(first.location).removeprefix(hidden)
        raise SourceError(f"{prefix}{place}: {first.code}: {first.message}") from None
    return Side(
        name=name,
        folder=hidden,
        prefix=prefix,
        normalized=normalized,
        plan=plan,
        files=pipeline.files_of(plan, normalized.document) if files is None else files,
    )
