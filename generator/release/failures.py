"""How a release can fail, and the exit codes that tell the ways apart."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the exit codes of the release commands mean."""

    OK = 0
    REFUSED = 1
    PROBLEM = 2
    UNREACHABLE = 3
    FORBIDDEN = 4
    READ_ONLY = 5
    CONFLICT = 6
    INCOMPLETE = 7
    UNPROVEN = 8


MEANINGS = {
    Exit.OK: "done",
    Exit.REFUSED: "the gate refuses: something is not ready",
    Exit.PROBLEM: "a problem in the command, the configuration, the document or the build",
    Exit.UNREACHABLE: "the index does not answer",
    Exit.FORBIDDEN: "the index refuses the name or the password",
    Exit.READ_ONLY: "the index takes no uploads",
    Exit.CONFLICT: "the index has other bytes under this version",
    Exit.INCOMPLETE: "the upload broke off, or a file did not arrive; the same command goes on",
    Exit.UNPROVEN: "uploaded, but what can be installed is not what was built",
}


class ReleaseError(Exception):
    """A release that cannot go on; the text is one line that says why."""

    def __init__(self, code: Exit, message: str) -> None:
        """Keep the exit code."""
        super().__init__(message)
        self.code = code
