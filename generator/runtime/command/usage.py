"""Usage errors of the command line."""

from __future__ import annotations

from collections.abc import Iterable


class UsageError(Exception):
    """An invalid command, option or value; the message has the fix."""


def unknown(what: str, given: str, known: Iterable[str]) -> UsageError:
    """Return the error for an unknown name, with the most similar known name."""
    from difflib import get_close_matches

    known = list(known)
    near = get_close_matches(given, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(known)}"
    return UsageError(f"{what} {given!r} is unknown; {hint}")
