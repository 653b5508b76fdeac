"""What entries hold that the document does not know: new fields, new values of enumerations."""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import Any, get_args

import msgspec

from .model import Model, read_variant
from .page_reading import UndecodedEntry

_UNSUITABLE = re.compile(r'[\\"\x00-\x1f]')  # in a name that msgspec is to know
_OPEN = re.compile(r"Open\[(\w+)\]")


class Drift:
    """Collects what is new.

    Args:
        kind: The model of an entry.
        expected: Patterns of names that are expected besides the model's fields.

    Attributes:
        fields: How often each unknown field was seen, by its name on the wire.
        values: The unknown values of each enumeration, by the field's name on the wire.
    """

    def __init__(self, kind: type[Any], expected: tuple[str, ...]) -> None:
        self.fields: dict[str, int] = {}
        self.values: dict[str, frozenset[str]] = {}
        self._kind: Any = kind
        self._expected = [re.compile(pattern) for pattern in expected]
        self._tolerated: set[str] = set()
        self._checker = self._make_checker()

    def look(self, entries: list[Any]) -> None:
        """Look at some entries."""
        known = [each for each in entries if not isinstance(each, UndecodedEntry)]
        for name, (wire_name, values) in _enumerations(self._kind).items():
            new = {getattr(each, name) for each in known} - values
            if new - {None}:
                found = self.values.get(wire_name, frozenset())
                self.values[wire_name] = found | (new - {None})
        while known:
            try:
                self._checker.decode(b"[%b]" % b",".join(each.raw for each in known))
            except msgspec.ValidationError:
                if not self._note_fields(known):
                    return
            else:
                return

    def _note_fields(self, entries: list[Model]) -> bool:
        """Count the unknown fields of entries; tell whether there are new names to tolerate."""
        before = len(self._tolerated)
        for entry in entries:
            for name in entry.extra:
                self._tolerated.add(name)
                if not any(pattern.search(name) for pattern in self._expected):
                    self.fields[name] = self.fields.get(name, 0) + 1
        self._checker = self._make_checker()
        return len(self._tolerated) > before and not self.fields

    def _make_checker(self) -> msgspec.json.Decoder[Any]:
        """Make a decoder that fails at the first field that is neither known nor expected."""
        names = sorted(name for name in self._tolerated if name not in self.fields)
        members: list[Any] = [
            (f"expected_{n}", msgspec.Raw, msgspec.field(default=msgspec.Raw(), name=name))
            for n, name in enumerate(names)
            if not _UNSUITABLE.search(name)
        ]
        checker: Any = msgspec.defstruct(
            "Checker", members, bases=(self._kind,), kw_only=True, forbid_unknown_fields=True
        )
        kind: Any = list
        return msgspec.json.Decoder(kind[checker], dec_hook=read_variant)


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
