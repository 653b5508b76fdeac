# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The entries of a page, decoded in one go by a decoder that also notices what it does not know.

Ignoring an unknown name is for free, and refusing it is, but finding out afterwards is a decoding
of its own. So entries are first read as a twin of their class that refuses unknown names, and then
made what they are. Both classes have the same fields in memory, and two of these are not the
document's: under them the twin takes names that are expected in every entry although no field
has them.
"""

from __future__ import annotations

import re
from collections import deque
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import force_setattr

from ..models.model import Model, read_variant
from .envelope import envelope_type, steps_of, value_at

if TYPE_CHECKING:
    from .pagination import Pagination

_ONE_NAME = re.compile(r"\^(\w+)\\Z")  # a pattern that fits nothing else


def read_entries(pagination: Pagination[Any], content: bytes) -> tuple[list[Any], bool]:
    """Read the entries of a page, without their bytes.

    Returns:
        The entries, and whether they hold no names but those that are known or expected.

    Raises:
        msgspec.DecodeError: If one of them does not fit the document.
        RecursionError: If one is nested too deeply.
    """
    kind: Any = pagination.item
    try:
        entries: list[Any] = _read(_decoder(pagination, _twin(pagination)), pagination, content)
    except msgspec.ValidationError:
        return _read(_decoder(pagination, kind), pagination, content), False
    _set_all(entries, "__class__", kind)
    _set_all(entries, "_spare", b"")
    return entries, True


def set_raw(entries: list[Any], raws: list[msgspec.Raw]) -> None:
    """Give each entry its own bytes."""
    deque(map(force_setattr, entries, repeat("_raw"), map(bytes, raws)), 0)


def _set_all(entries: list[Any], name: str, value: Any) -> None:
    deque(map(force_setattr, entries, repeat(name), repeat(value)), 0)


def _read(decoder: msgspec.json.Decoder[Any], pagination: Pagination[Any], content: bytes) -> Any:
    return value_at(decoder.decode(content), pagination.items)


@cache
def _twin(pagination: Pagination[Any]) -> Any:
    """Make a class that is like that of the entries, and refuses names that it does not know."""
    names = [match[1] for each in pagination.expected if (match := _ONE_NAME.fullmatch(each))]
    members: list[Any] = [
        (slot, msgspec.Raw, msgspec.field(default=msgspec.Raw(), name=name))
        for slot, name in zip(Model.__struct_fields__, names, strict=False)
    ]
    kind: Any = pagination.item
    return msgspec.defstruct(
        kind.__name__,
        members,
        bases=(kind,),
        forbid_unknown_fields=True,
        frozen=True,
        kw_only=True,
        eq=False,
        gc=False,
    )


@cache
def _decoder(pagination: Pagination[Any], kind: Any) -> msgspec.json.Decoder[Any]:
    """Make a decoder of the entries alone."""
    entries: Any = list
    envelope = envelope_type({steps_of(pagination.items): entries[kind]})
    return msgspec.json.Decoder(envelope, dec_hook=read_variant)
