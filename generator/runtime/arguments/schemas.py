"""What the document demands of arguments, and how they look on the wire.

Each class is a kind of schema. `to_wire` takes what a program passes and gives plain JSON, or
raises `InvalidArgumentError` with the place inside the argument. Requests are strict: nothing is
converted that could be a mistake, such as a number where the document says text.
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
    is_multiple,
    is_same,
    kind_of,
    listed,
    member_name,
    need_zone,
    refusal,
    to_epoch,
    wire_members,
)


class Schema(msgspec.Struct, frozen=True, kw_only=True):
    """Any JSON value."""

    def to_wire(self, value: Any, where: str) -> Any:
        """Check an argument and give its wire form.

        Args:
            value: What the program passed.
            where: The argument's name, and the place inside it.

        Raises:
            InvalidArgumentError: If the document forbids the value.
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
            raise refusal(where, value, "JSON has no such number")
        if value is None or isinstance(value, str | bool | int | float):
            return value
        raise refusal(where, value, "a JSON value is needed")


class String(Schema, frozen=True, kw_only=True):
    """A text.

    Attributes:
        pattern: A regular expression that must be found in it.
        enum: The only values that are allowed.
        min_length: The fewest characters.
        max_length: The most characters.
    """

    pattern: str = ""
    enum: tuple[str, ...] = ()
    min_length: int = 0
    max_length: int | None = None

    def to_wire(self, value: Any, where: str) -> str:
        """Give the text itself."""
        if not isinstance(value, str):
            raise refusal(where, value, f"a str is needed, not {kind_of(value)}")
        if self.enum and value not in self.enum:
            raise refusal(where, value, f"it must be one of {listed(self.enum)}")
        if len(value) < self.min_length:
            raise refusal(where, value, f"at least {self.min_length} characters are needed")
        if self.max_length is not None and len(value) > self.max_length:
            raise refusal(where, value, f"at most {self.max_length} characters are allowed")
        if self.pattern and not re.search(self.pattern, value):
            raise refusal(where, value, f"it must match {self.pattern}")
        return str(value)


class _Number(Schema, frozen=True, kw_only=True):
    """Limits that integers and other numbers share."""

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None
    enum: tuple[float, ...] = ()

    def check_limits(self, value: float, where: str) -> None:
        """Refuse a number that the document does not allow."""
        if self.minimum is not None and value < self.minimum:
            raise refusal(where, value, f"it must be at least {self.minimum}")
        if self.maximum is not None and value > self.maximum:
            raise refusal(where, value, f"it must be at most {self.maximum}")
        if self.exclusive_minimum is not None and value <= self.exclusive_minimum:
            raise refusal(where, value, f"it must be more than {self.exclusive_minimum}")
        if self.exclusive_maximum is not None and value >= self.exclusive_maximum:
            raise refusal(where, value, f"it must be less than {self.exclusive_maximum}")
        if self.multiple_of and not is_multiple(value, self.multiple_of):
            raise refusal(where, value, f"it must be a multiple of {self.multiple_of}")
        if self.enum and value not in self.enum:
            raise refusal(where, value, f"it must be one of {listed(self.enum)}")


class Integer(_Number, frozen=True, kw_only=True):
    """A whole number."""

    def to_wire(self, value: Any, where: str) -> int:
        """Give the number itself."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise refusal(where, value, f"an int is needed, not {kind_of(value)}")
        self.check_limits(value, where)
        return int(value)


class Number(_Number, frozen=True, kw_only=True):
    """A number."""

    def to_wire(self, value: Any, where: str) -> float:
        """Give the number itself."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refusal(where, value, f"a number is needed, not {kind_of(value)}")
        if isinstance(value, float) and not math.isfinite(value):
            raise refusal(where, value, "JSON has no such number")
        self.check_limits(value, where)
        return value


class Boolean(Schema, frozen=True, kw_only=True):
    """True or false.

    Attributes:
        enum: The only values that are allowed.
    """

    enum: tuple[bool, ...] = ()

    def to_wire(self, value: Any, where: str) -> bool:
        """Give the value itself."""
        if not isinstance(value, bool):
            raise refusal(where, value, f"a bool is needed, not {kind_of(value)}")
        if self.enum and value not in self.enum:
            raise refusal(where, value, f"it must be one of {listed(self.enum)}")
        return value


class Null(Schema, frozen=True, kw_only=True):
    """Nothing but null."""

    def to_wire(self, value: Any, where: str) -> None:
        """Give None."""
        if value is not None:
            raise refusal(where, value, f"None is needed, not {kind_of(value)}")


