# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The service that the package talks to."""

from __future__ import annotations

VERSION = "0.1.0"
USER_AGENT = "losant-audit-log/0.1.0"
BASE_URL = "https://api.losant.com"
ENVIRONMENT = "LOSANT"


class LosantError(Exception):
    """Base of every error that the package raises.

    Attributes:
        checkpoint: Where a walk can go on that failed with this error; None outside of walks.
    """

    checkpoint: str | None = None


ServiceError = LosantError
