"""Runs of modules in copies of a process with imported libraries.

A start of Python with the HTTP library takes ten times as long as most commands. Each run is a
process of its own, with its own streams, environment and exit.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from tests.support.cli import Ended
from tests.support.paths import PACKAGE, ROOT

_LOOP = """
import atexit, functools, importlib, json, os, runpy, ssl, sys, threading

for name in sys.argv[3:]:
    importlib.import_module(name)
# Certificates are read once.
ssl.create_default_context = functools.cache(ssl.create_default_context)
importlib.import_module("httpx").Client().close()
requests, results = open(int(sys.argv[1])), open(int(sys.argv[2]), "w")
for line in requests:
    if process := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), file=results, flush=True)
        continue
    run = json.loads(line)
    requests.close()
    results.close()
    for number, path in enumerate(run["streams"]):
        opened = os.open(path, os.O_RDWR | os.O_NOCTTY)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(run["environment"])
    os.chdir(run["folder"])
    sys.path.insert(0, run["path"])
    sys.argv[1:] = run["arguments"]
    try:
        runpy.run_module(run["module"], run_name="__main__", alter_sys=True)
    except SystemExit as ended:  # To destroy all modules takes longer than to run one.
        threading._shutdown()
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code or 0)
"""
USERS = ROOT / "tests" / "support" / "users"
"""Configuration of the processes of tests."""

_LIBRARIES = ("httpx", "msgspec")
_LONGEST = 60
_LOCK = threading.Lock()


class _WarmProcess:
    """A process for runs of modules in copies of itself.

    Args:
        imported: The modules that it imports first.
    """

    def __init__(self, imported: Sequence[str]) -> None:
        inner_requests, requests = os.pipe()
        results, inner_results = os.pipe()
        inner = (inner_requests, inner_results)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LOOP, *map(str, inner), *imported],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(PACKAGE.parent), str(USERS)])},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=inner,
            start_new_session=True,
        )
        for each in inner:
            os.close(each)
        self._requests = os.fdopen(requests, "w")
        self._results = os.fdopen(results)
        atexit.register(self._end)

    def run(self, request: Mapping[str, object]) -> int:
        """Run a module and return its exit code."""
        with _LOCK:
            print(json.dumps(request), file=self._requests, flush=True)
            if not select.select([self._results], [], [], _LONGEST)[0]:
                os.killpg(self._process.pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired(str(request), _LONGEST)
            return int(self._results.readline())

    def _end(self) -> None:
        self._requests.close()
        self._process.wait()


_warm = functools.cache(_WarmProcess)


def run_module(
    module: str,
    *arguments: str,
    folder: Path,
    environment: Mapping[str, str],
    stdin: bytes = b"",
    terminals: Mapping[str, str] = MappingProxyType({}),
) -> Ended:
    """Run a module as `python -m` does, and wait for its end.

    Args:
        module: The module.
        *arguments: Its arguments.
        folder: The folder that contains it.
        environment: All environment variables.
        stdin: The standard input.
        terminals: The paths of terminals, by the stream that goes there: `stdout` or `stderr`.
    """
    warm = _warm(_LIBRARIES if folder != PACKAGE.parent else (*_LIBRARIES, *_own_modules()))
    with tempfile.TemporaryDirectory() as scratch:
        streams = [Path(scratch, name) for name in ("stdin", "stdout", "stderr")]
        for each, content in zip(streams, (stdin, b"", b""), strict=True):
            each.write_bytes(content)
        request = {
            "module": module,
            "arguments": arguments,
            "path": str(folder),
            "environment": environment,
            "streams": [terminals.get(each.name, str(each)) for each in streams],
            "folder": str(Path.cwd()),
        }
        code = warm.run(request)
        out, err = (each.read_bytes().decode() for each in streams[1:])
    return Ended(code, out, err)


@functools.cache
def _own_modules() -> tuple[str, ...]:
    """Return the modules of the package that commands import."""
    rooms = (PACKAGE / name for name in ("_command", "_runtime", "archive", "resources"))
    files = (each.relative_to(PACKAGE.parent) for room in rooms for each in room.rglob("[a-z]*.py"))
    return tuple(".".join(each.with_suffix("").parts) for each in files)
