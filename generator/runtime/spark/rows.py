"""Values of rows, column by column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from ..models.model import MISSING, fields, json_names, received_json
from ..paging.page_data import UndecodedEntry
from .columns import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

Members: TypeAlias = "Mapping[str, msgspec.Raw]"
Getter: TypeAlias = Callable[[Any, Members], Any]

_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Rows:
    """Rows that are collected until they are taken as columns.

    Attributes:
        count: The number of rows.
        size: The number of received bytes.
    """

    def __init__(self, columns: Sequence[Column], arguments: Sequence[str]) -> None:
        """Start without rows.

        Args:
            columns: The columns.
            arguments: The names of the path arguments.
        """
        self._columns, self._arguments = tuple(columns), tuple(arguments)
        self._values: list[list[Any]] = [[] for _ in columns]
        self.count = self.size = 0

    def add(self, entry: Any, arguments: Sequence[str]) -> None:
        """Add the row of an entry.

        Args:
            entry: The entry.
            arguments: The path arguments of its log.
        """
        is_decoded = not isinstance(entry, UndecodedEntry)
        raw: bytes = received_json(entry) if is_decoded else entry.raw
        members: Members = _MEMBERS.decode(raw) if is_decoded else {}
        given = dict(zip(self._arguments, arguments, strict=True))
        kind: Any = type(entry)
        getters = _getters(kind, self._columns)
        for column, values, getter in zip(self._columns, self._values, getters, strict=True):
            if column.kind is Kind.RAW:
                values.append(raw)
            else:
                value = getter(entry, members)
                values.append(given.get(column.name) if value is None else value)
        self.count += 1
        self.size += len(raw)

    def take(self) -> list[list[Any]]:
        """Return the values of each column, and start again without rows."""
        values, self._values = self._values, [[] for _ in self._columns]
        self.count = self.size = 0
        return values


@cache
def _getters(kind: Any, columns: tuple[Column, ...]) -> list[Getter]:
    """Return a function for each column, which reads its value from an entry of a class."""
    names = {} if kind is UndecodedEntry else fields(kind)
    known = frozenset[str]() if kind is UndecodedEntry else json_names(kind)

    def extra(_: Any, members: Members) -> list[tuple[str, str]]:
        return [(name, _text(each)) for name, each in members.items() if name not in known]

    def getter(column: Column) -> Getter:
        if column.kind is Kind.EXTRA:
            return extra
        if column.name not in names:
            return _nothing
        if column.kind is Kind.JSON:
            return _json_getter(names[column.name])
        return _field_getter(column.name)

    return [getter(each) for each in columns]


def _nothing(_: Any, __: Members) -> None:
    """Return None: the class has no such field."""


def _field_getter(name: str) -> Getter:
    get = attrgetter(name)

    def read(entry: Any, _: Members) -> Any:
        value = get(entry)
        return None if value is MISSING else value

    return read


def _json_getter(name: str) -> Getter:
    def read(_: Any, members: Members) -> str | None:
        text = _text(members[name]) if name in members else "null"
        return None if text == "null" else text

    return read


def _text(raw: msgspec.Raw) -> str:
    return bytes(raw).decode()
