"""The README's worked example in a copy of the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.editing import commit, git
from tests.support.paths import JUDGES, ROOT
from tests.support.worked_example import with_endpoint


@pytest.fixture
def repository_copy(tmp_path: Path) -> Path:
    """A copy of the repository with the endpoint, and with a comment above the document."""
    root = tmp_path / "project"
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    modules = JUDGES / "node_modules"
    if modules.is_dir():
        (root / modules.relative_to(ROOT)).symlink_to(modules.resolve())
    spec = root / "spec" / "openapi.yaml"
    spec.write_text(f"# A comment.\n{with_endpoint(spec.read_text('utf-8'))}", "utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    return root


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_endpoint_example_leads_to_green(repository_copy: Path) -> None:
    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=repository_copy,
            env={**os.environ, "PYTHONPATH": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-5000:]
        return done.stdout

    run("generator", "generate")
    commit(repository_copy, "Add an endpoint")
    run("generator", "check")
    run("generator", "lint")
    run("pytest", "-q", "-n", "2", "-m", "not long and not slow", "-p", "no:cacheprovider")
