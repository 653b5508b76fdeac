"""Sources of the two sides: documents, or git revisions of the project."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from .. import git, output, pipeline
from ..config import Config
from ..document.diagnostics import DocumentError
from .side import Side


class SourceError(Exception):
    """A source that cannot be compared; the message has the reason."""


@contextmanager
def side(name: str, settings: Config, root: Path) -> Generator[Side, None, None]:
    """Yield one side of a comparison.

    The package of a file is generated in memory. The package of a revision is the committed one,
    so that changes of the generator count as well.

    Args:
        name: A file, a git revision, or `.` for the document and package of the working tree.
        settings: The paths of the document and the package in a revision.
        root: The folder of the project, which the paths are relative to.

    Raises:
        DocumentError: If the document cannot be used.
        SourceError: If the file or revision does not exist.
    """
    path = Path(name)
    if name == ".":
        base = Path(os.path.relpath(root))  # Diagnostics are relative to the current folder,
        spec = base / settings.spec
        if not spec.is_file():
            raise SourceError(f"the working tree has no {settings.spec}")
        files = output.read_package(base / settings.output / settings.package).files or None
        overlays = [base / each for each in settings.overlays]
        found = of_document(settings.spec, spec, settings, overlays, files=files)
        # and reports to that of the project, as those of revisions are.
        yield found if base == Path() else replace(found, folder=f"{base}/")
    elif path.is_file():
        yield of_document(name, path, settings, settings.overlays_of(path))
    elif git.is_revision(root, name):
        with TemporaryDirectory() as temporary:
            folder = Path(temporary).resolve()
            spec, package = Path(settings.spec), Path(settings.output) / settings.package
            overlays = [folder / each for each in settings.overlays]
            paths = {spec.parent, package, *map(Path, settings.overlays)}
            git.extract(root, name, [each.as_posix() for each in paths], folder)
            if not (folder / spec).is_file():
                raise SourceError(f"{name} has no {spec}")
            files = output.read_package(folder / package).files or None
            overlays = [each for each in overlays if each.is_file()]
            yield of_document(name, folder / spec, settings, overlays, folder=folder, files=files)
    else:
        raise SourceError(
            f"{name!r} is neither a file nor a git revision, nor . for the working tree"
        )


def of_document(
    name: str,
    path: Path,
    settings: Config,
    overlays: Sequence[Path] = (),
    *,
    folder: Path | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Side:
    """Return the side of a document.

    Args:
        name: The file or git revision, as given on the command line.
        path: The document.
        settings: The import name of the package, and the keys with influence on it.
        overlays: The overlays to apply to the document.
        folder: The folder with the files of a revision, which reports show as `name`.
        files: The package that users have, if it is not the one that is generated now.

    Raises:
        DocumentError: If the document cannot be used.
    """
    hidden, prefix = (f"{folder}/", f"{name}:") if folder else ("", "")
    try:
        normalized, plan, _ = pipeline.plan_package(
            path,
            settings.package,
            strict=False,
            partial=True,
            compares=False,
            overlays=overlays,
            **settings.package_settings,
        )
    except DocumentError as error:
        if not folder:
            raise
        first = error.diagnostics[0]
        location = str(first.location).removeprefix(hidden)
        raise SourceError(f"{prefix}{location}: {first.code}: {first.message}") from None
    return Side(
        name=name,
        folder=hidden,
        prefix=prefix,
        normalized=normalized,
        plan=plan,
        files=pipeline.files_of(plan, normalized.document) if files is None else files,
    )
