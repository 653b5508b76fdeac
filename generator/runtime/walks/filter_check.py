"""Comparison of entries with the filter of the request.

A service ignores a parameter that it does not know and returns all entries. If a condition of the
filter refers to a field of the entries, an entry with another value shows that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from ..core.errors import IncompleteWalkError
from ..paging.page_data import UndecodedEntry

if TYPE_CHECKING:
    from ..paging.pagination import Pagination


def check_matches(pagination: Pagination[Any], filter_: Any, entries: Iterable[Any]) -> None:
    """Raise if an entry does not match a filter.

    Alternatives within a list are joined by "or", lists by "and".

    Args:
        pagination: Maps conditions to fields.
        filter_: The filter in wire form, or None.
        entries: The entries.

    Raises:
        IncompleteWalkError: If an entry does not match.
    """
    if not filter_:
        return
    names = {each.encode_name: each.name for each in msgspec.structs.fields(pagination.item)}
    for group, alternatives in filter_.items():
        conditions = [each for each in pagination.matches if each.group == group]
        fields = {each.key: names[each.field] for each in conditions}
        if not fields:
            continue
        for entry in entries:
            if isinstance(entry, UndecodedEntry):
                continue
            if not any(
                _matches_alternative(entry, alternative, fields) for alternative in alternatives
            ):
                message = (
                    f"the service did not apply the filter: it returned an entry that does not "
                    f"match {group!r}"
                )
                raise IncompleteWalkError(message)


def _matches_alternative(entry: Any, alternative: Any, fields: dict[str, str]) -> bool:
    if "" in fields:
        return bool(getattr(entry, fields[""]) == alternative)
    return all(
        _equal_ignoring_case(getattr(entry, fields[key]), wanted)
        for key, wanted in alternative.items()
        if key in fields
    )


def _equal_ignoring_case(found: Any, wanted: Any) -> bool:
    """Return whether two values are equal, ignoring case, because ids come in both cases."""
    if isinstance(found, str) and isinstance(wanted, str):
        return found.casefold() == wanted.casefold()
    return bool(found == wanted)
