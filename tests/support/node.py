"""The judges that run on node: without them a test skips, and fails where nobody would notice."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.support.paths import JUDGES


def judge(name: str) -> list[str]:
    """Give the command line that starts a program of `tests/judges`.

    It skips the test if node or the program is missing, and fails it where CI is set.
    """
    node = shutil.which("node")
    program = JUDGES / "node_modules" / ".bin" / name
    if node is None:
        _missing("node is not installed")
    if not program.exists():
        _missing(f"{program.relative_to(JUDGES.parent.parent)} is missing: run `make judges`")
    return [str(node), str(program)]


def environment(home: Path) -> dict[str, str]:
    """Give the environment for a judge: no colours, no calls home, no settings of this machine."""
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
