"""Pages of a mock: the entries that it holds, chosen, ordered and counted as the service does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ..core import epoch
from ..core.errors import IncompleteWalkError, InvalidArgumentError, ResponseDecodeError
from ..core.guards import is_mapping, is_sequence
from ..models.decoding import decode
from ..models.model import wire_names
from ..paging.page_data import UndecodedEntry, entry_ids, entry_timestamps
from ..paging.pagination import Order, Pagination, Window
from ..walks.filter_check import check_matches
from .contents import Entry, to_json
from .examples import MockOperation, RefusalError, placed, steps, success, value_at, with_member
from .parameters import dict_of


class StoredPageEntry(msgspec.Struct, frozen=True):
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

    def is_in(self, collection: Mapping[str, Any], /) -> bool:
        """Whether it is in the collection that a path names: no member says otherwise."""
        return all(
            str(self.members[name]).casefold() == str(wanted).casefold()
            for name, wanted in collection.items()
            if name in self.members
        )


class PagedMockOperation(MockOperation, frozen=True, kw_only=True, eq=False):
    """An operation whose responses are pages of entries.

    Attributes:
        pagination: How it pages.
        count: The member of a page that says how many entries it has; empty if there is none.
    """

    pagination: Pagination[Any]
    count: str = ""

    @property
    def item_id(self) -> str:
        """The position of an entry's id."""
        return self.pagination.item_id

    @property
    def is_paged(self) -> bool:
        """Whether its response is a page of entries."""
        return True

    def store(self, entries: Iterable[Entry], where: str, /) -> Sequence[StoredPageEntry]:
        """Return entries as the mock holds them.

        Raises:
            InvalidArgumentError: If an entry does not fit the document, unless it is bytes.
        """
        return hold(self.pagination, entries, where)

    def page(
        self,
        entries: Sequence[Any] | None,
        collection: Mapping[str, Any],
        arguments: Mapping[str, Any],
        /,
    ) -> bytes:
        """Return the body of a page; links are never needed, since it has all entries.

        Raises:
            RefusalError: If nothing is in the collection, or the cursor is unknown.
        """
        return _page(self, self._collection(entries, collection), arguments)

    def _collection(
        self, entries: Sequence[StoredPageEntry] | None, collection: Mapping[str, Any]
    ) -> list[StoredPageEntry]:
        """Return the entries of a collection; those of the example, if none were given."""
        if entries is None:
            examples = value_at(success(self.examples), self.pagination.items)
            listed = examples if is_sequence(examples) else ()
            here = (placed(each, collection, None) for each in listed)
            return hold(self.pagination, here, "the document's example")
        found = [each for each in entries if each.is_in(collection)]
        if entries and not found:
            names = ", ".join(f"{name} {value}" for name, value in collection.items())
            raise RefusalError(404, message=f"{names} was not found")
        return found


def hold(
    pagination: Pagination[Any], entries: Iterable[Entry], where: str
) -> list[StoredPageEntry]:
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
    timestamps = entry_timestamps(pagination, items) if pagination.item_time else None
    return [
        StoredPageEntry(*each)
        for each in zip(
            raws,
            entry_ids(pagination, items),
            timestamps if timestamps is not None else [None] * len(items),
            items,
            map(_members, raws),
            strict=True,
        )
    ]


def chosen(
    pagination: Pagination[Any], held: Iterable[StoredPageEntry], arguments: Mapping[str, Any]
) -> list[StoredPageEntry]:
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
    pagination: Pagination[Any],
    order: Order,
    held: list[StoredPageEntry],
    arguments: Mapping[str, Any],
) -> list[StoredPageEntry]:
    field = arguments.get(order.field, order.by_time)
    wanted = arguments.get(order.direction)
    descending = order.descends if wanted is None else wanted == order.descending

    def key(each: StoredPageEntry) -> tuple[bool, Any]:
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


def _page(
    served: PagedMockOperation, held: list[StoredPageEntry], arguments: Mapping[str, Any]
) -> bytes:
    """Write one page of entries, with what else a page says."""
    pagination = served.pagination
    given = {**served.defaults, **arguments}
    found = chosen(pagination, held, given)
    number = given.get(pagination.page, pagination.first)
    size = given.get(pagination.size) or len(found) or 1
    if pagination.style == "link":
        size = len(found)
    first = _begin(pagination, number, size)
    shown = found[first : first + size]
    if not pagination.items:
        return msgspec.json.encode([msgspec.Raw(each.raw) for each in shown])
    further = first + size < len(found)
    example = success(served.examples)
    envelope = dict(dict_of(example)) if isinstance(example, dict) else {}
    for parameter in served.operation.parameters:
        if parameter.wire_name in envelope and parameter.name in given:
            envelope[parameter.wire_name] = given[parameter.name]
    says = {
        pagination.items: [msgspec.Raw(each.raw) for each in shown],
        pagination.total: len(found),
        pagination.echoed_page: number,
        pagination.echoed_size: size,
        pagination.cursor: str(first + size) if further else None,
        pagination.more: further,
        f"/{served.count}" if served.count else "": len(shown),
    }
    for pointer, value in says.items():
        if pointer:
            envelope = with_member(envelope, steps(pointer), value)
    return msgspec.json.encode(envelope)


def _begin(pagination: Pagination[Any], position: Any, size: int) -> int:
    """Give where a page begins.

    Raises:
        RefusalError: If its cursor is none that was given.
    """
    if pagination.style == "page":
        return int((position - pagination.first) * size)
    if pagination.style == "cursor" and not str(position).isdecimal():
        raise RefusalError(400, message=f"{position!r} is no cursor")
    return int(position) - pagination.first
