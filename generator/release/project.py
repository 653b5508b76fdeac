"""The project that is released, as its files and git tell."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import config, git
from generator.document.json_values import object_at, text_at
from generator.release.failures import Exit, ReleaseError
from generator.release.versions import Version, parse


@dataclass(frozen=True, slots=True)
class Project:
    """A project.

    Attributes:
        folder: Where it is.
        name: What it is called on an index.
        settings: Where its document and its package are.
    """

    folder: Path
    name: str
    settings: config.Config

    @property
    def spec(self) -> Path:
        """The document."""
        return self.folder / self.settings.spec

    @property
    def package(self) -> Path:
        """The package."""
        return self.folder / self.settings.output / self.settings.package

    @property
    def changelog(self) -> Path:
        """The changelog."""
        return self.folder / "CHANGELOG.md"


def here(settings: config.Config) -> Project:
    """Read the project in the working directory.

    Raises:
        ReleaseError: If there is none.
    """
    folder = Path.cwd()
    try:
        table: Any = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ReleaseError(Exit.PROBLEM, f"pyproject.toml cannot be read: {error}") from None
    name = text_at(object_at(table, "project"), "name")
    if not name:
        raise ReleaseError(Exit.PROBLEM, "pyproject.toml has no [project] name to publish under")
    return Project(folder, name, settings)


def tags(project: Project) -> dict[Version, str]:
    """Give the releases that git knows: tags such as `v1.2.0`."""
    listed = git.ask(project.folder, "tag", "--list", "v*").splitlines()
    found = {parse(tag.removeprefix("v")): tag for tag in listed}
    return {version: tag for version, tag in found.items() if version is not None}


def is_here(project: Project, tag: str) -> bool:
    """Whether a tag is on the commit that is checked out."""
    commits = [git.ask(project.folder, "rev-parse", f"{each}^{{commit}}") for each in (tag, "HEAD")]
    return commits[0] == commits[1]


def uncommitted(project: Project) -> list[str]:
    """Give the files that differ from what is committed, those that git ignores left out."""
    listed = git.ask(project.folder, "status", "--porcelain", "--untracked-files=normal")
    return [line[3:] for line in listed.splitlines()]
