"""Coverage of run-time copies, counted for the run time by `make coverage`.

The run time is tested in packages, most of which tests generate in temporary directories. There its
modules begin with a line that names their origin.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from coverage import Coverage, CoverageData
from coverage.types import TArc

from tests.support.paths import ROOT

_RUNTIME = ROOT / "generator" / "runtime"
_MEASURED = (ROOT / "generator", ROOT / "generated" / "losant_audit_log")
_FOLDERS = {"_runtime": "", "_command": "command", "_spark": "spark", "archive": "archive"}
_ADDED = 1  # lines before a copy


def _original(path: Path) -> Path | None:
    """Return the path that a module was copied from."""
    parts = path.parts
    for folder, source in _FOLDERS.items():
        if folder in parts and not path.is_relative_to(_RUNTIME):
            original = _RUNTIME.joinpath(source, *parts[parts.index(folder) + 1 :])
            return original if original.exists() else None
    return None


def _original_line(line: int) -> int:
    """Return the line of a copy in its original; coverage counts exits as negative lines."""
    return max(line - _ADDED, 1) if line > 0 else min(line + _ADDED, -1)


def main() -> None:
    """Combine the data of all processes, and write them for the reports."""
    measured = Coverage()
    measured.combine()
    arcs: defaultdict[Path, set[TArc]] = defaultdict(set)
    data = measured.get_data()
    for name in data.measured_files():
        path, found = Path(name), data.arcs(name) or []
        original = _original(path)
        if original is not None:
            arcs[original].update(
                (_original_line(start), _original_line(end))
                for start, end in found
                if abs(start) > _ADDED or abs(end) > _ADDED
            )
        elif any(path.is_relative_to(folder) for folder in _MEASURED):
            arcs[path].update(found)
    joined = CoverageData(data.base_filename())
    joined.erase()
    joined.add_arcs({str(path): each for path, each in arcs.items()})
    modules = (module for folder in _MEASURED for module in folder.rglob("*.py"))
    joined.touch_files([str(module) for module in modules if _original(module) is None])
    joined.write()


if __name__ == "__main__":
    main()
