"""A temporary project that can be released."""

from __future__ import annotations

import shutil

from tests.support.cli import Project
from tests.support.editing import commit, git
from tests.support.paths import ROOT

CONFIGURATION = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "pets"
dynamic = ["version"]
description = "A client for pets"
readme = "generated/pets/README.md"
requires-python = ">=3.11"
license = "MIT"
license-files = ["LICENSE"]
dependencies = ["httpx2>=2.12,<3", "msgspec>=0.19,<1"]

[tool.hatch.version]
path = "generated/pets/__init__.py"

[tool.hatch.build.targets.wheel]
core-metadata-version = "2.4"
packages = ["generated/pets"]
sbom-files = ["generated/pets/sbom.cdx.json"]

[tool.hatch.build.targets.sdist]
core-metadata-version = "2.4"
only-include = ["generated/pets"]

[tool.generator]
package = "pets"
strict = true
"""
CHANGELOG = "# Changelog\n\n## [1.0.0] - 2026-01-31\n\n- The first release.\n"


def lay_out(project: Project) -> None:
    """Make a project ready for release as 1.0.0: generated, described and committed."""
    (project.root / "pyproject.toml").write_text(CONFIGURATION, "utf-8")
    (project.root / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    (project.root / ".gitignore").write_text("/dist/\n__pycache__/\n", "utf-8")
    shutil.copy(ROOT / "LICENSE", project.root)
    assert project.run("generate").code == 0
    git(project.root, "init", "--quiet", "--initial-branch=main")
    commit(project.root, "Release 1.0.0")


def prepare(project: Project, version: str, *edits: tuple[str, str], old: str = "1.0.0") -> None:
    """Change the document, and prepare a release with a version."""
    for before, after in edits:
        project.edit(before, after)
    project.edit(f"version: {old}", f"version: {version}")
    assert project.run("generate").code == 0
    text = (project.root / "CHANGELOG.md").read_text("utf-8")
    entry = f"## [{version}] - 2026-02-28\n\n- Something.\n\n## [{old}]"
    (project.root / "CHANGELOG.md").write_text(text.replace(f"## [{old}]", entry), "utf-8")
    commit(project.root, f"Release {version}")
