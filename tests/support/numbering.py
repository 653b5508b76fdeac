"""Walks by page number, offset, cursor and link, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import msgspec

from losant_audit_log import APIStatusError, LosantError
from losant_audit_log._runtime.paging.page_data import Fetched, PageData
from losant_audit_log._runtime.paging.pagination import Pagination
from losant_audit_log._runtime.walks.by_page import NumberedWalk
from losant_audit_log._runtime.walks.checkpoint import WalkState
from losant_audit_log._runtime.walks.steps import Batch, Fetch
from losant_audit_log.resources.audit_logs import LIST_PAGES

NUMBERS: Final[Pagination[Any]] = msgspec.structs.replace(
    LIST_PAGES, style="page", first=1, size="size", order=None, window=None
)
OFFSETS: Final = msgspec.structs.replace(NUMBERS, style="offset", page="offset", first=0)
CURSORS: Final = msgspec.structs.replace(NUMBERS, style="cursor", page="cursor", first=0)
LINKS: Final = msgspec.structs.replace(NUMBERS, style="link", page="", first=0)


def page(ids: Iterable[str] = "", **fields: Any) -> Fetched[Any]:
    """Make a response with an entry for each id, and further members."""
    found, link = list(ids), fields.pop("link", "")
    data = PageData([f"entry {each}" for each in found], ids=found, **fields)
    return Fetched(data, None, 0, link)


def failure(status: int) -> APIStatusError:
    """Make an error response."""
    request = httpx.Request("GET", "https://a.test")
    return APIStatusError(f"{status}", response=httpx.Response(status, request=request))


@dataclass
class Listing:
    """A list that a service returns in pages, and that changes while it is read.

    Attributes:
        ids: The ids of its entries, in order; each is a letter.
        size: The page size.
        reports_size: Whether responses contain the page size.
        reported_size: The page size in responses, if it is wrong.
        reports_total: Whether responses contain the total.
        ignores_position: Whether every response is the first page.
        applies_size: Whether it applies the page size in requests.
        rejects_size: Whether it rejects other page sizes than its own.
        changes: Changes of the list before a request, by its number from 1.
        positions: The positions that were requested.
    """

    ids: str
    size: int = 2
    reports_size: bool = False
    reported_size: int | None = None
    reports_total: bool = True
    ignores_position: bool = False
    applies_size: bool = False
    rejects_size: bool = False
    changes: dict[int, Callable[[str], str]] = field(
        default_factory=dict[int, Callable[[str], str]]
    )
    positions: list[int] = field(default_factory=list[int])

    def answer(self, pagination: Pagination[Any], step: Fetch) -> Fetched[Any] | APIStatusError:
        """Return the requested page, or the error."""
        position = step.arguments[pagination.page]
        self.positions.append(position)
        change = self.changes.get(len(self.positions))
        self.ids = change(self.ids) if change else self.ids
        number = 0 if self.ignores_position else position - pagination.first
        requested = step.arguments[pagination.size] or self.size
        if self.rejects_size and requested != self.size:
            return failure(400)
        size = requested if self.applies_size else self.size
        begin = number * size if pagination.style == "page" else number
        return page(
            self.ids[begin : begin + size],
            total=len(self.ids) if self.reports_total else None,
            size=size if self.reports_size else self.reported_size,
        )


@dataclass
class Steps:
    """The requests of a walk, and its entries.

    Attributes:
        walk: The walk.
        requests: The requests.
        batches: The returned batches.
    """

    walk: NumberedWalk[Any]
    requests: list[Fetch] = field(default_factory=list[Fetch])
    batches: list[Batch] = field(default_factory=list[Batch])

    def take(
        self, *answers: Fetched[Any] | LosantError, first: Fetched[Any] | None = None
    ) -> Steps:
        """Continue until the walk ends, or until it needs more responses than there are."""
        left = list(answers)
        steps = self.walk.steps(first)
        answer: Fetched[Any] | LosantError | None = None
        while True:
            try:
                if isinstance(answer, LosantError):
                    step = steps.throw(answer)
                else:
                    step = steps.send(answer)
            except StopIteration:
                return self
            answer = None
            if isinstance(step, Batch):
                self.batches.append(step)
                continue
            assert isinstance(step, Fetch)
            self.requests.append(step)
            if not left:
                return self
            answer = left.pop(0)

    def read(self, listing: Listing, pagination: Pagination[Any] = NUMBERS) -> Steps:
        """Carry out the walk against a list."""
        steps = self.walk.steps()
        answer: Fetched[Any] | LosantError | None = None
        while True:
            try:
                if isinstance(answer, LosantError):
                    step = steps.throw(answer)
                else:
                    step = steps.send(answer)
            except StopIteration:
                return self
            answer = None
            if isinstance(step, Batch):
                self.batches.append(step)
            else:
                assert isinstance(step, Fetch)
                self.requests.append(step)
                answer = listing.answer(pagination, step)

    @property
    def numbers(self) -> list[int]:
        """The requested page numbers."""
        return [each.arguments["page"] for each in self.requests]

    @property
    def ids(self) -> str:
        """The ids of the returned entries, each a letter."""
        return "".join(id_ for each in self.batches for id_ in each.ids)

    @property
    def state(self) -> WalkState:
        """The state of the walk."""
        return self.walk.state


def start_walk(
    pagination: Pagination[Any] = NUMBERS, *, size: int | None = None, **at: Any
) -> Steps:
    """Start a walk, from the beginning or from a state."""
    return Steps(NumberedWalk(pagination, WalkState(walk="", numbered=True, **at), size=size))
