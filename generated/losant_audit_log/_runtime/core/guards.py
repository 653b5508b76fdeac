# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Questions about values of unknown type, which also tell the type checker the answer."""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Mapping, Sequence
from typing import Any, TypeGuard


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether a value has members."""
    return isinstance(value, Mapping)


def is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether a value is a list or the like; texts and bytes are not."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether a value is a tuple."""
    return isinstance(value, tuple)


def is_awaitable(value: object) -> TypeGuard[Awaitable[Any]]:
    """Whether a value can be awaited."""
    return isinstance(value, Awaitable)


def is_count(value: object) -> TypeGuard[int]:
    """Whether a value is a whole number from 1."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def is_bytes(value: object) -> TypeGuard[bytes | bytearray | memoryview[int]]:
    """Whether a value is bytes in memory."""
    return isinstance(value, bytes | bytearray | memoryview)


def is_async_iterable(value: object) -> TypeGuard[AsyncIterable[Any]]:
    """Whether a value is to be iterated over with `async for`."""
    return isinstance(value, AsyncIterable)
