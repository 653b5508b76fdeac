# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Type guards for values of unknown type."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, TypeGuard


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether a value is a mapping."""
    return isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether a value is a sequence other than a string or bytes."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether a value is a tuple."""
    return isinstance(value, tuple)


def is_awaitable(value: object) -> TypeGuard[Awaitable[Any]]:
    """Whether a value can be awaited."""
    return isinstance(value, Awaitable)


def is_count(value: object) -> TypeGuard[int]:
    """Whether a value is an integer of at least 1; bools are not."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
