"""Output of the two libraries' own commands for the document."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.paths import SPEC

CLIENT = "stock_client"
MODELS = "stock_models"


def write(folder: Path) -> None:
    """Write the client and the models into a directory, replacing earlier ones; importable."""
    write_client(folder)
    write_models(folder)
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


def write_client(folder: Path) -> None:
    """Run openapi-python-client.

    It fails without literal enums: the sort directions differ in case only.
    """
    settings = folder / "settings.yaml"
    settings.write_text("literal_enums: true\n", "utf-8")
    _run(
        folder,
        *("openapi_python_client", "generate", "--overwrite", "--meta", "none"),
        *("--path", str(SPEC), "--output-path", CLIENT, "--config", settings.name),
    )


def write_models(folder: Path) -> None:
    """Run datamodel-code-generator."""
    _run(
        folder,
        *("datamodel_code_generator", "--input", str(SPEC), "--input-file-type", "openapi"),
        *("--output", f"{MODELS}.py"),
    )


def untyped_module(module: str) -> Any:
    """Import a module without type information."""
    return importlib.import_module(module)


def _run(folder: Path, *arguments: str) -> None:
    """Run a module; it finds tools installed beside it, such as ruff."""
    tools = str(Path(sys.executable).parent)
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={**os.environ, "PATH": os.pathsep.join([tools, os.environ.get("PATH", "")])},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{arguments[0]} failed:\n{done.stdout}{done.stderr}")
