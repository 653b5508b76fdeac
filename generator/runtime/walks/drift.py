"""Schema drift: unknown fields and unknown enumeration values in entries.

Entries that may have unknown fields are decoded together, by a decoder that checks the names and
leaves the values undecoded. If it fails on an unknown name, the entries are examined one by one.
The name is then added to the decoder, which counts it from then on.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from ..models.model import fields, received_json
from ..paging.page_data import UndecodedEntry

if TYPE_CHECKING:
    from ..paging.pagination import Pagination
    from .steps import Batch

_UNSUITABLE = re.compile(r'[\\"\x00-\x1f]')  # characters that a msgspec field name cannot have
_OPEN = re.compile(r"Open\[(\w+)\]")
_ABSENT = msgspec.Raw()
_MAX_NAMES = 100  # unknown names; an object with more of them is a mapping


class Drift:
    """Collects unknown fields and enumeration values.

    Args:
        pagination: The pagination of the operation, with the class of the entries.

    Attributes:
        fields: The number of occurrences of each unknown field, by JSON name.
        values: The unknown values of each enumeration, by the JSON name of the field.
    """

    def __init__(self, pagination: Pagination[Any]) -> None:
        self.fields = Counter[str]()
        self.values: dict[str, frozenset[str]] = {}
        self._kind: Any = pagination.item
        self._expected = [re.compile(pattern) for pattern in pagination.expected]
        self._met: list[str] = []  # unknown names that the decoder counts
        self._checker: msgspec.json.Decoder[Any] | None = None

    def note_batch(self, batch: Batch) -> None:
        """Collect the unknown fields and enumeration values in the entries of a batch."""
        entries = batch.entries
        if batch.has_undecodable:
            entries = [each for each in entries if not isinstance(each, UndecodedEntry)]
        if not entries:
            return
        kinds: set[Any] = set(map(type, entries))
        for kind in kinds:
            same = entries if len(kinds) == 1 else [each for each in entries if type(each) is kind]
            self._note_values(kind, same)
        if batch.is_plain:
            return
        checker = self._checker = self._checker or self._make_checker()
        try:
            checked = checker.decode(b"[%b]" % b",".join(map(received_json, entries)))
        except (msgspec.ValidationError, RecursionError):
            self._note_names(entries)
        else:
            for n, name in enumerate(self._met):
                if self._is_unknown(name):
                    found = map(attrgetter(f"met_{n}"), checked)
                    self.fields[name] += sum(each is not _ABSENT for each in found)

    def _note_values(self, kind: Any, entries: list[Any]) -> None:
        """Collect the unknown enumeration values of entries of one class."""
        for name, (wire_name, values) in _enumerations(kind).items():
            new = set(map(attrgetter(name), entries)) - values - {None}
            if new:
                self.values[wire_name] = self.values.get(wire_name, frozenset()) | new

    def _note_names(self, entries: list[Any]) -> None:
        """Count the unknown fields of entries one by one, and add their names to the decoder."""
        for entry in entries:
            for name in entry.extra:
                if self._is_unknown(name):
                    self.fields[name] += 1
                is_suitable = not _UNSUITABLE.search(name) and len(self._met) < _MAX_NAMES
                if is_suitable and name not in self._met:
                    self._met.append(name)
                    self._checker = None

    def _is_unknown(self, name: str) -> bool:
        return not any(pattern.search(name) for pattern in self._expected)

    def _make_checker(self) -> msgspec.json.Decoder[Any]:
        """Build a decoder of entries that fails at the first unknown name."""
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
    """Return the enumeration fields: Python name, JSON name, and the known values."""
    module = sys.modules[kind.__module__]
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for field in msgspec.structs.fields(kind):
        match = _OPEN.search(str(kind.__annotations__.get(field.name, "")))
        if match:
            found[field.name] = field.encode_name, frozenset(get_args(getattr(module, match[1])))
    return found
