"""Entries of several classes. Optional: generated code passes it in."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

import msgspec

from ..models.model import set_received
from ..models.unions import Unrecognized
from .envelope import pointer_tokens
from .page_data import (
    UndecodedEntry,
    decode_one_by_one,
    struct_in,
    undecoded_timestamp,
    undecoded_value,
)
from .pagination import Pagination

ANY_ENTRY: Any = Unrecognized
"""The class that entries of several classes have in common: it has no fields."""


class EntryVariants(msgspec.Struct, frozen=True):
    """The classes of the entries of a list.

    Attributes:
        kind: The union of the classes.
        classes: The classes.
    """

    kind: Any
    classes: tuple[Any, ...]

    def decode(
        self, pagination: Pagination[Any], _: bytes, raws: list[msgspec.Raw]
    ) -> tuple[list[Any], bool]:
        """Decode each entry; see `decode_entries` for the result."""
        found = decode_one_by_one(msgspec.structs.replace(pagination, item=self.kind), raws)
        for entry, raw in zip(found, raws, strict=True):
            if not isinstance(entry, UndecodedEntry):
                set_received(entry, bytes(raw))
        return found, False

    def getter(self, pagination: Pagination[Any], pointer: str) -> Callable[[Any], Any]:
        """Return a function that reads the value at a JSON Pointer of an entry of any class."""
        known = {each: _getter(each, pointer) for each in self.classes}

        def get(entry: Any) -> Any:
            if type(entry) in known:
                return known[type(entry)](entry)
            if isinstance(entry, UndecodedEntry):
                return None  # The caller reads its bytes.
            if pointer == pagination.item_time:
                return undecoded_timestamp(entry, pagination)
            return undecoded_value(entry.raw, pointer)

        return get


def _getter(kind: Any, pointer: str) -> Callable[[Any], Any]:
    """Return a function that reads a value of one class; it returns None if there is no value."""
    names: list[str] = []
    for step in pointer_tokens(pointer):
        fields = (
            {field.encode_name: field for field in msgspec.structs.fields(kind)} if kind else {}
        )
        if step not in fields:
            return _nothing
        names.append(fields[step].name)
        kind = struct_in(fields[step].type)
    get = attrgetter(".".join(names))

    def read(entry: Any) -> Any:
        try:
            return get(entry)
        except AttributeError:  # A member on the way is missing.
            return None

    return read


def _nothing(_: object) -> None:
    """Return None for any entry."""
