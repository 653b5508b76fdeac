"""Comparison of two documents, and of the public names of their packages."""

from __future__ import annotations

from collections.abc import Iterator

from . import operation_rules, operations, service, surface, unexplained
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
    spelled_out = new.with_classes_of(old)
    schemas = Comparison(old, spelled_out)
    known = [
        *service.compare(old, spelled_out),
        *operations.compare(old, spelled_out, schemas),
        *schemas.compare_unused(),
    ]
    found = [*known, *unexplained.compare(old, spelled_out, known, schemas.changed_aliases)]
    yield from found
    root = new.normalized.document.root
    if not found and old.normalized.document.root.value != root.value:
        what = "a part without effect on programs"
        yield operation_rules.text_changed(new.location(root), "the document", what)
