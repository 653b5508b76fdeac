"""Token of Spark's tasks, for the option `tokenFrom`."""

from __future__ import annotations


def token() -> str:
    """Return the token."""
    return "t0ken-of-a-function"
