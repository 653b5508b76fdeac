"""Run-time modules that a package imports, directly or indirectly.

Most of them are copied into the folder `_runtime`. Three packages of the run time lie beside it, so
their imports of other run-time modules get another path. The module that imports the HTTP library
imports the one that the package is built on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath

FOLDER = "_runtime"
_SOURCES = {FOLDER: "", "_command": "command", "_spark": "spark", "archive": "archive"}
_IMPORT = re.compile(r"^ *from (\.+)([\w.]*) import (\([^)]*\)|.*)", re.MULTILINE)
_HTTP = "_runtime/core/http.py"
_NAME = re.compile(r"\w+")
_PARENT = re.compile(r"^( *from \.\.)(?!archive\b)(?=\w)", re.MULTILINE)


def needed_modules(
    runtime: Path, rendered: Mapping[str, str], whole: tuple[str, ...] = (), http: str = "httpx"
) -> dict[str, str]:
    """Return the texts of the modules to copy, by their paths in the package.

    Args:
        runtime: The folder of the run time.
        rendered: The package's other files, by their paths inside it.
        whole: The folders of the package that are copied with all of their modules.
        http: The HTTP library that the package is built on.
    """
    waiting = {
        path
        for file, text in rendered.items()
        if file.endswith(".py")
        for path in _imported_modules(PurePosixPath(file), text, runtime)
    }
    for folder in whole:
        waiting |= {f"{folder}/{each.name}" for each in (runtime / _SOURCES[folder]).glob("*.py")}
    found: dict[str, str] = {}
    while waiting:
        path = waiting.pop()
        if path in found or path in rendered:
            continue
        found[path] = _text(path, runtime)
        waiting |= set(_imported_modules(PurePosixPath(path), found[path], runtime))
    packages = {
        str(parent / "__init__.py")
        for path in found
        for parent in PurePosixPath(path).parents
        if parent.parts
    }
    copied = {path: _text(path, runtime) for path in sorted({*found, *packages})}
    if http != "httpx":
        copied[_HTTP] = copied[_HTTP].replace("import httpx\n", f"import {http} as httpx\n")
    return copied


def _source(path: str, runtime: Path) -> Path:
    """Return the file that a module of a package is copied from."""
    folder, _, rest = path.partition("/")
    return runtime / _SOURCES[folder] / rest


def _text(path: str, runtime: Path) -> str:
    """Return the text of a module in a package."""
    text = _source(path, runtime).read_text("utf-8")
    return text if path.startswith(f"{FOLDER}/") else _PARENT.sub(rf"\g<1>{FOLDER}.", text)


def _imported_modules(file: PurePosixPath, text: str, runtime: Path) -> Iterator[str]:
    """Return the run-time modules that a module of the package imports, wherever in it."""
    for target in _targets(file, text):
        folder, _, module = target.partition("/")
        if module and folder in _SOURCES and _source(f"{target}.py", runtime).is_file():
            yield f"{target}.py"


@cache
def _targets(file: PurePosixPath, text: str) -> frozenset[str]:
    """Return the possible targets of a module's relative imports, as paths without a suffix."""
    if not any(folder in each for each in (str(file), text) for folder in _SOURCES):
        return frozenset()
    found: set[str] = set()
    for dots, module, imported in _IMPORT.findall(text):
        if len(dots) <= len(file.parents):
            base = file.parents[len(dots) - 1].joinpath(*module.split("."))
            found |= {str(base), *(str(base / each) for each in _NAME.findall(imported))}
    return frozenset(found)
