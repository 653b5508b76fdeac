"""Base class of all models.

A model that was decoded from a response keeps the received bytes. Its fields are a typed view of
them; `to_dict()` and `to_json()` return what was received, including unknown fields and nulls. For
a model that a program constructed, they return the fields that it was constructed with.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import typing
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

import msgspec

from ..core.errors import ResponseDecodeError
from ..core.guards import is_sequence

_T = TypeVar("_T")

Timestamp: TypeAlias = Annotated[dt.datetime, msgspec.Meta(tz=True)]
"""A timestamp with a time zone; one without a time zone is rejected."""

_BYTES = (bytes, bytearray, memoryview)  # JSON has none; schemas reject them.
_SENSITIVE = "sensitive"
Sensitive: TypeAlias = Annotated[_T, _SENSITIVE]
"""A value that `repr` omits, because it may contain secrets."""

_HIDDEN = os.urandom(16).hex()  # No server can send a member with a name that it cannot know.

if TYPE_CHECKING:
    Open: TypeAlias = _T | str
    """One of the values in the document's enum, or any other string."""
else:

    class Open:
        """Decodes as any string: a new enum value must not make the response invalid."""

        def __class_getitem__(cls, _: Any) -> type:
            """Return `str`, whatever the known values are."""
            return str


# JSON has no cycles, so the garbage collector need not track models; there may be millions.
class Model(msgspec.Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """A JSON object with known fields.

    Models are frozen and compare by their JSON data (`to_dict()`). Pickling and copying keep their
    raw bytes and unknown fields.
    """

    _raw: bytes = msgspec.field(default=b"", name=f"raw {_HIDDEN}")
    _spare: bytes = msgspec.field(default=b"", name=f"spare {_HIDDEN}")  # See `entry_decoding`.

    @property
    def raw(self) -> bytes:
        """The JSON as it was received; empty if the model was not received."""
        return self._raw

    @property
    def extra(self) -> dict[str, Any]:
        """The received fields that the document does not define."""
        if not self._raw:
            return {}
        known = json_names(type(self))
        return {name: value for name, value in _members(self._raw).items() if name not in known}

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON data: a dict with JSON names and JSON values."""
        if self._raw:
            return _members(self._raw)
        names = fields(type(self)).items()
        values = ((wire_name, getattr(self, name)) for name, wire_name in names)
        return {name: to_wire(value) for name, value in values if value is not None}

    def to_json(self) -> str:
        """Return the model as JSON; a received model returns its JSON unchanged."""
        if self._raw:
            return self._raw.decode()
        return msgspec.json.encode(self.to_dict()).decode()

    def __eq__(self, other: object) -> bool:
        """Compare the JSON data of two models."""
        if type(self) is not type(other) or not isinstance(other, Model):
            return NotImplemented
        if self._raw and self._raw == other._raw:
            return True
        return self.to_dict() == other.to_dict()

    __ne__ = object.__ne__  # The one of msgspec does not call `__eq__`.

    def __hash__(self) -> int:
        """Hash the scalar fields, which are equal in models with equal JSON data."""
        values = (getattr(self, name) for name in fields(type(self)))
        return hash((type(self), *(v for v in values if isinstance(v, str | int | dt.datetime))))

    def __repr__(self) -> str:
        """Return the fields that are not None, without sensitive values."""
        shown = ", ".join(
            f"{name}={'...' if value is ... else repr(value)}"
            for name, value in self.__rich_repr__()
        )
        return f"{type(self).__name__}({shown})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Return the fields that are not None; a sensitive value becomes an ellipsis."""
        hidden = sensitive_fields(type(self))
        values = ((name, getattr(self, name)) for name in fields(type(self)))
        return [
            (name, ... if name in hidden else value) for name, value in values if value is not None
        ]


class OpenModel(Model, frozen=True, kw_only=True):
    """A JSON object whose further members the document describes."""


def read_variant(kind: Any, value: Any) -> Any:
    """Decode a value of a type that msgspec does not know: one of those in `unions`."""
    return kind.read(value)


def _members(raw: bytes) -> dict[str, Any]:
    """Decode an object without a model.

    Raises:
        ResponseDecodeError: If it is nested too deeply for the remaining stack.
    """
    members: dict[str, Any]
    try:
        try:
            members = msgspec.json.decode(raw)
        except msgspec.ValidationError:  # `json` reads a number beyond float's range as infinity.
            members = json.loads(raw, parse_int=_read_int)
    except RecursionError:
        raise ResponseDecodeError("the JSON is nested too deeply", content=raw) from None
    return members


def _read_int(digits: str) -> int | Decimal:
    """Return an integer; a `Decimal` beyond the number of digits that Python converts."""
    try:
        return int(digits)
    except ValueError:
        return Decimal(digits)


def to_wire(value: Any) -> Any:
    """Convert a value, including the models inside it, to JSON data."""
    if isinstance(value, Model):
        return value.to_dict()
    if is_sequence(value):
        return [to_wire(item) for item in value]
    return msgspec.to_builtins(value, enc_hook=Model.to_dict, builtin_types=_BYTES)


@cache
def fields(kind: type[Model]) -> Mapping[str, str]:
    """Return the JSON names of a model's fields by their Python names."""
    names = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    return {name: wire_name for name, wire_name in names if name not in Model.__struct_fields__}


@cache
def json_names(kind: type[Model]) -> frozenset[str]:
    """Return the JSON names of a model's fields."""
    return frozenset(fields(kind).values())


@cache
def sensitive_fields(kind: type[Model]) -> frozenset[str]:
    """Return the fields whose values `repr` omits."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return frozenset(name for name, hint in hints.items() if _is_sensitive(hint))


def _is_sensitive(hint: Any) -> bool:
    parts = (hint, *typing.get_args(hint))
    return any(_SENSITIVE in getattr(part, "__metadata__", ()) for part in parts)
