"""The error of a command line that is wrong."""

from __future__ import annotations

from collections.abc import Iterable


class UsageError(Exception):
    """A command, option or value that does not fit; the message says what to write instead."""


def unknown(what: str, given: str, known: Iterable[str]) -> UsageError:
    """Return the error for a name that does not exist, with the nearest one that does."""
    from difflib import get_close_matches

    known = list(known)
    near = get_close_matches(given, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(known)}"
    return UsageError(f"{what} {given!r} is unknown; {hint}")
