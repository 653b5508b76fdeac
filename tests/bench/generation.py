"""Benchmark of generation, beside the commands of the two libraries."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.bench import stock
from tests.bench.measure import Effort, Measured, ratio, time_alternately
from tests.support.paths import ROOT


def measure(effort: Effort) -> Measured:
    """Compare both ways to generate; each overwrites its previous output."""
    project = _project(effort.folder)
    timings = time_alternately(
        {
            "stock": lambda: stock.write(effort.folder),
            "generate": lambda: _run(project, sys.executable, "-m", "generator", "generate"),
            "make": lambda: _run(project, "make", "generate"),
        },
        effort.of(5, quick=1),
    )
    for name in ("generate", "make"):
        yield f"generation.{name}", ratio(timings, name, "stock")


def _project(folder: Path) -> Path:
    """Lay out a project like this one, so that nothing is written here.

    This environment stands for `.venv`; it has everything that the generator needs.
    """
    project = folder / "project"
    project.mkdir()
    for name in ("Makefile", "generator", "pyproject.toml", "spec", "tests"):
        (project / name).symlink_to(ROOT / name)
    (project / ".venv").symlink_to(sys.prefix)
    return project


def _run(project: Path, *command: str) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
    }
    done = subprocess.run(
        command,
        cwd=project,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
