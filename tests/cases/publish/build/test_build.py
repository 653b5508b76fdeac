"""Build of this project, whose package has a command line."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from generator import config
from generator.release.build import build
from generator.release.failures import ReleaseError
from generator.release.project import Project
from tests.support.editing import replaced_once
from tests.support.paths import ROOT

pytestmark = pytest.mark.long

SCRIPTS = '[project.scripts]\nlosant-audit-log = "losant_audit_log.__main__:main"\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of this project."""
    folder = tmp_path / "project"
    shutil.copytree(
        ROOT / "generated",
        folder / "generated",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for each in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / each, folder)
    return Project(folder, "losant-audit-log", config.load(folder), "hatchling.build")


def test_wheel_of_this_project_is_built_with_its_console_script(
    project: Project, tmp_path: Path
) -> None:
    built = build(project, tmp_path / "dist")
    with ZipFile(built.wheel) as wheel:
        [name] = [each for each in wheel.namelist() if each.endswith("entry_points.txt")]
        assert b"losant-audit-log = losant_audit_log.__main__:main" in wheel.read(name)


def test_wheel_that_lost_its_console_script_is_not_built(project: Project, tmp_path: Path) -> None:
    path = project.folder / "pyproject.toml"
    path.write_text(replaced_once(path.read_text("utf-8"), SCRIPTS, ""), "utf-8")
    with pytest.raises(ReleaseError, match=r"missing or unexpected files: entry_points\.txt"):
        build(project, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_other_build_backend_is_rejected_with_the_fix(project: Project, tmp_path: Path) -> None:
    other = replace(project, backend="setuptools.build_meta")
    with pytest.raises(ReleaseError, match=r"'setuptools\.build_meta' cannot .*hatchling\.build"):
        build(other, tmp_path / "dist")


def test_project_without_a_license_file_is_built(project: Project, tmp_path: Path) -> None:
    path = project.folder / "pyproject.toml"
    text = replaced_once(path.read_text("utf-8"), 'license-files = ["LICENSE"]\n', "")
    path.write_text(text, "utf-8")
    (project.folder / "LICENSE").unlink()
    assert build(project, tmp_path / "dist").wheel.is_file()
