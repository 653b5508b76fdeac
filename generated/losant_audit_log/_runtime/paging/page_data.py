# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Answers that are pages: their entries, each with its own bytes, and what they say."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from ..core.errors import ResponseDecodeError
from ..core.guards import is_mapping
from ..models.decoding import decode, explained
from ..models.utc import moment_fields
from .entry_decoding import read_entries, set_raw
from .envelope import OPTIONAL, envelope_type, steps_of, value_at

if TYPE_CHECKING:
    from .pagination import Pagination

T = TypeVar("T")


class UndecodedEntry(msgspec.Struct, frozen=True):
    """An entry that is not what the document promises.

    Attributes:
        raw: Its JSON text as it was received.
        error: What does not fit, and where.
    """

    raw: bytes
    error: ResponseDecodeError


class PageData(msgspec.Struct, Generic[T], frozen=True):
    """What an answer says.

    Attributes:
        items: The entries.
        total: The number of all entries, or None.
        page: The number of the page, or None.
        size: The size of the page, or None.
        cursor: The cursor of the next page, or None.
        more: Whether there is a next page, or None.
        ids: The ids of the entries; one without an id is known by what is in it.
        times: The times of the entries; one without a time takes that of its neighbour. None if
            no entry has one.
        timeless: Which of the entries have no time, or none that can be read.
        has_odd: Whether there are entries that do not fit the document.
        is_plain: Whether the entries hold no names but those that are known or expected.
    """

    items: list[T | UndecodedEntry]
    total: int | None = None
    page: int | None = None
    size: int | None = None
    cursor: str | int | None = None
    more: bool | None = None
    ids: list[str] = []
    times: list[dt.datetime] | None = None
    timeless: frozenset[int] = frozenset()
    has_odd: bool = False
    is_plain: bool = False


class Fetched(msgspec.Struct, Generic[T], frozen=True):
    """A page that was fetched.

    Attributes:
        data: What it says.
        date: The service's clock, in units of the window; None if it does not tell.
        elapsed: Seconds that the request took.
        link: The address of the next page, where the service gives links; else empty.
    """

    data: PageData[T]
    date: int | None
    elapsed: float
    link: str = ""


