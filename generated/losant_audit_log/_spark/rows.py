# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Values of rows, column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

import msgspec

from .._runtime.models.model import MISSING, fields, json_names, received_json
from .._runtime.paging.page_data import UndecodedEntry
from .columns import Column, Kind


class Received(NamedTuple):
    """An entry that was received.

    Attributes:
        entry: The entry.
        raw: Its bytes.
        members: The members of its JSON object; none if it is undecodable.
        arguments: The path arguments of its log.
    """

    entry: Any
    raw: bytes
    members: Mapping[str, msgspec.Raw]
    arguments: Sequence[str]


Getter: TypeAlias = Callable[[Sequence[Received]], list[Any]]
"""Returns the values of a column for entries of one class."""

_class_of: Callable[[Received], Any] = attrgetter("entry.__class__")
_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Rows:
    """Rows that are collected until they are taken as columns.

    Attributes:
        size: The number of received bytes.
    """

    def __init__(self, columns: Sequence[Column], arguments: Sequence[str]) -> None:
        """Start without rows.

        Args:
            columns: The columns.
            arguments: The names of the path arguments.
        """
        self._columns, self._arguments = tuple(columns), tuple(arguments)
        self._received: list[Received] = []
        self.size = 0

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self._received)

    def add(self, entry: Any, arguments: Sequence[str]) -> None:
        """Add the row of an entry.

        Args:
            entry: The entry.
            arguments: The path arguments of its log.
        """
        is_decoded = not isinstance(entry, UndecodedEntry)
        raw: bytes = received_json(entry) if is_decoded else entry.raw
        members = _MEMBERS.decode(raw) if is_decoded else {}
        self._received.append(Received(entry, raw, members, arguments))
        self.size += len(raw)

    def take(self) -> list[list[Any]]:
        """Return the values of each column, and start again without rows."""
        values: list[list[Any]] = [[] for _ in self._columns]
        for kind, group in groupby(self._received, key=_class_of):
            received = [*group]
            for column, getter in zip(values, _getters(kind, self._columns), strict=True):
                column.extend(getter(received))
        for number, name in enumerate(self._arguments):
            index = [each.name for each in self._columns].index(name)
            values[index] = [
                each.arguments[number] if value is None else value
                for value, each in zip(values[index], self._received, strict=True)
            ]
        self._received, self.size = [], 0
        return values


@cache
def _getters(kind: Any, columns: tuple[Column, ...]) -> list[Getter]:
    """Return a function for each column, which reads its values from entries of a class."""
    is_decoded = kind is not UndecodedEntry
    names = fields(kind) if is_decoded else dict[str, str]()
    known = json_names(kind) if is_decoded else frozenset[str]()

    def getter(column: Column) -> Getter:
        match column.kind:
            case Kind.RAW:
                return _raw
            case Kind.EXTRA:
                return _extra_getter(known)
            case _ if column.name not in names:
                return _nothing
            case Kind.JSON:
                return _json_getter(names[column.name])
            case _:
                return _field_getter(column.name)

    return [getter(each) for each in columns]


def _raw(received: Sequence[Received]) -> list[bytes]:
    return [each.raw for each in received]


def _nothing(received: Sequence[Received]) -> list[None]:
    """Return None for each entry: the class has no such field."""
    return [None] * len(received)


def _extra_getter(known: frozenset[str]) -> Getter:
    def read(received: Sequence[Received]) -> list[list[tuple[str, str]]]:
        return [
            [(name, _text(text)) for name, text in each.members.items() if name not in known]
            for each in received
        ]

    return read


def _field_getter(name: str) -> Getter:
    get = attrgetter(f"entry.{name}")

    def read(received: Sequence[Received]) -> list[Any]:
        return [None if (value := get(each)) is MISSING else value for each in received]

    return read


def _json_getter(name: str) -> Getter:
    def read(received: Sequence[Received]) -> list[str | None]:
        texts = [_text(each.members[name]) if name in each.members else None for each in received]
        return [None if text == "null" else text for text in texts]

    return read


def _text(raw: msgspec.Raw) -> str:
    return str(raw, "utf-8")
