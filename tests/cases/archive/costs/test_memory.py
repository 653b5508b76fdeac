"""Memory of a first run over a year."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.server import serving
from tests.support.examples import ORG
from tests.support.figures import Note, note
from tests.support.paths import PACKAGE

ENTRIES = 100_000
MOST = 80  # MB
PROGRAM = """
import re, sys
from pathlib import Path
from losant_audit_log import Client
from losant_audit_log.archive import export

def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

url, org, folder = sys.argv[1:]
with Client("t", base_url=url) as client:
    before = peak()
    result = export(client.audit_logs, org, folder, per_page=1000)
print(result.added, peak() - before)
"""


@pytest.mark.slow
def test_first_run_of_a_long_log_uses_little_memory(tmp_path: Path, record_property: Note) -> None:
    with serving(ENTRIES) as server:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, server.http, ORG, str(tmp_path / "archive")],
            env={"PYTHONPATH": str(PACKAGE.parent)},
            capture_output=True,
            text=True,
            check=True,
        )
    added, used = done.stdout.split()
    assert int(added) == ENTRIES
    assert float(used) <= MOST
    note(record_property, f"archive: a first run of {ENTRIES:,} entries takes {float(used):.0f} MB")
