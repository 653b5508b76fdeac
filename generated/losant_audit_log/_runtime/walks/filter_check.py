# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Whether entries fit the filter that was sent.

The service ignores a parameter that it does not know and answers with everything. Where a condition
plainly means a field of an entry, an entry without the right value betrays that.
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
    """Hold entries against a filter.

    Alternatives within a list are joined by "or", lists by "and".

    Args:
        pagination: Says which conditions mean which fields.
        filter_: The filter in wire form, or None.
        entries: The entries.

    Raises:
        IncompleteWalkError: If one of them does not fit.
    """
    if not filter_ or not pagination.matches:
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
            if not any(_fits(entry, alternative, fields) for alternative in alternatives):
                message = (
                    f"the service gave an entry that the filter's {group!r} does not allow: it did "
                    f"not apply the filter"
                )
                raise IncompleteWalkError(message)


def _fits(entry: Any, alternative: Any, fields: dict[str, str]) -> bool:
    if "" in fields:
        return bool(getattr(entry, fields[""]) == alternative)
    return all(
        _same(getattr(entry, fields[key]), wanted)
        for key, wanted in alternative.items()
        if key in fields
    )


def _same(found: Any, wanted: Any) -> bool:
    """Compare without regard to case, since ids are given in either."""
    if isinstance(found, str) and isinstance(wanted, str):
        return found.casefold() == wanted.casefold()
    return bool(found == wanted)
