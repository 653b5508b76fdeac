# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
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

    def engine(self, state: WalkState | None = None) -> Engine:
        """Return the engine of the walk, starting from a state."""
        state = self.state if state is None else state
        window = self.pagination.window
        if window is None or state.numbered:
            return NumberedWalk(self.pagination, state, size=self.size)
        engine: Engine = window.engine(
            self.pagination, state, size=self.size, concurrency=self.concurrency
        )
        return engine

    def end(self, state: WalkState) -> int | None:
        """Return the end of the span that a walk covers, where the next walk can start.

        A pinned end is after every entry that was yielded, and not after the first request.
        """
        if state.pinned_by in {"end", ""}:
            return state.end
        known = [each for each in (state.first, state.last) if each is not None]
        newest = max([*known, *state.late.values()], default=None)
        if newest is not None:
            newest += 1
        by_server = state.end if state.pinned_by == "server" else None
        found = [each for each in (by_server, newest, state.since) if each is not None]
        return max(found, default=state.start)

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
    overlap: dt.timedelta | None = None,
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
    schemas = {each.name: each.schema for each in pagination.operation.parameters}
    wire = {
        name: schemas[name].to_wire(value, name)
        for name, value in arguments.items()
        if value is not None
    }
    size = wire.get(pagination.size)
    window = pagination.window
    filter_ = wire.get(pagination.filter)
    order = pagination.order
    varying = {pagination.size, pagination.page}
    if window is not None:
        varying |= {window.start, window.end}
    if order is not None:
        varying |= {order.field, order.direction}
    constant = {name: value for name, value in wire.items() if name not in varying}
    walk = fingerprint(pagination.operation.name, constant)
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
            overlap=units or 0,
        ),
        size=size,
        filter=filter_,
        concurrency=concurrency,
        keeps_undecodable=on_undecodable == "keep",
    )
    if checkpoint is not None and since is not None:
        raise InvalidArgumentError("checkpoint and since exclude each other; pass one of them")
    if checkpoint is not None:
        state = _resume(read_checkpoint(checkpoint, walk), start, end, units)
        arguments = {**arguments, **state.order}
    elif since is not None:
        state = _follow(plan, read_checkpoint(since, walk), start, units or 0)
    else:
        state = plan.state
        if widens and window is not None:
            state = _include_bounds(state, window.bounds)
    return msgspec.structs.replace(plan, state=state, arguments=arguments)


def _include_bounds(state: WalkState, bounds: str) -> WalkState:
    """Return a state whose span includes its bounds, unless the service includes them anyway.

    Otherwise the walk would miss an entry exactly where an earlier walk ended.
    """
    lower = None if bounds in {"inclusive", "half-open"} else state.start
    upper = None if bounds == "inclusive" else state.end
    return msgspec.structs.replace(state, lower=lower, upper=upper)


def _to_units(overlap: object, per_second: int) -> int | None:
    if overlap is None:
        return None
    if not isinstance(overlap, dt.timedelta) or overlap < dt.timedelta():
        raise InvalidArgumentError(f"overlap: expected a non-negative timedelta, got {overlap!r}")
    return math.ceil(overlap.total_seconds() * per_second)


def _resume(state: WalkState, start: int | None, end: int | None, units: int | None) -> WalkState:
    """Return the state of a checkpoint. Arguments that are passed again must be the same."""
    if start is not None and start != state.start:
        raise InvalidArgumentError("start: differs from that of the checkpoint; omit it")
    if end is not None and (end != state.end or state.pinned_by != "end"):
        raise InvalidArgumentError("end: differs from that of the checkpoint; omit it")
    if units is not None and units != state.overlap:
        raise InvalidArgumentError("overlap: differs from that of the checkpoint; omit it")
    return state


def _follow(plan: WalkPlan[Any], before: WalkState, start: int | None, units: int) -> WalkState:
    """Return the state of a walk that starts where a finished one ended."""
    if start is not None:
        raise InvalidArgumentError("start and since exclude each other; pass one of them")
    if not before.done:
        message = "since: the walk is not finished; finish it first, with checkpoint=..."
        raise InvalidArgumentError(message)
    if before.numbered:
        raise InvalidArgumentError("since: the walk counted pages, so it has no end in time")
    if units > before.overlap:
        message = "overlap: longer than that of the earlier walk; pass the same or a shorter one"
        raise InvalidArgumentError(message)
    end = plan.end(before)
    begin = None if end is None else end - units
    if plan.state.end is not None and begin is not None and plan.state.end <= begin:
        raise InvalidArgumentError("end: expected a time after the end of the walk in since")
    late = {id_: at for id_, at in before.late.items() if begin is None or at >= begin}
    if begin is not None:  # Undated entries may be repeated as well.
        late |= dict.fromkeys(before.undated, begin)
    upper = plan.state.end
    return msgspec.structs.replace(
        plan.state, start=begin, lower=begin, upper=upper, since=end, late=late
    )
