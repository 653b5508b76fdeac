"""Run-time modules that a package imports, directly or indirectly."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

FOLDER = "_runtime"
COMMAND = "_command"
_COMMAND_SOURCE = "command"
_PARENT = re.compile(r"^( *from \.\.)(?!archive\b)(?=\w)", re.MULTILINE)


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


def needed_modules(runtime: Path, rendered: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of the modules to copy, by their paths in the package.

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
    found: dict[str, str] = {}
    while waiting:
        path = waiting.pop()
        if path in found or path in rendered:
            continue
        found[path] = _text(path, runtime)
        waiting |= set(_imported(PurePosixPath(path), found[path], runtime))
    packages = {
        str(parent / "__init__.py")
        for path in found
        for parent in PurePosixPath(path).parents
        if parent.parts
    }
    return {path: _text(path, runtime) for path in sorted({*found, *packages})}


def _source(path: str, runtime: Path) -> Path:
    """Return the file that a module of a package is copied from."""
    folder, _, rest = path.partition("/")
    return runtime / rest if folder == FOLDER else runtime / _COMMAND_SOURCE / rest


def _text(path: str, runtime: Path) -> str:
    """Return the text of a module in a package, where the command line is beside the run time."""
    text = _source(path, runtime).read_text("utf-8")
    if path.startswith(f"{COMMAND}/"):
        return _PARENT.sub(rf"\1{FOLDER}.", text)
    return text


def _imported(file: PurePosixPath, text: str, runtime: Path) -> Iterator[str]:
    """Return the run-time modules that a module of the package imports, wherever in it."""
    for target in _targets(file, text):
        is_ours = target.startswith((f"{FOLDER}/", f"{COMMAND}/"))
        if is_ours and _source(f"{target}.py", runtime).is_file():
            yield f"{target}.py"


@cache
def _targets(file: PurePosixPath, text: str) -> frozenset[str]:
    """Return what a module's relative imports may name, as paths without a suffix."""
    if not any(folder in each for each in (str(file), text) for folder in (FOLDER, COMMAND)):
        return frozenset()
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.level and node.level <= len(file.parents):
            base = file.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            found |= {str(base), *(str(base / alias.name) for alias in node.names)}
    return frozenset(found)
