"""Message for a dependency that is not installed; imports nothing that may be missing."""

from __future__ import annotations

_OWN = (__package__ or "").partition(".")[0]


def missing(error: ModuleNotFoundError, extra: str = "") -> str:
    """Return the message for a library that cannot be found; empty for a module of our own.

    Args:
        error: The error of the import.
        extra: The extra of the distribution that the library belongs to.
    """
    if (error.name or "").partition(".")[0] == _OWN:
        return ""
    ways = "use the make target" if extra else "run `make generate`"
    distribution = f"'openapi-httpx-generator[{extra}]'" if extra else "openapi-httpx-generator"
    return f"error: {error.name} is not installed: {ways}, or pip install {distribution}"
