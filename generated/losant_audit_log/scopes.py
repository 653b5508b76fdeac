# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The scopes of the API, and the scopes that each operation requires.

The names of scopes are not the names of operations, even where they look alike. Look up the scopes
of an operation in `REQUIRED`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Scope(StrEnum):
    """A permission that a token can have."""

    ALL_ORGANIZATION = "all.Organization"
    """Every action on organizations, reading and writing."""

    ALL_ORGANIZATION_READ = "all.Organization.read"
    """Every action on organizations that only reads."""

    ALL_INSTANCE = "all.Instance"
    """Every action on instances, reading and writing."""

    ALL_INSTANCE_READ = "all.Instance.read"
    """Every action on instances that only reads."""

    ALL_USER = "all.User"
    """Every action that is open to the user, reading and writing."""

    ALL_USER_READ = "all.User.read"
    """Every action open to the user that only reads."""

    AUDIT_LOG_ANY = "auditLog.*"
    """Every action on a single audit log entry of an organization (reading)."""

    AUDIT_LOG_GET = "auditLog.get"
    """Read a single audit log entry of an organization."""

    AUDIT_LOGS_ANY = "auditLogs.*"
    """Every action on the audit log of an organization (listing)."""

    AUDIT_LOGS_GET = "auditLogs.get"
    """List the audit log entries of an organization."""

    INSTANCE_AUDIT_LOG_ANY = "instanceAuditLog.*"
    """Every action on a single audit log entry of an instance (reading)."""

    INSTANCE_AUDIT_LOG_GET = "instanceAuditLog.get"
    """Read a single audit log entry of an instance."""

    INSTANCE_AUDIT_LOGS_ANY = "instanceAuditLogs.*"
    """Every action on the audit log of an instance (listing)."""

    INSTANCE_AUDIT_LOGS_GET = "instanceAuditLogs.get"
    """List the audit log entries of an instance."""


REQUIRED: Final[dict[str, frozenset[Scope]]] = {
    "auditLogs.get": frozenset(
        (
            Scope.ALL_ORGANIZATION,
            Scope.ALL_ORGANIZATION_READ,
            Scope.ALL_USER,
            Scope.ALL_USER_READ,
            Scope.AUDIT_LOG_ANY,
            Scope.AUDIT_LOG_GET,
        )
    ),
    "auditLogs.list": frozenset(
        (
            Scope.ALL_ORGANIZATION,
            Scope.ALL_ORGANIZATION_READ,
            Scope.ALL_USER,
            Scope.ALL_USER_READ,
            Scope.AUDIT_LOGS_ANY,
            Scope.AUDIT_LOGS_GET,
        )
    ),
    "instanceAuditLogs.get": frozenset(
        (
            Scope.ALL_INSTANCE,
            Scope.ALL_INSTANCE_READ,
            Scope.ALL_USER,
            Scope.ALL_USER_READ,
            Scope.INSTANCE_AUDIT_LOG_ANY,
            Scope.INSTANCE_AUDIT_LOG_GET,
        )
    ),
    "instanceAuditLogs.list": frozenset(
        (
            Scope.ALL_INSTANCE,
            Scope.ALL_INSTANCE_READ,
            Scope.ALL_USER,
            Scope.ALL_USER_READ,
            Scope.INSTANCE_AUDIT_LOGS_ANY,
            Scope.INSTANCE_AUDIT_LOGS_GET,
        )
    ),
}
"""The scopes of each operation, by operationId. Any one of them suffices."""
