# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Constants of the program that archives."""

from __future__ import annotations

from .. import __version__

COMMAND = "losant-audit-log"
VERSION = __version__
DOCUMENT_SHA256 = "c34fe8dae42688406e2a3c02b3c42eb28965302e812fc5c2034a31ce39e26857"
