"""Arguments with inheritance: an object whose discriminator selects the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.guards import is_mapping
from ..models.model import Model
from .schemas import Schema
from .validation import wire_members


class DiscriminatedObject(Schema, frozen=True, kw_only=True):
    """An object with a discriminator, or one of the objects that extend it by `allOf`.

    Attributes:
        member: The JSON name of the discriminator property.
        known: The schemas of the objects that extend it, by their discriminator values.
        otherwise: The schema of an object with any other discriminator value.
    """

    member: str
    known: Mapping[str | int, Schema]
    otherwise: Schema

    def to_wire(self, value: Any, where: str) -> Any:
        """Validate an argument against the schema that its discriminator selects."""
        if isinstance(value, Model):
            value = wire_members(value, where)
        tag = value.get(self.member) if is_mapping(value) else None
        schema = (
            self.known.get(tag, self.otherwise) if isinstance(tag, str | int) else self.otherwise
        )
        return schema.to_wire(value, where)
