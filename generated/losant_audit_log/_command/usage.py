# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Usage errors of the command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .structure import Program


class UsageError(Exception):
    """An invalid command, option or value; the message has the fix."""


def token_sources(program: Program, variables: str = "") -> str:
    """Return the ways to pass credentials: environment variables, a file, a command."""
    variables = variables or program.variable or ", ".join(program.variables)
    files = ", or use --token-file FILE or --token-command COMMAND" if program.variable else ""
    return f"set {variables or 'the environment variable'}{files}"


def unknown(what: str, given: str, known: Iterable[str], see: str = "") -> UsageError:
    """Return the error for an unknown name, with the most similar known name.

    Args:
        what: The kind of name.
        given: The unknown name.
        known: The known names.
        see: The hint if none is similar. Default: all known names.
    """
    from difflib import get_close_matches

    known = list(known)
    near = get_close_matches(given, known, n=1)
    hint = f"did you mean {near[0]}?" if near else see or f"expected one of: {', '.join(known)}"
    return UsageError(f"{what} {given!r} is unknown; {hint}")
