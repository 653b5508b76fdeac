"""Schemas of numbers, booleans and null."""

from __future__ import annotations

from typing import Any, ClassVar

from .schemas import NumberConstraints, Schema
from .validation import format_values, validation_error, wrong_type


class Number(NumberConstraints, frozen=True, kw_only=True):
    """A number."""

    kind: ClassVar[str] = "number"

    def to_wire(self, value: Any, where: str) -> float:
        """Validate and return the number."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong_type(where, value, "an int or float")
        Schema.to_wire(self, value, where)  # Which rejects the infinite.
        self.check_constraints(value, where)
        return value


class Boolean(Schema, frozen=True, kw_only=True):
    """A boolean.

    Attributes:
        enum: The allowed values; empty if both are allowed.
    """

    kind: ClassVar[str] = "boolean"

    enum: tuple[bool, ...] = ()

    def to_wire(self, value: Any, where: str) -> bool:
        """Validate and return the boolean."""
        if not isinstance(value, bool):
            raise wrong_type(where, value, "a bool")
        if self.enum and value not in self.enum:
            raise validation_error(where, value, f"expected one of {format_values(self.enum)}")
        return value


class Null(Schema, frozen=True, kw_only=True):
    """The value null."""

    kind: ClassVar[str] = "null"

    def to_wire(self, value: Any, where: str) -> None:
        """Validate and return None."""
        if value is not None:
            raise wrong_type(where, value, "None")
