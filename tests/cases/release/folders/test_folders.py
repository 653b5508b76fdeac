"""Release commands and `diff` in a folder below that of the project."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.cli import Project
from tests.support.editing import git
from tests.support.releases import prepare

pytestmark = pytest.mark.long


def below(project: Project) -> Project:
    """The project, with commands that run in a folder of it."""
    folder = project.root / "generated" / "pets"
    return replace(project, root=folder)


def test_release_check_and_changelog_find_the_project(ready: Project) -> None:
    git(ready.root, "tag", "v1.0.0")
    prepare(ready, "1.0.1", ("An animal.", "A tame animal."))
    for command in ("release-check", "changelog"):
        ended = below(ready).run(command)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out == ready.run(command).out


def test_build_writes_into_the_folder_of_the_project(ready: Project) -> None:
    ended = below(ready).run("build")
    assert (ended.code, ended.err) == (0, "")
    assert (ready.root / "dist" / "pets-1.0.0.tar.gz").is_file()


def test_diff_compares_revisions_and_the_working_tree(ready: Project) -> None:
    git(ready.root, "tag", "v1.0.0")
    ready.edit("An animal.", "A tame animal.")
    ended = below(ready).run("diff", "v1.0.0", ".")
    assert (ended.code, ended.err) == (0, "")
    assert "A tame animal." in ended.out or "description" in ended.out
    assert ended.out == ready.run("diff", "v1.0.0", ".").out
    assert ended.out.startswith("documentation  spec/openapi.yaml:")


def test_errors_of_the_working_tree_are_relative_to_the_current_folder(ready: Project) -> None:
    ready.edit("openapi: 3.1.0", "openapi: [3.1.0")
    assert below(ready).run("diff", ".", ".").err.startswith("../../spec/openapi.yaml:")
    assert ready.run("diff", ".", ".").err.startswith("spec/openapi.yaml:")
