"""Comparison of our reading of a document with the libraries' readings.

`disagreements` returns a warning for every operation and type that one of them reads in another
way; only `pipeline` may import this package.
"""

from __future__ import annotations

from ...document.diagnostics import Diagnostic, sort_diagnostics
from ...normalize import Normalized
from .operations import compare_operations
from .types import compare_types


def disagreements(normalized: Normalized) -> tuple[Diagnostic, ...]:
    """Return where a library reads a document in another way than we do."""
    return sort_diagnostics([*compare_operations(normalized), *compare_types(normalized)])
