"""Values that may be null."""

from __future__ import annotations

from collections.abc import Mapping

from ...normalize.schemas.shapes import (
    Anything,
    EnumShape,
    NamedShape,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
)


def allows_null(shape: Shape, schemas: Mapping[str, NamedShape]) -> bool:
    """Whether null is one of the values of a shape."""
    waiting: list[Shape] = [shape]
    seen: set[str] = set()
    while waiting:
        match waiting.pop():
            case Anything() | Scalar(type="null"):
                return True
            case OneOf(options=options):
                waiting += options
            case Ref(name=name) if name not in seen:
                seen.add(name)
                named = schemas[name].shape
                if not isinstance(named, ObjectShape | EnumShape):
                    waiting.append(named)
            case _:
                pass
    return False
