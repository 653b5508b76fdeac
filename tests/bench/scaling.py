"""Growth of generation's time and memory with the size of the document.

Starting up costs the same whatever the document: the rest is taken as `b * n ** k`. Three sizes,
each ten times the one before, determine `k`.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias

from tests.bench.measure import Effort, Measured, Value, spread
from tests.support.paths import ROOT

Cost: TypeAlias = tuple[float, float]
"""Seconds of processor time, and the most memory at one time."""

SIZES = (10, 100, 1000)
# A small process in between: to the system, a process has used what the one that started it has.
_MEASURING = """
import resource, subprocess, sys
null = subprocess.DEVNULL
subprocess.run(sys.argv[1:], check=True, stdout=null, stderr=null)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print([used.ru_utime + used.ru_stime, used.ru_maxrss])
"""


def measure(effort: Effort) -> Measured:
    """Generate packages of synthetic documents."""
    sizes = (1, 10, 100) if effort.quick else SIZES
    for size in sizes:
        text = json.dumps(document(size), indent=1)
        (effort.folder / f"{size}.json").write_text(text, "utf-8")
    rounds = [
        [cost_of(effort.folder / f"{size}.json") for size in sizes]
        for _ in range(effort.of(3, quick=1))
    ]
    yield "scaling.time", growth([[seconds for seconds, _ in each] for each in rounds])
    yield "scaling.memory", growth([[memory for _, memory in each] for each in rounds])


def document(count: int) -> dict[str, Any]:
    """Make a document with a number of operations, ten to a resource, each with its own model."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {"Error": _object("A failure.", message={"type": "string"})}
    for number in range(count):
        group = f"group{number // 10}"
        paths[f"/{group}/{{parentId}}/things{number}/{{thingId}}"] = {"get": _get(group, number)}
        schemas[f"Thing{number}"] = _object(
            f"Thing {number}.",
            id={"type": "string"},
            createdAt={"type": "string", "format": "date-time"},
            count={"type": "integer"},
            kind={"type": "string", "enum": ["one", "two", f"other{number}"]},
            tags={"type": "array", "items": {"type": "string"}},
            parts={"type": "array", "items": _object("A part.", name={"type": "string"})},
        )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1.0.0", "description": "All things."},
        "servers": [{"url": "https://things.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _get(group: str, number: int) -> dict[str, Any]:
    text, order = {"type": "string"}, {"type": "string", "enum": ["asc", "desc"]}
    return {
        "operationId": f"{group}.get{number}",
        "tags": [group],
        "summary": f"Retrieve thing {number}",
        "description": f"Gives thing {number} as it is.",
        "parameters": [
            {"name": "parentId", "in": "path", "required": True, "schema": text},
            {"name": "thingId", "in": "path", "required": True, "schema": text},
            {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}},
            {"name": "order", "in": "query", "schema": order},
        ],
        "responses": {"200": _answer(f"Thing{number}"), "404": _answer("Error")},
    }


def _answer(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": f"{name}.", "content": {"application/json": {"schema": schema}}}


def _object(description: str, **properties: dict[str, Any]) -> dict[str, Any]:
    described = {
        name: {"description": f"Its {name}.", **schema} for name, schema in properties.items()
    }
    return {"type": "object", "description": description, "properties": described}


def cost_of(spec: Path) -> Cost:
    """Generate in a subprocess, and return the resources that it and its children used."""
    output = str(spec.with_suffix(""))
    options = ("--spec", str(spec), "--output", output, "--package", "things")
    return cost_of_module(spec.parent, "generator", "generate", "--allow-partial", *options)


def cost_of_module(folder: Path, *command: str) -> Cost:
    """Run a module in a subprocess, and return the resources that it and its children used."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURING, sys.executable, "-m", *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


def growth(rounds: list[list[float]]) -> Value:
    """Return the exponent for the medians of all rounds, with the spread over the rounds."""
    medians = [statistics.median(each) for each in zip(*rounds, strict=True)]
    return spread(_exponent(medians), [_exponent(each) for each in rounds])


def _exponent(costs: list[float]) -> float:
    """Return `k` of `a + b * n ** k` from three costs at sizes that grow by factors of ten."""
    small, medium, large = costs
    least = large / 1e6  # Where nothing grows, noise may even shrink.
    return math.log10(max(large - medium, least) / max(medium - small, least))
