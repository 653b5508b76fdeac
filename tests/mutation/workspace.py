"""Workspace of mutmut: a copy of the project."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.mutation.targets import Target
from tests.support.paths import ROOT

_COPIED = ("generated", "spec", "tests", "README.md", "CHANGELOG.md", "Makefile")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", "plots")


def lay_out(folder: Path, target: Target) -> None:
    """Copy the files for the tests, and configure mutmut; existing files are replaced.

    Args:
        folder: The directory of the workspace.
        target: The modules to mutate.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("generator", *_COPIED):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_LEFT_OUT, dirs_exist_ok=True)
        else:
            shutil.copy2(source, folder / name)
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    (folder / "pyproject.toml").write_text(f"{text}\n{configuration(target)}", "utf-8")


def configuration(target: Target) -> str:
    """Return the configuration of mutmut."""
    settings: dict[str, bool | list[str]] = {
        "source_paths": ["generator"],
        "only_mutate": [f"generator/{module}.py" for module in target.modules],
        "also_copy": list(_COPIED),
        "pytest_add_cli_args": [
            *("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"),
            *("-m", "not slow", "--timeout=10", "--hypothesis-seed=0"),
            "--tb=native",  # Others parse the module with all its mutants for each failure.
            *("-k", " and ".join(f"not {way}" for way in target.without)),
        ],
        "pytest_add_cli_args_test_selection": [f"tests/cases/{each}" for each in target.tests],
        "track_dependencies": False,
        "use_git_change_detection": False,
    }
    # JSON's texts, lists and booleans are TOML's.
    lines = (f"{key} = {json.dumps(value)}" for key, value in settings.items())
    return "\n".join(["[tool.mutmut]", *lines, ""])
