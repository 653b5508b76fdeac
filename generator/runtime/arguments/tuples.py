"""Schemas of arrays whose first items have schemas of their own."""

from __future__ import annotations

from itertools import chain, repeat
from typing import Any

from .composites import Array
from .schemas import Schema


class Tuple(Array, frozen=True, kw_only=True):
    """An array whose first items have schemas by position.

    Attributes:
        prefix: The schemas of the first items.
        further: The schema of the items after these.
    """

    prefix: tuple[Schema, ...] = ()
    further: Schema = Schema()

    def to_wire(self, value: Any, where: str) -> list[Any]:
        """Validate the items, each by its position, and return them as JSON data."""
        super().to_wire(value, where)
        schemas = zip(chain(self.prefix, repeat(self.further)), value, strict=False)
        return [each.to_wire(item, f"{where}[{i}]") for i, (each, item) in enumerate(schemas)]
