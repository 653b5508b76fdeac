"""Decoding of all entries of a page at once, unknown fields included.

A decoder ignores or rejects unknown names without a cost, but a search for them afterwards needs a
second pass. Entries are therefore first decoded as a twin of their class that rejects unknown
names, and then converted to their class in place. Both classes have the same memory layout. Two of
its fields are internal: the twin uses them for names that are expected in every entry but are not
fields of the document.
"""

from __future__ import annotations

import re
from collections import deque
from functools import cache
from itertools import repeat
from types import CellType
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import force_setattr

from ..models.model import MISSING, Model
from ..models.reading import read_variant
from .envelope import envelope_type, pointer_tokens, value_at

if TYPE_CHECKING:
    from .pagination import Pagination

_ONE_NAME = r"\^(\w+)\\Z"  # a pattern that matches exactly one name


_ESCAPES = re.compile(rb"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..|\\.", re.DOTALL)


def replace_surrogates(content: bytes) -> bytes:
    """Return JSON of the same length with U+FFFD for each escape of an unpaired surrogate.

    Some services send such escapes, but no valid string contains these code points.
    """
    return _ESCAPES.sub(lambda found: rb"\ufffd" if len(found[0]) == 6 else found[0], content)


def decode_entries(pagination: Pagination[Any], content: bytes) -> tuple[list[Any], bool]:
    """Decode the entries of a page, without their bytes.

    Returns:
        The entries, and whether they have no unknown fields.

    Raises:
        msgspec.DecodeError: If an entry does not match the document.
        RecursionError: If an entry is nested too deeply.
    """
    kind: Any = pagination.item
    try:
        entries: list[Any] = _read(_decoder(pagination, _twin(pagination)), pagination, content)
    except msgspec.ValidationError:
        return _read(_decoder(pagination, kind), pagination, content), False
    _set_all(entries, "__class__", kind)
    _set_all(entries, "_spare", MISSING)
    return entries, True


def decode_raws(pagination: Pagination[Any], content: bytes) -> list[msgspec.Raw]:
    """Return the bytes of each entry of a page."""
    raws: list[msgspec.Raw] = _read(_decoder(pagination, msgspec.Raw), pagination, content)
    return raws


def received_raws(
    pagination: Pagination[Any], readable: bytes, received: bytes
) -> list[msgspec.Raw]:
    """Return the bytes of each entry of a page, which was decoded with other bytes in places."""
    items = envelope_type({pointer_tokens(pagination.items): msgspec.Raw})
    whole = value_at(msgspec.json.decode(readable, type=items), pagination.items)
    end, found = readable.index(bytes(whole)), list[msgspec.Raw]()
    for raw in map(bytes, decode_raws(pagination, readable)):
        begin = readable.index(raw, end)
        end = begin + len(raw)
        found.append(msgspec.Raw(received[begin:end]))
    return found


def set_raw(entries: list[Any], raws: list[msgspec.Raw]) -> None:
    """Set the raw bytes of each entry."""
    deque(map(force_setattr, entries, repeat("_raw"), map(CellType, map(bytes, raws))), 0)


def _set_all(entries: list[Any], name: str, value: Any) -> None:
    deque(map(force_setattr, entries, repeat(name), repeat(value)), 0)


def _read(decoder: msgspec.json.Decoder[Any], pagination: Pagination[Any], content: bytes) -> Any:
    return value_at(decoder.decode(content), pagination.items)


@cache
def _twin(pagination: Pagination[Any]) -> Any:
    """Build a class with the fields of the entries that rejects unknown names."""
    names = [match[1] for each in pagination.expected if (match := re.fullmatch(_ONE_NAME, each))]
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
    """Build a decoder of the entries and nothing else."""
    entries: Any = list
    envelope = envelope_type({pointer_tokens(pagination.items): entries[kind]})
    return msgspec.json.Decoder(envelope, dec_hook=read_variant)
