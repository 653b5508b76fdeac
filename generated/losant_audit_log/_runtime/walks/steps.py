# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Steps of a walk: pages to fetch, batches of entries to yield."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import msgspec

from ..paging.page_data import UndecodedEntry

if TYPE_CHECKING:
    import datetime as dt

T = TypeVar("T")


class Fetch(msgspec.Struct, frozen=True):
    """Fetch a page.

    Attributes:
        arguments: The arguments by name that differ from those of the walk.
        url: The URL of the page, if a link header states it.
    """

    arguments: dict[str, Any]
    url: str = ""


class FetchMany(msgspec.Struct, frozen=True):
    """Fetch several pages concurrently. The outcome is the responses that have arrived.

    Attributes:
        fetches: The fetches to start, with numbers that identify their responses.
        is_waiting: Whether to wait until at least one of all started fetches has arrived.
    """

    fetches: list[tuple[int, Fetch]]
    is_waiting: bool


class Batch(msgspec.Struct, frozen=True):
    """Entries that were seen for the first time, in order.

    Attributes:
        entries: The entries.
        ids: Their ids.
        timestamps: Their timestamps.
        suppressed: The indexes of entries that are counted but not yielded, because an earlier
            walk yielded them or because they are outside the requested span.
        undated: The indexes of entries without a timestamp of their own.
        has_undecodable: Whether an entry may not match the document.
        is_plain: Whether the entries have no unknown members.
    """

    entries: list[Any]
    ids: list[str]
    timestamps: list[dt.datetime]
    suppressed: frozenset[int] = frozenset()
    undated: frozenset[int] = frozenset()
    has_undecodable: bool = False
    is_plain: bool = False

    def count_undecodable(self, count: int) -> int:
        """Return the number of undecodable entries among the first entries that are yielded."""
        if not self.has_undecodable:
            return 0
        first = enumerate(self.entries[:count])
        return sum(
            isinstance(each, UndecodedEntry) for n, each in first if n not in self.suppressed
        )


WalkSteps: TypeAlias = Generator[Fetch | FetchMany | Batch, Any, None]
