# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Warnings about what the document advises against."""

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
        """Mark a method: type checkers flag its use, and a call of it warns."""
        return warning(message)


P = ParamSpec("P")
T = TypeVar("T")

__all__ = ["deprecated", "warn", "warning"]

_PACKAGE = str(Path(__file__).parents[2])


def warning(message: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let a call of a method warn, at the line of the program that calls."""

    def mark(method: Callable[P, T]) -> Callable[P, T]:
        @wraps(method)
        def marked(*args: P.args, **kwargs: P.kwargs) -> T:
            warn(message)
            return method(*args, **kwargs)

        return marked

    return mark


def warn(message: str) -> None:
    """Warn at the line of the program that called into this package."""
    frame = inspect.currentframe()
    level = 1
    while frame is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
        level += 1
    warnings.warn(message, DeprecationWarning, stacklevel=level)
