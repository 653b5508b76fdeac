# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Moments in answers: all of them in UTC, whatever zone the server wrote them in.

The decoder keeps the server's offset. Nearly every server writes `Z`, so this costs a look at each
moment and no more.
"""

from __future__ import annotations

import datetime as dt
import typing
from functools import cache
from typing import Any

import msgspec

from ..core.guards import is_mapping, is_sequence
from .model import Model


def in_utc(value: Any) -> Any:
    """Give a decoded value with its moments in UTC; what can be changed is changed in place.

    Raises:
        OverflowError: If a moment is too near to the first or last year.
    """
    if isinstance(value, Model):
        for name in moment_fields(type(value)):
            held = getattr(value, name)
            if held is not None:
                msgspec.structs.force_setattr(value, name, in_utc(held))
        return value
    if isinstance(value, dt.datetime):
        return value if value.tzinfo is dt.UTC else value.astimezone(dt.UTC)
    if is_sequence(value):
        return [in_utc(item) for item in value]
    if is_mapping(value):
        return {key: in_utc(each) for key, each in value.items()}
    return value


@cache
def may_hold_moments(kind: Any) -> bool:
    """Whether a type's values may have moments in them."""
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
def moment_fields(kind: type[Model]) -> tuple[str, ...]:
    """Give the fields of a model that may hold moments."""
    fields = msgspec.structs.fields(kind)
    return tuple(field.name for field in fields if may_hold_moments(field.type))


def _parts(kind: Any) -> list[Any]:
    """Give the types that a type is made of."""
    if isinstance(kind, type) and issubclass(kind, Model):
        return [field.type for field in msgspec.structs.fields(kind)]
    return list(typing.get_args(kind))
