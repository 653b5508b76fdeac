# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Constants of the program that archives."""

from __future__ import annotations

from .. import __version__

COMMAND = "losant-audit-log"
VERSION = __version__
DOCUMENT_SHA256 = "e91f1e39dbd1b97765903a2eabc897109bd94ac39015bce2aa95382dd91da659"
