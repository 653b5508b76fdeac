"""`make bench`: measures, prints the table, and writes `results.json` and the plots."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.bars import GROUPS
from tests.bench.measure import Effort, Value
from tests.bench.plots import plots
from tests.bench.report import figures, results, table
from tests.support.paths import ROOT

HERE = Path(__file__).parent


def main(arguments: Sequence[str]) -> None:
    """Measure the selected groups; only a complete measurement replaces the committed results."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", metavar="GROUPS", help=f"some of {','.join(GROUPS)}")
    parser.add_argument("--quick", action="store_true", help="so little that it only shows it runs")
    parser.add_argument("--output", type=Path, help="where to write the results and the plots")
    given = parser.parse_args(arguments)
    groups = given.only.split(",") if given.only else list(GROUPS)
    if not set(groups) <= set(GROUPS):
        parser.error(f"--only: there are {', '.join(GROUPS)}")
    is_whole = not given.quick and set(groups) == set(GROUPS)
    output = given.output or (HERE if is_whole else None)
    drawings = given.output or ROOT / "spec" / "docs"
    for name in ("LOSANT_API_TOKEN", "LOSANT_API_URL"):
        os.environ.pop(name, None)
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"
    rows = figures(_measurements(groups, quick=given.quick))
    sys.stdout.write(f"\n{table(rows)}")
    if output is not None:
        _write(output / "results.json", results(rows))
        for name, text in plots(rows).items():
            _write(drawings / "plots" / name, text)


def _measurements(groups: Sequence[str], *, quick: bool) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name in groups:
        sys.stderr.write(f"{name} ... ")
        sys.stderr.flush()
        began = time.monotonic()
        # A group's peers are imported with it: what is left out need not be installed.
        module = importlib.import_module(f"tests.bench.{name}")
        with tempfile.TemporaryDirectory() as folder:
            values.update(module.measure(Effort(Path(folder), quick)))
        sys.stderr.write(f"{time.monotonic() - began:.0f} s\n")
    return values


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
