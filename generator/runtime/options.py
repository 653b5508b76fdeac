"""What every call takes besides the operation's own arguments, and how long things may take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import msgspec

from . import http
from .errors import InvalidArgumentError
from .guards import is_mapping


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


class Timeouts(msgspec.Struct, frozen=True):
    """Seconds that each step of a request may take; always finite."""

    connect: float = 10.0
    read: float = 60.0
    write: float = 60.0
    pool: float = 60.0

    def as_extension(self, most: float | None) -> dict[str, float]:
        """Give the form that the HTTP library takes, each at most so many seconds."""
        values: dict[str, float] = msgspec.structs.asdict(self)
        return values if most is None else {key: min(each, most) for key, each in values.items()}


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
    if isinstance(given, int | float) and not isinstance(given, bool):
        seconds = _positive(float(given))
        return Timeouts(seconds, seconds, seconds, seconds)
    parts: dict[str, float] = {}
    for name in ("connect", "read", "write", "pool"):
        if not hasattr(given, name):
            message = f"timeout: seconds or an httpx.Timeout is needed, not {type(given).__name__}"
            raise InvalidArgumentError(message)
        value = getattr(given, name)
        parts[name] = getattr(otherwise, name) if value is None else _positive(float(value))
    return Timeouts(**parts)


def seconds(given: Any, name: str) -> float | None:
    """Read an argument that is a number of seconds, or None."""
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise InvalidArgumentError(f"{name}: seconds are needed, not {type(given).__name__}")
    return _positive(float(given), name)


def texts(given: Any, name: str) -> Mapping[str, str]:
    """Read an argument that maps texts to texts, or None for nothing.

    Raises:
        InvalidArgumentError: If it is anything else.
    """
    if given is None:
        return {}
    if not is_mapping(given):
        raise InvalidArgumentError(f"{name}: a mapping is needed, not {type(given).__name__}")
    for key, value in given.items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise InvalidArgumentError(f"{name}: {key!r} and its value must both be a str")
    return given


def _positive(value: float, name: str = "timeout") -> float:
    if not 0 < value < float("inf"):
        raise InvalidArgumentError(f"{name}: a positive, finite number of seconds is needed")
    return value
