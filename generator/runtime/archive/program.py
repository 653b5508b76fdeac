"""Constants of the program that archives.

In a generated package this module is rendered from the plan. This version exists so that the run
time can be type-checked and tested on its own.
"""

from __future__ import annotations

COMMAND = "service"
PROGRAM = f"{COMMAND} 0.0.0"


def document_sha256() -> str:
    """Return the hash of the document that the package was generated from."""
    return ""
