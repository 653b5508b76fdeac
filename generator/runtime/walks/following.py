"""Following of a list: its new entries as they come, each once.

A follow is a sequence of walks, the rounds. Each starts where the previous one ended, and reads the
overlap before that end again, because entries may become visible late. A walk that fails is resumed
by the next round. A follow that has neither a start nor a checkpoint first asks the service for its
time. Entries of the overlap before it existed already: the first round reads their ids, and yields
none of them.

Both kinds of follows are one module because they share the rounds.
"""

from __future__ import annotations

import datetime as dt
import logging
import math
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator, Mapping
from contextlib import aclosing
from threading import Event
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypedDict, TypeVar, cast

import msgspec

from ..core import epoch, http
from ..core.errors import APIConnectionError, APIStatusError, InvalidArgumentError
from ..core.service import ServiceError
from .checkpoint import OVERLAP, UNKNOWN, WalkState, read_checkpoint
from .steps import Fetch
from .walk import AsyncFetcher, AsyncWalk, BaseWalk, Fetcher, Walk

if TYPE_CHECKING:
    from ..calls.options import CallOptions
    from ..paging.page_data import Fetched
    from ..paging.pagination import Pagination
    from .by_time.window import TimeWindow
    from .plan import WalkPlan

T = TypeVar("T")
R = TypeVar("R")

FOLLOW_OVERLAP = dt.timedelta(minutes=10)
"""The default overlap of a round, which the next one reads again."""

_LONGEST_PAUSE = 60.0  # seconds between rounds that fail
_LOG = logging.getLogger((__package__ or "").partition(".")[0])


class FollowOptions(TypedDict, total=False):
    """Keyword arguments of every call of a follow.

    Attributes:
        timeout: Seconds for each connect, read, write and wait for a pooled connection, or a
            `Timeout` of the HTTP library with a value for each. Default: that of the client.
        extra_headers: Additional headers. They override the client's headers.
        extra_query: Additional query parameters, as strings.
    """

    timeout: http.Timeout | float | None
    extra_headers: Mapping[str, str] | None
    extra_query: Mapping[str, str] | None


