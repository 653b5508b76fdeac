# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Schemas of arguments.

Each class is a kind of schema. `to_wire` validates an argument and returns JSON data, or raises
`InvalidArgumentError` with the location inside the argument. Requests are strict: a value is not
converted if its type could be a mistake, such as a number where the document has a string.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from ..models.model import Model
from .validation import (
    format_values,
    is_equal,
    is_multiple,
    member_name,
    require_timezone,
    to_epoch,
    validation_error,
    wire_members,
    wrong_type,
)


class Schema(msgspec.Struct, frozen=True, kw_only=True):
    """Any JSON value."""

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
            return wire_members(value, where)
        if isinstance(value, dt.datetime):
            return DateTime().to_wire(value, where)
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
            raise validation_error(where, value, f"expected a str that matches {self.pattern}")
        return str(value)


class _Number(Schema, frozen=True, kw_only=True):
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


class Integer(_Number, frozen=True, kw_only=True):
    """An integer."""

    def to_wire(self, value: Any, where: str) -> int:
        """Validate and return the integer."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise wrong_type(where, value, "an int")
        self.check_constraints(value, where)
        return int(value)


class Number(_Number, frozen=True, kw_only=True):
    """A number."""

    def to_wire(self, value: Any, where: str) -> float:
        """Validate and return the number."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong_type(where, value, "an int or float")
        if isinstance(value, float) and not math.isfinite(value):
            raise validation_error(where, value, "expected a finite number")
        self.check_constraints(value, where)
        return value


class Boolean(Schema, frozen=True, kw_only=True):
    """A boolean.

    Attributes:
        enum: The allowed values; empty if both are allowed.
    """

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

    def to_wire(self, value: Any, where: str) -> None:
        """Validate and return None."""
        if value is not None:
            raise wrong_type(where, value, "None")


class DateTime(Schema, frozen=True, kw_only=True):
    """A timestamp with a time zone, as an RFC 3339 string."""

    def to_wire(self, value: Any, where: str) -> str:
        """Validate a datetime or a string, and return the RFC 3339 string."""
        if isinstance(value, str):
            try:
                timestamp = msgspec.convert(value, dt.datetime)
            except msgspec.ValidationError:
                raise validation_error(where, value, "expected an RFC 3339 date-time") from None
            require_timezone(timestamp, where)
            return str(value)
        if not isinstance(value, dt.datetime):
            raise wrong_type(where, value, "a timezone-aware datetime")
        require_timezone(value, where)
        text: str = msgspec.to_builtins(value)
        return text


class Date(Schema, frozen=True, kw_only=True):
    """A date as an RFC 3339 string."""

    def to_wire(self, value: Any, where: str) -> str:
        """Validate a date or a string, and return the RFC 3339 string."""
        if isinstance(value, str):
            try:
                dt.date.fromisoformat(value)
            except ValueError:
                raise validation_error(where, value, "expected a date such as 2024-01-31") from None
            return str(value)
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            raise wrong_type(where, value, "a date")
        return value.isoformat()


class EpochTime(_Number, frozen=True, kw_only=True):
    """A timestamp as a number of units since 1970-01-01T00:00:00Z.

    Attributes:
        per_second: The number of units in a second; 1000 for milliseconds.
        round_up: Whether a timestamp between two units is rounded up instead of down.
    """

    per_second: int = 1000
    round_up: bool = False

    def to_wire(self, value: Any, where: str) -> int:
        """Validate and return the count; a timezone-aware datetime is rounded to a whole unit."""
        if isinstance(value, dt.datetime):
            require_timezone(value, where)
            count = to_epoch(value, self.per_second, round_up=self.round_up)
        elif isinstance(value, int) and not isinstance(value, bool):
            count = int(value)
        else:
            raise wrong_type(where, value, "a timezone-aware datetime or an int")
        self.check_constraints(count, where)
        return count


class Array(Schema, frozen=True, kw_only=True):
    """An array.

    Attributes:
        items: The schema of the items.
        min_items: The minimum number of items.
        max_items: The maximum number of items.
        unique: Whether all items must be different.
    """

    items: Schema = Schema()
    min_items: int = 0
    max_items: int | None = None
    unique: bool = False

    def to_wire(self, value: Any, where: str) -> list[Any]:
        """Validate the items and return them as JSON data."""
        if not is_sequence(value):
            raise wrong_type(where, value, "a list")
        items = [self.items.to_wire(each, f"{where}[{i}]") for i, each in enumerate(value)]
        if len(items) < self.min_items:
            raise validation_error(where, value, f"expected at least {self.min_items} items")
        if self.max_items is not None and len(items) > self.max_items:
            raise validation_error(where, value, f"expected at most {self.max_items} items")
        if self.unique and any(is_equal(*pair) for pair in combinations(items, 2)):
            raise validation_error(where, value, "expected items without duplicates")
        return items


class Object(Schema, frozen=True, kw_only=True):
    """An object.

    Attributes:
        properties: The schemas of the properties, by their JSON names.
        required: The required properties.
        patterns: The schemas of properties whose names match a regular expression.
        additional: The schema of all other properties; None if they are not allowed.
    """

    properties: Mapping[str, Schema] = {}
    required: tuple[str, ...] = ()
    patterns: Mapping[str, Schema] = {}
    additional: Schema | None = Schema()

    def to_wire(self, value: Any, where: str) -> dict[str, Any]:
        """Validate a model, or a mapping of JSON names to values, and return it as JSON data."""
        if isinstance(value, Model):
            value = wire_members(value, where)
        if not is_mapping(value):
            raise wrong_type(where, value, "a model or a mapping")
        result: dict[str, Any] = {}
        for name, each in value.items():
            key = member_name(name, where)
            schema = self.properties.get(key)
            result[key] = each if schema is None else schema.to_wire(each, f"{where}.{key}")
            for pattern, matching in self.patterns.items():
                if re.search(pattern, key):
                    schema = matching
                    result[key] = matching.to_wire(result[key], f"{where}.{key}")
            if schema is None and self.additional is not None:
                result[key] = self.additional.to_wire(each, f"{where}.{key}")
            elif schema is None:
                known = format_values(self.properties)
                raise InvalidArgumentError(f"{where}: unknown property {key!r}; known: {known}")
        for name in self.required:
            if name not in result:
                raise InvalidArgumentError(f"{where}: the required property {name!r} is missing")
        return result


class AnyOf(Schema, frozen=True, kw_only=True):
    """One of several schemas.

    Attributes:
        options: The schemas; the first that matches is used.
    """

    options: tuple[Schema, ...]

    def to_wire(self, value: Any, where: str) -> Any:
        """Validate an argument against the first schema that it matches."""
        reasons: list[str] = []
        for option in self.options:
            try:
                return option.to_wire(value, where)
            except InvalidArgumentError as error:
                reasons.append(str(error))
        message = f"{where}: value matches none of the allowed schemas ({'; '.join(reasons)})"
        raise InvalidArgumentError(message)


class Deferred(Schema, frozen=True):
    """A reference to a recursive schema, resolved when it is used.

    Attributes:
        find: Returns the schema.
    """

    find: Callable[[], Schema]

    def to_wire(self, value: Any, where: str) -> Any:
        """Validate an argument against the referenced schema."""
        return self.find().to_wire(value, where)
