# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Version and user agent of the package, recorded in archives."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from .. import __version__

COMMAND = "losant-audit-log"
PROGRAM = f"{COMMAND} {__version__}"


@cache
def document_sha256() -> str:
    """Return the SHA-256 hash of the OpenAPI document of the package."""
    document = Path(__file__).parents[1] / "openapi.yaml"
    return hashlib.sha256(document.read_bytes()).hexdigest()
