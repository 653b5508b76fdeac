# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks over all entries of a list, for iteration."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

import msgspec

from ..core import epoch
from ..core.errors import EntryDecodeError, IncompleteWalkError
from ..core.service import ServiceError
from ..paging.page_data import Fetched, UndecodedEntry
from .checkpoint import WalkState, write_checkpoint
from .steps import Batch, Fetch, FetchMany, WalkSteps

if TYPE_CHECKING:
    from .plan import WalkPlan

T = TypeVar("T")

_EMPTY = Batch([], [], [])


class _Progress(msgspec.Struct):
    """The progress of a walk. A new one is set whole, so an interruption leaves no half of it.

    Attributes:
        state: The state before the batch.
        batch: The batch whose entries are yielded.
        count: The number of entries that were yielded or suppressed.
    """

    state: WalkState
    batch: Batch = _EMPTY
    count: int = 0


_TAKEN_OVER = "another iterator over this walk was started; create a walk for each iterator"


class Fetcher(Protocol):
    """A resource that fetches the pages of a walk."""

    def fetch(
        self,
        plan: WalkPlan[T],
        step: Fetch,
        time_left: float | None,
        abandoned: Event | None = None,
    ) -> Fetched[T]:
        """Fetch one page of a walk, and send nothing more once an event is set.

        Raises:
            ServiceError: If the request fails.
        """
        ...


