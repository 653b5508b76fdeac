"""Benchmark of the data source of Apache Spark.

It runs in the environment of `make test-spark`, if there is one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.bench.measure import Effort, Measured, ratio
from tests.bench.server import serving
from tests.support.paths import PACKAGE, ROOT

PYTHON = ROOT / ".venv-spark" / "bin" / "python"
PAUSE = 0.05  # seconds until a page


def measure(effort: Effort) -> Measured:
    """Compare two tasks with one walk, without the start of Spark."""
    if not PYTHON.exists():
        sys.stderr.write("not measured, because make test-spark did not run here; ")
        return
    entries, rounds = effort.of(20_000, quick=500), effort.of(5, quick=1)
    with serving(entries, pause=PAUSE) as server:
        arguments = (server.slow, str(entries), str(rounds))
        done = subprocess.run(
            [str(PYTHON), "-m", "tests.bench.spark_program", *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{PACKAGE.parent}{os.pathsep}{ROOT}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        )
    yield "spark.rows", ratio(json.loads(done.stdout), "spark", "walk")
