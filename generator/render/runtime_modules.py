"""Which modules of the run time a package needs: those that it imports, and those that they do."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_IMPORT = re.compile(r"^ *from \.+_runtime\.(\w+) import ", re.MULTILINE)


def needed(runtime: Path, rendered: Mapping[str, str]) -> list[str]:
    """Give the names of the modules to copy.

    Args:
        runtime: The folder of the run time.
        rendered: The package's other files, by their paths inside it.
    """
    modules = {path.stem for path in runtime.glob("*.py")}
    waiting = {"__init__"}
    for path, text in rendered.items():
        if path.startswith("_runtime/"):
            waiting |= _neighbours(text)
        elif path.endswith(".py"):
            waiting |= modules.intersection(_IMPORT.findall(text))  # A docstring may say anything.
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found and f"_runtime/{name}.py" not in rendered:
            found.add(name)
            waiting |= _neighbours((runtime / f"{name}.py").read_text("utf-8"))
    return sorted(found)


@cache
def _neighbours(text: str) -> frozenset[str]:
    """Give the modules that a module of the run time imports, wherever in it."""
    imports = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom))
    return frozenset(
        name
        for node in imports
        if node.level == 1
        for name in ([node.module] if node.module else [alias.name for alias in node.names])
    )
