"""Files in multipart forms: bytes in Python, where JSON has strings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...normalize import Normalized
from ...normalize.schemas.shapes import (
    EnumShape,
    ListOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
)
from ...python.types import ListType, Name, TypeExpression, union
from ..directions import reachable
from .model_types import ModelTypes, type_of

_BYTES = Name("bytes")
_BYTES_OR_STRING = Name("Open[bytes]")  # To a decoder, `Open` is a string.


def with_files(types: ModelTypes, normalized: Normalized) -> ModelTypes:
    """Return the types with `bytes` for the files in classes of multipart forms.

    A class that is also JSON somewhere, where the same member is a string, allows both.
    """
    schemas = normalized.schemas
    forms: dict[str, ObjectShape] = {}
    other: list[Shape] = []
    for operation in normalized.operations:
        other += [each.shape for each in operation.parameters]
        other += [shape for each in operation.responses for _, shape in each.content]
        for media in operation.media:
            if media.kind == "multipart":
                forms |= _objects(media.shape, schemas)
            else:
                other.append(media.shape)
    other += [each.shape for form in forms.values() for each in form.properties]
    in_json = reachable(other, schemas)
    fields = dict(types.fields)
    for name, form in forms.items():
        file = _BYTES_OR_STRING if name in in_json else _BYTES
        shapes = (without_names_of_files(each.shape, schemas) for each in form.properties)
        fields[name] = tuple(_type(each, file) for each in shapes)
    return replace(types, fields=fields)


def without_names_of_files(shape: Shape, schemas: Mapping[str, NamedShape]) -> Shape:
    """Return a shape with the files that it references, such as ASP.NET's `IFormFile`, in place."""
    return _in_place(shape, schemas, ()) or shape


def _in_place(
    shape: Shape, schemas: Mapping[str, NamedShape], inside: tuple[str, ...]
) -> Shape | None:
    """Return a shape without references to files; None if it contains one that is around it."""
    match shape:
        case Ref():
            named = schemas[shape.name].shape
            if shape.name in inside or isinstance(named, ObjectShape | EnumShape):
                return None if shape.name in inside else shape
            found = _in_place(named, schemas, (*inside, shape.name))
            return found if "binary" in repr(found) else shape
        case ListOf():
            item = _in_place(shape.item, schemas, inside)
            return item and replace(shape, item=item)
        case OneOf():
            options = [_in_place(each, schemas, inside) for each in shape.options]
            known = tuple(each for each in options if each is not None)
            return replace(shape, options=known) if len(known) == len(options) else None
        case _:
            return shape


def _objects(shape: Shape, schemas: Mapping[str, NamedShape]) -> dict[str, ObjectShape]:
    """Return the objects that a form can be, by class name."""
    found: dict[str, ObjectShape] = {}
    remaining = [shape]
    seen: set[str] = set()
    while remaining:
        each = remaining.pop()
        if isinstance(each, OneOf):
            remaining += each.options
        elif isinstance(each, Ref) and each.name not in seen:
            seen.add(each.name)
            named = schemas[each.name].shape
            if isinstance(named, ObjectShape):
                found[each.name] = named
            elif isinstance(named, Ref | OneOf):
                remaining.append(named)
    return found


def _type(shape: Shape, file: Name) -> TypeExpression:
    """Return the type of a member, with a type for files, alone or in a list."""
    match shape:
        case Scalar(format="binary"):
            return file
        case ListOf():
            return ListType(_type(shape.item, file))
        case OneOf() if any(map(_is_string, shape.options)):
            return union([_type(each, _BYTES_OR_STRING) for each in shape.options])
        case OneOf():
            return union([_type(each, file) for each in shape.options])
        case _:
            return type_of(shape)


def _is_string(shape: Shape) -> bool:
    """Whether a shape is a string that is not a file."""
    return isinstance(shape, Scalar) and shape.type == "string" and shape.format != "binary"
