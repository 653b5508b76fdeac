"""The service that the package talks to.

In a generated package this module is written from the document. The one beside the generator lets
the run time be typed and tested by itself.
"""

from __future__ import annotations

VERSION = "0.0.0"
USER_AGENT = "service"
BASE_URL = ""
ENVIRONMENT = "SERVICE"


class ServiceError(Exception):
    """Base of every error that the package raises.

    Attributes:
        checkpoint: Where a walk can go on that failed with this error; None outside of walks.
    """

    checkpoint: str | None = None
