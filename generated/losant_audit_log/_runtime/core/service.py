# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The API that this package is a client of."""

from __future__ import annotations

VERSION = "0.1.0"
USER_AGENT = "losant-audit-log/0.1.0"
BASE_URL = "https://api.losant.com"
ENVIRONMENT = "LOSANT"
ACCEPTS_EMPTY_OBJECTS = False


class LosantError(Exception):
    """Base class of all errors that this package raises.

    Attributes:
        checkpoint: The checkpoint to resume a failed walk from; None if no walk failed.
    """

    checkpoint: str | None = None


ServiceError = LosantError
