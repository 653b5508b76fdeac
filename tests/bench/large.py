"""Costs of large documents: generation, imports and type checks.

No public document has the size and the shape of those that were measured first:
`tests.support.large_documents` writes one of 375 operations with its schemas inline, a graph of
11,000 operations, and documents of one shape each, whose cost may only grow as fast as they do.
"""

from __future__ import annotations

import itertools
import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN
from resource import getrusage as resource_usage

from tests.bench.measure import Effort, Measured, Value, exact, spread
from tests.bench.scaling import cost_of, cost_of_module
from tests.support import large_documents
from tests.support.large_documents import SHAPES, Json

_REFERENCE = 83
"""Seconds that datamodel-code-generator took for the document of 375 operations when the limits
were set. All seconds are converted to a machine on which it takes as long."""

_STEPS = (1, 2, 4)
_SIZES = {
    "operations": 500,
    "properties": 2_500,
    "values": 25_000,
    "alternatives": 125,
    "components": 5_000,
    "graph": 500,
    "inline": 90,
}
"""The smallest of three sizes; the largest has the extent that an API was seen to have."""

_IMPORT = """
import json, resource, sys, time, typing
import httpx, msgspec
sys.path.insert(0, sys.argv[1])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.process_time()
import things
module = __import__(f"things.resources.{sys.argv[2]}", fromlist=["resources"])
for kind in [each for each in vars(module).values() if isinstance(each, type)]:
    for method in vars(kind).values():
        if kind.__module__ == module.__name__ and callable(method):
            typing.get_type_hints(method)
seconds = time.process_time() - began
print(json.dumps([seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024]))
"""

# A small process in between: to the system, a process has used what the one that started it has.
_BETWEEN = "import subprocess, sys; subprocess.run(sys.argv[1:], check=True)"


def measure(effort: Effort) -> Measured:
    """Generate packages of large documents, and import a resource of one."""
    inline = _write_document(effort, "inline", large_documents.inline(effort.of(375, quick=9)))
    costs = [cost_of(inline) for _ in range(effort.of(3, quick=1))]
    package = inline.with_suffix("") / "things"
    lines = [path.read_bytes().count(b"\n") for path in package.rglob("*.py")]
    yield "large.lines", exact(sum(lines))
    scale = _REFERENCE / _rival_seconds(inline)
    yield "large.generation", _middle([seconds * scale for seconds, _ in costs])
    resource = min(path.stem for path in (package / "resources").glob("[a-z]*.py"))
    imports = [_import(package.parent, resource) for _ in range(effort.of(9))]
    yield "large.import", _middle([seconds * scale for seconds, _ in imports])
    yield "large.import-memory", _middle([megabytes for _, megabytes in imports])
    yield "large.mypy", _type_check_seconds(effort, package.parent, resource)
    diamonds = large_documents.diamonds(effort.of(44, quick=2), effort.of(20, quick=3))
    yield "large.diamonds", exact(cost_of(_write_document(effort, "diamonds", diamonds))[0] * scale)
    graph = _write_document(effort, "graph", large_documents.graph(effort.of(11_000, quick=12)))
    seconds, kilobytes = cost_of(graph)
    yield "large.graph", exact(seconds * scale)
    yield "large.graph-memory", exact(kilobytes / 1024)
    for name, size in _SIZES.items():
        key = f"large.{name}-growth" if name in {"graph", "inline"} else f"large.{name}"
        yield key, exact(_worst(effort, SHAPES[name], effort.of(size, quick=3)))


def _rival_seconds(spec: Path) -> float:
    """Return the processor time of datamodel-code-generator for all schemas of a document."""
    options = ("--output", "rival.py", "--output-model-type", "msgspec.Struct")
    scopes = ("--openapi-scopes", "schemas", "paths", "parameters")
    command = ("datamodel_code_generator", "--input", spec.name, "--input-file-type", "openapi")
    return cost_of_module(spec.parent, *command, *options, *scopes)[0]


def _write_document(effort: Effort, name: str, document: Json) -> Path:
    """Write a document; its package is written into a folder of its name."""
    path = effort.folder / name / "things.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(large_documents.to_json(document))
    return path


def _worst(effort: Effort, shape: Callable[[int], Json], size: int) -> float:
    """Return by how much the cost grows at most where a document doubles."""
    costs = [
        cost_of(_write_document(effort, f"{shape.__name__}{step}", shape(size * step)))
        for step in _STEPS
    ]
    return max(
        later / earlier
        for before, after in itertools.pairwise(costs)
        for earlier, later in zip(before, after, strict=True)
    )


def _type_check_seconds(effort: Effort, folder: Path, resource: str) -> Value:
    """Return how long mypy takes for a program that uses one operation, without a cache."""
    texts = {
        "uses": f"from things import Client\n\nClient(token='t').{resource}.list()\n",
        "bare": "import httpx\nimport msgspec\n\nprint(httpx, msgspec)\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    rounds = [
        {name: _processor_time(folder, f"{name}.py") for name in texts}
        for _ in range(effort.of(3, quick=1))
    ]
    ratios = [each["uses"] / each["bare"] for each in rounds]
    return spread(statistics.median(ratios), ratios)


def _processor_time(folder: Path, program: str) -> float:
    command = ("mypy", "--strict", "--cache-dir=/dev/null", "--config-file=", program)
    before = resource_usage(RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, stdout=subprocess.DEVNULL, check=True
    )
    after = resource_usage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _middle(rounds: list[float]) -> Value:
    return spread(statistics.median(rounds), rounds)


def _import(folder: Path, resource: str) -> tuple[float, float]:
    """Import a resource and all types that its methods name, in a process of its own."""
    command = (sys.executable, "-c", _IMPORT, str(folder), resource)
    done = subprocess.run(
        [sys.executable, "-c", _BETWEEN, *command],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes
