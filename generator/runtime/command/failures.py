"""Errors on stderr, as a line or as JSON, and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import IntEnum

from .usage import UsageError


class Exit(IntEnum):
    """The exit codes."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    UNREACHABLE = 3
    REFUSED = 4
    INCOMPLETE = 5
    DAMAGED = 6
    LOCKED = 7
    LATE = 8
    UNFINISHED = 9
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


_PRECEDENCE = (Exit.DAMAGED, Exit.REFUSED, Exit.USAGE, Exit.INCOMPLETE, Exit.UNREACHABLE)
_FURTHER = (Exit.LATE, Exit.UNFINISHED, Exit.LOCKED, Exit.FOUND, Exit.DONE)


class Terminated(BaseException):
    """The process was asked to end (SIGTERM)."""


class PipeClosed(BaseException):
    """The reader of stdout ended; unlike a `BrokenPipeError`, it is no failure of a request."""


def first_of(codes: Iterable[int]) -> int:
    """Return the exit code of several outcomes: the most severe one."""
    found = set(codes)
    return next((each for each in (*_PRECEDENCE, *_FURTHER) if each in found), Exit.DONE)


def exit_code(error: BaseException) -> int:
    """Return the exit code of an error."""
    if isinstance(error, UsageError):
        return Exit.USAGE
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    if isinstance(error, BrokenPipeError | PipeClosed):
        return Exit.PIPE_CLOSED
    if isinstance(error, Terminated):
        return Exit.TERMINATED
    from ..core import errors

    own = getattr(error, "exit_code", None)
    if isinstance(own, int):
        return own
    if isinstance(error, errors.InvalidArgumentError | errors.MissingTokenError):
        return Exit.USAGE
    if isinstance(error, errors.APIConnectionError):
        return Exit.UNREACHABLE
    if isinstance(error, errors.APIStatusError):
        if error.status_code in {401, 403}:
            return Exit.REFUSED
        is_passing = error.status_code == 429 or 500 <= error.status_code <= 599
        return Exit.UNREACHABLE if is_passing else Exit.INCOMPLETE
    return Exit.INCOMPLETE


def report(
    error: BaseException, *, as_json: bool, secrets: Iterable[str] = (), place: str = ""
) -> int:
    """Print an error, without secrets, and return its exit code.

    Args:
        error: The error.
        as_json: Whether to print it as JSON.
        secrets: Texts that must not be shown.
        place: The archive that it belongs to, if there may be several.
    """
    code = exit_code(error)
    if isinstance(error, KeyboardInterrupt | BrokenPipeError | PipeClosed | Terminated):
        return code
    text = _message(error)
    for secret in filter(None, secrets):
        text = text.replace(secret, "***")
    if as_json:
        import json

        scopes: Iterable[str] = getattr(error, "required_scopes", ())
        text = json.dumps(
            {
                "type": type(error).__name__,
                "message": text,
                "status": getattr(error, "status_code", None),
                "request_id": getattr(error, "request_id", None),
                "required_scopes": sorted(str(each) for each in scopes),
                "exit_code": int(code),
            }
        )
    else:
        from .escaping import visible

        text = f"{place}: {text}" if place and place not in text else text
        text = f"error: {visible(' '.join(text.split()))}"
    complain(text)
    return code


def _message(error: BaseException) -> str:
    from ..core.service import ServiceError

    if isinstance(error, UsageError | ServiceError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.strerror or error}" + (f": {error.filename}" if error.filename else "")
    return f"{type(error).__name__}: {error}; please report it"


def complain(text: str) -> None:
    """Print a line on stderr, if that is open."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        return  # It is closed.
