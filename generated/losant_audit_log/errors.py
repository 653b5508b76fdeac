# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Every error that the package raises; all of them are `LosantError`s."""

from ._runtime.core.errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    EntryDecodeError,
    IncompleteWalkError,
    InternalServerError,
    InvalidArgumentError,
    MissingTokenError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ResponseDecodeError,
)
from ._runtime.core.service import LosantError

__all__ = [
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "EntryDecodeError",
    "IncompleteWalkError",
    "InternalServerError",
    "InvalidArgumentError",
    "LosantError",
    "MissingTokenError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ResponseDecodeError",
]
