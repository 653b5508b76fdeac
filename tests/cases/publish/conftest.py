"""A project that can be released."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.cli import Project, project
from tests.support.releases import lay_out


@pytest.fixture(scope="session")
def _laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("released") / "project"
    with pytest.MonkeyPatch.context() as patch:
        lay_out(project(root, patch.chdir))
    return root


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _laid_out: Path) -> Project:
    """A project that can be released as 1.0.0, and that no index is named to."""
    for name in ("URL", "INDEX_URL", "USERNAME", "PASSWORD", "TOKEN_FILE"):
        monkeypatch.delenv(f"PUBLISH_{name}", raising=False)
    shutil.copytree(_laid_out, tmp_path / "project")
    return Project(tmp_path / "project", monkeypatch.chdir)
