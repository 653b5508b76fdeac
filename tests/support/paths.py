"""Paths in the repository."""

from __future__ import annotations

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
SPEC: Final = ROOT / "spec" / "openapi.yaml"
PACKAGE: Final = ROOT / "generated" / "losant_audit_log"
GENERATOR: Final = ROOT / "generator"
JUDGES: Final = ROOT / "tests" / "judges"