class DateTime(Schema, frozen=True, kw_only=True):
    """A date with time and zone, as a text of RFC 3339."""

    def to_wire(self, value: Any, where: str) -> str:
        """Give the text; one that was passed as such is checked."""
        if isinstance(value, str):
            try:
                value_read = msgspec.convert(value, dt.datetime)
            except msgspec.ValidationError:
                raise refusal(where, value, "it must be a date-time of RFC 3339") from None
            need_zone(value_read, where)
            return str(value)
        if not isinstance(value, dt.datetime):
            raise refusal(where, value, f"an aware datetime is needed, not {kind_of(value)}")
        need_zone(value, where)
        text: str = msgspec.to_builtins(value)
        return text


class Date(Schema, frozen=True, kw_only=True):
    """A date, as a text of RFC 3339."""

    def to_wire(self, value: Any, where: str) -> str:
        """Give the text; one that was passed as such is checked."""
        if isinstance(value, str):
            try:
                dt.date.fromisoformat(value)
            except ValueError:
                raise refusal(where, value, "it must be a date such as 2024-01-31") from None
            return str(value)
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            raise refusal(where, value, f"a date is needed, not {kind_of(value)}")
        return value.isoformat()


class EpochTime(_Number, frozen=True, kw_only=True):
    """A moment as a count since 1970-01-01T00:00:00Z.

    Attributes:
        per_second: How many units a second has; 1000 for milliseconds.
        round_up: Whether a moment between two units becomes the later one.
    """

    per_second: int = 1000
    round_up: bool = False

    def to_wire(self, value: Any, where: str) -> int:
        """Give the count; an aware datetime is rounded to the unit."""
        if isinstance(value, dt.datetime):
            need_zone(value, where)
            count = to_epoch(value, self.per_second, round_up=self.round_up)
        elif isinstance(value, int) and not isinstance(value, bool):
            count = int(value)
        else:
            reason = f"an aware datetime or an int is needed, not {kind_of(value)}"
            raise refusal(where, value, reason)
        self.check_limits(count, where)
        return count


class Array(Schema, frozen=True, kw_only=True):
    """A list.

    Attributes:
        items: What each item must be.
        min_items: The fewest items.
        max_items: The most items.
        unique: Whether no item may occur twice.
    """

    items: Schema = Schema()
    min_items: int = 0
    max_items: int | None = None
    unique: bool = False

    def to_wire(self, value: Any, where: str) -> list[Any]:
        """Give the items' wire forms."""
        if not is_sequence(value):
            raise refusal(where, value, f"a list is needed, not {kind_of(value)}")
        items = [self.items.to_wire(each, f"{where}[{i}]") for i, each in enumerate(value)]
        if len(items) < self.min_items:
            raise refusal(where, value, f"at least {self.min_items} items are needed")
        if self.max_items is not None and len(items) > self.max_items:
            raise refusal(where, value, f"at most {self.max_items} items are allowed")
        if self.unique and any(is_same(*pair) for pair in combinations(items, 2)):
            raise refusal(where, value, "no item may occur twice")
        return items


class Object(Schema, frozen=True, kw_only=True):
    """An object with known members.

    Attributes:
        properties: What each known member must be, by its name on the wire.
        required: The members that must be there.
        additional: What any other member must be; None if there may be no other.
    """

    properties: Mapping[str, Schema] = {}
    required: tuple[str, ...] = ()
    additional: Schema | None = Schema()

    def to_wire(self, value: Any, where: str) -> dict[str, Any]:
        """Give the members' wire forms; the argument is a model or a mapping in wire form."""
        if isinstance(value, Model):
            value = wire_members(value, where)
        if not is_mapping(value):
            raise refusal(where, value, f"a model or a mapping is needed, not {kind_of(value)}")
        result: dict[str, Any] = {}
        for name, each in value.items():
            key = member_name(name, where)
            schema = self.properties.get(key, self.additional)
            if schema is None:
                known = listed(self.properties)
                raise InvalidArgumentError(f"{where}: there is no member {key!r}, only {known}")
            result[key] = schema.to_wire(each, f"{where}.{key}")
        for name in self.required:
            if name not in result:
                raise InvalidArgumentError(f"{where}: the member {name!r} is missing")
        return result


class AnyOf(Schema, frozen=True, kw_only=True):
    """One of several kinds.

    Attributes:
        options: The kinds, the first that fits counts.
    """

    options: tuple[Schema, ...]

    def to_wire(self, value: Any, where: str) -> Any:
        """Give the wire form by the first option that fits."""
        reasons: list[str] = []
        for option in self.options:
            try:
                return option.to_wire(value, where)
            except InvalidArgumentError as error:
                reasons.append(str(error))
        message = f"{where}: nothing that the document allows fits ({'; '.join(reasons)})"
        raise InvalidArgumentError(message)


class Deferred(Schema, frozen=True):
    """A schema that is looked up when it is needed, because it contains itself.

    Attributes:
        find: Gives the schema.
    """

    find: Callable[[], Schema]

    def to_wire(self, value: Any, where: str) -> Any:
        """Do as that schema does."""
        return self.find().to_wire(value, where)
