# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Access to a list of the service: entries and counts.

It is one module because both use the same requests, pace and clock.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from operator import attrgetter
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from .._runtime.core.errors import InvalidArgumentError
from .._runtime.core.service import ServiceError
from .._runtime.models.model import received_json
from .._runtime.paging.page_data import UndecodedEntry, member_getter
from .._runtime.walks.by_time.retention import subtract_duration
from .._runtime.walks.steps import Batch, Fetch
from .._runtime.walks.walk import AsyncWalk, Walk
from .lines import FIRST, Line
from .times import DAY, now, to_datetime

if TYPE_CHECKING:
    from .._runtime.paging.page_data import Fetched
    from .._runtime.resources.paged import PageSender
    from .._runtime.walks.plan import WalkPlan

_LEAST = 0.02  # the minimum duration of a request in seconds
_BOUNDS = {
    "exclusive": (False, False),
    "inclusive": (True, True),
    "half-open": (True, False),
    "": (False, True),
}
"""Whether the lower and the upper bound are inclusive, by the value of `bounds`."""
_ZONE = attrgetter("tzinfo")
_LAST = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)  # later ones may be rounded by the decoder


class Listing(Protocol):
    """A resource with a method `walk`."""

    @property
    def walk(self) -> Callable[..., Any]:
        """The method that iterates over the list."""
        ...


class Rate:
    """A limit of requests per second, shared by threads."""

    def __init__(self, per_second: float) -> None:
        """Store the limit."""
        self._pause = 1 / per_second
        self._lock = threading.Lock()
        self._next = 0.0

    def wait(self, stop: Event) -> None:
        """Wait until the next request may be sent, or the event is set."""
        with self._lock:
            begin = time.monotonic()
            at = max(self._next, begin)
            self._next = at + self._pause
        stop.wait(min(max(0.0, at - begin), threading.TIMEOUT_MAX))

    def give_back(self) -> None:
        """Permit one more request, because a wait was not followed by one."""
        with self._lock:
            self._next -= self._pause


class _Pace(Event):
    """An event that delays each step of a call, including retries, to limit the rate.

    Setting the event ends all waits immediately.
    """

    def __init__(self, rate: Rate, stop: Event) -> None:
        super().__init__()
        self._rate, self._stop = rate, stop

    def is_set(self) -> bool:
        """Wait until the next step is due, and return whether the event is set."""
        self._rate.wait(self._stop)
        return self._stop.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait before a retry, without using up the rate, until the event is set."""
        self._rate.give_back()
        return self._stop.wait(timeout)


class _RatedFetcher:
    """A fetcher of pages with a rate limit and a deadline, which records the service's clock."""

    def __init__(
        self, pages: PageSender, rate: Rate | None, stop: Event | None, max_time: float | None
    ) -> None:
        self._pages = pages
        self._rate, self._stop = rate, stop or Event()
        self._ends = None if max_time is None else time.monotonic() + max_time
        self.clock: int | None = None

    def fetch(
        self,
        plan: WalkPlan[Any],
        step: Fetch,
        time_left: float | None,
        abandoned: Event | None = None,
    ) -> Fetched[Any]:
        """Fetch one page.

        Raises:
            ServiceError: If the request fails, or the run is over.
        """
        if self.is_over:
            raise ServiceError("the maximum duration is exceeded")
        if self._ends is not None:
            left = self._ends - time.monotonic()
            time_left = left if time_left is None else min(left, time_left)
        stop = abandoned or self._stop
        stop = stop if self._rate is None else _Pace(self._rate, stop)
        fetched = self._pages.fetch(plan, step, time_left, stop)
        self.clock = fetched.date
        return fetched

    @property
    def is_over(self) -> bool:
        """Whether the maximum duration is exceeded, or the event to stop is set."""
        is_late = self._ends is not None and time.monotonic() + _LEAST > self._ends
        return is_late or self._stop.is_set()


class ReceivedEntry(NamedTuple):
    """An entry of a response.

    Attributes:
        raw: The received bytes.
        is_undecodable: Whether the entry does not match the document.
    """

    raw: bytes
    is_undecodable: bool = False


