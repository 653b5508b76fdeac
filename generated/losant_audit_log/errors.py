# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Errors of this package, all of which are subclasses of `LosantError`."""

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
