# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Tokens of tasks: from their environment, or from a function."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from typing import Any, cast

from .._runtime.core.errors import InvalidArgumentError


def token_source(path: str) -> Callable[[], str]:
    """Return the function at a path.

    Args:
        path: The module and the function, as `module:function`.

    Raises:
        InvalidArgumentError: If it cannot be imported where the task runs.
    """
    module, _, function = path.partition(":")
    try:
        found: Any = attrgetter(function)(import_module(module))
    except (ImportError, AttributeError) as error:
        message = f"tokenFrom: {path!r} cannot be imported by a task: {error}; install it there"
        raise InvalidArgumentError(message) from None
    if not callable(found):
        kind = type(found).__name__
        raise InvalidArgumentError(f"tokenFrom: {path!r} is not a function but a {kind}")
    return cast("Callable[[], str]", found)
