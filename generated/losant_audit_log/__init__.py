# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Typed client for the Losant Audit Log API.

Losant records the requests that create, change or delete resources of an organization in the
organization's audit log, and those that administer an instance in the instance's audit log. This
API has four operations, which retrieve and list the entries of both logs. It is read-only.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._runtime.calls.attempts import Attempt
    from ._runtime.calls.options import CallOptions
    from ._runtime.check.connection import CheckResult
    from ._runtime.paging.page_data import UndecodedEntry
    from ._runtime.resources.pages import AsyncPage, Page
    from ._runtime.resources.raw_response import RawResponse
    from ._runtime.walks.following import AsyncFollow, Follow, FollowOptions
    from ._runtime.walks.walk import AsyncWalk, Report, Walk
    from .async_client import AsyncClient
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
else:  # Type checkers would accept any name.

    def __getattr__(name: str) -> object:
        """Import a public name, or a public module, on first access."""
        from importlib import import_module

        if name in __all__:
            import_module("._public", __name__)
        for module, names in _MODULES.items():
            if name in names:
                value: object = getattr(import_module(f".{module}", __name__), name)
                globals()[name] = value
                return value
            if name == module.partition(".")[0]:
                return import_module(f".{name}", __name__)
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)


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

_MODULES: dict[str, tuple[str, ...]] = {
    "models": (
        "AuditLog",
        "AuditLogs",
        "AuditLogFilter",
        "AuditLogFilterPrimaryTarget",
        "AuditLogFilterSecondaryTarget",
        "AuditLogFilterActor",
        "AuditLogFilterRequest",
        "InstanceAuditLog",
        "InstanceAuditLogs",
        "InstanceAuditLogFilter",
        "InstanceAuditLogFilterPrimaryTarget",
        "InstanceAuditLogFilterSecondaryTarget",
        "InstanceAuditLogFilterActor",
        "InstanceAuditLogFilterRequest",
        "Error",
        "AuditLogFilterDict",
        "AuditLogFilterPrimaryTargetDict",
        "AuditLogFilterSecondaryTargetDict",
        "AuditLogFilterActorDict",
        "AuditLogFilterRequestDict",
        "InstanceAuditLogFilterDict",
        "InstanceAuditLogFilterPrimaryTargetDict",
        "InstanceAuditLogFilterSecondaryTargetDict",
        "InstanceAuditLogFilterActorDict",
        "InstanceAuditLogFilterRequestDict",
    ),
    "errors": (
        "LosantError",
        "APIConnectionError",
        "APIStatusError",
        "APITimeoutError",
        "AuthenticationError",
        "BadRequestError",
        "EntryDecodeError",
        "IncompleteWalkError",
        "InternalServerError",
        "InvalidArgumentError",
        "MissingTokenError",
        "NotFoundError",
        "PermissionDeniedError",
        "RateLimitError",
        "ResponseDecodeError",
    ),
    "_runtime.calls.attempts": ("Attempt",),
    "_runtime.calls.options": ("CallOptions",),
    "_runtime.check.connection": ("CheckResult",),
    "_runtime.paging.page_data": ("UndecodedEntry",),
    "_runtime.resources.pages": ("AsyncPage", "Page"),
    "_runtime.resources.raw_response": ("RawResponse",),
    "_runtime.walks.following": ("AsyncFollow", "Follow", "FollowOptions"),
    "_runtime.walks.walk": ("AsyncWalk", "Report", "Walk"),
    "async_client": ("AsyncClient",),
    "client": ("Client",),
    "scopes": ("Scope",),
}


def __dir__() -> list[str]:
    """Return the names of this module, including those that are not imported yet."""
    return sorted({*globals(), *__all__})
