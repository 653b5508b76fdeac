"""Leaks of connections, tasks, threads and file descriptors over ten minutes of mixed faults."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest

from tests.support.figures import Note, note
from tests.support.paths import ROOT

SECONDS = int(os.environ.get("SOAK_SECONDS", "600"))


@pytest.mark.slow
@pytest.mark.timeout(SECONDS + 120)
def test_ten_minutes_of_mixed_faults_leak_nothing(record_property: Note) -> None:
    seed = random.SystemRandom().randrange(10**6)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.support.soak", str(SECONDS), str(seed)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'generated'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    held = ", ".join(f"{count} {what}" for what, count in report["after"].items())
    ends = ", ".join(f"{count:,} {what}" for what, count in sorted(report["outcomes"].items()))
    note(record_property, f"{SECONDS} s, seed {seed}, {report['requests']:,} requests: {ends}")
    note(record_property, f"held at the end: {held}, {report['tasks']} tasks")
    assert report["escaped"] == []
    assert report["after"] == report["before"]
    assert report["after"]["connections"] == report["tasks"] == 0
    assert report["outcomes"]["data"] > SECONDS
    assert len(report["outcomes"]) >= 7  # Data, cancellations, and every class of error.
