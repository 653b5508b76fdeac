"""Run-time modules that a package imports, directly or indirectly."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

FOLDER = "_runtime"
_PARENT = re.compile(r"^( *from \.\.)(?=\w)", re.MULTILINE)


def public_modules(runtime: Path, name: str) -> dict[str, str]:
    """Return the modules of a package of the run time that is public in a generated package.

    It lies beside the other modules of the run time, so its imports of them get another path.

    Args:
        runtime: The folder of the run time.
        name: The name of the package.

    Returns:
        The modules by their paths in the generated package.
    """
    return {
        f"{name}/{path.name}": _PARENT.sub(rf"\1{FOLDER}.", path.read_text("utf-8"))
        for path in sorted((runtime / name).glob("*.py"))
    }


def needed_modules(runtime: Path, rendered: Mapping[str, str]) -> list[str]:
    """Return the paths of the modules to copy, relative to the run time's folder.

    Args:
        runtime: The folder of the run time.
        rendered: The package's other files, by their paths inside it.
    """
    waiting = {
        path
        for file, text in rendered.items()
        if file.endswith(".py")
        for path in _imported(PurePosixPath(file), text, runtime)
    }
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in found or f"{FOLDER}/{path}" in rendered:
            continue
        found.add(path)
        text = (runtime / path).read_text("utf-8")
        waiting |= set(_imported(PurePosixPath(FOLDER, path), text, runtime))
    packages = {
        str(parent / "__init__.py") for path in found for parent in PurePosixPath(path).parents
    }
    return sorted(found | packages)


def _imported(file: PurePosixPath, text: str, runtime: Path) -> Iterator[str]:
    """Return the run-time modules that a module of the package imports, wherever in it."""
    for target in _targets(file, text):
        path = target.removeprefix(f"{FOLDER}/")
        if path != target and (runtime / f"{path}.py").is_file():
            yield f"{path}.py"


@cache
def _targets(file: PurePosixPath, text: str) -> frozenset[str]:
    """Return what a module's relative imports may name, as paths without a suffix."""
    if not any(FOLDER in each for each in (str(file), text)):
        return frozenset()
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level and node.level <= len(file.parents):
            base = file.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            found |= {str(base), *(str(base / alias.name) for alias in node.names)}
    return frozenset(found)