def read_page(pagination: Pagination[T], content: bytes) -> PageData[T]:
    """Read a page; an entry that does not fit is kept as an `UndecodedEntry`.

    Raises:
        ResponseDecodeError: If the page itself is not what the document promises.
    """
    try:
        envelope = _decoder(pagination).decode(content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise explained(error, content) from None
    raws: list[msgspec.Raw] = value_at(envelope, pagination.items)
    said = {
        name: value_at(envelope, pointer)
        for name, (pointer, _) in _remarks(pagination).items()
        if pointer
    }
    items, is_plain = _all_at_once(pagination, content, raws)
    if items:
        found: list[Any] = list(map(_getter(pagination, pagination.item_id), items))
        when: list[Any] = list(map(_getter(pagination, pagination.item_time), items))
        if not {*map(type, found), *map(type, when)} - {str, dt.datetime}:
            return PageData(items, **said, ids=found, times=when, is_plain=is_plain)
    items = items or _one_by_one(pagination, raws)
    return described(pagination, PageData(items, **said))


def described(pagination: Pagination[T], data: PageData[T]) -> PageData[T]:
    """Add to a page what its entries are, looking closely at each."""
    given = _given_times(pagination, data.items)
    return msgspec.structs.replace(
        data,
        ids=ids(pagination, data.items),
        times=times(pagination, data.items),
        timeless=frozenset(n for n, each in enumerate(given) if each is None),
        has_odd=any(isinstance(each, UndecodedEntry) for each in data.items),
    )


def _all_at_once(
    pagination: Pagination[T], content: bytes, raws: list[msgspec.Raw]
) -> tuple[list[T | UndecodedEntry], bool]:
    """Read all entries in one go; nothing if one of them needs a closer look.

    This is the usual case, and takes half the time that a call for each entry takes.

    Returns:
        The entries, and whether they hold no names but those that are known or expected.
    """
    items: list[Any]
    try:
        items, is_plain = read_entries(pagination, content)
        if not content.isascii():
            content.decode()  # As in `decode`.
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return [], False
    set_raw(items, raws)
    kind: Any = pagination.item
    zones = [attrgetter(f"{name}.tzinfo") for name in moment_fields(kind)]
    try:
        is_usual = all(set(map(zone, items)) == {dt.UTC} for zone in zones)
    except AttributeError:  # What may be a moment is something else, or is not there.
        is_usual = False
    return (items, is_plain) if is_usual else ([], False)


def _one_by_one(pagination: Pagination[T], raws: list[msgspec.Raw]) -> list[T | UndecodedEntry]:
    """Read entry after entry; one that does not fit is kept as it came."""
    items: list[T | UndecodedEntry] = []
    for index, raw in enumerate(raws):
        try:
            items.append(decode(bytes(raw), pagination.item))
        except ResponseDecodeError as error:
            place = f"{pagination.items}/{index}{error.pointer}"
            message = f"entry {index} does not fit: {error}"
            odd = ResponseDecodeError(message, pointer=place, content=error.content)
            items.append(UndecodedEntry(bytes(raw), odd))
    return items


def ids(pagination: Pagination[Any], items: list[Any]) -> list[str]:
    """Give the ids of entries; one without an id is known by what is in it."""
    get = _getter(pagination, pagination.item_id)
    found: list[Any] = [None if isinstance(item, UndecodedEntry) else get(item) for item in items]
    return [
        each if isinstance(each, str) else _substitute_id(item, pagination)
        for each, item in zip(found, items, strict=True)
    ]


def times(pagination: Pagination[Any], items: list[Any]) -> list[dt.datetime] | None:
    """Give the times of entries; one without a time takes that of its neighbour.

    Returns:
        The times, or None if no entry has one.
    """
    found = _given_times(pagination, items)
    last = next((each for each in found if each is not None), None)
    if last is None:
        return None
    filled: list[dt.datetime] = []
    for each in found:
        last = last if each is None else each
        filled.append(last)
    return filled


def _given_times(pagination: Pagination[Any], items: list[Any]) -> list[dt.datetime | None]:
    get = _getter(pagination, pagination.item_time)
    return [
        _odd_time(item, pagination) if isinstance(item, UndecodedEntry) else get(item)
        for item in items
    ]


def _substitute_id(item: Any, pagination: Pagination[Any]) -> str:
    if isinstance(item, UndecodedEntry):
        given = _odd_value(item.raw, pagination.item_id)
        if isinstance(given, str):
            return given
        return f"sha256:{hashlib.sha256(item.raw).hexdigest()[:32]}"
    return f"sha256:{hashlib.sha256(item.raw).hexdigest()[:32]}"


def _odd_time(item: UndecodedEntry, pagination: Pagination[Any]) -> dt.datetime | None:
    given = _odd_value(item.raw, pagination.item_time)
    try:
        time = msgspec.convert(given, dt.datetime)
    except msgspec.ValidationError:
        return None
    return time if time.tzinfo is not None else None


def _odd_value(raw: bytes, pointer: str) -> Any:
    """Give what is at a place of an odd entry; None if there is nothing to be read."""
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    for step in steps_of(pointer):
        value = value.get(step) if is_mapping(value) else None
    return value


@cache
def _getter(pagination: Pagination[Any], pointer: str) -> Any:
    """Make a function that gives what is at a place of an entry; None if it has no such place."""
    if not pointer:
        return _nothing
    kind: Any = pagination.item
    names: list[str] = []
    for step in steps_of(pointer):
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        names.append(fields[step].name)
        kind = _struct_in(fields[step].type)
    return attrgetter(".".join(names))


def _nothing(_: object) -> None:
    """Give nothing, whatever the entry."""


def _struct_in(kind: Any) -> Any:
    """Give the class in an annotation such as `Actor | None`."""
    options: tuple[Any, ...] = getattr(kind, "__args__", (kind,))
    return next((each for each in options if hasattr(each, "__struct_fields__")), None)


@cache
def _decoder(pagination: Pagination[Any]) -> msgspec.json.Decoder[Any]:
    """Make the decoder of an envelope, which leaves the entries as bytes."""
    fields: dict[str, Any] = {pagination.items: list[msgspec.Raw]}
    fields |= {pointer: kind for pointer, kind in _remarks(pagination).values() if pointer}
    return msgspec.json.Decoder(
        envelope_type({steps_of(key): kind for key, kind in fields.items()})
    )


def _remarks(pagination: Pagination[Any]) -> dict[str, tuple[str, Any]]:
    """Give what an answer says beside its entries: where, and of what type."""
    count, cursor, flag = OPTIONAL
    return {
        "total": (pagination.total, count),
        "page": (pagination.echoed_page, count),
        "size": (pagination.echoed_size, count),
        "cursor": (pagination.cursor, cursor),
        "more": (pagination.more, flag),
    }
