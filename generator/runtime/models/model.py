"""Base class of all models.

A model that was read from JSON keeps the bytes. Its fields are a typed view of them; `to_dict()`
and `to_json()` return the received data, including unknown fields and nulls, with the changes that
a program has made since. These are found on demand, by reading the bytes again, so that they cost
nothing before. For a model that a program constructed, they return its fields.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import typing
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import import_module
from operator import attrgetter, methodcaller
from types import CellType
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeAlias, TypeVar

import msgspec
from msgspec.structs import asdict
from msgspec.structs import force_setattr as set_attribute

from ..core.errors import ResponseDecodeError
from ..core.guards import is_mapping, is_sequence
from .reading import BYTE_ORDER_MARK, HIDDEN, reader, response_decode_error

_T = TypeVar("_T")

Timestamp: TypeAlias = Annotated[dt.datetime, msgspec.Meta(tz=True)]
"""A timestamp with a time zone; one without a time zone is rejected."""

_SENSITIVE = "sensitive"
Sensitive: TypeAlias = Annotated[_T, _SENSITIVE]
"""A value that `repr` omits, because it may contain secrets."""

MISSING: Any = msgspec.UNSET
"""The value of an omitted field."""

_RAW_MEMBERS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_RAW_ITEMS = msgspec.json.Decoder(list[msgspec.Raw])
# That of msgspec would turn infinite numbers into null, and bytes into text.
_STRICT = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
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


_MODELS = f"{__name__.partition('._runtime.')[0]}.models"


def _restore(name: str, *state: object) -> Model:
    """Return a pickled model of a package that divides its models: they may change modules."""
    restored: Model = methodcaller("_restore", *state)(getattr(import_module(_MODELS), name))
    return restored


class _Rewritten(bytes):
    """The JSON of a model that was changed before it was pickled or copied."""


class _Hidden(str):
    """The name of a field whose value is not shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return how to see the value."""
        return f"<hidden, see .{self}>"


# JSON has no cycles, so the garbage collector need not track models; there may be millions.
class Model(msgspec.Struct, frozen=True, kw_only=True, eq=False, gc=False):
    """A JSON object with known fields.

    Models are frozen and compare by their JSON data (`to_dict()`). Pickling and copying keep their
    raw bytes and unknown fields.
    """

    # A cell: no encoder accepts it, and nothing prints its content.
    _raw: Any = msgspec.field(default=MISSING, name=f"raw {_HIDDEN}")
    _spare: Any = msgspec.field(default=MISSING, name=f"spare {_HIDDEN}")  # See `entry_decoding`.

    @classmethod
    def from_json(cls, content: bytes | str) -> Self:
        """Read a model from JSON, as from a response: no field is lost, and unknown ones are kept.

        Raises:
            ResponseDecodeError: If the JSON does not match the model.
        """
        data = content.encode(errors="surrogatepass") if isinstance(content, str) else content
        encoded = bytes(memoryview(data)).removeprefix(BYTE_ORDER_MARK)
        model: Self = reader(cls).read(encoded)
        set_received(model, encoded)
        return model

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a model from JSON data, such as that of `to_dict()`; unknown fields are kept.

        Raises:
            ResponseDecodeError: If the data does not match the model, or is not JSON.
            TypeError: If it has a value of a type that JSON does not have.
        """
        try:
            return cls.from_json(_STRICT.encode(to_wire(data)))
        except (ValueError, RecursionError) as error:
            raise ResponseDecodeError(f"the data is not JSON: {error}") from None

    @property
    def raw(self) -> bytes:
        """The JSON as it was received; empty if the model was not received, or changed since."""
        content = self._content() if self._raw else b""
        return content if type(content) is bytes else b""

    @property
    def extra(self) -> dict[str, Any]:
        """The received fields that the document does not define."""
        members = _members(received_json(self)) if self._raw else {}
        return {name: each for name, each in members.items() if name not in json_names(type(self))}

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON data: a dict with JSON names and JSON values."""
        if self._raw:
            return _members(self._content())
        data: dict[str, Any] = msgspec.to_builtins(to_wire(self))
        return data

    def to_json(self) -> str:
        """Return the model as JSON; a received model returns its JSON, with any changes."""
        return self._content().decode()

    def _content(self) -> bytes:
        """Return the JSON: the very bytes that were read if nothing was changed since."""
        if not self._raw:
            return msgspec.json.encode(self.to_dict())
        content: bytes = received_json(self)
        try:
            original: Self = reader(type(self)).read(content)
            set_attribute(original, "_raw", self._raw)
            if _is_same(original, self):
                return content
            members = _merged_members(content, _sent_fields(original), _sent_fields(self))
            return _Rewritten(msgspec.json.encode(members))
        except RecursionError as error:
            raise response_decode_error(error, content) from None

    def __reduce__(self) -> tuple[Any, ...]:
        """Return the arguments to rebuild the model, without replaced values."""
        content = self._content() if self._raw else b""
        is_changed, kind = isinstance(content, _Rewritten), type(self)
        state = bytes(content), is_changed, asdict(self) | {"_raw": MISSING}
        if kind.__module__.startswith(f"{_MODELS}."):
            return _restore, (kind.__name__, *state)
        return self._restore, state

    @classmethod
    def _restore(cls, content: bytes, is_changed: object, values: dict[str, Any]) -> Self:
        """Return a model that was pickled or copied."""
        model = cls(**values)
        if content:
            set_received(model, _Rewritten(content) if is_changed else content)
        return model

    def __eq__(self, other: object) -> bool:
        """Compare the JSON data of two models."""
        if type(self) is not type(other) or not isinstance(other, Model):
            return NotImplemented
        return self is other or self.to_dict() == other.to_dict()

    __ne__ = object.__ne__  # The one of msgspec does not call `__eq__`.

    def __hash__(self) -> int:
        """Hash the scalar fields, which are equal in models with equal JSON data."""
        values = (getattr(self, name) for name in fields(type(self)))
        return hash((type(self), *(v for v in values if isinstance(v, str | int | dt.datetime))))

    def __repr__(self) -> str:
        """Return the fields that are not None, without sensitive values."""
        shown = ", ".join(f"{name}={value!r}" for name, value in self.__rich_repr__())
        return f"{type(self).__name__}({shown})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Return the fields that are not None; of a sensitive value, how to see it."""
        hidden = sensitive_fields(type(self))
        values = ((name, getattr(self, name)) for name in fields(type(self)))
        return [(n, _Hidden(n) if n in hidden else v) for n, v in values if v is not None]


