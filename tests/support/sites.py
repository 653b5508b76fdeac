"""The documentation site: built, and served on loopback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.support.paths import ROOT

GENERATED = ROOT / "generated"


def build_site(folder: Path) -> None:
    """Build the site strictly: every link and anchor has a target."""
    arguments = ["build", "--strict", "--config-file", "-", "--site-dir", str(folder)]
    with (GENERATED / "docs" / "mkdocs.yml").open("rb") as configuration:
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", *arguments],
            stdin=configuration,
            cwd=GENERATED,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr


@contextmanager
def serving_files(folder: Path) -> Generator[str, None, None]:
    """Serve the files of a folder, and yield the address."""
    arguments = ["-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(folder), "0"]
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        match = re.search(r"port (\d+)", server.stdout.readline())
        assert match is not None
        try:
            yield f"http://127.0.0.1:{match[1]}/"
        finally:
            server.kill()
