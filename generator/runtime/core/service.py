"""Constants of the service.

In a generated package this module is rendered from the document. This version exists so that the
runtime can be type-checked and tested on its own.
"""

from __future__ import annotations

VERSION = "0.0.0"
USER_AGENT = "service"
BASE_URL = ""
ENVIRONMENT = "SERVICE"
ACCEPTS_EMPTY_OBJECTS = True


class ServiceError(Exception):
    """Base class of every error that the package raises.

    Attributes:
        checkpoint: The checkpoint from which a walk that failed with this error can be resumed;
            None outside of walks.
    """

    checkpoint: str | None = None
