"""Command line of a package, run in a process of its own."""

from __future__ import annotations

import contextlib
import os
import pty
import sys
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.cli import Ended
from tests.support.paths import PACKAGE
from tests.support.tokens import jwt
from tests.support.warm_process import USERS, run_module

TOKEN = jwt(scope=["all.Organization.read", "all.Instance.read"])
_INHERITED = ("PATH", "LANG", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")


@dataclass(frozen=True)
class Program:
    """A package's command line.

    Attributes:
        url: The URL of the server.
        name: The import name of the package.
        folder: The folder that contains the package.
        environment: Further environment variables.
    """

    url: str = ""
    name: str = "losant_audit_log"
    folder: Path = PACKAGE.parent
    environment: Mapping[str, str] = field(default_factory=lambda: {"LOSANT_API_TOKEN": TOKEN})

    @property
    def variables(self) -> dict[str, str]:
        """The environment of the process."""
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        base = {"LOSANT_API_URL": self.url} if self.url else {}
        path = os.pathsep.join([str(self.folder), str(USERS)])
        return {**inherited, "PYTHONPATH": path, **base, **self.environment}

    def command(self, *arguments: str) -> list[str]:
        """Return the command of a process."""
        return [sys.executable, "-m", self.name, *arguments]

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Ended:
        """Run a command and wait for its end."""
        return run_module(
            self.name, *arguments, folder=self.folder, environment=self.variables, stdin=stdin
        )

    def on_terminal(self, *arguments: str, streams: Collection[str] = ("stdout",)) -> str:
        """Run a command with its streams on a terminal, and return the output."""
        ours, theirs = pty.openpty()
        with ThreadPoolExecutor(1) as threads:
            shown = threads.submit(_read_terminal, ours)
            try:
                run_module(
                    self.name,
                    *arguments,
                    folder=self.folder,
                    environment={**self.variables, "COLUMNS": "100"},
                    terminals=dict.fromkeys(streams, os.ttyname(theirs)),
                )
            finally:
                os.close(theirs)
        return shown.result()


def _read_terminal(terminal: int) -> str:
    """Return the output on a terminal, until its last writer closes it."""
    read = b""
    with contextlib.suppress(OSError), os.fdopen(terminal, "rb", buffering=0) as opened:
        while piece := opened.read(65536):
            read += piece
    return read.decode().replace("\r\n", "\n")
