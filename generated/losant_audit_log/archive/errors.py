# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Errors of archives, each with an exit code."""

from __future__ import annotations

from .._runtime.core.service import ServiceError


class ArchiveError(ServiceError):
    """An archive cannot be read or written.

    Attributes:
        exit_code: The exit code of a program that ends with this error.
    """

    exit_code = 2


class ArchiveDamagedError(ArchiveError):
    """The archive is damaged, or not an archive of this log."""

    exit_code = 6


class ArchiveLockedError(ArchiveError):
    """Another run writes to the archive."""

    exit_code = 7


class ArchiveIncompleteError(ArchiveError):
    """The service counts other entries for a day than it returns."""

    exit_code = 5
