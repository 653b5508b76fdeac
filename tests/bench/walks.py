"""Benchmark of walking a long log from end to end."""

from __future__ import annotations

import httpx

from losant_audit_log import Client
from tests.bench import floor
from tests.bench.measure import Effort, Measured, ratio, time_alternately
from tests.bench.server import serving
from tests.support.examples import LIST_PATH, ORG

SIZE = 1000


def measure(effort: Effort) -> Measured:
    """Compare with a plain loop, and a walk that reads ahead with one that does not."""
    entries = effort.of(100_000, quick=5_000)
    with serving(entries) as server:
        target = f"{server.http}{LIST_PATH}"
        with (
            httpx.Client(headers=floor.HEADERS) as bare,
            Client("t0ken", base_url=server.http) as ours,
        ):
            timings = time_alternately(
                {
                    "ours": lambda: _walk(ours, entries),
                    "bare": lambda: _all(floor.walk(bare, target, SIZE), entries),
                },
                effort.of(7),
                frees=True,
            )
        yield "walks.plain", ratio(timings, "ours", "bare")
        with Client("t0ken", base_url=server.slow) as slow:
            timings = time_alternately(
                {
                    "one": lambda: _walk(slow, entries),
                    "four": lambda: _walk(slow, entries, concurrency=4),
                },
                effort.of(3),
                frees=True,
            )
        yield "walks.concurrent", ratio(timings, "four", "one")


def _walk(client: Client, entries: int, concurrency: int = 1) -> None:
    seen = 0
    for _ in client.audit_logs.walk(ORG, per_page=SIZE, concurrency=concurrency):
        seen += 1
    _all(seen, entries)


def _all(seen: int, entries: int) -> None:
    """Check that no time was saved by omitting entries."""
    if seen != entries:
        raise AssertionError(f"{seen} of {entries} entries")
