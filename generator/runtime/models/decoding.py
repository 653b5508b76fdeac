"""Decoding of response bodies.

An invalid response is never mistaken for an empty one: everything that does not match the document
raises `ResponseDecodeError` with the location and the bytes.
"""

from __future__ import annotations

from types import CellType
from typing import Any, TypeVar

import msgspec
from msgspec.structs import force_setattr as set_attribute

from ..core.errors import ResponseDecodeError
from ..core.service import ACCEPTS_EMPTY_OBJECTS
from .model import Model, OpenModel, json_names
from .reading import BYTE_ORDER_MARK, Reader, reader

T = TypeVar("T")

_MEMBERS = Reader(decoder=msgspec.json.Decoder(dict[str, msgspec.Raw]))


def decode(content: bytes, kind: type[T]) -> T:
    """Decode a body as a type.

    Args:
        content: The complete body.
        kind: The type.

    Returns:
        The value; a model keeps its bytes.

    Raises:
        ResponseDecodeError: If the body does not match the type.
    """
    hashable: Any = kind
    found = reader(hashable)
    content = content.removeprefix(BYTE_ORDER_MARK)
    value: Any = found.read(content)
    result: T = value
    if found.names or isinstance(value, Model):
        for name in found.names:
            if getattr(value, name) is not None:
                break
        else:
            _check_recognized(value, content)
        set_attribute(value, "_raw", CellType(content))
    return result


def _check_recognized(model: Model, raw: bytes) -> None:
    """Reject an object that has none of the model's fields, not even with the value null.

    It decodes, because hardly any field is required, but it is a different kind of object. `{}` is
    accepted, unless the document is written for this generator.
    """
    names = json_names(type(model))
    if isinstance(model, OpenModel):
        return
    members = _MEMBERS.read(raw)
    if names and names.isdisjoint(members) and (members or not ACCEPTS_EMPTY_OBJECTS):
        message = f"the object has none of the fields of {type(model).__name__}"
        raise ResponseDecodeError(message, content=raw)
