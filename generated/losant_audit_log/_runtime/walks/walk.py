# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks over all entries, as objects that a program iterates over."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from ..core import epoch
from ..core.errors import EntryDecodeError, IncompleteWalkError
from ..core.service import ServiceError
from ..paging.page_data import Fetched, UndecodedEntry
from .checkpoint import WalkState, write_checkpoint
from .drift import Drift
from .filter_check import check_matches
from .prefetch import Gathering, Prefetching
from .steps import Batch, Fetch, FetchMany, WalkSteps

if TYPE_CHECKING:
    from .fetcher import AsyncFetcher, Fetcher
    from .plan import WalkPlan

T = TypeVar("T")


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a walk has done so far.

    Attributes:
        pages: How many pages were read.
        entries: How many entries were handed out, by this walk and those that it goes on from.
        distinct: How many distinct entries were seen.
        duplicates: How many were dropped because they had been handed out already.
        undecodable: How many of the entries did not fit the document.
        first: The time of the first entry.
        last: The time of the last entry.
        start: The beginning of the span that is walked; None for that of the log.
        end: The end of the span, where the next walk can start.
        pinned_by: What settled the end: `end` (the argument), `server` or `local` (its clock or
            ours); empty before the first answer.
        unknown_fields: How often each field was seen that the document does not know.
        new_enum_values: The values of enumerations that the document does not know, by field.
    """

    pages: int
    entries: int
    distinct: int
    duplicates: int
    undecodable: int
    first: dt.datetime | None
    last: dt.datetime | None
    start: dt.datetime | None
    end: dt.datetime | None
    pinned_by: str
    unknown_fields: Mapping[str, int]
    new_enum_values: Mapping[str, frozenset[str]]


class BaseWalk(Generic[T]):
    """What walks share: everything but the fetching."""

    def __init__(self, plan: WalkPlan[T], first: Fetched[T] | None = None) -> None:
        """Begin a walk; nothing is sent before it is iterated over."""
        self._plan = plan
        self._first = first
        self._engine = plan.engine()
        self._batch = Batch([], [], [])
        self._given = 0
        self._spent = 0.0 if first is None else first.elapsed
        self._drift = Drift(plan.pagination)

    def __repr__(self) -> str:
        """Show how far the walk has come."""
        return f"{type(self).__name__}({self._state().entries} entries so far)"

    @property
    def checkpoint(self) -> str:
        """Where a walk can go on, in this process or another: behind the entry last handed out."""
        return write_checkpoint(self._state())

    @property
    def report(self) -> Report:
        """What the walk has done so far."""
        state = self._state()
        per_second = self._plan.per_second

        def moment(count: int | None) -> dt.datetime | None:
            return None if count is None else epoch.moment(count, per_second)

        return Report(
            pages=state.pages,
            entries=state.entries,
            distinct=state.entries,
            duplicates=state.duplicates,
            undecodable=state.undecodable,
            first=moment(state.first),
            last=moment(state.last),
            start=moment(state.start),
            end=moment(self._plan.end(state)),
            pinned_by=state.pinned_by,
            unknown_fields=dict(self._drift.fields),
            new_enum_values=dict(self._drift.values),
        )

    def _state(self) -> WalkState:
        return self._engine.advanced(self._batch, self._given)

    def _steps(self) -> WalkSteps:
        """Give the steps from where the walk is; it may have been left or have failed there."""
        self._engine = self._plan.engine(self._state())
        self._batch, self._given = Batch([], [], []), 0
        first, self._first = self._first, None
        return self._engine.steps(first)

    def _entries(self, batch: Batch) -> Generator[Any, None, None]:
        """Give the entries of a batch that are to be handed out, one by one."""
        check_matches(self._plan.pagination, self._plan.filter, batch.entries)
        self._drift.look(batch)
        self._batch, self._given = batch, 0
        if not batch.silent and not batch.has_odd:
            for self._given, entry in enumerate(batch.entries, 1):
                yield entry
            return
        for number, entry in enumerate(batch.entries, 1):
            is_new = number - 1 not in batch.silent
            if is_new and isinstance(entry, UndecodedEntry) and not self._plan.keeps_undecodable:
                raise self._odd(entry, number)
            self._given = number
            if is_new:
                yield entry

    def _carried_on(self, steps: WalkSteps, outcome: Any) -> Fetch | FetchMany | Batch | None:
        """Give the next step; None at the end."""
        self._batch, self._given = Batch([], [], []), 0  # The engine counts it from here on.
        try:
            return (
                steps.throw(outcome) if isinstance(outcome, ServiceError) else steps.send(outcome)
            )
        except StopIteration:
            return None

    def _odd(self, entry: UndecodedEntry, number: int) -> EntryDecodeError:
        error = EntryDecodeError(
            f"{entry.error}; behind it the walk goes on from `checkpoint_after`",
            pointer=entry.error.pointer,
            content=entry.raw,
        )
        error.checkpoint_after = write_checkpoint(self._engine.advanced(self._batch, number))
        return error

    def _explained(self, error: ServiceError) -> ServiceError:
        """Tell an error where the walk was."""
        error.checkpoint = self.checkpoint
        if isinstance(error, IncompleteWalkError):
            error.report = self.report
        return error

    def _time_left(self) -> float | None:
        return self._plan.time_left(self._spent)


class Walk(BaseWalk[T]):
    """All entries, one by one, complete or an error.

    Iterating over it again goes on where it was left, or where it failed.

    Where the service takes a span of time, both bounds of that belong to the walk. Elsewhere, and
    behind a list in another order, it goes by page numbers: it remembers the ids that it gave, and
    one that goes on reads its pages again, and raises if entries came or went among them.
    """

    def __init__(
        self, plan: WalkPlan[T], fetcher: Fetcher, first: Fetched[T] | None = None
    ) -> None:
        """Begin a walk; nothing is sent before it is iterated over."""
        super().__init__(plan, first)
        self._fetcher = fetcher

    def __iter__(self) -> Iterator[T]:
        """Give the entries.

        Raises:
            IncompleteWalkError: If it cannot be known that every entry was given.
            ServiceError: If a request fails; its `checkpoint` says where to go on.
        """
        steps, outcome = self._steps(), None
        with Prefetching(self._plan.concurrency) as prefetching:
            try:
                while (step := self._carried_on(steps, outcome)) is not None:
                    outcome = None
                    if isinstance(step, Batch):
                        yield from self._entries(step)
                    else:
                        outcome = self._fetched(step, prefetching)
            except ServiceError as error:
                raise self._explained(error) from None

    def _fetched(self, step: Fetch | FetchMany, prefetching: Prefetching) -> Any:
        """Give what comes of a step, or what went wrong."""
        began = time.monotonic()
        try:
            left = self._time_left()
            if isinstance(step, Fetch):
                return self._fetcher.fetch(self._plan, step, left)

            def fetch(each: Fetch) -> Fetched[T]:
                return self._fetcher.fetch(self._plan, each, left)

            return prefetching.fetched(step, fetch)
        except ServiceError as error:
            return error
        finally:
            self._spent += time.monotonic() - began


class AsyncWalk(BaseWalk[T]):
    """All entries, one by one, complete or an error; for `async for`.

    Iterating over it again goes on where it was left, or where it failed.

    Where the service takes a span of time, both bounds of that belong to the walk. Elsewhere, and
    behind a list in another order, it goes by page numbers: it remembers the ids that it gave, and
    one that goes on reads its pages again, and raises if entries came or went among them.
    """

    def __init__(
        self, plan: WalkPlan[T], fetcher: AsyncFetcher, first: Fetched[T] | None = None
    ) -> None:
        """Begin a walk; nothing is sent before it is iterated over."""
        super().__init__(plan, first)
        self._fetcher = fetcher

    async def __aiter__(self) -> AsyncIterator[T]:
        """Give the entries.

        Raises:
            IncompleteWalkError: If it cannot be known that every entry was given.
            ServiceError: If a request fails; its `checkpoint` says where to go on.
        """
        steps, outcome = self._steps(), None
        gathering = Gathering()
        try:
            while (step := self._carried_on(steps, outcome)) is not None:
                outcome = None
                if isinstance(step, Batch):
                    for entry in self._entries(step):
                        yield entry
                else:
                    outcome = await self._fetched(step, gathering)
        except ServiceError as error:
            raise self._explained(error) from None

    async def _fetched(self, step: Fetch | FetchMany, gathering: Gathering) -> Any:
        """Give what comes of a step, or what went wrong."""
        began = time.monotonic()
        try:
            left = self._time_left()
            if isinstance(step, Fetch):
                return await self._fetcher.fetch(self._plan, step, left)

            async def fetch(each: Fetch) -> Fetched[T]:
                return await self._fetcher.fetch(self._plan, each, left)

            return await gathering.fetched(step, fetch)
        except ServiceError as error:
            return error
        finally:
            self._spent += time.monotonic() - began
