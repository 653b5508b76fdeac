# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Exit codes, and errors on stderr as text or JSON."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from enum import IntEnum

from .usage import UsageError


class Exit(IntEnum):
    """The exit codes."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    UNREACHABLE = 3
    REJECTED = 4
    INCOMPLETE = 5
    DAMAGED = 6
    LOCKED = 7
    NEAR_EXPIRY = 8
    UNFINISHED = 9
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


_BY_SEVERITY = (
    *(Exit.DAMAGED, Exit.REJECTED, Exit.USAGE, Exit.INCOMPLETE, Exit.UNREACHABLE),
    *(Exit.NEAR_EXPIRY, Exit.UNFINISHED, Exit.LOCKED, Exit.FINDINGS, Exit.DONE),
)


_LONG = 8  # characters; a shorter secret may be a part of an ordinary word


class Terminated(BaseException):
    """The process received SIGTERM, or SIGHUP because its terminal was closed."""

    exit_code = Exit.TERMINATED


class PipeClosed(BaseException):
    """The reader of stdout closed the pipe; requests may raise `BrokenPipeError` themselves."""

    exit_code = Exit.PIPE_CLOSED


def most_severe(codes: Iterable[int]) -> int:
    """Return the most severe of several exit codes."""
    found = set(codes)
    return next((each for each in _BY_SEVERITY if each in found), Exit.DONE)


def exit_code(error: BaseException) -> int:
    """Return the exit code of an error."""
    if isinstance(error, UsageError):
        return Exit.USAGE
    if isinstance(error, KeyboardInterrupt):
        return Exit.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        return Exit.PIPE_CLOSED
    if isinstance(error, OSError) and error.filename is not None:  # It was named by an argument.
        return Exit.USAGE
    from .._runtime.core import errors

    own = getattr(error, "exit_code", None)
    if isinstance(own, int):
        return own
    if isinstance(error, errors.InvalidArgumentError | errors.MissingTokenError):
        return Exit.USAGE
    if isinstance(error, errors.APIConnectionError):
        return Exit.UNREACHABLE
    if isinstance(error, errors.APIStatusError):
        if error.status_code in {401, 403}:
            return Exit.REJECTED
        is_passing = error.status_code == 429 or 500 <= error.status_code <= 599
        return Exit.UNREACHABLE if is_passing else Exit.INCOMPLETE
    return Exit.INCOMPLETE


def report(
    error: BaseException, *, as_json: bool, secrets: Iterable[str] = (), location: str = ""
) -> int:
    """Print an error, without secrets, and return its exit code.

    Args:
        error: The error.
        as_json: Whether to print JSON.
        secrets: The strings to redact; short ones only as whole words.
        location: The archive of the error, if there may be several.
    """
    code = exit_code(error)
    if isinstance(error, KeyboardInterrupt | BrokenPipeError | PipeClosed | Terminated):
        return code
    text = _message(error)
    for secret in filter(None, secrets):
        edges = ("", "") if len(secret) >= _LONG else (r"(?<![\w-])", r"(?![\w-])")
        text = re.sub(re.escape(secret).join(edges), "***", text)
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

        text = f"{location}: {text}" if location and location not in text else text
        text = f"error: {visible(' '.join(text.split()))}"
    print_error(text)
    return code


def _message(error: BaseException) -> str:
    from .._runtime.core.service import ServiceError

    if isinstance(error, UsageError | ServiceError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.strerror or error}" + (f": {error.filename}" if error.filename else "")
    return f"{type(error).__name__}: {error}; please report it"


def print_error(text: str) -> None:
    """Print a line to stderr, unless it is closed."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        return  # stderr is closed.
