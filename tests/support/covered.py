"""Coverage of run-time copies, counted for the run time by `make coverage`.

The run time is tested in packages, most of which tests generate in temporary directories. There its
modules begin with a line that names their origin, and may take more lines for their imports.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from coverage import Coverage, CoverageData
from coverage.types import TArc

from tests.support.paths import COPIED_FOLDERS, PACKAGE, ROOT

_RUNTIME = ROOT / "generator" / "runtime"
_MEASURED = (ROOT / "generator", PACKAGE)
_ADDED = 1  # lines before a copy


def _original_and_copy(path: Path) -> tuple[Path, Path] | None:
    """Return the original of a copy, and the copy of it in the package of this project."""
    parts = path.parts
    for folder, source in COPIED_FOLDERS.items():
        if folder in parts and not path.is_relative_to(_RUNTIME):
            name = Path(*parts[parts.index(folder) + 1 :])
            original = _RUNTIME / source / name
            return (original, PACKAGE / folder / name) if original.exists() else None
    return None


@cache
def _lines(original: Path, copy: Path) -> Mapping[int, int]:
    """Return the lines of an original by those of its copy."""
    if not copy.exists():
        return {}
    trees = (ast.walk(ast.parse(each.read_text("utf-8"))) for each in (copy, original))
    places = ([getattr(each, "lineno", 0) for each in tree] for tree in trees)
    return dict(zip(*places, strict=False))


def _original_line(line: int, lines: Mapping[int, int]) -> int:
    """Return the line of a copy in its original; coverage counts exits as negative lines."""
    original = lines.get(abs(line), max(abs(line) - _ADDED, 1))
    return original if line > 0 else -original


def main() -> None:
    """Combine the data of all processes, and write them for the reports."""
    measured = Coverage()
    measured.combine()
    arcs: defaultdict[Path, set[TArc]] = defaultdict(set)
    data = measured.get_data()
    for name in data.measured_files():
        path, found = Path(name), data.arcs(name) or []
        if source := _original_and_copy(path):
            lines = _lines(*source)
            arcs[source[0]].update(
                (_original_line(start, lines), _original_line(end, lines))
                for start, end in found
                if abs(start) > _ADDED or abs(end) > _ADDED
            )
        elif any(path.is_relative_to(folder) for folder in _MEASURED):
            arcs[path].update(found)
    joined = CoverageData(data.base_filename())
    joined.erase()
    joined.add_arcs({str(path): each for path, each in arcs.items()})
    modules = (module for folder in _MEASURED for module in folder.rglob("*.py"))
    joined.touch_files([str(module) for module in modules if not _original_and_copy(module)])
    joined.write()


if __name__ == "__main__":
    main()
