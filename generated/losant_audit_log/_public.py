# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Public names of the run time, with the package as their `__module__`."""

from __future__ import annotations

from ._runtime.calls.attempts import Attempt
from ._runtime.calls.options import CallOptions
from ._runtime.core.public import publish
from ._runtime.paging.page_data import UndecodedEntry
from ._runtime.resources.pages import AsyncPage, Page
from ._runtime.resources.raw_response import RawResponse
from ._runtime.walks.following import AsyncFollow, Follow, FollowOptions
from ._runtime.walks.walk import AsyncWalk, Report, Walk
from .errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    EntryDecodeError,
    IncompleteWalkError,
    InternalServerError,
    InvalidArgumentError,
    LosantError,
    MissingTokenError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ResponseDecodeError,
)
from .scopes import Scope

__all__ = ["publish"]

publish(
    LosantError,
    Attempt,
    CallOptions,
    UndecodedEntry,
    AsyncPage,
    Page,
    RawResponse,
    AsyncFollow,
    Follow,
    FollowOptions,
    AsyncWalk,
    Report,
    Walk,
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
    Scope,
)
