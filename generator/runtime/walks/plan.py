"""Plans of walks, validated before the first request."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import msgspec

from ..calls.options import CallOptions
from ..core.errors import APITimeoutError, InvalidArgumentError
from ..core.guards import is_count
from .by_page import NumberedWalk
from .checkpoint import WalkState, fingerprint, read_checkpoint

if TYPE_CHECKING:
    from ..paging.page_data import Fetched
    from ..paging.pagination import Pagination
    from .steps import Batch, WalkSteps

T = TypeVar("T")

OVERLAP = dt.timedelta(seconds=10)
"""How long before the end of a walk the next one reads again, unless the caller says otherwise."""


class Engine(Protocol):
    """The algorithm of a walk: its steps, and the state after each of its entries."""

    def steps(self, first: Fetched[Any] | None = None, /) -> WalkSteps:
        """Return the steps from the current state on.

        Args:
            first: The first page, if it was fetched before.
        """
        ...

    def state_after(self, batch: Batch, count: int, /) -> WalkState:
        """Return the state after the first entries of a batch were yielded."""
        ...


class WalkPlan(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """The plan of a walk.

    Attributes:
        pagination: The pagination of the operation.
        arguments: The operation's arguments by name. The walk replaces those of the pagination.
        options: The options of every call.
        state: The state to start from.
        size: The page size to request, or None for the service's default.
        filter: The filter in wire form, or None.
        concurrency: The number of pages that are read concurrently.
        keeps_undecodable: Whether undecodable entries are yielded instead of raising an error.
    """

    pagination: Pagination[T]
    arguments: dict[str, Any]
    options: CallOptions
    state: WalkState
    size: int | None
    filter: Any = None
    concurrency: int = 1
    keeps_undecodable: bool = False

    @property
    def per_second(self) -> int:
        """The number of time units in a second."""
        return self.pagination.window.per_second if self.pagination.window else 1000

    @property
    def _spans(self) -> Any:
        """The `TimeWindow` of the list, or None; only packages with time spans have that class."""
        return self.pagination.window

    def engine(self, state: WalkState | None = None) -> Engine:
        """Return the engine of the walk, starting from a state."""
        state = self.state if state is None else state
        if self._spans is None or state.numbered:
            return NumberedWalk(self.pagination, state, size=self.size)
        engine: Engine = self._spans.engine(
            self.pagination, state, size=self.size, concurrency=self.concurrency
        )
        return engine

    def prefetching(self) -> Any:
        """Return what fetches pages concurrently in threads, or None if the walk does not."""
        return self._spans.prefetching() if self._spans and self.concurrency > 1 else None

    def gathering(self) -> Any:
        """Return what fetches pages concurrently in tasks, or None if the walk does not."""
        return self._spans.gathering() if self._spans and self.concurrency > 1 else None

    def end(self, state: WalkState) -> int | None:
        """Return the end of the span that a walk covers, where the next walk can start."""
        return self._spans.end_of(state) if self._spans else None

    def time_left(self, spent: float) -> float | None:
        """Return the seconds until the deadline, or None without a deadline.

        Args:
            spent: The seconds that the walk has used.

        Raises:
            APITimeoutError: If the deadline has passed.
        """
        deadline = self.options.get("deadline")
        if deadline is None:
            return None
        if spent >= deadline:
            raise APITimeoutError(f"the walk did not finish within its deadline of {deadline} s")
        return deadline - spent


def plan_walk(
    pagination: Pagination[T],
    arguments: dict[str, Any],
    options: CallOptions,
    *,
    checkpoint: object = None,
    since: object = None,
    overlap: dt.timedelta = OVERLAP,
    retention: dt.timedelta | None = None,
    concurrency: object = 1,
    on_undecodable: str = "raise",
    widens: bool = True,
) -> WalkPlan[T]:
    """Validate the arguments of a walk, and return its plan.

    Args:
        pagination: The pagination of the operation.
        arguments: The operation's arguments by name.
        options: The options of every call.
        checkpoint: The checkpoint of an earlier walk to resume, or None.
        since: The checkpoint of a finished walk at whose end this one starts, or None.
        overlap: How long before that end the walk reads again, to find late entries.
        retention: How long the service keeps entries; None for what the document states.
        concurrency: The number of time slices that are read concurrently.
        on_undecodable: `raise` or `keep`.
        widens: Whether both bounds are inclusive, even if the service excludes them.

    Raises:
        InvalidArgumentError: If an argument is invalid.
    """
    if on_undecodable not in {"raise", "keep"}:
        message = f"on_undecodable: expected 'raise' or 'keep', got {on_undecodable!r}"
        raise InvalidArgumentError(message)
    if not is_count(concurrency):
        raise InvalidArgumentError(f"concurrency: expected an int from 1, got {concurrency!r}")
    if checkpoint is not None and since is not None:
        raise InvalidArgumentError("checkpoint and since exclude each other; pass one of them")
    schemas = {each.name: each.schema for each in pagination.operation.parameters}
    wire = {
        name: schemas[name].to_wire(value, name)
        for name, value in arguments.items()
        if value is not None
    }
    window, order = pagination.window, pagination.order
    varying = {pagination.size, pagination.page}
    if window is not None:
        varying |= {window.start, window.end}
    if order is not None:
        varying |= {order.field, order.direction}
    constant = {name: value for name, value in wire.items() if name not in varying}
    walk = fingerprint(pagination.operation.name, constant)
    if retention is not None:
        pagination = _with_retention(pagination, retention)
    start = wire.get(window.start) if window else None
    end = wire.get(window.end) if window else None
    units = _to_units(overlap, window.per_second if window else 1000)
    plan = WalkPlan(
        pagination=pagination,
        arguments=arguments,
        options=options,
        state=WalkState(
            walk=walk,
            numbered=window is None,
            start=start,
            end=end,
            pinned_by="end" if end is not None else "",
            overlap=units if window else 0,
        ),
        size=wire.get(pagination.size),
        filter=wire.get(pagination.filter),
        concurrency=concurrency,
        keeps_undecodable=on_undecodable == "keep",
    )
    spans: Any = pagination.window
    state = plan.state
    if checkpoint is not None:
        state = read_checkpoint(checkpoint, walk)
        _check_same(state, start, end, None if overlap is OVERLAP else units)
        arguments = {**arguments, **state.order}
    elif since is not None:
        before = read_checkpoint(since, walk)
        if start is not None:
            raise InvalidArgumentError("start and since exclude each other; pass one of them")
        if not before.done:
            message = "since: the walk is not finished; finish it first, with checkpoint=..."
            raise InvalidArgumentError(message)
        if before.numbered:
            message = "since: the walk counted pages, so it has no end in time"
            raise InvalidArgumentError(message)
        state = spans.follow(state, before, is_default=overlap is OVERLAP)
    elif widens and window is not None:
        state = spans.include_bounds(state)
    return msgspec.structs.replace(plan, state=state, arguments=arguments)


def _to_units(overlap: object, per_second: int) -> int:
    if not isinstance(overlap, dt.timedelta) or overlap < dt.timedelta():
        raise InvalidArgumentError(f"overlap: expected a non-negative timedelta, got {overlap!r}")
    return math.ceil(overlap.total_seconds() * per_second)


def _with_retention(pagination: Pagination[T], retention: object) -> Pagination[T]:
    """Return the pagination with the retention period that the caller knows."""
    if not isinstance(retention, dt.timedelta) or retention <= dt.timedelta():
        message = f"retention: expected a positive timedelta, got {retention!r}"
        raise InvalidArgumentError(message)
    if pagination.window is None:
        raise InvalidArgumentError("retention: the list has no time span; omit it")
    duration = f"P{retention.days}DT{retention.seconds}S"
    window = msgspec.structs.replace(pagination.window, retention=duration)
    return msgspec.structs.replace(pagination, window=window)


def _check_same(state: WalkState, start: int | None, end: int | None, units: int | None) -> None:
    """Raise if an argument that is passed again differs from that of a checkpoint."""
    if start is not None and start != state.start:
        raise InvalidArgumentError("start: differs from that of the checkpoint; omit it")
    if end is not None and (end != state.end or state.pinned_by != "end"):
        raise InvalidArgumentError("end: differs from that of the checkpoint; omit it")
    if units is not None and units != state.overlap:
        raise InvalidArgumentError("overlap: differs from that of the checkpoint; omit it")
