# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Errors of archives, each with an exit code."""

from __future__ import annotations

from .._runtime.core.service import ServiceError


class ArchiveError(ServiceError):
    """An archive cannot be read or written.

    Attributes:
        exit_code: The exit code of the command line for this error.
    """

    exit_code = 2


class ArchiveDamagedError(ArchiveError):
    """The archive is damaged, or belongs to another log."""

    exit_code = 6


class ArchiveLockedError(ArchiveError):
    """Another run is writing to the archive."""

    exit_code = 7


class ArchiveIncompleteError(ArchiveError):
    """The service's count of a day differs from the entries that it returns."""

    exit_code = 5
