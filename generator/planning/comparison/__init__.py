"""Comparison of our reading of a document with the libraries' readings.

`disagreements` returns a warning for every operation and type that one of them reads in another
way; only `pipeline` may import this package.
"""

from __future__ import annotations

from generator.document.diagnostics import Diagnostic, sort_diagnostics
from generator.normalize import Normalized
from generator.planning.comparison.operations import compare_operations
from generator.planning.comparison.types import compare_types


def disagreements(normalized: Normalized) -> tuple[Diagnostic, ...]:
    """Return where a library reads a document in another way than we do."""
    return sort_diagnostics([*compare_operations(normalized), *compare_types(normalized)])
