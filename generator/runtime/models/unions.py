"""Values of which JSON alone does not tell the type: one of several objects, a moment or a date.

The decoder knows one type for each kind of JSON value. Where a document allows more, it hands the
value over, and the type is found here: by the member that marks it, else by what fits best.
"""

from __future__ import annotations

import datetime as dt
import typing
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar

import msgspec

from ..core.guards import is_mapping
from .model import Model, read_variant, wire_names
from .utc import in_utc

_T = TypeVar("_T")


class Tag(msgspec.Struct, frozen=True):
    """What marks one of several objects.

    Attributes:
        member: The name on the wire of the member that says which object it is.
        values: What the member says of this one.
    """

    member: str
    values: tuple[Any, ...]


class Unrecognised(Model, frozen=True, kw_only=True):
    """An object that is none of those that the document knows; see `raw`, `extra` and `to_dict()`.

    It stands where the document allows several kinds of objects, and the service sent another.
    """


class _AnyInstance(type):
    """The class of types whose values are of other types; the decoder asks."""

    def __instancecheck__(cls, _: object) -> bool:
        """Accept what was read."""
        return True


class _Choice(metaclass=_AnyInstance):
    """A type that the decoder does not know, and asks to be read."""

    options: tuple[Any, ...] = ()
    is_open = False

    def __class_getitem__(cls, union: Any) -> Any:
        """Make the type for a union."""
        base: Any = cls
        return _choice(base, typing.get_args(union) or (union,))

    @classmethod
    def read(cls, value: Any) -> Any:
        """Give a JSON value as the type that fits it.

        Raises:
            ValueError: If none does.
        """
        marked = [option for option in cls.options if _is_marked(option, value)]
        if len(marked) == 1:
            return _converted(marked[0], value)
        fits: list[Any] = []
        reasons: list[str] = []
        for option in cls.options:
            if not _is_marked_otherwise(option, value):
                try:
                    fits.append(_converted(option, value))
                except ValueError as error:
                    reasons.append(str(error))
        if fits:
            return max(fits, key=lambda each: _likeness(each, value))
        if cls.is_open and is_mapping(value):
            return unrecognised(value)
        message = "; ".join(dict.fromkeys(reasons)) or "its mark is none of those that are known"
        raise ValueError(f"nothing that the document allows fits ({message})")


if TYPE_CHECKING:
    Either: TypeAlias = _T
    """One of several types of which JSON does not tell the difference."""
    Variant: TypeAlias = _T | Unrecognised
    """One of several objects, or one that the document does not know."""
else:

    class Either(_Choice):
        """One of several types; what fits none is refused."""

    class Variant(_Choice):
        """One of several objects; one that fits none is `Unrecognised`."""

        is_open = True


@cache
def _choice(base: Any, options: tuple[Any, ...]) -> Any:
    return _AnyInstance(base.__name__, (base,), {"options": options})


def unrecognised(value: Any) -> Unrecognised:
    """Give an object that is none of those that are known."""
    found = Unrecognised()
    msgspec.structs.force_setattr(found, "_raw", msgspec.json.encode(value))
    return found


def _tag(option: Any) -> Tag | None:
    if typing.get_origin(option) is not Annotated:
        return None
    return next((each for each in option.__metadata__ if isinstance(each, Tag)), None)


def _is_marked(option: Any, value: Any) -> bool:
    tag = _tag(option)
    return tag is not None and is_mapping(value) and value.get(tag.member) in tag.values


def _is_marked_otherwise(option: Any, value: Any) -> bool:
    """Whether the member that marks this type says that it is another."""
    tag = _tag(option)
    return tag is not None and is_mapping(value) and value.get(tag.member) is not None


def _converted(option: Any, value: Any) -> Any:
    """Read a value as a type.

    Raises:
        ValueError: If it does not fit. (A `ValidationError` would lose the place of the value.)
    """
    try:
        return in_utc(msgspec.convert(value, option, dec_hook=read_variant))
    except msgspec.ValidationError as error:
        reason = str(error).replace(" - at", " at")
    raise ValueError(reason)


def _likeness(found: Any, value: Any) -> int:
    """Tell how well a type fits: a model by the members that it knows, a moment before a text."""
    if isinstance(found, Unrecognised):
        return -1
    if isinstance(found, Model) and is_mapping(value):
        return len(wire_names(type(found)) & set(value))
    return int(isinstance(found, dt.date))
