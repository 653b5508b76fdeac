"""Recursion limit for nested schemas."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager

from . import Document
from .diagnostics import DocumentError

_FRAMES = 6_000  # nested calls; Python's default of 1,000 allows some hundred nested schemas


@contextmanager
def deep_recursion(document: Document) -> Generator[None, None, None]:
    """Raise Python's recursion limit for code that follows schemas into schemas.

    Raises:
        DocumentError: If the schemas are nested too deeply even so.
    """
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(max(usual, _FRAMES))
    try:
        yield
    except RecursionError:
        hint = "reduce the number of schemas that are nested in one another"
        message = f"schemas are nested too deeply to follow (over {_FRAMES:,} nested calls)"
        raise DocumentError([document.root.error("U906", message, hint)]) from None
    finally:
        sys.setrecursionlimit(usual)
