"""Deprecation warnings."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from typing_extensions import deprecated
else:

    def deprecated(message: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
        """Mark a method as deprecated: type checkers flag its use, and calling it warns."""
        return warning(message)


P = ParamSpec("P")
T = TypeVar("T")

__all__ = ["deprecated", "warn", "warning"]

_PACKAGE = str(Path(__file__).parents[2])


def warning(message: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator that makes a method warn at the caller's line."""

    def decorate(method: Callable[P, T]) -> Callable[P, T]:
        @wraps(method)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
            warn(message)
            return method(*args, **kwargs)

        return wrapper

    return decorate


def warn(message: str) -> None:
    """Emit a `DeprecationWarning` at the line of the program that called into this package."""
    frame = inspect.currentframe()
    level = 1
    while frame is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
        level += 1
    warnings.warn(message, DeprecationWarning, stacklevel=level)
