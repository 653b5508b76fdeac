"""Benchmark of the memory of a decoded entry."""

from __future__ import annotations

import gc
import json
import tracemalloc
from collections.abc import Callable

import httpx

from losant_audit_log import Client
from tests.bench.log import Log
from tests.bench.measure import Effort, Measured, exact
from tests.support.examples import ORG

SIZE = 1000


def measure(_: Effort) -> Measured:
    """Compare entries, including their bytes, with the dicts of the standard library."""
    content = Log(SIZE).page({"perPage": str(SIZE)})
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=content))
    client = Client("t0ken", http_client=httpx.Client(transport=transport))
    ours = _retained_bytes(lambda: client.audit_logs.list(ORG, per_page=SIZE).items)
    dicts = _retained_bytes(lambda: json.loads(content)["items"])
    yield "memory.entry", exact(ours / dicts)


def _retained_bytes(make: Callable[[], object]) -> int:
    """Return the number of bytes that only the result of a function occupies."""
    make()  # What is made once stays out of it.
    gc.collect()
    tracemalloc.start()
    try:
        made = make()
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
        del made
        return held
    finally:
        tracemalloc.stop()
