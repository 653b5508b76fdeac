"""Unions that msgspec cannot decode: several object types, or several string formats.

msgspec decodes one type for each kind of JSON value. If a document allows several, this module
chooses the type: by the discriminator, otherwise by the best match.
"""

from __future__ import annotations

import datetime as dt
import typing
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

import msgspec

from ..core.guards import is_mapping
from .model import Model, OpenModel, json_names, set_received
from .reading import read_variant
from .utc import in_utc

_T = TypeVar("_T")


class Tag(msgspec.Struct, frozen=True):
    """The discriminator values of one object type in a union.

    Attributes:
        member: The JSON name of the discriminator property.
        values: The values of the property that select this type.
        is_default: Whether any other value, or none, selects this type as well.
        is_shared: Whether an object with one of the values can be of another type as well.
    """

    member: str
    values: tuple[Any, ...]
    is_default: bool = False
    is_shared: bool = False


class Unrecognized(Model, frozen=True, kw_only=True):
    """An object of a type that the document does not define; see `raw`, `extra` and `to_dict()`.

    It appears where the document allows several object types and the service sent another one.
    """


class _AnyInstance(type):
    """Metaclass for which every object is an instance, so that msgspec accepts decoded options."""

    def __instancecheck__(cls, _: object) -> bool:
        """Accept every decoded value."""
        return True


class _Union(metaclass=_AnyInstance):
    """A custom type of msgspec, which its decoding hook reads."""

    options: tuple[Any, ...] = ()
    is_open = False

    def __class_getitem__(cls, union: Any) -> Any:
        """Return the type for a union."""
        base: Any = cls
        return _union(base, typing.get_args(union) or (union,))

    @classmethod
    def read(cls, value: Any) -> Any:
        """Convert a JSON value to the option that matches it best.

        Raises:
            ValueError: If no option matches.
        """
        tagged = [option for option in cls.options if _has_matching_tag(option, value)]
        if not tagged and is_mapping(value):
            tagged = [option for option in cls.options if _is_default(option)]
        if len(tagged) == 1 and not _is_shared(tagged[0]):
            return _convert(tagged[0], value)
        matches: list[Any] = []
        reasons: list[str] = []
        others = [each for each in cls.options if each not in tagged and not _has_tag(each, value)]
        for option in (*tagged, *others):  # Of equal matches the first wins.
            try:
                matches.append(_convert(option, value))
            except ValueError as error:
                reasons.append(str(error))
        if matches:
            return max(matches, key=lambda each: _match_score(each, value))
        if cls.is_open and is_mapping(value):
            return make_unrecognized(value)
        message = "; ".join(dict.fromkeys(reasons)) or "unknown discriminator value"
        raise ValueError(f"value matches none of the allowed schemas ({message})")


if TYPE_CHECKING:
    Either: TypeAlias = _T
    """One of several types that share a kind of JSON value."""
    Variant: TypeAlias = _T | Unrecognized
    """One of several object types, or one that the document does not define."""
else:

    class Either(_Union):
        """One of several types; a value that matches none is rejected."""

    class Variant(_Union):
        """One of several object types; an object that matches none is `Unrecognized`."""

        is_open = True


@cache
def _union(base: Any, options: tuple[Any, ...]) -> Any:
    return _AnyInstance(base.__name__, (base,), {"options": options})


def make_unrecognized(value: Any) -> Unrecognized:
    """Return an `Unrecognized` for a JSON object."""
    found = Unrecognized()
    set_received(found, msgspec.json.encode(value))
    return found


def _tag(option: Any) -> Tag | None:
    if typing.get_origin(option) is not Annotated:
        return None
    return next((each for each in option.__metadata__ if isinstance(each, Tag)), None)


def _has_matching_tag(option: Any, value: Any) -> bool:
    """Whether a value has the discriminator property with one of the option's values."""
    tag = _tag(option)
    return tag is not None and is_mapping(value) and value.get(tag.member) in tag.values


def _is_default(option: Any) -> bool:
    """Whether an option is that of objects that no tag selects."""
    tag = _tag(option)
    return tag is not None and tag.is_default


def _is_shared(option: Any) -> bool:
    """Whether an object that an option's tag selects can be of another type as well."""
    tag = _tag(option)
    return tag is not None and tag.is_shared


def _has_tag(option: Any, value: Any) -> bool:
    """Whether a value has the option's discriminator property, with any value but null."""
    tag = _tag(option)
    return tag is not None and is_mapping(value) and value.get(tag.member) is not None


def _convert(option: Any, value: Any) -> Any:
    """Convert a value to a type.

    Raises:
        ValueError: If it does not match. (A `ValidationError` would lose its location.)
    """
    try:
        return in_utc(msgspec.convert(value, option, dec_hook=read_variant))
    except msgspec.ValidationError as error:
        reason = str(error).replace(" - at", " at")
    raise ValueError(reason)


def _match_score(match: Any, value: Any) -> int:
    """Return how well a type matches: the known fields of a model; a date or timestamp over str.

    An object of unknown fields alone is of a type that describes further ones.
    """
    if isinstance(match, Unrecognized):
        return -1
    if isinstance(match, Model) and is_mapping(value):
        known = 2 * len(json_names(type(match)) & set(value))
        return known or int(bool(value) and isinstance(match, OpenModel))
    return int(isinstance(match, dt.date | dict))
