# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""A typed client for the Losant Audit Log API.

Losant keeps an audit log of the requests that create, change or delete something in an
organization, and one of those that administer a whole instance. This document describes the four
operations that read these logs. Nothing here writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._runtime.calls.attempts import Attempt
from ._runtime.calls.options import CallOptions
from ._runtime.core.public import publish
from ._runtime.paging.page_data import UndecodedEntry
from ._runtime.resources.pages import AsyncPage, Page
from ._runtime.resources.raw_response import RawResponse
from ._runtime.walks.following import AsyncFollow, Follow, FollowOptions
from ._runtime.walks.walk import AsyncWalk, Report, Walk
from .client import Client
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
from .models import (
    AuditLog,
    AuditLogFilter,
    AuditLogFilterActor,
    AuditLogFilterActorDict,
    AuditLogFilterDict,
    AuditLogFilterPrimaryTarget,
    AuditLogFilterPrimaryTargetDict,
    AuditLogFilterRequest,
    AuditLogFilterRequestDict,
    AuditLogFilterSecondaryTarget,
    AuditLogFilterSecondaryTargetDict,
    AuditLogs,
    Error,
    InstanceAuditLog,
    InstanceAuditLogFilter,
    InstanceAuditLogFilterActor,
    InstanceAuditLogFilterActorDict,
    InstanceAuditLogFilterDict,
    InstanceAuditLogFilterPrimaryTarget,
    InstanceAuditLogFilterPrimaryTargetDict,
    InstanceAuditLogFilterRequest,
    InstanceAuditLogFilterRequestDict,
    InstanceAuditLogFilterSecondaryTarget,
    InstanceAuditLogFilterSecondaryTargetDict,
    InstanceAuditLogs,
)
from .scopes import Scope

if TYPE_CHECKING:
    from ._runtime.check.connection import CheckResult
    from .async_client import AsyncClient

__all__ = [
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncClient",
    "AsyncFollow",
    "AsyncPage",
    "AsyncWalk",
    "Attempt",
    "AuditLog",
    "AuditLogFilter",
    "AuditLogFilterActor",
    "AuditLogFilterActorDict",
    "AuditLogFilterDict",
    "AuditLogFilterPrimaryTarget",
    "AuditLogFilterPrimaryTargetDict",
    "AuditLogFilterRequest",
    "AuditLogFilterRequestDict",
    "AuditLogFilterSecondaryTarget",
    "AuditLogFilterSecondaryTargetDict",
    "AuditLogs",
    "AuthenticationError",
    "BadRequestError",
    "CallOptions",
    "CheckResult",
    "Client",
    "EntryDecodeError",
    "Error",
    "Follow",
    "FollowOptions",
    "IncompleteWalkError",
    "InstanceAuditLog",
    "InstanceAuditLogFilter",
    "InstanceAuditLogFilterActor",
    "InstanceAuditLogFilterActorDict",
    "InstanceAuditLogFilterDict",
    "InstanceAuditLogFilterPrimaryTarget",
    "InstanceAuditLogFilterPrimaryTargetDict",
    "InstanceAuditLogFilterRequest",
    "InstanceAuditLogFilterRequestDict",
    "InstanceAuditLogFilterSecondaryTarget",
    "InstanceAuditLogFilterSecondaryTargetDict",
    "InstanceAuditLogs",
    "InternalServerError",
    "InvalidArgumentError",
    "LosantError",
    "MissingTokenError",
    "NotFoundError",
    "Page",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "Report",
    "ResponseDecodeError",
    "Scope",
    "UndecodedEntry",
    "Walk",
    "__version__",
]

__version__ = "0.1.0"


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
    Client,
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


def __getattr__(name: str) -> object:
    """Import rarely used names on first access."""
    if name == "CheckResult":
        from ._runtime.check.connection import CheckResult

        return CheckResult
    if name == "AsyncClient":
        from .async_client import AsyncClient

        return AsyncClient
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
