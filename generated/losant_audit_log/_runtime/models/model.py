# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The base of all models: what was received is kept as it came.

A model that was read from an answer holds the answer's own bytes. Its fields are a typed view of
them; `to_dict()` and `to_json()` give what was received, unknown fields and nulls included. A model
that was made by a program gives the fields that it was made with.
"""

from __future__ import annotations

import datetime as dt
import json
import typing
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

import msgspec

from ..core.errors import ResponseDecodeError
from ..core.guards import is_sequence

_T = TypeVar("_T")

Timestamp: TypeAlias = Annotated[dt.datetime, msgspec.Meta(tz=True)]
"""A moment with its time zone; one without a zone is refused."""

_SENSITIVE = "sensitive"
Sensitive: TypeAlias = Annotated[_T, _SENSITIVE]
"""A value that is not shown in `repr`, because it may hold secrets of others."""

if TYPE_CHECKING:
    Open: TypeAlias = _T | str
    """One of the known values, or any other text."""
else:

    class Open:
        """Decodes as any text: a value that is not known yet must not lose the answer."""

        def __class_getitem__(cls, _: Any) -> type:
            """Forget the known values."""
            return str


# JSON has no cycles, so the collector need not look at what a program may hold by the million.
class Model(msgspec.Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """A JSON object with known fields.

    Models are frozen, compare by their wire form, and pickle and copy with all that they hold.
    """

    _raw: bytes = msgspec.field(default=b"", name="(raw)")
    _spare: bytes = msgspec.field(default=b"", name="(spare)")  # See `entry_decoding`.

    @property
    def raw(self) -> bytes:
        """The JSON text as it was received; empty if this was not received."""
        return self._raw

    @property
    def extra(self) -> dict[str, Any]:
        """The fields that were received and that the document does not know."""
        if not self._raw:
            return {}
        known = wire_names(type(self))
        return {name: value for name, value in _members(self._raw).items() if name not in known}

    def to_dict(self) -> dict[str, Any]:
        """Give the wire form: names as on the wire, values as JSON has them."""
        if self._raw:
            return _members(self._raw)
        names = fields(type(self)).items()
        values = ((wire_name, getattr(self, name)) for name, wire_name in names)
        return {name: to_wire(value) for name, value in values if value is not None}

    def to_json(self) -> str:
        """Give the wire form as a JSON text; one that was received is given as it came."""
        if self._raw:
            return self._raw.decode()
        return msgspec.json.encode(self.to_dict()).decode()

    def __eq__(self, other: object) -> bool:
        """Compare wire forms."""
        if type(self) is not type(other) or not isinstance(other, Model):
            return NotImplemented
        if self._raw and self._raw == other._raw:
            return True
        return self.to_dict() == other.to_dict()

    __ne__ = object.__ne__  # The library's own does not ask `__eq__`.

    def __hash__(self) -> int:
        """Hash the simple fields, in which equal wire forms agree."""
        values = (getattr(self, name) for name in fields(type(self)))
        return hash((type(self), *(v for v in values if isinstance(v, str | int | dt.datetime))))

    def __repr__(self) -> str:
        """Show the fields that are there, without their sensitive values."""
        shown = ", ".join(
            f"{name}={'...' if value is ... else repr(value)}"
            for name, value in self.__rich_repr__()
        )
        return f"{type(self).__name__}({shown})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Give the fields to show; a sensitive value is shown as an ellipsis."""
        hidden = sensitive_fields(type(self))
        values = ((name, getattr(self, name)) for name in fields(type(self)))
        return [
            (name, ... if name in hidden else value) for name, value in values if value is not None
        ]


def read_variant(kind: Any, value: Any) -> Any:
    """Read a value whose type the decoder does not know: one of `variants`."""
    return kind.read(value)


def _members(raw: bytes) -> dict[str, Any]:
    """Read an object without a model.

    Raises:
        ResponseDecodeError: If it is nested too deeply for the stack that is left.
    """
    members: dict[str, Any]
    try:
        try:
            members = msgspec.json.decode(raw)
        except msgspec.ValidationError:  # A number that no float holds: it reads as infinite.
            members = json.loads(raw)
    except RecursionError:
        raise ResponseDecodeError("the JSON is nested too deeply", content=raw) from None
    return members


def to_wire(value: Any) -> Any:
    """Give the wire form of a value, models inside it included."""
    if isinstance(value, Model):
        return value.to_dict()
    if is_sequence(value):
        return [to_wire(item) for item in value]
    return msgspec.to_builtins(value, enc_hook=Model.to_dict)


@cache
def fields(kind: type[Model]) -> Mapping[str, str]:
    """Give the names of a model's fields, and what they are called on the wire."""
    names = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    return {name: wire_name for name, wire_name in names if name not in Model.__struct_fields__}


@cache
def wire_names(kind: type[Model]) -> frozenset[str]:
    """Give the names on the wire of a model's fields."""
    return frozenset(fields(kind).values())


@cache
def sensitive_fields(kind: type[Model]) -> frozenset[str]:
    """Give the fields that `repr` does not show."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return frozenset(name for name, hint in hints.items() if _is_sensitive(hint))


def _is_sensitive(hint: Any) -> bool:
    parts = (hint, *typing.get_args(hint))
    return any(_SENSITIVE in getattr(part, "__metadata__", ()) for part in parts)
