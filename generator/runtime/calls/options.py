"""Per-call options and timeouts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, TypedDict

from ..core import http
from ..core.errors import InvalidArgumentError

_LONGEST = 1e9  # seconds; operating systems reject longer timeouts


class CallOptions(TypedDict, total=False):
    """Keyword arguments that every method accepts.

    Attributes:
        timeout: Seconds for each connect, read, write and wait for a pooled connection, or a
            `Timeout` of the HTTP library with a value for each. Default: that of the client.
        deadline: Seconds for the whole call, including retries and the waits between them.
        extra_headers: Additional headers. They override the client's headers.
        extra_query: Additional query parameters, as strings.
    """

    timeout: http.Timeout | float | None
    deadline: float | None
    extra_headers: Mapping[str, str] | None
    extra_query: Mapping[str, str] | None


Timeouts: TypeAlias = Mapping[str, float]
"""Seconds for each step of a request, always finite, in the form of the HTTP library."""

TIMEOUTS: Timeouts = {"connect": 10.0, "read": 60.0, "write": 60.0, "pool": 60.0}


def timeouts(given: Any, default: Timeouts) -> Timeouts:
    """Return the timeouts of a `timeout` argument.

    Args:
        given: Seconds, a `Timeout` of either HTTP library, or None for the default.
        default: The default. It also replaces each None in a `Timeout`.

    Raises:
        InvalidArgumentError: If it is neither a number nor a `Timeout`, or not positive.
    """
    if given is None:
        return default
    if _is_number(given):
        each = _positive(given, "timeout")
        return dict.fromkeys(TIMEOUTS, each)
    parts: dict[str, float] = {}
    for name in TIMEOUTS:
        value = getattr(given, name, given)
        if value is not None and not _is_number(value):
            expected = f"expected seconds or an {http.NAME}.Timeout"
            raise InvalidArgumentError(f"timeout: {expected}, got {type(given).__name__}")
        parts[name] = default[name] if value is None else _positive(value, "timeout")
    return parts


def seconds(given: Any, name: str) -> float | None:
    """Return an argument that is a number of seconds as a float, or None."""
    if given is None:
        return None
    if not _is_number(given):
        raise InvalidArgumentError(f"{name}: expected seconds, got {type(given).__name__}")
    return _positive(given, name)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _positive(value: float, name: str) -> float:
    if not 0 < value <= _LONGEST:
        message = f"{name}: expected a positive number of seconds up to {_LONGEST:g}, got {value!r}"
        raise InvalidArgumentError(message)
    return float(value)
