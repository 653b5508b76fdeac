"""Which modules of the run time a package needs: those that it imports, and those that they do."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_PACKAGE = "_runtime"


def needed(runtime: Path, rendered: Mapping[str, str]) -> list[str]:
    """Give the names of the modules to copy.

    Args:
        runtime: The folder of the run time.
        rendered: The package's other files, by their paths inside it.
    """
    waiting = ["__init__"]
    for path, text in rendered.items():
        if path.endswith(".py"):
            waiting += _imported(ast.parse(text), inside=path.startswith(f"{_PACKAGE}/"))
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found and f"{_PACKAGE}/{name}.py" not in rendered:
            found.add(name)
            waiting += _neighbours(runtime / f"{name}.py")
    return sorted(found)


@cache
def _neighbours(path: Path) -> tuple[str, ...]:
    """Give the modules that a module of the run time imports."""
    return tuple(_imported(ast.parse(path.read_text("utf-8")), inside=True))


def _imported(tree: ast.Module, *, inside: bool) -> Iterator[str]:
    """Give the modules of the run time that a module imports, wherever in it.

    Args:
        tree: The module.
        inside: Whether it is one of the run time itself.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            package, _, name = (node.module or "").partition(".")
            if package == _PACKAGE:
                yield from [name] if name else [alias.name for alias in node.names]
            elif inside and node.level == 1:
                yield from [package] if package else [alias.name for alias in node.names]
