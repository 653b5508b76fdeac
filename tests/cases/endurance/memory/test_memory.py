"""Memory use of walks over a million entries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.support.examples import ORG
from tests.support.figures import Note, note
from tests.support.long_log import LongLog
from tests.support.paths import ROOT
from tests.support.server import serving

ENTRIES, MARK = 1_000_000, 50_000

# Each walk gives a digest of what it gave, and the resident set after some entries.
WALKER = """
import asyncio, gc, hashlib, json, sys
from losant_audit_log import AsyncClient, Client
url, way, org, mark, entries = sys.argv[1:]
marks = {int(mark), int(entries)}

def resident():
    gc.collect()
    with open('/proc/self/statm') as file:
        return int(file.read().split()[1]) * 4096

class Account:
    def __init__(self):
        self.count, self.resident, self.digest = 0, [], hashlib.sha256()
    def take(self, entry):
        self.count += 1
        self.digest.update(entry.to_json().encode())
        if self.count in marks:
            self.resident.append(resident())
    def totals(self):
        return [self.count, self.digest.hexdigest(), self.resident]

def walk():
    account = Account()
    with Client('t', base_url=url) as client:
        for entry in client.audit_logs.walk(org, per_page=1000):
            account.take(entry)
    return account.totals()

async def walk_async():
    account = Account()
    async with AsyncClient('t', base_url=url) as client:
        async for entry in client.audit_logs.walk(org, per_page=1000):
            account.take(entry)
    return account.totals()

print(json.dumps([walk() if way == 'sync' else asyncio.run(walk_async()) for _ in range(2)]))
"""


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("way", ["sync", "asyncio"])
def test_walk_over_a_million_entries_uses_constant_memory(way: str, record_property: Note) -> None:
    began = time.monotonic()
    (count, digest, resident), again = walk_twice(way, ENTRIES)
    seconds = time.monotonic() - began
    early, late = resident
    assert count == ENTRIES
    assert again[:2] == [count, digest]
    assert max(late, *again[2]) < 1.1 * early
    mib = [f"{each / (1 << 20):.1f}" for each in (early, late, *again[2])]
    note(
        record_property,
        f"{ENTRIES:,} entries twice in {seconds:.0f} s; MiB resident after {MARK:,} and at the end:"
        f" {mib[0]}, {mib[1]}; walking again: {mib[2]}, {mib[3]}",
    )


def walk_twice(way: str, entries: int) -> Any:
    """Walk twice in a subprocess."""
    with serving() as server:
        server.always(LongLog.until_now(entries))
        done = subprocess.run(
            [sys.executable, "-c", WALKER, server.url, way, ORG, str(MARK), str(entries)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "generated")},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
