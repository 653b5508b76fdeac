# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""What a walk asks for and what it gives: its steps, and what comes of them."""

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
        arguments: The arguments that differ from those of the walk, by their names.
        url: The address to fetch it from, where a link names it.
    """

    arguments: dict[str, Any]
    url: str = ""


class FetchMany(msgspec.Struct, frozen=True):
    """Fetch several pages at once; what comes of it are the answers that have come.

    Attributes:
        fetches: What to begin to fetch, with numbers that tell the answers apart.
        is_waiting: Whether to wait until at least one of all that were begun has come.
    """

    fetches: list[tuple[int, Fetch]]
    is_waiting: bool


class Batch(msgspec.Struct, frozen=True):
    """Entries that were seen for the first time, in order.

    Attributes:
        entries: The entries.
        ids: Their ids.
        moments: Their times.
        silent: Which of them are not handed out, because an earlier walk has given them.
        timeless: Which of them have no time of their own.
        has_odd: Whether some of them may not fit the document.
        is_plain: Whether they hold no names but those that are known or expected.
    """

    entries: list[Any]
    ids: list[str]
    moments: list[dt.datetime]
    silent: frozenset[int] = frozenset()
    timeless: frozenset[int] = frozenset()
    has_odd: bool = False
    is_plain: bool = False

    def undecodable(self, count: int) -> int:
        """Count those among the first entries that are handed out and do not fit the document."""
        if not self.has_odd:
            return 0
        first = enumerate(self.entries[:count])
        return sum(isinstance(each, UndecodedEntry) for n, each in first if n not in self.silent)


WalkSteps: TypeAlias = Generator[Fetch | FetchMany | Batch, Any, None]
