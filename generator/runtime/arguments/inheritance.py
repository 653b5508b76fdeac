"""Objects that others extend, as arguments: a member tells which of them is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.guards import is_mapping
from ..models.model import Model
from .schemas import Schema
from .validation import wire_members


class Family(Schema, frozen=True, kw_only=True):
    """An object, or one of those that extend it.

    Attributes:
        member: The name on the wire of the member that tells which.
        known: What the objects that extend it must be, by what the member says of them.
        otherwise: What any other must be.
    """

    member: str
    known: Mapping[str, Schema]
    otherwise: Schema

    def to_wire(self, value: Any, where: str) -> Any:
        """Give the wire form by the schema that the member tells."""
        if isinstance(value, Model):
            value = wire_members(value, where)
        said = value.get(self.member) if is_mapping(value) else None
        meant = self.known.get(said, self.otherwise) if isinstance(said, str) else self.otherwise
        return meant.to_wire(value, where)