class BatchWalk(Walk[Batch]):
    """A walk that yields whole batches, in less time than one that yields entries."""

    def _entries(self, batch: Batch, iterator: object) -> Generator[Any, None, None]:
        del iterator
        self._progress = type(self._progress)(self._engine.state, batch, len(batch.entries))
        yield batch


class LogService:
    """The list of a service.

    Attributes:
        operation: The operationId of the list.
        arguments: The path arguments by their names in the document.
        wire_names: The names of the parameters in the document by those in Python.
        pagination: The pagination of the list.
        window: The time span of the list.
        base_url: The base URL of the service.
        unit: The unit of the time span in milliseconds.
    """

    def __init__(
        self,
        listing: Listing | Callable[..., Any],
        arguments: tuple[str, ...],
        *,
        per_page: int | None = None,
        retention: dt.timedelta | None = None,
        rate: Rate | None = None,
        stop: Event | None = None,
        max_time: float | None = None,
    ) -> None:
        """Plan the walks, without sending requests.

        Args:
            listing: The resource of a client, or one of its walk methods.
            arguments: The path arguments.
            per_page: The number of entries per page.
            retention: The retention period of the service. Default: the documented one.
            rate: A limit of requests.
            stop: An event that ends the run.
            max_time: The maximum duration in seconds.

        Raises:
            InvalidArgumentError: If the list cannot be archived, or an argument is invalid.
        """
        method = listing if callable(listing) else listing.walk
        self._walk: Callable[..., Any] = partial(method, *arguments)
        self._retention = retention
        probe = self._walk(order="oldest", retention=retention)
        if isinstance(probe, AsyncWalk):
            raise InvalidArgumentError("export: expected a resource of `Client`, not `AsyncClient`")
        plan: WalkPlan[Any] = probe.plan
        self._plan = plan
        self.pagination = plan.pagination
        window, pagination = plan.pagination.window, plan.pagination
        if window is None or not (pagination.item_id and pagination.item_time):
            message = f"{pagination.operation.name}: cannot be archived without a time span"
            raise InvalidArgumentError(message)
        self.window = window
        pages = cast("PageSender", probe.fetcher)
        pages.settings.token.require(pagination.operation)
        self._fetcher = _RatedFetcher(pages, rate, stop, max_time)
        self.base_url = pages.settings.base_url
        self._options: dict[str, Any] = {}
        if per_page is not None:
            if not pagination.size:
                raise InvalidArgumentError("per_page: not supported by this list; omit it")
            self._options = {pagination.size: per_page}
            self._walk(**self._options)  # Validates the argument before any file is written.
        self.operation = pagination.operation.name
        parameters = pagination.operation.parameters
        names = [each.wire_name for each in parameters if each.location == "path"]
        self.arguments = dict(zip(names, arguments, strict=False))
        self.wire_names = {each.name: each.wire_name for each in parameters}
        self._bounds = _BOUNDS.get(window.bounds)
        self.unit = 1000 // window.per_second

    @property
    def is_over(self) -> bool:
        """Whether no further requests are sent."""
        return self._fetcher.is_over

    @property
    def now(self) -> int:
        """The time in milliseconds: of the local clock or that of the service, if it is behind."""
        local = now()
        if self._fetcher.clock is None:
            return local
        return min(local, self._fetcher.clock * 1000 // self.window.per_second)

    def retained_from(self, now: int) -> int | None:
        """Return the time of the oldest available entries; None without a retention period."""
        if self._retention is not None:
            return now - self._retention // dt.timedelta(milliseconds=1)
        return subtract_duration(now, self.window.retention, 1000)

    def walk(self, start: int | None, end: int | None) -> Iterator[ReceivedEntry]:
        """Iterate over the entries of a time span, the oldest first; see `batches`."""
        for batch in self.batches(start, end):
            yield from received_entries(batch)

    def batches(self, start: int | None, end: int | None) -> BatchWalk:
        """Return a walk, oldest entries first.

        Args:
            start: The start in milliseconds, or None.
            end: The end in milliseconds, exclusive; None for now.
        """
        bounds = {
            self.window.start: None if start is None else to_datetime(start),
            self.window.end: None if end is None else to_datetime(max(end - 1, 0)),
        }
        oldest, retention = self.retained_from(self.now), self._retention
        if start is not None and oldest is not None and start < oldest - 2 * DAY:
            retention = to_datetime(self.now) - to_datetime(start)  # The service has entries there.
        planned = self._walk(
            **bounds, **self._options, order="oldest", on_undecodable="keep", retention=retention
        )
        return BatchWalk(planned.plan, self._fetcher)

    def plain_lines(self, batch: Batch) -> list[Line]:
        """Return the entries of a batch as lines in order of time.

        Returns:
            The lines, equal to those that a `LineReader` reads from the entries. No lines if one of
            the entries must be examined, because it is not sorted, does not match the document or
            has line breaks, or because its id or timestamp is missing or not exact.
        """
        if batch.suppressed or batch.has_undecodable:
            return []
        contents = list(map(received_json, batch.entries))
        pagination = self.pagination
        ids: list[Any] = list(map(member_getter(pagination, pagination.item_id), batch.entries))
        times: list[Any] = list(map(member_getter(pagination, pagination.item_time), batch.entries))
        if {*map(type, ids), *map(type, times)} != {str, dt.datetime}:
            return []
        is_exact = {*map(_ZONE, times)} == {dt.UTC} and times[0] >= FIRST and times[-1] < _LAST
        if not is_exact or times != sorted(times) or "\ufffd" in "".join(ids):
            return []
        whole = b"".join(contents)
        return [] if b"\n" in whole or b"\r" in whole else list(map(Line, times, ids, contents))

    def total(self, begin: int, end: int, held: int) -> int | None:
        """Return the service's count of the entries in a time span.

        Args:
            begin: The start of the time span.
            end: The end of the time span, exclusive.
            held: The expected number. While the bounds are unknown, it is returned if the count
                matches with any of their meanings.

        Returns:
            The count; None if the service does not count entries.
        """
        unit, total = self.unit, None
        for lower, upper in [self._bounds] if self._bounds else _BOUNDS.values():
            total = self._count(begin if lower else begin - unit, end - unit if upper else end)
            if total in {None, held}:
                break
        return total

    def learn_bounds(self, known: Iterable[tuple[int, set[int]]]) -> None:
        """Find out whether the bounds of a time span are inclusive, unless it is known.

        Args:
            known: The timestamps of entries by the start of their day.
        """
        if self._bounds is not None:
            return
        unit = self.unit
        for day, milliseconds in known:
            times = {each // unit * unit for each in milliseconds}
            # No entry is one unit before the first, and none is one unit after the last.
            first = next((each for each in times if each - unit not in times and each > day), None)
            ends = times | {day + DAY}
            last = next((each for each in times if each + unit not in ends), None)
            if first is None or last is None:
                continue
            total = self._count(last - unit, last + unit)
            if total is None:  # The service does not count entries.
                return
            if total:
                if self._count(last, last):
                    self._bounds = (True, True)
                else:
                    lower, upper = self._count(last, last + unit), self._count(first - unit, first)
                    self._bounds = (bool(lower), bool(upper))
                return

    def _count(self, start: int, end: int) -> int | None:
        begin = max(start, self.unit)  # Services may refuse earlier ones.
        bounds = {self.window.start: to_datetime(begin), self.window.end: to_datetime(end)}
        size = {self.pagination.size: 1} if self.pagination.size else {}
        return self._fetcher.fetch(self._plan, Fetch({**bounds, **size}), None).data.total


def received_entries(batch: Batch) -> Iterator[ReceivedEntry]:
    """Iterate over the entries of a batch."""
    for number, entry in enumerate(batch.entries):
        if number not in batch.suppressed:
            is_undecodable = isinstance(entry, UndecodedEntry)
            raw = entry.raw if is_undecodable else received_json(entry)
            yield ReceivedEntry(raw, is_undecodable)
