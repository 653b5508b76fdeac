"""`make coverage`'s last step but one: counts what ran in copies as the run time's own.

The run time is tested in packages, most of which tests make in folders of their own. There its
modules begin with a line that says what they were made from.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from coverage import Coverage, CoverageData
from coverage.types import TArc

from tests.support.paths import ROOT

_RUNTIME = ROOT / "generator" / "runtime"
_MEASURED = (ROOT / "generator", ROOT / "generated" / "losant_audit_log")
_ADDED = 1  # lines before a copy


def _original(path: Path) -> Path | None:
    """Give what a module is a copy of."""
    parts = path.parts
    if "_runtime" not in parts:
        return None
    original = _RUNTIME.joinpath(*parts[parts.index("_runtime") + 1 :])
    return original if original.exists() else None


def _original_line(line: int) -> int:
    """Give the line of a copy in what it is a copy of; coverage counts exits as negative lines."""
    return max(line - _ADDED, 1) if line > 0 else min(line + _ADDED, -1)


def main() -> None:
    """Join the data of all processes, and write them where reports are made from."""
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
