"""Strict type checking of programs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

each_checker = pytest.mark.parametrize(
    "checker", ["mypy", pytest.param("pyright", marks=pytest.mark.long)]
)
"""A test with each of the type checkers."""


# A cache of its own for each process of tests: mypy does not expect others to write into it.
CACHE = ROOT / ".mypy_cache" / os.environ.get("PYTEST_XDIST_WORKER", "programs")
"""What mypy knows of the libraries: the same for all programs."""


def lines_with_errors(folder: Path, checker: str, packages: Path) -> dict[str, list[int]]:
    """Return the lines of each program for which a checker reports errors.

    Args:
        folder: The directory of the programs.
        checker: `mypy` or `pyright`.
        packages: The directory of the packages that the programs import.
    """
    environment = {**os.environ, "MYPYPATH": str(packages)}
    if checker == "mypy":
        arguments = ["mypy", "--strict", f"--cache-dir={CACHE}", "--config-file=", str(folder)]
    else:
        settings = {"typeCheckingMode": "strict", "extraPaths": [str(packages)]}
        (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
        arguments = ["pyright", "--pythonpath", sys.executable, "--project", str(folder)]
        environment["PYRIGHT_PYTHON_IGNORE_WARNINGS"] = "1"
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    found: dict[str, list[int]] = {path.stem: [] for path in folder.glob("*.py")}
    for name, line in re.findall(r"(\w+)\.py:(\d+)(?::\d+)?(?: -|:) error", done.stdout):
        assert name in found, done.stdout
        found[name].append(int(line))
    assert bool(done.returncode) is any(found.values()), done.stdout
    return found
