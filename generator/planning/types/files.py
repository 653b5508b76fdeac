"""Files in multipart forms: bytes in Python, where JSON has strings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from ...normalize import Normalized
from ...normalize.schemas.kinds import union_of
from ...normalize.schemas.shapes import (
    EnumShape,
    ListOf,
    NamedShape,
    ObjectShape,
    OneOf,
    Ref,
    Scalar,
    Shape,
    alternatives_of,
    definition_of,
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
    aliases = aliases_of_files(schemas)
    for name, form in forms.items():
        file = _BYTES_OR_STRING if name in in_json else _BYTES
        shapes = (without_names_of_files(each.shape, schemas, aliases) for each in form.properties)
        fields[name] = tuple(_type(each, file) for each in shapes)
    return replace(types, fields=fields)


def aliases_of_files(schemas: Mapping[str, NamedShape]) -> frozenset[str]:
    """Return the class names of files, and of unions and lists with files in them."""
    users: dict[str, list[str]] = {}
    waiting: list[str] = []
    for name, named in schemas.items():
        if not isinstance(named.shape, ObjectShape | EnumShape):
            for each in _members(named.shape):
                if isinstance(each, Ref):
                    users.setdefault(each.name, []).append(name)
                elif _is_file(each):
                    waiting.append(name)
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += users.get(name, ())
    return frozenset(found)


def has_files(shape: Shape, schemas: Mapping[str, NamedShape]) -> bool:
    """Whether a value of a form may be a file, or a list with files."""
    unnamed = without_names_of_files(shape, schemas, aliases_of_files(schemas))
    return any(map(_is_file, _members(unnamed)))


def without_names_of_files(
    shape: Shape, schemas: Mapping[str, NamedShape], aliases: Collection[str]
) -> Shape:
    """Return a shape with the files that it references, such as ASP.NET's `IFormFile`, in place.

    A form has no lists of lists: those inside of a list keep the names in them.

    Args:
        shape: The shape.
        schemas: The named shapes of the document.
        aliases: The names with files in them; see `aliases_of_files`.
    """

    def in_place(shape: Shape, seen: set[str], *, in_list: bool = False) -> Iterator[Shape]:
        """Iterate over the alternatives, each named one once."""
        match shape:
            case Ref(name=name) if name in aliases:
                named = schemas[name].shape
                if name not in seen and not isinstance(named, ObjectShape | EnumShape):
                    seen.add(name)
                    yield from in_place(named, seen, in_list=in_list)
            case OneOf():
                options = [
                    each
                    for option in shape.options
                    for each in in_place(option, seen, in_list=in_list)
                ]
                if options:
                    yield replace(shape, options=tuple(options))
            case ListOf() if not in_list:
                item = union_of([*in_place(shape.item, set(), in_list=True)])
                yield replace(shape, item=item)
            case _:
                yield shape

    return union_of([*in_place(shape, set())])


def _members(shape: Shape) -> Iterator[Shape]:
    """Iterate over the shapes in unions and lists, without these."""
    if isinstance(shape, OneOf | ListOf):
        for each in shape.options if isinstance(shape, OneOf) else (shape.item,):
            yield from _members(each)
    else:
        yield shape


def _is_file(shape: Shape) -> bool:
    return isinstance(shape, Scalar) and shape.format == "binary"


def _objects(shape: Shape, schemas: Mapping[str, NamedShape]) -> dict[str, ObjectShape]:
    """Return the objects that a form can be, by class name."""
    return {
        each.name: named
        for each in alternatives_of(shape, schemas)
        if isinstance(each, Ref) and isinstance(named := definition_of(each, schemas), ObjectShape)
    }


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
