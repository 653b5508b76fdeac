"""Schemas of arguments: any value, strings and integers.

Each class is a kind of schema. `to_wire` validates an argument and returns JSON data, or raises
`InvalidArgumentError` with the location inside the argument. Requests are strict: a value is not
converted if its type could be a mistake, such as a number where the document has a string.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any, ClassVar

import msgspec

from ..core.guards import is_mapping, is_sequence
from ..models.model import Model
from .validation import (
    format_values,
    is_multiple,
    member_name,
    timestamp_text,
    validation_error,
    wire_members,
    wrong_type,
)


class Schema(msgspec.Struct, frozen=True, kw_only=True):
    """Any JSON value.

    Attributes:
        kind: The kind of schema, for code that reads the values of arguments back.
    """

    kind: ClassVar[str] = "any"

    def to_wire(self, value: Any, where: str) -> Any:
        """Validate an argument and return it as JSON data.

        Args:
            value: The argument.
            where: The argument's name and the location inside it, for messages.

        Raises:
            InvalidArgumentError: If the value does not match the schema.
        """
        if is_mapping(value):
            return {
                member_name(key, where): self.to_wire(each, f"{where}.{key}")
                for key, each in value.items()
            }
        if is_sequence(value):
            return [self.to_wire(each, f"{where}[{i}]") for i, each in enumerate(value)]
        if isinstance(value, Model):
            return self.to_wire(wire_members(value, where), where)
        if isinstance(value, dt.datetime):
            return timestamp_text(value, where)
        if isinstance(value, float) and not math.isfinite(value):
            raise validation_error(where, value, "expected a finite number")
        if value is None or isinstance(value, str | bool | int | float):
            return value
        raise wrong_type(where, value, "a JSON value")


class String(Schema, frozen=True, kw_only=True):
    """A string.

    Attributes:
        pattern: A regular expression that must match somewhere in the string; empty for none.
        enum: The allowed values; empty if all are allowed.
        min_length: The minimum number of characters.
        max_length: The maximum number of characters.
    """

    pattern: str = ""
    enum: tuple[str, ...] = ()
    min_length: int = 0
    max_length: int | None = None

    def to_wire(self, value: Any, where: str) -> str:
        """Validate and return the string."""
        if not isinstance(value, str):
            raise wrong_type(where, value, "a str")
        if self.enum and value not in self.enum:
            raise validation_error(where, value, f"expected one of {format_values(self.enum)}")
        if len(value) < self.min_length:
            raise validation_error(where, value, f"expected at least {self.min_length} characters")
        if self.max_length is not None and len(value) > self.max_length:
            raise validation_error(where, value, f"expected at most {self.max_length} characters")
        if self.pattern and not re.search(self.pattern, value):
            written = self.pattern.replace(r"\Z", "$")  # as in the document
            raise validation_error(where, value, f"expected a str that matches {written}")
        return str(value)


class NumberConstraints(Schema, frozen=True, kw_only=True):
    """Constraints that integers and numbers share."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None
    enum: tuple[float, ...] = ()

    def check_constraints(self, value: float, where: str) -> None:
        """Raise an error if a number violates a constraint."""
        if self.minimum is not None and value < self.minimum:
            raise validation_error(where, value, f"expected at least {self.minimum}")
        if self.maximum is not None and value > self.maximum:
            raise validation_error(where, value, f"expected at most {self.maximum}")
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            raise validation_error(where, value, f"expected more than {self.exclusive_minimum}")
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            raise validation_error(where, value, f"expected less than {self.exclusive_maximum}")
        if self.multiple_of and not is_multiple(value, self.multiple_of):
            raise validation_error(where, value, f"expected a multiple of {self.multiple_of}")
        if self.enum and value not in self.enum:
            raise validation_error(where, value, f"expected one of {format_values(self.enum)}")


class Integer(NumberConstraints, frozen=True, kw_only=True):
    """An integer."""

    kind: ClassVar[str] = "integer"

    def to_wire(self, value: Any, where: str) -> int:
        """Validate and return the integer, which may have a zero fraction inside of JSON."""
        is_whole = isinstance(value, float) and value.is_integer() and not where.isidentifier()
        if isinstance(value, bool) or not (is_whole or isinstance(value, int)):
            raise wrong_type(where, value, "an int")
        self.check_constraints(value, where)
        return int(value)
