"""`make mutants`: changes the code in small ways, one at a time, and counts what tests notice."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.mutation.targets import TARGETS, Target
from tests.mutation.workspace import lay_out

_CAUGHT = {1, 3, 24, -24, 36, 152, 255, -9, -11}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--only", metavar="TARGETS", help=f"some of {','.join(TARGETS)}")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--again", action="store_true")
    given = parser.parse_args(arguments)
    names = given.only.split(",") if given.only else list(TARGETS)
    for name in names:
        folder = given.folder / name
        lay_out(folder, TARGETS[name])
        again = survivors(folder, TARGETS[name]) if given.again else []
        command = [sys.executable, str(folder / "tests/mutation/session.py"), str(given.jobs), *again]
        subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)
        for module in TARGETS[name].modules:
            codes = results(folder, module)
            caught = sum(code in _CAUGHT for code in codes.values())
            print(f"{module}: {caught} of {len(codes)} = {100*caught/max(1,len(codes)):.1f} %")
    return 0


def results(folder: Path, module: str) -> Mapping[str, int | None]:
    meta = folder / "mutants" / "generator" / f"{module}.py.meta"
    return json.loads(meta.read_text())["exit_code_by_key"]


def survivors(folder: Path, target: Target) -> list[str]:
    return [k for module in target.modules for k, v in results(folder, module).items() if v not in _CAUGHT and v is not None]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