class AsyncFetcher(Protocol):
    """An asynchronous resource that fetches the pages of a walk."""

    async def fetch(self, plan: WalkPlan[T], step: Fetch, time_left: float | None) -> Fetched[T]:
        """Fetch one page of a walk.

        Raises:
            ServiceError: If the request fails.
        """
        ...


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The progress of a walk.

    Attributes:
        total: The number of entries that the whole walk will have yielded, as far as it is known;
            None if the service does not report it.
        pages: The number of pages that were read.
        entries: The number of entries that were yielded, by this walk and those that it resumes.
        distinct: The number of distinct entries that were yielded.
        duplicates: The number of entries that were dropped because they were yielded before.
        undecodable: The number of yielded entries that do not match the document.
        first: The timestamp of the entry that was yielded first.
        last: The timestamp of the entry that was yielded last.
        start: The start of the time span; None for the start of the log.
        end: The end of the time span, where the next walk can start.
        pinned_by: The source of the end: `end` (the argument), `server` or `local` (the clock of
            the service or of this machine); empty before the first response.
        unknown_fields: The number of occurrences of each field that the document does not describe.
        new_enum_values: The enumeration values that the document does not list, by field.
    """

    total: int | None
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
    """Base class of walks, with everything except the fetching."""

    def __init__(
        self,
        plan: WalkPlan[T],
        fetcher: Fetcher | AsyncFetcher,
        first: Fetched[T] | None = None,
        abandoned: Event | None = None,
    ) -> None:
        """Create a walk; the first request is sent when it is iterated over."""
        self.plan = plan
        self.fetcher: Any = fetcher
        self._first = first
        self._abandoned = abandoned
        self._engine = plan.engine()
        self._progress = _Progress(plan.state)
        self._spent = 0.0 if first is None else first.elapsed
        self._requested_at: float | None = None  # when the pages were requested that are awaited
        from .drift import Drift  # here, so that the import of the package is fast

        self._drift = Drift(plan.pagination)
        self._iterator = object()

    def __repr__(self) -> str:
        """Return a description with the number of entries so far."""
        return f"{type(self).__name__}({self._state().entries} entries so far)"

    @property
    def checkpoint(self) -> str:
        """A string with which this or another process can resume after the last yielded entry."""
        return write_checkpoint(self._state())

    def checkpoint_after(self, entry: object) -> str:
        """Return the checkpoint to store if a signal may have interrupted the iteration.

        Args:
            entry: The last entry that was processed. If the one after it was lost to the
                interruption, it is not counted.
        """
        batch, last = self._progress.batch, self._progress.count - 1
        if last >= 0 and last not in batch.suppressed and batch.entries[last] is not entry:
            self._progress.count = last
        return self.checkpoint

    @property
    def report(self) -> Report:
        """The progress of the walk so far."""
        state, per_second = self._state(), self.plan.pagination.per_second

        def timestamp(time: int | None) -> dt.datetime | None:
            return None if time is None else epoch.to_datetime(time, per_second)

        return Report(
            total=state.total and state.total - state.seen + state.entries,
            pages=state.pages,
            entries=state.entries,
            distinct=state.entries,
            duplicates=state.duplicates,
            undecodable=state.undecodable,
            first=timestamp(state.first),
            last=timestamp(state.last),
            start=timestamp(state.start),
            end=timestamp(self.plan.end(state)),
            pinned_by=state.pinned_by,
            unknown_fields=dict(+self._drift.fields),
            new_enum_values=dict(self._drift.values),
        )

    def _state(self, count: int | None = None) -> WalkState:
        progress, count = self._progress, self._progress.count if count is None else count
        return self._engine.state_after(progress.state, progress.batch, count)

    def _steps(self) -> WalkSteps:
        """Return the steps from the current state on, after an interruption or a failure too."""
        self._iterator = object()
        state = self._state()
        self._engine, self._progress = self.plan.engine(state), _Progress(state)
        first, self._first = self._first, None
        return self._engine.steps(first)

    def _entries(self, batch: Batch, iterator: object) -> Generator[Any, None, None]:
        """Iterate over the entries of a batch that are not suppressed."""
        pagination = self.plan.pagination
        if pagination.check_filter is not None:
            pagination.check_filter(pagination, self.plan.filter, batch.entries)
        self._drift.note_batch(batch)
        progress = self._progress = _Progress(self._engine.state, batch)
        for number, entry in enumerate(batch.entries, 1):
            is_new = number - 1 not in batch.suppressed
            if is_new and isinstance(entry, UndecodedEntry) and not self.plan.keeps_undecodable:
                raise self._decode_error(entry, number)
            progress.count = number
            if is_new:
                yield entry
                if iterator is not self._iterator:
                    raise ServiceError(_TAKEN_OVER)

    def _next_step(self, steps: WalkSteps, outcome: Any) -> Fetch | FetchMany | Batch | None:
        """Return the next step, or None at the end."""
        if self._requested_at is not None:
            self._spent += time.monotonic() - self._requested_at
        self._requested_at = None
        try:
            advance: Any = steps.throw if isinstance(outcome, ServiceError) else steps.send
            step = advance(outcome)
        except StopIteration:
            step = None
        except ServiceError:
            self._progress = _Progress(self._engine.state)
            raise
        self._progress = _Progress(self._engine.state)  # It counts the entries of the batch now.
        self._requested_at = time.monotonic() if isinstance(step, Fetch | FetchMany) else None
        return cast("Fetch | FetchMany | Batch | None", step)

    def _decode_error(self, entry: UndecodedEntry, number: int) -> EntryDecodeError:
        error = EntryDecodeError(
            f"{entry.error}; to skip the entry, resume from `checkpoint_after`",
            pointer=entry.error.pointer,
            content=entry.error.content,
        )
        error.checkpoint_after = write_checkpoint(self._state(number))
        return error

    def _recover(self, error: ServiceError) -> None:
        """Continue with smaller pages if a page was too large.

        Raises:
            ServiceError: The error, with the checkpoint of the walk, and with the report if it is
                incomplete.
        """
        plan, window = self.plan, cast("Any", self.plan.pagination.window)
        size = window and window.smaller_size(plan.pagination, self._state(), plan.size, error)
        if size:
            self.plan = msgspec.structs.replace(plan, size=size)
            return
        error.checkpoint = self.checkpoint
        if isinstance(error, IncompleteWalkError):
            error.report = self.report
        raise error from None


class Walk(BaseWalk[T]):
    """All entries of a list, one by one: complete, or an error.

    The newest entries come first, unless the walk was created with `order="oldest"`. Iterating
    over it again resumes where it stopped or failed.

    If the service supports time spans, both bounds are inclusive. Otherwise, and for a list in
    another order, the walk counts pages: it stores the ids that it yielded. When it resumes, it
    reads its pages again, and raises if entries arrived or expired among them.
    """

    def __iter__(self) -> Iterator[T]:
        """Iterate over the entries.

        Raises:
            IncompleteWalkError: If the walk cannot guarantee that it yields every entry.
            ServiceError: If a request fails; resume from its `checkpoint`.
        """
        while True:
            steps, outcome, iterator = self._steps(), None, self._iterator
            prefetching = self.plan.concurrent("threads")
            try:
                while (step := self._next_step(steps, outcome)) is not None:
                    outcome = None
                    if isinstance(step, Batch):
                        yield from self._entries(step, iterator)
                    else:
                        outcome = self._fetch(step, prefetching)
            except ServiceError as error:
                self._recover(error)
            else:
                return
            finally:
                if prefetching is not None:
                    prefetching.close()

    def _fetch(self, step: Fetch | FetchMany, prefetching: Any) -> Any:
        """Return the outcome of a step: pages, or the error."""
        try:
            left = self.plan.time_left(self._spent)
            if isinstance(step, Fetch):
                return self.fetcher.fetch(self.plan, step, left, self._abandoned)
            return prefetching.fetch_many(step, partial(self.fetcher.fetch, self.plan), left)
        except ServiceError as error:
            return error


class AsyncWalk(BaseWalk[T]):
    """All entries of a list for `async for`, like those of a `Walk`: complete, or an error."""

    async def __aiter__(self) -> AsyncIterator[T]:
        """Iterate over the entries.

        Raises:
            IncompleteWalkError: If the walk cannot guarantee that it yields every entry.
            ServiceError: If a request fails; resume from its `checkpoint`.
        """
        while True:
            steps, outcome, iterator = self._steps(), None, self._iterator
            gathering = self.plan.concurrent("tasks")
            try:
                while (step := self._next_step(steps, outcome)) is not None:
                    outcome = None
                    if isinstance(step, Batch):
                        for entry in self._entries(step, iterator):
                            yield entry
                    else:
                        outcome = await self._fetch(step, gathering)
            except ServiceError as error:
                self._recover(error)
            else:
                return

    async def _fetch(self, step: Fetch | FetchMany, gathering: Any) -> Any:
        """Return the outcome of a step: pages, or the error."""
        try:
            left = self.plan.time_left(self._spent)
            if isinstance(step, Fetch):
                return await self.fetcher.fetch(self.plan, step, left)
            fetch = partial(self.fetcher.fetch, self.plan)
            return await gathering.fetch_many(step, fetch, left)
        except ServiceError as error:
            return error
