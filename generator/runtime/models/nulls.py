"""Fields that can be sent as null, or not at all."""

from __future__ import annotations

from typing import Any, TypeVar

from .model import MISSING

_Kind = TypeVar("_Kind", bound=type)


def with_nulls(kind: _Kind) -> _Kind:
    """Return a class whose omitted fields, with the value `MISSING`, read as None."""
    struct: Any = kind
    fields, defaults = struct.__struct_fields__[::-1], struct.__struct_defaults__[::-1]
    for name, default in zip(fields, defaults, strict=False):
        if default is MISSING and name in vars(kind):
            setattr(kind, name, _without_missing(vars(kind)[name]))
    return kind


def _without_missing(member: Any) -> property:
    def read(model: object) -> Any:
        value = member.__get__(model)
        return None if value is MISSING else value

    return property(read, member.__set__)
