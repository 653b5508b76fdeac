"""Pages of a mock: its entries, filtered, sorted and counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from ..core.errors import InvalidArgumentError, ResponseDecodeError
from ..core.guards import is_mapping, is_sequence
from ..models.decoding import decode
from ..models.model import json_names
from ..paging.envelope import pointer_tokens
from ..paging.page_data import UndecodedEntry, entry_ids, entry_timestamps
from ..paging.pagination import Pagination
from . import examples
from .contents import Entry, to_json
from .examples import MockOperation, RejectedRequestError
from .parameters import as_dict


class PageEntry(msgspec.Struct, frozen=True):
    """An entry of a paged operation in the store of a mock.

    Attributes:
        raw: The JSON.
        id: The id.
        time: The timestamp, if the entries have one.
        item: The entry as the client decodes it.
        members: The members of the JSON object.
    """

    raw: bytes
    id: str
    time: dt.datetime | None
    item: Any
    members: dict[str, Any]

    def is_in(self, collection: Mapping[str, Any], /) -> bool:
        """Whether no member contradicts the path parameters of a collection."""
        return all(
            str(self.members[name]).casefold() == str(expected).casefold()
            for name, expected in collection.items()
            if name in self.members
        )


class PagedMockOperation(MockOperation, frozen=True, kw_only=True, eq=False):
    """An operation whose responses are pages of entries.

    Attributes:
        pagination: The pagination of the operation.
        count: The member of a page with the number of its entries; may be empty.
        select: Returns the requested entries, sorted; None if no parameter selects or sorts them.
    """

    pagination: Pagination[Any]
    count: str = ""
    select: Callable[[Pagination[Any], list[Any], Mapping[str, Any]], list[Any]] | None = None

    @property
    def is_paged(self) -> bool:
        """Whether its response is a page of entries."""
        return True

    def with_id(self, members: dict[str, Any], id_: Any, /) -> dict[str, Any]:
        """Return the members of an entry with an id."""
        steps = pointer_tokens(self.pagination.item_id)
        return _with_value_at(members, steps, id_) if steps else members

    def store(self, entries: Iterable[Entry], where: str, /) -> list[PageEntry]:
        """Return entries in the form that the mock stores.

        Raises:
            InvalidArgumentError: If an entry does not match the document, unless it is bytes.
        """
        kind = self.pagination.item
        raws: list[bytes] = []
        items: list[Any] = []
        for index, entry in enumerate(entries):
            raw = entry if isinstance(entry, bytes) else to_json(entry, f"{where}[{index}]")
            try:
                item = decode(raw, kind)
            except ResponseDecodeError as error:
                if not isinstance(entry, bytes):
                    raise InvalidArgumentError(f"{where}[{index}]: {error}") from None
                item = UndecodedEntry(raw, error)
            if is_mapping(entry):
                _reject_python_names(kind, entry, f"{where}[{index}]")
            raws.append(raw)
            items.append(item)
        times: list[Any] = entry_timestamps(self.pagination, items) or [None] * len(items)
        columns = entry_ids(self.pagination, items), times, items, map(_members, raws)
        return [PageEntry(*each) for each in zip(raws, *columns, strict=True)]

    def page(
        self,
        entries: Sequence[Any] | None,
        collection: Mapping[str, Any],
        arguments: Mapping[str, Any],
        /,
    ) -> bytes:
        """Return the body of a page.

        With pagination by links, the only page has all entries, so that it needs no link.

        Raises:
            RejectedRequestError: If the collection is empty or the cursor is unknown.
        """
        pagination = self.pagination
        given = {**self.defaults, **arguments}
        found = self._collection(entries, collection)
        found = self.select(pagination, found, given) if self.select else found
        number = given.get(pagination.page, pagination.first)
        size = given.get(pagination.size) or len(found) or 1
        if pagination.style == "link":
            size = len(found)
        first = _first_index(pagination, number, size)
        page = found[first : first + size]
        if not pagination.items:
            return msgspec.json.encode([msgspec.Raw(each.raw) for each in page])
        has_more = first + size < len(found)
        example = examples.success_example(self.examples)
        envelope = dict(as_dict(example)) if isinstance(example, dict) else {}
        for parameter in self.operation.parameters:
            if parameter.wire_name in envelope and parameter.name in given:
                envelope[parameter.wire_name] = given[parameter.name]
        values = {
            pagination.items: [msgspec.Raw(each.raw) for each in page],
            pagination.total: len(found),
            pagination.echoed_page: number,
            pagination.echoed_size: size,
            pagination.cursor: str(first + size) if has_more else None,
            pagination.more: has_more,
            f"/{self.count}" if self.count else "": len(page),
        }
        for pointer, value in values.items():
            if pointer:
                envelope = _with_value_at(envelope, pointer_tokens(pointer), value)
        return msgspec.json.encode(envelope)

    def _collection(
        self, entries: Sequence[PageEntry] | None, collection: Mapping[str, Any]
    ) -> list[PageEntry]:
        """Return the entries of a collection; without entries, those of the example."""
        if entries is None:
            page = examples.success_example(self.examples)
            found = _value_at(page, self.pagination.items)
            listed = found if is_sequence(found) else ()
            adapted = (examples.with_path_values(each, collection, None) for each in listed)
            return self.store(adapted, "the document's example")
        found = [each for each in entries if each.is_in(collection)]
        if entries and not found:
            names = ", ".join(f"{name} {value}" for name, value in collection.items())
            raise RejectedRequestError(404, message=f"{names} was not found")
        return found


def _with_value_at(members: dict[str, Any], steps: Sequence[str], value: Any) -> dict[str, Any]:
    """Return a copy of an object with a value at a location."""
    step, *further = steps
    nested = members.get(step)
    inner: dict[str, Any] = as_dict(nested) if isinstance(nested, dict) else {}
    return {**members, step: _with_value_at(inner, further, value) if further else value}


def _value_at(value: Any, pointer: str) -> Any:
    """Return the value at a JSON Pointer, or None."""
    for step in pointer_tokens(pointer):
        value = as_dict(value).get(step) if isinstance(value, dict) else None
    return value


def _members(raw: bytes) -> dict[str, Any]:
    try:
        members = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return as_dict(members) if isinstance(members, dict) else {}


def _reject_python_names(kind: Any, entry: Mapping[str, Any], where: str) -> None:
    """Reject a member with the Python name of a field that has another JSON name."""
    names = json_names(kind)
    for field in msgspec.structs.fields(kind):
        if field.name in entry and field.name not in names:
            message = f"{where}: use the JSON name {field.encode_name!r} instead of {field.name!r}"
            raise InvalidArgumentError(message)


def _first_index(pagination: Pagination[Any], position: Any, size: int) -> int:
    """Return the index of a page's first entry.

    Raises:
        RejectedRequestError: If the cursor is not one that the mock returned.
    """
    if pagination.style == "page":
        return int((position - pagination.first) * size)
    if pagination.style == "cursor" and not str(position).isdecimal():
        raise RejectedRequestError(400, message=f"{position!r} is not a known cursor")
    return int(position) - pagination.first