class FollowPlan(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """The plan of a follow.

    Attributes:
        walk: The plan of the round to start or resume.
        window: The parameters that restrict the list to a time span.
        interval: The seconds from the start of a round to that of the next one.
        lag: The time by which entries are delayed, in units of the window.
        overlap: The duration before the end of a round that the next one reads again, in units of
            the window.
        ascending: Whether the oldest entries of a round come first.
    """

    walk: WalkPlan[T]
    window: TimeWindow
    interval: float
    lag: int
    overlap: int
    ascending: bool

    @property
    def clock_step(self) -> Fetch:
        """The step that fetches the newest entry, for the time of the service."""
        from .by_time.timeline import Timeline  # here, so that the import of the package is fast

        timeline = Timeline(self.walk.pagination, self.window, descending=True, size=1)
        return timeline.fetch_step(None, None, timeline.first_page)

    def next_round(self, state: WalkState, clock: int) -> WalkState:
        """Return the state of the round to start or resume.

        It has no end if entries are held back and there is nothing to read yet.

        Args:
            state: The state of the last round.
            clock: The time of the service, if it was asked.
        """
        if state.done:
            following = WalkState(walk=state.walk, overlap=self.overlap, ascending=self.ascending)
            state = self.window.after(state, following)
        elif state.new_from == UNKNOWN:
            begin = max(0, clock - state.overlap)
            state = msgspec.structs.replace(state, start=begin, lower=begin, new_from=clock)
        end = clock - self.lag
        if self.lag and not state.pages and end > max(state.start or 0, state.since or 0):
            state = msgspec.structs.replace(state, end=end, upper=end, pinned_by="end")
        return state


def plan_follow(
    pagination: Pagination[T],
    arguments: dict[str, Any],
    options: FollowOptions,
    *,
    since: str | None = None,
    interval: float | dt.timedelta = 60,
    overlap: dt.timedelta = FOLLOW_OVERLAP,
    lag: float | dt.timedelta = 0,
    on_undecodable: str = "raise",
) -> FollowPlan[T]:
    """Validate the arguments of a follow, and return its plan.

    Args:
        pagination: The pagination of the operation.
        arguments: The operation's arguments by name.
        options: The options of every call.
        since: The checkpoint of a walk or follow at whose end this one starts, or None.
        interval: The seconds from the start of a round to that of the next one.
        overlap: The duration before the end of a round that the next one reads again.
        lag: The seconds for which entries are held back.
        on_undecodable: `raise` or `keep`.

    Raises:
        InvalidArgumentError: If an argument is invalid.
    """
    from .plan import plan_walk  # here, so that the import of the package is fast

    if "deadline" in options:
        raise TypeError("follow() got an unexpected keyword argument 'deadline'")
    window: Any = pagination.window  # a `TimeWindow`, without which there is no follow
    if since is not None and arguments.get(window.start) is not None:
        raise InvalidArgumentError(f"{window.start} and since exclude each other; pass one of them")
    units = window.units(overlap)
    order: Any = pagination.order
    ascending = order is not None and bool(order.direction)
    plan = plan_walk(
        pagination,
        arguments,
        cast("CallOptions", options),
        checkpoint=since,
        overlap=overlap if since is None else OVERLAP,
        on_undecodable=on_undecodable,
        order="oldest" if ascending and since is None else None,
    )
    state = plan.state
    if state.numbered:
        raise InvalidArgumentError("since: the walk counted pages, not time; omit it")
    if overlap is not FOLLOW_OVERLAP and since is not None:
        window.check_overlap(units, state)
    if since is None and state.start is None:
        state = msgspec.structs.replace(state, new_from=UNKNOWN)
    return FollowPlan(
        walk=msgspec.structs.replace(plan, state=state),
        window=window,
        interval=_seconds(interval, "interval"),
        lag=math.ceil(_seconds(lag, "lag") * window.per_second),
        overlap=units,
        ascending=ascending,
    )


def _seconds(given: object, name: str) -> float:
    """Return a duration in seconds.

    Raises:
        InvalidArgumentError: If it is neither a timedelta nor a number of seconds, or negative.
    """
    value = given.total_seconds() if isinstance(given, dt.timedelta) else given
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        message = f"{name}: expected seconds or a timedelta, not negative, got {given!r}"
        raise InvalidArgumentError(message)
    return float(value)


FollowSteps: TypeAlias = "Generator[Fetch | BaseWalk[Any] | float, Any, None]"
"""A page to fetch, a walk to yield the entries of, or seconds to wait."""


class BaseFollow(Generic[T]):
    """Base class of follows, with everything except the fetching and waiting."""

    def __init__(self, plan: FollowPlan[T], walk: BaseWalk[T]) -> None:
        """Create a follow; the first request is sent when it is iterated over."""
        self._plan = plan
        self._walk = walk

    @property
    def checkpoint(self) -> str:
        """A string to resume after the last yielded entry, in this or another process."""
        return self._walk.checkpoint

    def checkpoint_after(self, entry: object) -> str:
        """Return the checkpoint to store if a signal may have interrupted the iteration.

        Args:
            entry: The last entry that was processed. If the one after it was lost to the
                interruption, it is not counted.
        """
        return self._walk.checkpoint_after(entry)

    def _new_walk(self, plan: WalkPlan[T]) -> BaseWalk[T]:
        raise NotImplementedError  # Subclasses implement it.

    def _steps(self) -> FollowSteps:
        """Return the steps from the current state on, after a failure too.

        Raises:
            ServiceError: If a request or walk failed, unless waiting may help.
        """
        failures = 0
        while True:
            began = time.monotonic()
            outcome = yield from self._round()
            if isinstance(outcome, ServiceError):
                failures += 1
                pause = _pause(outcome, failures, self._plan.interval)
                _LOG.warning("%s; trying again in %.1f s", outcome, pause)
            else:
                failures = 0
                pause = max(0.0, self._plan.interval - (time.monotonic() - began))
            yield pause

    def _round(self) -> Generator[Fetch | BaseWalk[Any] | float, Any, ServiceError | None]:
        """Read new entries, and return the error of a failure."""
        clock, before = 0, read_checkpoint(self.checkpoint, self._plan.walk.state.walk)
        if self._plan.lag or before.new_from == UNKNOWN:
            began = epoch.now(self._plan.window.per_second)
            fetched: Fetched[T] | ServiceError = yield self._plan.clock_step
            if isinstance(fetched, ServiceError):
                return fetched
            elapsed = math.ceil(fetched.elapsed * self._plan.window.per_second)
            clock = began if fetched.date is None else fetched.date - elapsed - 1
        state = self._plan.next_round(before, clock)
        if state is not before:
            self._walk = self._new_walk(msgspec.structs.replace(self._plan.walk, state=state))
        if self._plan.lag and state.end is None:
            return None
        failed: ServiceError | None = yield self._walk
        return failed


def _pause(error: ServiceError, failures: int, interval: float) -> float:
    """Return the seconds to wait after a failure.

    Args:
        error: The failure.
        failures: The number of failures in a row.
        interval: The seconds from the start of a round to that of the next one.

    Raises:
        ServiceError: If the failure does not pass by waiting.
    """
    if isinstance(error, APIStatusError):
        passes = error.status_code in {408, 429} or error.status_code >= 500
    else:
        passes = isinstance(error, APIConnectionError)
    if not passes:
        raise error
    requested = getattr(error, "retry_after", None) or 0.0
    first = min(1.0, max(interval, 0.1))
    longest = min(_LONGEST_PAUSE, first * 2.0 ** min(failures, 10))
    return max(requested, random.uniform(longest / 2, longest))


class Follow(BaseFollow[T]):
    """New entries of a list as they come, each once; iterating waits for them.

    The oldest entries come first where the service can sort them. A transient failure, such as
    a connection error or a status of 429 or 5xx, is logged and waited out; any other error is
    raised, and iterating over it again continues.
    """

    def __init__(self, plan: FollowPlan[T], fetcher: Fetcher) -> None:
        """Create a follow; the first request is sent when it is iterated over."""
        self._closed = Event()
        self._fetcher = fetcher
        super().__init__(plan, self._new_walk(plan.walk))

    def close(self) -> None:
        """End the iteration, also from another thread: waiting ends at once."""
        self._closed.set()

    def __iter__(self) -> Iterator[T]:
        """Iterate over the entries, until the follow is closed.

        Raises:
            IncompleteWalkError: If a round cannot guarantee that it yields every entry.
            ServiceError: If a request fails in a way that waiting does not help.
        """
        steps = self._steps()
        outcome: Any = None
        while not self._closed.is_set():
            step, outcome = steps.send(outcome), None
            try:
                if isinstance(step, Fetch):
                    outcome = self._fetcher.fetch(self._plan.walk, step, None, self._closed)
                elif isinstance(step, float):
                    self._closed.wait(step)
                else:
                    walk: Any = step
                    for entry in walk:
                        yield entry
                        if self._closed.is_set():
                            return
            except ServiceError as error:
                outcome = error

    def _new_walk(self, plan: WalkPlan[T]) -> Walk[T]:
        return Walk(plan, self._fetcher, abandoned=self._closed)


class AsyncFollow(BaseFollow[T]):
    """New entries of a list for `async for`, like those of a `Follow`."""

    def __init__(self, plan: FollowPlan[T], fetcher: AsyncFetcher) -> None:
        """Create a follow; the first request is sent when it is iterated over."""
        self._fetcher = _ClosableFetcher(fetcher)
        super().__init__(plan, self._new_walk(plan.walk))

    def close(self) -> None:
        """End the iteration, from another task: requests and waits end at once."""
        self._fetcher.close()

    async def aclose(self) -> None:
        """End the iteration, as `close` does."""
        self._fetcher.close()

    async def __aiter__(self) -> AsyncIterator[T]:
        """Iterate over the entries, until the follow is closed.

        Raises:
            IncompleteWalkError: If a round cannot guarantee that it yields every entry.
            ServiceError: If a request fails in a way that waiting does not help.
        """
        import anyio

        steps = self._steps()
        outcome: Any = None
        while not self._fetcher.is_closed():
            step, outcome = steps.send(outcome), None
            try:
                if isinstance(step, Fetch):
                    outcome = await self._fetcher.fetch(self._plan.walk, step, None)
                elif isinstance(step, float):
                    await self._fetcher.run(anyio.sleep, step)
                else:
                    walk: Any = step
                    async with aclosing(aiter(walk)) as entries:
                        async for entry in entries:
                            yield entry
                            if self._fetcher.is_closed():
                                return
            except ServiceError as error:
                outcome = error

    def _new_walk(self, plan: WalkPlan[T]) -> AsyncWalk[T]:
        return AsyncWalk(plan, self._fetcher)


class _ClosableFetcher:
    """Fetches pages until it is closed: the requests and waits of all tasks end at once.

    Args:
        fetcher: Fetches a page.
    """

    def __init__(self, fetcher: AsyncFetcher) -> None:
        self._is_closed = False
        self._fetcher = fetcher
        self._scopes: set[Any] = set()

    def is_closed(self) -> bool:
        return self._is_closed

    def close(self) -> None:
        """Cancel the requests and waits."""
        self._is_closed = True
        for scope in self._scopes:
            scope.cancel()

    async def run(self, function: Callable[..., Awaitable[R]], *arguments: Any) -> R | None:
        """Return the result of a coroutine function, or None if it was closed."""
        import anyio

        with anyio.CancelScope() as scope:
            self._scopes.add(scope)
            try:
                return await function(*arguments)
            finally:
                self._scopes.discard(scope)
        return None

    async def fetch(self, plan: WalkPlan[T], step: Fetch, time_left: float | None) -> Fetched[T]:
        """Fetch one page.

        Raises:
            ServiceError: If the request fails, or if the follow is closed.
        """
        fetched = await self.run(self._fetcher.fetch, plan, step, time_left)
        if fetched is None:
            raise ServiceError("the follow was closed")
        return fetched
