"""Python types of response bodies, by media type: bytes, strings or JSON."""

from __future__ import annotations

from collections.abc import Iterable

from ..normalize.schemas.shapes import Anything, OneOf, Scalar, Shape
from ..openapi import media_types


def without_alternatives(content: Iterable[tuple[str, Shape]]) -> list[tuple[str, Shape]]:
    """Return the content without alternative formats of JSON responses, for example XML."""
    read = [(media_types.essence(name) or name, name, shape) for name, shape in content]
    in_json = {shape for kind, _, shape in read if media_types.is_json(kind)}
    return [
        (name, shape)
        for kind, name, shape in read
        if not in_json or not _is_alternative(kind, shape, in_json)
    ]


def _is_alternative(kind: str, shape: Shape, others: set[Shape]) -> bool:
    if media_types.is_json(kind) or media_types.framing(kind) or isinstance(shape, Anything):
        return False
    return not isinstance(shape, Scalar) or (shape in others and shape.type != "string")


def is_bytes(kind: str, shape: Shape) -> bool:
    """Whether a body is read as bytes."""
    if isinstance(shape, Scalar) and shape.format == "binary":
        return True
    if media_types.is_json(kind):
        return False
    if "*" in kind:
        return isinstance(shape, Anything) and not kind.startswith("text/")
    return not media_types.is_text(kind)


def is_text(kind: str, shape: Shape) -> bool:
    """Whether a body is read as a string."""
    if "*" in kind:
        is_string = isinstance(shape, Scalar) and shape.type == "string"
        return is_string or kind.startswith("text/")
    return media_types.is_text(kind)


def is_undescribed(shape: Shape) -> bool:
    """Whether a shape is too vague to imply a JSON body: anything, or a string."""
    match shape:
        case Anything() | Scalar(type="string", format=""):
            return True
        case OneOf():
            return all(is_undescribed(each) or each == Scalar("null") for each in shape.options)
        case _:
            return False
