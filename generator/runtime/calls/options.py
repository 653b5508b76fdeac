"""What every call takes besides the operation's own arguments, and how long things may take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, TypedDict

from ..core import http
from ..core.errors import InvalidArgumentError

_LONGEST = 1e9  # seconds; the system's clocks take no more


class CallOptions(TypedDict, total=False):
    """Keyword arguments of every method.

    Attributes:
        timeout: Seconds for each connect, read, write and wait for a connection, or an
            `httpx.Timeout` that tells them apart. Instead of the client's.
        deadline: Seconds for the whole call, with its retries and waits.
        extra_headers: Headers to send as well; they replace the client's.
        extra_query: Query parameters to send as well, as texts.
    """

    timeout: http.Timeout | float | None
    deadline: float | None
    extra_headers: Mapping[str, str] | None
    extra_query: Mapping[str, str] | None


Timeouts: TypeAlias = Mapping[str, float]
"""Seconds that each step of a request may take, always finite, as the HTTP library takes them."""

TIMEOUTS: Timeouts = {"connect": 10.0, "read": 60.0, "write": 60.0, "pool": 60.0}


def timeouts(given: Any, otherwise: Timeouts) -> Timeouts:
    """Read a `timeout` argument.

    Args:
        given: Seconds, an `httpx.Timeout`, or None for the default.
        otherwise: The default; it also stands for what an `httpx.Timeout` leaves endless.

    Raises:
        InvalidArgumentError: If it is neither, or not positive.
    """
    if given is None:
        return otherwise
    if _is_number(given):
        each = _positive(given, "timeout")
        return dict.fromkeys(TIMEOUTS, each)
    parts: dict[str, float] = {}
    for name in TIMEOUTS:
        value = getattr(given, name, given)
        if value is not None and not _is_number(value):
            message = f"timeout: seconds or an httpx.Timeout is needed, not {type(given).__name__}"
            raise InvalidArgumentError(message)
        parts[name] = otherwise[name] if value is None else _positive(value, "timeout")
    return parts


def seconds(given: Any, name: str) -> float | None:
    """Read an argument that is a number of seconds, or None."""
    if given is None:
        return None
    if not _is_number(given):
        raise InvalidArgumentError(f"{name}: seconds are needed, not {type(given).__name__}")
    return _positive(given, name)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _positive(value: float, name: str) -> float:
    if not 0 < value <= _LONGEST:
        message = f"{name}: a number of seconds is needed that is positive and at most {_LONGEST:g}"
        raise InvalidArgumentError(message)
    return float(value)
