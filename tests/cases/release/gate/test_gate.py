"""`python -m generator release-check`: the release gate and the required version."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.config import load
from generator.diff.sources import of_document
from generator.output import compare, read_package
from tests.support.cli import Project
from tests.support.editing import commit, git
from tests.support.paths import ROOT
from tests.support.releases import prepare

pytestmark = pytest.mark.long

BREAKING = ("name: {type: string,", "nickname: {type: string,")
ADDITIVE = (
    "name: {type: string,",
    "age: {type: integer, description: Years.}\n        name: {type: string,",
)
DOCUMENTATION = ("An animal.", "A tame animal.")


def test_first_release_is_ready(ready: Project) -> None:
    ended = ready.run("release-check")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == "version: 1.0.0\nlast release: none\nready to be released\n"


@pytest.mark.parametrize("key", ['command = "pets"', 'http = "httpx"', 'names = "short"'])
def test_package_is_compared_with_what_the_configuration_decides(ready: Project, key: str) -> None:
    configuration = ready.root / "pyproject.toml"
    configuration.write_text(f"{configuration.read_text('utf-8')}{key}\n", "utf-8")
    assert ready.run("generate").code == 0
    commit(ready.root, "Configure the package")
    ended = ready.run("release-check")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "ready to be released")


def test_own_package_is_what_the_release_gate_generates() -> None:
    settings = load(ROOT)
    new = of_document(settings.spec, ROOT / settings.spec, settings)
    package = read_package(ROOT / settings.output / settings.package)
    assert not compare(package.files, new.files)


@pytest.mark.parametrize(
    ("change", "version", "summary"),
    [
        (DOCUMENTATION, "1.0.1", "1 documentation"),
        (ADDITIVE, "1.1.0", "2 additive"),
        (BREAKING, "2.0.0", "2 breaking, 2 additive"),
        (DOCUMENTATION, "2.0.0", "1 documentation"),
    ],
    ids=["documentation", "additive", "breaking", "a higher step"],
)
def test_sufficient_version_is_ready(
    ready: Project, change: tuple[str, str], version: str, summary: str
) -> None:
    git(ready.root, "tag", "v1.0.0")
    prepare(ready, version, change)
    ended = ready.run("release-check")
    assert (ended.code, ended.err) == (0, "")
    assert "last release: v1.0.0\n" in ended.out
    assert f"since then: {summary}" in ended.out


@pytest.mark.parametrize(
    ("change", "version", "message"),
    [
        (
            ADDITIVE,
            "1.0.1",
            "1.0.1 is too low for additive changes; required version: 1.1.0: ",
        ),
        (
            BREAKING,
            "1.1.0",
            "1.1.0 is too low for breaking changes; required version: 2.0.0: ",
        ),
        (
            DOCUMENTATION,
            "1.0.4",
            "skips versions: the next version after 1.0.0 is 1.0.1, 1.1.0, 2.0.0",
        ),
        (BREAKING, "3.0.0", "3.0.0 skips versions: the next version after 1.0.0 is 2.0.0"),
    ],
)
def test_version_that_is_too_low_for_the_changes_is_rejected(
    ready: Project, change: tuple[str, str], version: str, message: str
) -> None:
    git(ready.root, "tag", "v1.0.0")
    prepare(ready, version, change)
    ended = ready.run("release-check")
    assert ended.code == 1
    [line] = [each for each in ended.out.splitlines() if each.startswith("rejected: ")]
    assert message in line


def test_breaking_change_before_1_0_0_needs_a_minor_version(ready: Project) -> None:
    prepare(ready, "0.3.0")
    git(ready.root, "tag", "v0.3.0")
    prepare(ready, "0.3.1", BREAKING, old="0.3.0")
    ended = ready.run("release-check")
    assert ended.code == 1
    assert "required version: 0.4.0" in ended.out
    prepare(ready, "0.4.0", old="0.3.1")
    assert ready.run("release-check").code == 0


def edit_generated(project: Project) -> None:
    path = project.package / "models.py"
    path.write_text(f"{path.read_text('utf-8')}# By hand.\n", "utf-8")
    commit(project.root)


def leave_uncommitted(project: Project) -> None:
    (project.root / "notes.txt").write_text("x", "utf-8")


def tag_elsewhere(project: Project) -> None:
    git(project.root, "tag", "v1.0.0")
    commit(project.root, "something else")


def drop_the_entry(project: Project) -> None:
    (project.root / "CHANGELOG.md").write_text("# Changelog\n", "utf-8")
    commit(project.root)


def drop_the_changelog(project: Project) -> None:
    (project.root / "CHANGELOG.md").unlink()
    commit(project.root)


def use_another_form(project: Project) -> None:
    project.edit("version: 1.0.0", "version: 1.0.0-rc.1")
    assert project.run("generate").code == 0
    commit(project.root)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (edit_generated, "generated/ differs from the document: run `make generate`"),
        (leave_uncommitted, "not committed: notes.txt: commit or remove them"),
        (tag_elsewhere, "version 1.0.0 already exists: v1.0.0 is another commit: increase it"),
        (drop_the_entry, "CHANGELOG.md: no entry for 1.0.0"),
        (drop_the_changelog, "CHANGELOG.md: the file is missing: run `make changelog` for a draft"),
        (use_another_form, "version 1.0.0-rc.1 in spec/openapi.yaml must have the form 1.2.3"),
    ],
)
def test_release_with_a_problem_is_rejected_with_its_reason(
    ready: Project, spoil: Callable[[Project], None], message: str
) -> None:
    spoil(ready)
    ended = ready.run("release-check")
    assert ended.code == 1
    assert f"rejected: {message}" in ended.out
    assert "ready to be" not in ended.out


def test_tagged_commit_is_ready(ready: Project) -> None:
    git(ready.root, "tag", "v1.0.0")
    assert ready.run("release-check").code == 0


def test_older_line_is_compared_with_its_own_last_release(ready: Project) -> None:
    git(ready.root, "tag", "v1.0.0")
    git(ready.root, "tag", "v2.0.0")
    prepare(ready, "1.0.1", DOCUMENTATION)
    ended = ready.run("release-check")
    assert (ended.code, ended.out.splitlines()[1]) == (0, "last release: v1.0.0")


@pytest.mark.parametrize("command", ["release-check", "publish", "changelog", "build"])
def test_release_commands_need_a_project_name(
    new_project: Project, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH_URL", "http://127.0.0.1:1/")
    ended = new_project.run(command)
    assert (ended.code, ended.out) == (2, "")
    assert (
        ended.err
        == "error: pyproject.toml: set `name` in [project], the name of the distribution\n"
    )


def test_last_release_without_the_document_is_an_error(ready: Project) -> None:
    git(ready.root, "checkout", "--quiet", "--orphan", "before")
    git(ready.root, "rm", "--quiet", "--cached", "-r", "spec")
    git(ready.root, "commit", "--quiet", "--message=before")
    git(ready.root, "tag", "v0.9.0")
    git(ready.root, "checkout", "--quiet", "--force", "main")
    ended = ready.run("release-check")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: v0.9.0 has no spec/openapi.yaml\n"


def test_missing_pyproject_toml_is_an_error(ready: Project) -> None:
    (ready.root / "pyproject.toml").unlink()
    ended = ready.run("release-check")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: pyproject.toml cannot be read: ")


def test_missing_release_dependency_is_an_error(
    ready: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [*sys.modules]:
        if name.partition(".")[0] == "twine":
            monkeypatch.delitem(sys.modules, name)
    for name in ("publish", "steps"):
        monkeypatch.delitem(sys.modules, f"generator.release.{name}", raising=False)
        monkeypatch.delattr(f"generator.release.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "twine", None)
    ended = ready.run("release-check")
    assert (ended.code, ended.out) == (2, "")
    assert re.fullmatch(
        r"error: twine\S* is not installed: use the make target, or pip install "
        r"'openapi-httpx-generator\[release\]'\n",
        ended.err,
    )


def test_missing_module_of_the_generator_itself_is_a_bug(
    ready: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("generator.release.steps", raising=False)
    monkeypatch.setitem(sys.modules, "generator.release.steps", None)
    ended = ready.run("release-check")
    assert ended.code == 2
    assert ended.err.startswith("error: a bug in the generator: ModuleNotFoundError")


def test_missing_git_program_is_an_error(
    ready: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ended = ready.run("release-check")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: git is not installed\n"


def test_failing_git_command_is_an_error(ready: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(ready.root / "nowhere"))
    ended = ready.run("release-check")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: git status failed: ")


@pytest.mark.parametrize("option", ["--depth=1", "--no-tags"])
def test_clone_that_may_lack_tags_is_rejected_without_an_index(
    ready: Project, option: str, tmp_path: Path
) -> None:
    git(ready.root, "tag", "v1.0.0")
    prepare(ready, "1.0.1", BREAKING)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", option, ready.root.as_uri(), str(clone))
    ended = replace(ready, root=clone).run("release-check")
    assert ended.code == 1
    assert "last release: none\nrejected: the clone may lack tags" in ended.out


@pytest.mark.parametrize(
    ("edit", "version", "summary"),
    [
        (
            (
                "      summary: Retrieve one pet\n",
                "      summary: Retrieve it\n      deprecated: true\n",
            ),
            "1.1.0",
            "1 additive, ",
        ),
        (
            ("        '200':", "        '202': {description: Not yet.}\n        '200':"),
            "2.0.0",
            "1 breaking, ",
        ),
    ],
    ids=["deprecated operation", "success without a body"],
)
def test_version_follows_the_visible_changes(
    ready: Project, edit: tuple[str, str], version: str, summary: str
) -> None:
    git(ready.root, "tag", "v1.0.0")
    prepare(ready, version, edit)
    ended = ready.run("release-check")
    assert f"since then: {summary}" in ended.out
    assert (ended.code, f"required version: {version}, " in ended.out) == (0, True)
