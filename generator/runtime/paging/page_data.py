"""Decoding of pages: entries with their bytes, and the page's metadata."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from ..core.errors import ResponseDecodeError
from ..core.guards import is_mapping
from ..models.decoding import decode
from ..models.model import received_json
from ..models.reading import BYTE_ORDER_MARK as MARK
from ..models.reading import decode_numbers, response_decode_error
from ..models.utc import timestamp_fields
from .entry_decoding import decode_entries, decode_raws, received_raws, replace_surrogates, set_raw
from .envelope import OPTIONAL, envelope_type, pointer_tokens, value_at

if TYPE_CHECKING:
    from .pagination import Pagination

T = TypeVar("T")


class UndecodedEntry(msgspec.Struct, frozen=True):
    """An entry that does not match the document.

    Attributes:
        raw: The JSON as it was received.
        error: The error, with the position in the JSON.
    """

    raw: bytes
    error: ResponseDecodeError

    def __repr__(self) -> str:
        """Return a string without the JSON, which debuggers and reports of errors would show."""
        return f"UndecodedEntry({len(self.raw)} bytes: {self.error})"


class PageData(msgspec.Struct, Generic[T], frozen=True):
    """A decoded page.

    Attributes:
        items: The entries.
        total: The number of all entries, or None.
        page: The page number, or None.
        size: The page size, or None.
        cursor: The cursor of the next page, or None.
        more: Whether there is a next page, or None.
        ids: The ids of the entries. An entry without an id has a digest of its content.
        timestamps: The timestamps of the entries. An entry without a timestamp takes that of its
            neighbor. None if no entry has one.
        undated: The indexes of entries without a readable timestamp.
        has_undecodable: Whether an entry does not match the document.
        is_plain: Whether the entries have no unknown members.
    """

    items: list[T | UndecodedEntry]
    total: int | None = None
    page: int | None = None
    size: int | None = None
    cursor: str | int | None = None
    more: bool | None = None
    ids: list[str] = []
    timestamps: list[dt.datetime] | None = None
    undated: frozenset[int] = frozenset()
    has_undecodable: bool = False
    is_plain: bool = False


class Fetched(msgspec.Struct, Generic[T], frozen=True):
    """A page that was fetched.

    Attributes:
        data: The decoded page.
        date: The time of the service, in units of the window, or None without a `Date` header.
        elapsed: The duration of the request in seconds.
        link: The URL of the next page from the `Link` header, or an empty string.
    """

    data: PageData[T]
    date: int | None
    elapsed: float
    link: str = ""


def read_page(pagination: Pagination[T], content: bytes) -> PageData[T]:
    """Decode a page. An entry that does not match the document becomes an `UndecodedEntry`.

    Raises:
        ResponseDecodeError: If the page itself does not match the document.
    """
    content = content.removeprefix(MARK)
    decoder = _decoder(pagination)
    try:
        try:
            envelope = decoder.decode(content)
            raws: list[msgspec.Raw] = value_at(envelope, pagination.items)
        except msgspec.ValidationError as error:
            envelope = decode_numbers(decoder, content, error)
            raws = decode_raws(pagination, content)
        except msgspec.DecodeError:
            readable = replace_surrogates(content)
            envelope = decoder.decode(readable)
            raws = received_raws(pagination, readable, content)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise response_decode_error(error, content) from None
    pointers = _metadata(pagination).items()
    metadata = {name: value_at(envelope, each) for name, (each, _) in pointers if each}
    together = pagination.variants.decode if pagination.variants else _decode_together
    items, is_plain = together(pagination, content, raws)
    if items:
        ids: list[Any] = list(map(member_getter(pagination, pagination.item_id), items))
        timestamps: list[Any] = list(map(member_getter(pagination, pagination.item_time), items))
        if not {*map(type, ids), *map(type, timestamps)} - {str, dt.datetime}:
            return PageData(items, **metadata, ids=ids, timestamps=timestamps, is_plain=is_plain)
    items = items or decode_one_by_one(pagination, raws)
    return add_entry_details(pagination, PageData(items, **metadata))


def add_entry_details(pagination: Pagination[T], data: PageData[T]) -> PageData[T]:
    """Return a page with the ids and timestamps of its entries, examined one by one."""
    own = _own_timestamps(pagination, data.items)
    return msgspec.structs.replace(
        data,
        ids=entry_ids(pagination, data.items),
        timestamps=entry_timestamps(pagination, data.items),
        undated=frozenset(n for n, each in enumerate(own) if each is None),
        has_undecodable=any(isinstance(each, UndecodedEntry) for each in data.items),
    )


def _decode_together(
    pagination: Pagination[T], content: bytes, raws: list[msgspec.Raw]
) -> tuple[list[T | UndecodedEntry], bool]:
    """Decode all entries in one pass, in half the time that one call for each entry takes.

    Returns:
        The entries, and whether they have no unknown members. No entries if one of them does not
        match the document or has a timestamp that is not in UTC.
    """
    items: list[Any]
    try:
        items, is_plain = decode_entries(pagination, content)
        if not content.isascii():
            content.decode()  # Raises for malformed UTF-8, as `decode` does.
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return [], False
    set_raw(items, raws)
    kind: Any = pagination.item
    zones = [attrgetter(f"{name}.tzinfo") for name in timestamp_fields(kind)]
    try:
        is_usual = all(set(map(zone, items)) == {dt.UTC} for zone in zones)
    except AttributeError:  # A timestamp is missing, or the value has another type.
        is_usual = False
    return (items, is_plain) if is_usual else ([], False)


def decode_one_by_one(
    pagination: Pagination[T], raws: list[msgspec.Raw]
) -> list[T | UndecodedEntry]:
    """Decode each entry. An entry that does not match becomes an `UndecodedEntry`."""
    items: list[T | UndecodedEntry] = []
    names = pagination.item_id, pagination.item_time
    for index, raw in enumerate(raws):
        try:
            items.append(decode(bytes(raw), pagination.item))
        except ResponseDecodeError as error:
            pointer = f"{pagination.items}/{index}{error.pointer}"
            found = [undecoded_value(bytes(raw), each) for each in names]
            label = " of ".join(repr(each) for each in found if each is not None) or index
            message = f"entry {label} does not match the document: {error}"
            located = ResponseDecodeError(message, pointer=pointer, content=error.content)
            items.append(UndecodedEntry(bytes(raw), located))
    return items


def entry_ids(pagination: Pagination[Any], items: list[Any]) -> list[str]:
    """Return the ids of entries. An entry without an id has a digest of its content."""
    get = member_getter(pagination, pagination.item_id)
    found: list[Any] = [None if isinstance(item, UndecodedEntry) else get(item) for item in items]
    return [
        each if isinstance(each, str) else _substitute_id(item, pagination)
        for each, item in zip(found, items, strict=True)
    ]


def entry_timestamps(pagination: Pagination[Any], items: list[Any]) -> list[dt.datetime] | None:
    """Return the timestamps of entries. An entry without one takes that of its neighbor.

    Returns:
        The timestamps, or None if no entry has one.
    """
    found = _own_timestamps(pagination, items)
    first = next((each for each in found if each is not None), None)
    if first is None:
        return None
    return list(accumulate(found, lambda last, each: each or last, initial=first))[1:]


def _own_timestamps(pagination: Pagination[Any], items: list[Any]) -> list[dt.datetime | None]:
    get = member_getter(pagination, pagination.item_time)
    return [
        undecoded_timestamp(item, pagination) if isinstance(item, UndecodedEntry) else get(item)
        for item in items
    ]


def _substitute_id(item: Any, pagination: Pagination[Any]) -> str:
    raw = item.raw if isinstance(item, UndecodedEntry) else received_json(item)
    value = undecoded_value(raw, pagination.item_id)
    is_exact = isinstance(value, str) and "\ufffd" not in value  # which stands for any surrogate
    return str(value) if is_exact else f"sha256:{hashlib.sha256(raw).hexdigest()[:32]}"


def undecoded_timestamp(item: Any, pagination: Pagination[Any]) -> dt.datetime | None:
    """Return the timestamp of an entry by its bytes, or None if it is unreadable."""
    value = undecoded_value(item.raw, pagination.item_time)
    try:
        timestamp = msgspec.convert(value, dt.datetime)
        return timestamp.astimezone(dt.UTC) if timestamp.tzinfo is not None else None
    except (msgspec.ValidationError, OverflowError):  # The latter outside of Python's range.
        return None


def undecoded_value(raw: bytes, pointer: str) -> Any:
    """Return the value at a JSON Pointer of an undecodable entry, or None if it is unreadable."""
    try:
        value = msgspec.json.decode(replace_surrogates(raw))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    for step in pointer_tokens(pointer):
        value = value.get(step) if is_mapping(value) else None
    return value


@cache
def member_getter(pagination: Pagination[Any], pointer: str) -> Any:
    """Return a function that reads the value at a JSON Pointer of an entry, or None without one."""
    if pagination.variants or not pointer:
        return pagination.variants.getter(pagination, pointer) if pointer else _no_value
    kind: Any = pagination.item
    names: list[str] = []
    for step in pointer_tokens(pointer):
        fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
        names.append(fields[step].name)
        kind = struct_in(fields[step].type)
    return attrgetter(".".join(names))


def _no_value(_: object) -> None:
    """Return None for any entry."""


def struct_in(kind: Any) -> Any:
    """Return the class in an annotation such as `Actor | None`."""
    options: tuple[Any, ...] = getattr(kind, "__args__", (kind,))
    return next((each for each in options if hasattr(each, "__struct_fields__")), None)


@cache
def _decoder(pagination: Pagination[Any]) -> msgspec.json.Decoder[Any]:
    """Build the decoder of an envelope, which leaves the entries as bytes."""
    fields: dict[str, Any] = {pagination.items: list[msgspec.Raw]}
    fields |= {pointer: kind for pointer, kind in _metadata(pagination).values() if pointer}
    return msgspec.json.Decoder(
        envelope_type({pointer_tokens(key): kind for key, kind in fields.items()})
    )


def _metadata(pagination: Pagination[Any]) -> dict[str, tuple[str, Any]]:
    """Return the JSON Pointers and types of the metadata of a page."""
    count, cursor, flag = OPTIONAL
    return {
        "total": (pagination.total, count),
        "page": (pagination.echoed_page, count),
        "size": (pagination.echoed_size, count),
        "cursor": (pagination.cursor, cursor),
        "more": (pagination.more, flag),
    }
