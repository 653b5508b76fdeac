"""How far schemas may lead from one to the next: far, and no further than can be followed."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager

from generator.document import Document
from generator.document.diagnostics import DocumentError

_FRAMES = 6_000  # calls inside calls; the usual 1,000 are some hundred schemas


@contextmanager
def followed(document: Document) -> Generator[None, None, None]:
    """Do what follows schemas into schemas.

    Raises:
        DocumentError: If they go too deep.
    """
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(max(usual, _FRAMES))
    try:
        yield
    except RecursionError:
        hint = "let fewer schemas contain one another"
        message = "schemas lead from one to the next, further than can be followed"
        raise DocumentError([document.root.error("U906", message, hint)]) from None
    finally:
        sys.setrecursionlimit(usual)
