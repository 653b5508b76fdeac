"""The documentation site: built, and served on loopback."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from tests.support.paths import ROOT

GENERATED = ROOT / "generated"


def build_site(folder: Path) -> None:
    """Build the site of this project strictly: every link and anchor has a target."""
    done = subprocess.run(
        [sys.executable, "-m", "generator.site", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


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
