"""Node programs that judge output.

A test is skipped without them, and fails in CI.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.support.paths import JUDGES


def judge(name: str) -> list[str]:
    """Return the command line that starts a program of `tests/judges`.

    If node or the program is missing, the test is skipped, or fails in CI.
    """
    program = JUDGES / "node_modules" / ".bin" / name
    return [required_node(program), str(program)]


def required_node(program: Path) -> str:
    """Return the path of node, if it and a program or package of `tests/judges` are installed."""
    node = shutil.which("node")
    if node is None:
        _missing("node is not installed")
    if not program.exists():
        _missing(f"{program.relative_to(JUDGES.parent.parent)} is missing: run `make judges`")
    return str(node)


def environment(home: Path) -> dict[str, str]:
    """Return the environment for a judge: no colors, no calls home, no settings of this machine."""
    settings = {
        "NO_COLOR": "1",
        "REDOCLY_TELEMETRY": "off",
        "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
        "SCARF_ANALYTICS": "false",
        "HOME": str(home),
    }
    return {**os.environ, **settings}


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
