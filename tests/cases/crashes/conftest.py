"""Projects with a package, in which generation goes wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.cli import Project, project


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made") / "project"
    with pytest.MonkeyPatch.context() as patch:
        ended = project(root, patch.chdir).run("generate")
    assert (ended.code, ended.err) == (0, "")
    return root


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _made_once: Path) -> Project:
    """A project with its package."""
    shutil.copytree(_made_once, tmp_path / "project")
    return Project(tmp_path / "project", monkeypatch.chdir)
