# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""What entries hold that the document does not know: new fields, new values of enumerations.

Entries that are not known to be plain are looked at in one go, by a decoder that knows the names
and leaves the values alone. Names that it meets for the first time are added to those that it
knows, and counted from then on.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from ..models.model import fields
from ..paging.page_data import UndecodedEntry

if TYPE_CHECKING:
    from ..paging.pagination import Pagination
    from .steps import Batch

_UNSUITABLE = re.compile(r'[\\"\x00-\x1f]')  # in a name that msgspec is to know
_OPEN = re.compile(r"Open\[(\w+)\]")
_ABSENT = msgspec.Raw()
_MOST = 100  # unknown names; where there are more, they are no names but values


class Drift:
    """Collects what is new.

    Args:
        pagination: Says what an entry is, and where entries are in an answer.

    Attributes:
        fields: How often each unknown field was seen, by its name on the wire.
        values: The unknown values of each enumeration, by the field's name on the wire.
    """

    def __init__(self, pagination: Pagination[Any]) -> None:
        self.fields: dict[str, int] = {}
        self.values: dict[str, frozenset[str]] = {}
        self._kind: Any = pagination.item
        self._expected = [re.compile(pattern) for pattern in pagination.expected]
        self._met: list[str] = []  # the names besides the document's
        self._checker: msgspec.json.Decoder[Any] | None = None

    def look(self, batch: Batch) -> None:
        """Look at some entries."""
        entries = batch.entries
        if batch.has_odd:
            entries = [each for each in entries if not isinstance(each, UndecodedEntry)]
        if not entries:
            return
        for name, (wire_name, values) in _enumerations(self._kind).items():
            new = set(map(attrgetter(name), entries)) - values - {None}
            if new:
                self.values[wire_name] = self.values.get(wire_name, frozenset()) | new
        if batch.is_plain:
            return
        checker = self._checker = self._checker or self._make_checker()
        try:
            checked = checker.decode(b"[%b]" % b",".join(map(attrgetter("raw"), entries)))
        except (msgspec.ValidationError, RecursionError):
            self._note_names(entries)
        else:
            for n, name in enumerate(self._met):
                if self._is_unknown(name):
                    found = map(attrgetter(f"met_{n}"), checked)
                    self._count(name, sum(each is not _ABSENT for each in found))

    def _note_names(self, entries: list[Any]) -> None:
        """Count the unknown fields of entries, one by one, and learn their names."""
        for entry in entries:
            for name in entry.extra:
                if self._is_unknown(name):
                    self._count(name, 1)
                is_suitable = not _UNSUITABLE.search(name) and len(self._met) < _MOST
                if is_suitable and name not in self._met:
                    self._met.append(name)
                    self._checker = None

    def _is_unknown(self, name: str) -> bool:
        return not any(pattern.search(name) for pattern in self._expected)

    def _count(self, name: str, times: int) -> None:
        if times:
            self.fields[name] = self.fields.get(name, 0) + times

    def _make_checker(self) -> msgspec.json.Decoder[Any]:
        """Make a decoder of entries that fails at the first name it does not know."""
        known = [(f"known_{n}", each) for n, each in enumerate(fields(self._kind).values())]
        met = [(f"met_{n}", name) for n, name in enumerate(self._met)]
        members: list[Any] = [
            (field, msgspec.Raw, msgspec.field(default=_ABSENT, name=name))
            for field, name in (*known, *met)
        ]
        kind: Any = list
        checker = msgspec.defstruct("Checker", members, forbid_unknown_fields=True, gc=False)
        return msgspec.json.Decoder(kind[checker])


@cache
def _enumerations(kind: Any) -> dict[str, tuple[str, frozenset[str]]]:
    """Give the fields with known values: name, name on the wire, and the values."""
    module = sys.modules[kind.__module__]
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for field in msgspec.structs.fields(kind):
        match = _OPEN.search(str(kind.__annotations__.get(field.name, "")))
        if match:
            values = get_args(getattr(module, match.group(1)))
            found[field.name] = (field.encode_name, frozenset(values))
    return found
