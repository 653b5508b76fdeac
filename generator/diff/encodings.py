"""Encodings of the members of forms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..normalize.request_bodies import EncodingReading
from ..normalize.schemas.shapes import ObjectShape, Shape, target_of
from .side import Side


@dataclass(frozen=True, slots=True)
class Form:
    """One side of a form.

    Attributes:
        side: The side.
        shape: The shape of the form.
        encodings: The encodings of its members that differ from the default.
    """

    side: Side
    shape: Shape
    encodings: Iterable[EncodingReading]

    def members(self) -> frozenset[str]:
        """Return the names of the members that the form describes."""
        target = target_of(self.shape, self.side.schemas)
        described = target.properties if isinstance(target, ObjectShape) else ()
        return frozenset(each.wire_name for each in described)


def are_equal(old: Form, new: Form) -> bool:
    """Whether the members that two forms have in common are encoded alike."""
    apart = old.members() ^ new.members()
    before, after = (
        {_in_order(each) for each in form.encodings if each.name not in apart}
        for form in (old, new)
    )
    return before == after


def _in_order(encoding: EncodingReading) -> EncodingReading:
    """Return an encoding with sorted headers, whose names are case-insensitive."""
    headers = sorted((name.lower(), value) for name, value in encoding.headers)
    return replace(encoding, headers=tuple(headers))
