"""Constraints of objects on the number and the combination of properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.errors import InvalidArgumentError
from .composites import Object


class ConstrainedObject(Object, frozen=True, kw_only=True):
    """An object with further constraints.

    Attributes:
        least: The minimum number of properties.
        most: The maximum number of properties, or None.
        together: The properties that an object with another property must have, by that property.
    """

    least: int = 0
    most: int | None = None
    together: Mapping[str, tuple[str, ...]] = {}

    def to_wire(self, value: Any, where: str) -> dict[str, Any]:
        """Validate a model, or a mapping of JSON names to values, and return it as JSON data."""
        result = super().to_wire(value, where)
        count = len(result)
        if count < self.least or (self.most is not None and count > self.most):
            limit = f"at least {self.least}" if count < self.least else f"at most {self.most}"
            raise InvalidArgumentError(f"{where}: expected {limit} properties, got {count}")
        for name, others in self.together.items():
            for other in others if name in result else ():
                if other not in result:
                    message = f"{where}: the property {name!r} requires {other!r} as well"
                    raise InvalidArgumentError(message)
        return result
