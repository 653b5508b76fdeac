"""Paths in the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
SPEC: Final = ROOT / "spec" / "openapi.yaml"
PACKAGE: Final = ROOT / "generated" / "losant_audit_log"
GENERATOR: Final = ROOT / "generator"
JUDGES: Final = ROOT / "tests" / "judges"

COPIED_FOLDERS: Final = {
    "_runtime": "",
    "_command": "command",
    "_spark": "spark",
    "archive": "archive",
}
"""The folders of the run time in a package, with their sources in `generator/runtime`."""
