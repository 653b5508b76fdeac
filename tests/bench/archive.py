"""Benchmark of archives: processor time of exports and verifications."""

from __future__ import annotations

import time
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from losant_audit_log import Client
from losant_audit_log.archive import Archive, export
from tests.bench.measure import Effort, Measured, exact, ratio, time_alternately
from tests.bench.server import serving
from tests.support.examples import ORG

SIZE = 1000


def measure(effort: Effort) -> Measured:
    """Compare a first export with the walk that it consists of, by the clock of the processor."""
    entries = effort.of(100_000, quick=2_000)
    has_zstd = find_spec("compression") or (find_spec("backports") and find_spec("backports.zstd"))
    codecs = ["gzip", "zstd"] if has_zstd else ["gzip"]
    with serving(entries) as server, Client("t0ken", base_url=server.http) as client:
        exports = {each: partial(_export, client, effort.folder, each) for each in codecs}
        timings = time_alternately(
            {"walk": partial(_walk, client, entries), **exports},
            effort.of(5),
            frees=True,
            clock=time.process_time,
        )
    for codec in codecs:
        yield f"archive.{codec}", ratio(timings, codec, "walk")
    many = effort.of(1_000_000, quick=2_000)
    with serving(many) as server, Client("t0ken", base_url=server.http) as client:
        folder = _export(client, effort.folder, "gzip")
    began = time.process_time()
    found = Archive(folder).verify()
    seconds = time.process_time() - began
    if found.exit_code:
        raise AssertionError(found.findings)
    yield "archive.verify", exact(seconds / found.entries * 1e6)


def _walk(client: Client, entries: int) -> None:
    seen = sum(1 for _ in client.audit_logs.walk(ORG, order="oldest", per_page=SIZE))
    if seen != entries:
        raise AssertionError(f"{seen} of {entries} entries")


def _export(client: Client, parent: Path, codec: str) -> Path:
    """Return the folder of a new archive."""
    folder = Path(mkdtemp(dir=parent))
    export(client.audit_logs, ORG, folder, per_page=SIZE, codec=codec)
    return folder
