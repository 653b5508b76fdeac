"""Comparison of two documents, and of the public names of their packages."""

from __future__ import annotations

from collections.abc import Iterator

from . import operations, service, surface, unexplained
from .change import Change, Impact
from .schemas import Comparison
from .side import Side


def compare(old: Side, new: Side) -> tuple[Change, ...]:
    """Return the differences between two plans, and between their packages.

    Returns:
        Distinct changes by descending impact: those of the documents, then those of public names.
    """
    found = sorted(
        dict.fromkeys(of_documents(old, new)), key=lambda each: (each.location, each.rule)
    )
    found += surface.compare(new.plan.name, old.files, new.files)
    return tuple(sorted(found, key=lambda each: -each.impact))


def impact(changes: tuple[Change, ...]) -> Impact:
    """Return the highest impact of some changes."""
    return max((each.impact for each in changes), default=Impact.DOCUMENTATION)


def of_documents(old: Side, new: Side) -> Iterator[Change]:
    """Iterate over the differences between two plans."""
    schemas = Comparison(old, new)
    known = [
        *service.compare(old, new),
        *operations.compare(old, new, schemas),
        *schemas.compare_unused(),
    ]
    yield from known
    yield from unexplained.compare(old, new, known, schemas.changed_aliases)
