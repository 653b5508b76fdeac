"""Constraints of values that a schema allows to be of several types."""

from __future__ import annotations

from typing import Any, ClassVar

from .schemas import Schema


class ConstrainedSchema(Schema, frozen=True, kw_only=True):
    """A schema with constraints, each of which applies to values of its own type only.

    Attributes:
        schema: The schema without the constraints.
        strings: The schema of a value that is a string; None without constraints.
        numbers: The schema of a value that is a number.
        arrays: The schema of a value that is an array.
        objects: The schema of a value that is an object.
    """

    kind: ClassVar[str] = "reference"

    schema: Schema = Schema()
    strings: Schema | None = None
    numbers: Schema | None = None
    arrays: Schema | None = None
    objects: Schema | None = None

    def find(self) -> Schema:
        """Return the schema without the constraints."""
        return self.schema

    def to_wire(self, value: Any, where: str) -> Any:
        """Validate an argument, also by its own type, and return it as JSON data."""
        wire = self.schema.to_wire(value, where)
        own = self._own(wire)
        return wire if own is None else own.to_wire(wire, where)

    def _own(self, wire: object) -> Schema | None:
        """Return the schema of the type of a value; None without constraints."""
        match wire:
            case None | bool():
                return None
            case str():
                return self.strings
            case list():
                return self.arrays
            case dict():
                return self.objects
            case _:
                return self.numbers
