"""Project to release: its files, tags and uncommitted changes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import config, git
from ..document.json_values import object_at, text_at
from .failures import Exit, ReleaseError
from .versions import Version, parse


@dataclass(frozen=True, slots=True)
class Project:
    """A project.

    Attributes:
        folder: The folder of its pyproject.toml.
        name: The name of the distribution.
        settings: The configuration of the generator.
        backend: The build backend; that of setuptools if the file names none.
    """

    folder: Path
    name: str
    settings: config.Config
    backend: str

    @property
    def spec(self) -> Path:
        """The path of the document."""
        return self.folder / self.settings.spec

    @property
    def overlays(self) -> tuple[Path, ...]:
        """The paths of the overlays that are applied to the document."""
        return tuple(self.folder / each for each in self.settings.overlays)

    @property
    def package(self) -> Path:
        """The folder of the package."""
        return self.folder / self.settings.output / self.settings.package

    @property
    def changelog(self) -> Path:
        """The path of the changelog."""
        return self.folder / "CHANGELOG.md"


def here() -> Project:
    """Return the project of the working directory.

    Raises:
        ReleaseError: If pyproject.toml cannot be read or names no project.
    """
    folder, settings = config.load_project(Path.cwd())
    try:
        table: Any = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ReleaseError(Exit.PROBLEM, f"pyproject.toml cannot be read: {error}") from None
    name = text_at(object_at(table, "project"), "name")
    if not name:
        message = "pyproject.toml: set `name` in [project], the name of the distribution"
        raise ReleaseError(Exit.PROBLEM, message)
    backend = text_at(object_at(table, "build-system"), "build-backend")
    return Project(folder, name, settings, backend or "setuptools.build_meta")


def tags(project: Project) -> dict[Version, str]:
    """Return the versions of git tags like `v1.2.0`, with the tags."""
    listed = git.output_of(project.folder, "tag", "--list", "v*").splitlines()
    found = {parse(tag.removeprefix("v")): tag for tag in listed}
    return {version: tag for version, tag in found.items() if version is not None}


def commit(project: Project) -> str:
    """Return the commit that is checked out."""
    return git.output_of(project.folder, "rev-parse", "HEAD")


def is_here(project: Project, tag: str) -> bool:
    """Whether a tag is on the commit that is checked out."""
    commits = [
        git.output_of(project.folder, "rev-parse", f"{each}^{{commit}}") for each in (tag, "HEAD")
    ]
    return commits[0] == commits[1]


def uncommitted_files(project: Project) -> list[str]:
    """Return the files with uncommitted changes, without ignored files."""
    listed = git.output_of(project.folder, "status", "--porcelain", "--untracked-files=normal")
    return [line[3:] for line in listed.splitlines()]