class OpenModel(Model, frozen=True, kw_only=True):
    """A JSON object whose further members the document describes."""


_cell = attrgetter("_raw")
received_json = attrgetter("_raw.cell_contents")
"""Return the JSON that a model was read from, without looking for changes."""


def set_received(model: Model, content: bytes) -> None:
    """Keep the JSON that a model was read from."""
    set_attribute(model, "_raw", CellType(content))


def _sent_fields(model: Model) -> dict[str, Any]:
    """Return the fields that are sent, by their JSON names."""
    values, optional = asdict(model), reader(type(model)).optional
    return {
        wire_name: values[name]
        for name, wire_name in fields(type(model)).items()
        if values[name] is not MISSING and (values[name] is not None or name not in optional)
    }


def _is_same(one: Any, other: Any) -> bool:
    """Whether two values have the same JSON, including that which models were read from."""
    try:
        return _fingerprint(one) == _fingerprint(other)
    except (TypeError, ValueError, OverflowError):  # A program has set a value that is not JSON.
        return False


def _to_raw(value: Any) -> msgspec.Raw:
    """Return the JSON that a model was read from, for `_fingerprint`."""
    if isinstance(value, CellType):
        return msgspec.Raw(value.cell_contents)
    raise TypeError(f"{type(value).__name__} is not a type of JSON values")


_fingerprint = msgspec.json.Encoder(enc_hook=_to_raw).encode


def _merged_members(
    content: bytes, old: Mapping[str, Any], new: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the members of an object, with only the changed ones replaced."""
    members: dict[str, Any] = _RAW_MEMBERS.decode(content)
    for name in old.keys() - new.keys():
        members.pop(name, None)
    for name, value in new.items():
        if name in members:
            members[name] = _merge(members[name], old.get(name), value)
        elif name not in old or not _is_same(old[name], value):
            members[name] = to_wire(value)
    return members


def _merge(content: Any, old: Any, new: Any) -> Any:
    """Return a value to encode: the JSON of the old value, in which only changes are replaced."""
    if type(old) is not type(new) or (isinstance(new, Model) and _cell(new)):
        return to_wire(new)
    if _is_same(old, new):
        return content
    if isinstance(new, Model):
        return _merged_members(content, _sent_fields(old), _sent_fields(new))
    if is_mapping(new):
        return _merged_members(content, old, new)
    return _merged_items(_RAW_ITEMS.decode(content), old, new) if is_sequence(new) else to_wire(new)


def _merged_items(contents: list[Any], old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    """Return the items of an array, with only the changed ones replaced."""
    before, now = list(map(_fingerprint, old)), list(map(_fingerprint, new))
    counts, left, kept = Counter(before), Counter(now), {*before} & {*now}
    if len(old) == len(new):
        pairs = zip(before, now, strict=True)
        if all(one == other or kept.isdisjoint((one, other)) for one, other in pairs):
            return list(map(_merge, contents, old, new))
    known: dict[bytes, list[Any]] = {}
    for key, each in zip(before, contents, strict=True):
        if counts[key] == left[key]:  # Otherwise it is unknown which one is left.
            known.setdefault(key, []).append(each)
    items = zip(now, new, strict=True)
    return [known[key].pop(0) if key in known else to_wire(each) for key, each in items]


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
    except RecursionError as error:
        raise response_decode_error(error, raw) from None
    return members


def _read_int(digits: str) -> int | Decimal:
    """Return an integer; a `Decimal` beyond the number of digits that Python converts."""
    try:
        return int(digits)
    except ValueError:
        return Decimal(digits)


def to_wire(value: Any) -> Any:
    """Convert a value, including the models inside it, to JSON data and, of files, bytes."""
    if isinstance(value, Model):
        if _cell(value):
            return value.to_dict()
        return {name: to_wire(each) for name, each in _sent_fields(value).items()}
    if is_mapping(value):
        return {key: to_wire(each) for key, each in value.items()}
    if is_sequence(value):
        return [to_wire(item) for item in value]
    return msgspec.to_builtins(value, builtin_types=(bytes, bytearray, memoryview, Decimal))


@cache
def fields(kind: type[Model]) -> Mapping[str, str]:
    """Return the JSON names of a model's fields by their Python names."""
    names = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    return {name: wire_name for name, wire_name in names if name not in HIDDEN}


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
