"""Conversion of decoded timestamps to UTC.

The decoder keeps the server's offset. Nearly every server writes `Z`, so that usually only the
`tzinfo` of each timestamp is checked.
"""

from __future__ import annotations

import datetime as dt
import typing
from functools import cache
from typing import Any

import msgspec

from ..core.guards import is_mapping, is_sequence


def in_utc(value: Any) -> Any:
    """Return a decoded value with its timestamps in UTC; models are changed in place.

    Raises:
        OverflowError: If a timestamp in UTC is outside the range of `datetime`.
    """
    if isinstance(value, msgspec.Struct):
        for name in timestamp_fields(type(value)):
            field = getattr(value, name)
            if field is not None:
                msgspec.structs.force_setattr(value, name, in_utc(field))
        return value
    if isinstance(value, dt.datetime):
        return value if value.tzinfo is dt.UTC else value.astimezone(dt.UTC)
    if is_sequence(value):
        return [in_utc(item) for item in value]
    if is_mapping(value):
        return {key: in_utc(each) for key, each in value.items()}
    return value


@cache
def may_contain_timestamps(kind: Any) -> bool:
    """Whether values of a type may contain timestamps."""
    seen: set[Any] = set()
    waiting = [kind]
    while waiting:
        part = waiting.pop()
        if part is dt.datetime:
            return True
        if part not in seen:
            seen.add(part)
            waiting += _parts(part)
    return False


@cache
def timestamp_fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the fields of a model that may contain timestamps."""
    fields = msgspec.structs.fields(kind)
    return tuple(field.name for field in fields if may_contain_timestamps(field.type))


def _parts(kind: Any) -> list[Any]:
    """Return the types of a model's fields, or the arguments of a generic type."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [field.type for field in msgspec.structs.fields(kind)]
    return list(typing.get_args(kind))
