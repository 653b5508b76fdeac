"""Every difference between two sides: of the documents, and of the names that programs import."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diff import operations, service, surface, unexplained
from generator.diff.change import Change, Impact
from generator.diff.schemas import Comparison
from generator.diff.side import Side


def compare(old: Side, new: Side) -> tuple[Change, ...]:
    """Compare two plans, and the packages that users have of them.

    Returns:
        The differences, the gravest first, each once: those of the document, then those of the
        names that programs import.
    """
    found = sorted(
        dict.fromkeys(of_documents(old, new)), key=lambda each: (each.location, each.rule)
    )
    found += surface.compare(new.plan.name, old.files, new.files)
    return tuple(sorted(found, key=lambda each: -each.impact))


def impact(changes: tuple[Change, ...]) -> Impact:
    """Give what the gravest of some changes means."""
    return max((each.impact for each in changes), default=Impact.DOCUMENTATION)


def of_documents(old: Side, new: Side) -> Iterator[Change]:
    """Compare two plans."""
    schemas = Comparison(old, new)
    known = [
        *service.compare(old, new),
        *operations.compare(old, new, schemas),
        *schemas.unused(),
    ]
    yield from known
    yield from unexplained.compare(old, new, known)
