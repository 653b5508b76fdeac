"""Benchmark of the import, including what is deferred to the first call."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.bench.measure import Effort, Measured, exact, ratio
from tests.bench.server import serving
from tests.support.examples import ENTRY, GET_PATH, ORG
from tests.support.paths import PACKAGE

_PROGRAM = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
began = time.process_time()
{imports}
seconds = time.process_time() - began
imported = set(sys.modules)
{call}
print(json.dumps({{"seconds": seconds, "modules": sorted(imported),
                   "further": sorted(set(sys.modules) - imported)}}))
"""
_BARE = "import httpx, msgspec"
_OURS = "import losant_audit_log"
_BARE_CALL = f"httpx.Client().get(sys.argv[2] + {GET_PATH!r}).content"
_OUR_CALL = f"losant_audit_log.Client('t', base_url=sys.argv[2]).audit_logs.get({ORG!r}, {ENTRY!r})"


def measure(effort: Effort) -> Measured:
    """Compare with the import of the two libraries that the package needs."""
    runs = [(_run(_OURS), _run(_BARE)) for _ in range(effort.of(25) + 1)][1:]
    timings = {
        "ours": [ours["seconds"] for ours, _ in runs],
        "bare": [bare["seconds"] for _, bare in runs],
    }
    yield "imports.time", ratio(timings, "ours", "bare")
    ours, bare = runs[-1]
    yield "imports.modules", exact(len(set(ours["modules"]) - set(bare["modules"])))
    with serving(1) as server:
        ours, bare = _run(_OURS, _OUR_CALL, server.http), _run(_BARE, _BARE_CALL, server.http)
    yield "imports.first-call", exact(len(set(ours["further"]) - set(bare["further"])))


def _run(imports: str, call: str = "", url: str = "") -> Any:
    """Run an import in a new interpreter, with an optional call."""
    program = _PROGRAM.format(imports=imports, call=call)
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(PACKAGE.parent), url],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
