# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Entries that a mock of a service holds, and the pages that it makes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from ..core import epoch
from ..core.errors import IncompleteWalkError, InvalidArgumentError, ResponseDecodeError
from ..core.guards import is_mapping
from ..models.decoding import decode
from ..models.model import Model, wire_names
from ..paging.page_data import UndecodedEntry, ids, times
from ..paging.pagination import Order, Pagination, Window
from ..walks.filter_check import check_matches
from .parameters import dict_of

Entry: TypeAlias = Model | Mapping[str, Any] | bytes
"""An entry: a model, a mapping in wire form, or bytes that are given as they are, fit or not."""


class Held(msgspec.Struct, frozen=True):
    """An entry that a mock holds.

    Attributes:
        raw: Its JSON text.
        id: Its id.
        time: Its moment, if entries have one.
        item: It as the client reads it.
        members: Its members.
    """

    raw: bytes
    id: str
    time: dt.datetime | None
    item: Any
    members: dict[str, Any]


def hold(pagination: Pagination[Any], entries: Iterable[Entry], where: str) -> list[Held]:
    """Take entries.

    Raises:
        InvalidArgumentError: If one is not what the document says, unless it was given as bytes.
    """
    raws: list[bytes] = []
    items: list[Any] = []
    for index, entry in enumerate(entries):
        raw = entry if isinstance(entry, bytes) else to_json(entry, f"{where}[{index}]")
        try:
            item = decode(raw, pagination.item)
        except ResponseDecodeError as error:
            if not isinstance(entry, bytes):
                raise InvalidArgumentError(f"{where}[{index}]: {error}") from None
            item = UndecodedEntry(raw, error)
        if is_mapping(entry):
            _refuse_python_names(pagination.item, entry, f"{where}[{index}]")
        raws.append(raw)
        items.append(item)
    moments_ = times(pagination, items) if pagination.item_time else None
    return [
        Held(*each)
        for each in zip(
            raws,
            ids(pagination, items),
            moments_ if moments_ is not None else [None] * len(items),
            items,
            map(_members, raws),
            strict=True,
        )
    ]


def to_json(value: Model | Mapping[str, Any], where: str) -> bytes:
    """Write a model, or a mapping in wire form, as JSON.

    Raises:
        InvalidArgumentError: If it is neither, or holds what JSON has not.
    """
    if isinstance(value, Model):
        return value.to_json().encode()
    if not is_mapping(value):
        kind = type(value).__name__
        raise InvalidArgumentError(f"{where}: a model or a mapping is needed, not {kind}")
    try:
        return msgspec.json.encode(value, enc_hook=Model.to_dict)
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InvalidArgumentError(f"{where}: it is no JSON: {error}") from None


def belongs(held: Held, place: Mapping[str, Any]) -> bool:
    """Whether an entry is in the collection that a path names: no member says otherwise."""
    return all(
        str(held.members[name]).casefold() == str(wanted).casefold()
        for name, wanted in place.items()
        if name in held.members
    )


def chosen(
    pagination: Pagination[Any], held: Iterable[Held], arguments: Mapping[str, Any]
) -> list[Held]:
    """Give the entries that a span of time and a filter leave, in the order that is asked for."""
    found = list(held)
    window, filter_ = pagination.window, arguments.get(pagination.filter)
    if window is not None:
        is_inside = _span(window, arguments)
        found = [each for each in found if each.time is None or is_inside(each.time)]
    if filter_:
        found = [each for each in found if _matches(pagination, filter_, each.item)]
    if pagination.order is not None:
        found = _sorted(pagination, pagination.order, found, arguments)
    return found


def _span(window: Window, arguments: Mapping[str, Any]) -> Callable[[dt.datetime], bool]:
    start, end = (arguments.get(name) for name in (window.start, window.end))
    open_start, open_end = {
        "exclusive": (True, True),
        "half-open": (False, True),
    }.get(window.bounds, (False, False))

    def is_inside(time: dt.datetime) -> bool:
        unit = epoch.units(time, window.per_second)
        if isinstance(start, int) and (unit < start or (open_start and unit == start)):
            return False
        return not isinstance(end, int) or unit < end or (not open_end and unit == end)

    return is_inside


def _matches(pagination: Pagination[Any], filter_: Any, item: Any) -> bool:
    """Whether an entry fits a filter, as the client itself judges it."""
    try:
        check_matches(pagination, filter_, [item])
    except IncompleteWalkError:
        return False
    return True


def _sorted(
    pagination: Pagination[Any], order: Order, held: list[Held], arguments: Mapping[str, Any]
) -> list[Held]:
    field = arguments.get(order.field, order.by_time)
    wanted = arguments.get(order.direction)
    descending = order.descends if wanted is None else wanted == order.descending

    def key(each: Held) -> tuple[bool, Any]:
        value: Any = each.members.get(field)
        if field == order.by_time and pagination.item_time:
            value = each.time
        return (value is not None, 0 if value is None else value)

    try:
        return sorted(held, key=key, reverse=descending)
    except TypeError:  # Values of several kinds, in entries that were given as bytes.
        return held


def _members(raw: bytes) -> dict[str, Any]:
    try:
        members = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return dict_of(members) if isinstance(members, dict) else {}


def _refuse_python_names(kind: Any, entry: Mapping[str, Any], where: str) -> None:
    """Refuse a member under the name that only the model's field has."""
    on_the_wire = wire_names(kind)
    for field in msgspec.structs.fields(kind):
        if field.name in entry and field.name not in on_the_wire:
            message = f"{where}: {field.name!r} is called {field.encode_name!r} on the wire"
            raise InvalidArgumentError(message)
