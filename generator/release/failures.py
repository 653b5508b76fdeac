"""Errors of a release and their exit codes."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of the release commands."""

    OK = 0
    NOT_READY = 1
    PROBLEM = 2
    UNREACHABLE = 3
    FORBIDDEN = 4
    READ_ONLY = 5
    CONFLICT = 6
    INCOMPLETE = 7
    UNPROVEN = 8


MEANINGS = {
    Exit.OK: "success",
    Exit.NOT_READY: "the project is not ready to be released",
    Exit.PROBLEM: "an error in the command, the configuration, the document or the build",
    Exit.UNREACHABLE: "the index does not respond",
    Exit.FORBIDDEN: "the index rejects the username or password",
    Exit.READ_ONLY: "the index accepts no uploads",
    Exit.CONFLICT: "the index has other bytes under this version",
    Exit.INCOMPLETE: "the upload was interrupted or a file is missing; run the command again",
    Exit.UNPROVEN: "uploaded, but the installed package is not the one that was built",
}


class ReleaseError(Exception):
    """A failed release; the message is one line with the reason."""

    def __init__(self, code: Exit, message: str) -> None:
        """Create an error with an exit code."""
        super().__init__(message)
        self.code = code
