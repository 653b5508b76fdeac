"""Command line of a package, run in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.cli import Ended
from tests.support.paths import PACKAGE, ROOT
from tests.support.tokens import jwt

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
        path = os.pathsep.join([str(self.folder), str(ROOT / "tests" / "support" / "users")])
        return {**inherited, "PYTHONPATH": path, **base, **self.environment}

    def command(self, *arguments: str) -> list[str]:
        """Return the command of a process."""
        return [sys.executable, "-m", self.name, *arguments]

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Ended:
        """Run a command and wait for its end."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.variables,
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
