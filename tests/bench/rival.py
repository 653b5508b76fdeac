"""Benchmark beside the client that datamodel-code-generator writes for httpx2.

It reads our document without the filter of nested parameters, which it rejects; both are generated
from that copy, so that each has the same to do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from tests.bench import stock
from tests.bench.log import Log
from tests.bench.measure import Effort, Measured, exact, ratio, time_alternately
from tests.bench.server import serving
from tests.bench.size import lines_of_code
from tests.support.examples import ENTRY, ORG
from tests.support.paths import ROOT, SPEC

_OURS = "own_client"
_RUN_TIME = frozenset({"_runtime", "_spark"})
_RIVAL = "rival_client"
_MODELS = "rival_models"
_TOKEN = "t0ken"
_PAGE = 1000
_IMPORT = """
import sys, time
sys.path.insert(0, sys.argv[1])
began = time.process_time()
__import__(sys.argv[2]).Client
print(time.process_time() - began)
"""


def measure(effort: Effort) -> Measured:
    """Compare lines, import, one page, one entry, and generation."""
    folder = effort.folder
    (folder / "plain.json").write_text(json.dumps(_document()), "utf-8")
    commands = {"ours": _our_command, "rival": _rival_command}
    generation = time_alternately(
        {name: _generation(folder, command()) for name, command in commands.items()},
        effort.of(5, quick=1),
    )
    yield "rival.generation", ratio(generation, "ours", "rival")
    yield "rival.lines", exact(_lines(folder, _OURS) / _lines(folder, _RIVAL, _MODELS))
    rounds = effort.of(25)
    imports = {
        name: [_import(folder, package) for _ in range(rounds)]
        for name, package in (("ours", _OURS), ("rival", _RIVAL))
    }
    yield "rival.import", ratio(imports, "ours", "rival")
    yield from _calls(effort)


def _calls(effort: Effort) -> Measured:
    """Compare a page that needs no network, and an entry from a server on loopback."""
    sys.path.insert(0, str(effort.folder))
    httpx, httpx2 = stock.untyped_module("httpx"), stock.untyped_module("httpx2")
    ours, rival = stock.untyped_module(_OURS).Client, stock.untyped_module(_RIVAL).Client
    content = Log(_PAGE).page({"perPage": str(_PAGE)})
    kind = {"Content-Type": "application/json"}
    url = "http://127.0.0.1"

    def transport(library: Any) -> Any:
        def respond(_: object) -> Any:
            return library.Response(200, headers=kind, content=content)

        return library.MockTransport(respond)

    own = ours(_TOKEN, base_url=url, http_client=httpx.Client(transport=transport(httpx)))
    other = rival(
        base_url=url,
        http_client=httpx2.Client(transport=transport(httpx2)),
        bearer=_TOKEN,
    )
    pages = time_alternately(
        {
            "ours": lambda: own.audit_logs.list(ORG, per_page=_PAGE),
            "rival": lambda: other.audit_logs.audit_logs_list(orgId=ORG, perPage=_PAGE),
        },
        effort.of(100),
        frees=True,
    )
    yield "rival.page", ratio(pages, "ours", "rival")
    with (
        serving(1) as server,
        ours(_TOKEN, base_url=server.http) as client,
        rival(base_url=server.http, bearer=_TOKEN) as peer,
    ):
        calls = time_alternately(
            {
                "ours": lambda: client.audit_logs.get(ORG, ENTRY),
                "rival": lambda: peer.audit_logs.audit_logs_get(orgId=ORG, auditLogId=ENTRY),
            },
            effort.of(500),
        )
    yield "rival.get", ratio(calls, "ours", "rival")


def _document() -> Any:
    """Return our document without parameters that are objects."""
    document = yaml.safe_load(SPEC.read_text("utf-8"))
    for item in document["paths"].values():
        for operation in item.values():
            operation["parameters"] = [
                each for each in operation["parameters"] if each.get("style") != "deepObject"
            ]
    return document


def _our_command() -> list[str]:
    options = ("--spec", "plain.json", "--output", ".", "--package", _OURS)
    return ["generator", "generate", *options]


def _rival_command() -> list[str]:
    return [
        *("datamodel_code_generator", "--input", "plain.json", "--input-file-type", "openapi"),
        *("--output-model-type", "pydantic_v2.BaseModel", "--output", f"{_MODELS}.py"),
        *("--generate-client", "httpx2", "--client-output", _RIVAL, "--client-package", _RIVAL),
        *("--client-model-package", _MODELS),
    ]


def _generation(folder: Path, command: list[str]) -> Callable[[], object]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return lambda: subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=True,
    )


def _lines(folder: Path, *modules: str) -> int:
    """Count the lines of code that are made of the document: those of no run time."""
    paths = [
        path
        for module in modules
        for path in (*(folder / module).rglob("*.py"), folder / f"{module}.py")
        if path.is_file() and not _RUN_TIME & {*path.relative_to(folder).parts}
    ]
    return sum(lines_of_code(path.read_text("utf-8")) for path in paths)


def _import(folder: Path, package: str) -> float:
    """Import the client of a package in a new interpreter."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", _IMPORT, str(folder), package],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)
