# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Scopes of the API, and the scopes that each operation requires.

A scope does not necessarily permit the operation of the same name: look up the scopes of an
operation in `REQUIRED`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Scope(StrEnum):
    """A permission that a token can have."""

    ALL_ORGANIZATION = "all.Organization"
    """All actions on organizations."""

    ALL_ORGANIZATION_READ = "all.Organization.read"
    """All read-only actions on organizations."""

    ALL_INSTANCE = "all.Instance"
    """All actions on instances."""

    ALL_INSTANCE_READ = "all.Instance.read"
    """All read-only actions on instances."""

    ALL_USER = "all.User"
    """All actions of the user."""

    ALL_USER_READ = "all.User.read"
    """All read-only actions of the user."""

    AUDIT_LOG_ANY = "auditLog.*"
    """All actions on a single audit log entry of an organization (retrieve)."""

    AUDIT_LOG_GET = "auditLog.get"
    """Retrieve a single audit log entry of an organization."""

    AUDIT_LOGS_ANY = "auditLogs.*"
    """All actions on the audit log of an organization (list)."""

    AUDIT_LOGS_GET = "auditLogs.get"
    """List the audit log entries of an organization."""

    INSTANCE_AUDIT_LOG_ANY = "instanceAuditLog.*"
    """All actions on a single audit log entry of an instance (retrieve)."""

    INSTANCE_AUDIT_LOG_GET = "instanceAuditLog.get"
    """Retrieve a single audit log entry of an instance."""

    INSTANCE_AUDIT_LOGS_ANY = "instanceAuditLogs.*"
    """All actions on the audit log of an instance (list)."""

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
