"""Errors of archives, each with an exit code."""

from __future__ import annotations

from ..core.errors import (
    APIConnectionError,
    APIStatusError,
    InvalidArgumentError,
    MissingTokenError,
    RateLimitError,
)
from ..core.service import ServiceError


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


def check_version(what: str, version: int, known: int) -> None:
    """Raise an ArchiveError for a version that is newer than this program."""
    if version > known:
        needed = f"expected {known}; install a newer version of this package"
        raise ArchiveError(f"{what} {version}, {needed}")


def exit_code_of(error: BaseException) -> int:
    """Return the exit code for an error."""
    if isinstance(own := getattr(error, "exit_code", None), int):  # Also of the command line.
        return int(own)
    match error:
        case KeyboardInterrupt():
            return 130
        case APIStatusError(status_code=401 | 403):
            return 4
        case APIConnectionError() | RateLimitError():
            return 3
        case APIStatusError() if error.status_code >= 500:
            return 3
        case InvalidArgumentError() | MissingTokenError() | OSError():
            return 2
        case _:
            return 5
