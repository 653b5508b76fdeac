"""Benchmark of the import, of deferred imports, and of the help."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from typing import Any

from losant_audit_log._command.program import groups_of
from losant_audit_log._command.tables import PROGRAM
from tests.bench.measure import Effort, Measured, Value, exact, ratio
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
_OURS = "from losant_audit_log import Client"
_BARE_CALL = f"httpx.Client().get(sys.argv[2] + {GET_PATH!r}).content"
_OUR_CALL = f"Client('t', base_url=sys.argv[2]).audit_logs.get({ORG!r}, {ENTRY!r})"


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
    yield "imports.help", _help(effort)
    with serving(1) as server:
        ours, bare = _run(_OURS, _OUR_CALL, server.http), _run(_BARE, _BARE_CALL, server.http)
    yield "imports.first-call", exact(len(set(ours["further"]) - set(bare["further"])))


def _help(effort: Effort) -> Value:
    """Compare the help of a list with an argparse program that has the same options."""
    program = PROGRAM.resources[0]
    [method] = [each for each in program.methods() if each.kind == "list"]
    options = [
        *method.options,
        *(each for _, group in groups_of(PROGRAM, method) for each in group),
    ]
    lines = [
        f"parser.add_argument({each.flag!r}, help={each.doc.replace('%', '%%')!r})"
        for each in dict.fromkeys([*method.positional, *options])
    ]
    begin = f"import argparse; parser = argparse.ArgumentParser({method.doc!r}, add_help=False)"
    bare = "\n".join([begin, *lines, "parser.print_help()"])
    ours = (
        f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n"
        "from losant_audit_log.__main__ import main\n"
        f"sys.argv[1:] = [{program.command!r}, {method.command!r}, '--help']; sys.exit(main())"
    )
    runs = [(_processor_time(ours), _processor_time(bare)) for _ in range(effort.of(25) + 1)][1:]
    timings = {"ours": [each for each, _ in runs], "bare": [each for _, each in runs]}
    return ratio(timings, "ours", "bare")


def _processor_time(program: str) -> float:
    """Return the processor time of a program, with the start of the interpreter."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-I", "-c", program], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
