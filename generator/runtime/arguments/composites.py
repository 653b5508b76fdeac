"""Schemas of arguments that are arrays or objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations
from typing import Any, ClassVar

from ..core.errors import InvalidArgumentError
from ..core.guards import is_mapping, is_sequence
from ..models.model import Model
from .schemas import Schema
from .validation import format_values, member_name, validation_error, wire_members, wrong_type


class Array(Schema, frozen=True, kw_only=True):
    """An array.

    Attributes:
        items: The schema of the items.
        min_items: The minimum number of items.
        max_items: The maximum number of items.
        unique: Whether all items must be different.
    """

    kind: ClassVar[str] = "array"

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

    kind: ClassVar[str] = "object"

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
                patterns = [each.replace(r"\Z", "$") for each in self.patterns]
                known = format_values([*self.properties, *patterns]) or "none"
                raise InvalidArgumentError(f"{where}: unknown property {key!r}; known: {known}")
        for name in self.required:
            if name not in result:
                raise InvalidArgumentError(f"{where}: the required property {name!r} is missing")
        return result


def is_equal(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal; 1 equals 1.0, but not true."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if is_mapping(one) and is_mapping(other):
        return one.keys() == other.keys() and all(is_equal(one[key], other[key]) for key in one)
    if is_sequence(one) and is_sequence(other):
        return len(one) == len(other) and all(map(is_equal, one, other))
    return bool(one == other)
