# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""What a walk is to do, checked before anything is sent."""

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
    """What a walk goes by: it yields steps, and knows the state after any of its entries."""

    def steps(self, first: Fetched[Any] | None = None, /) -> WalkSteps:
        """Return the steps from the state on.

        Args:
            first: The first page, if it was fetched already.
        """
        ...

    def advanced(self, batch: Batch, count: int, /) -> WalkState:
        """Return the state after so many entries of a batch."""
        ...


class WalkPlan(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """What a walk is to do.

    Attributes:
        pagination: How the operation pages.
        arguments: The operation's arguments, by name; those of paging are replaced on the way.
        options: The options of every call.
        state: Where to begin.
        size: The page size to ask for, or None for the service's own.
        filter: The filter in wire form, or None.
        concurrency: How many pages are read at once.
        keeps_undecodable: Whether entries that do not fit are handed out, not raised.
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
        """How many units a second has."""
        return self.pagination.window.per_second if self.pagination.window else 1000

    def engine(self, state: WalkState | None = None) -> Engine:
        """Make the steps of the walk from a state on."""
        state = self.state if state is None else state
        window = self.pagination.window
        if window is None or state.numbered:
            return NumberedWalk(self.pagination, state, size=self.size)
        engine: Engine = window.engine(
            self.pagination, state, size=self.size, concurrency=self.concurrency
        )
        return engine

    def end(self, state: WalkState) -> int | None:
        """Give the end of the span that a walk covers, where the next one can start.

        A pinned end lies behind every entry that was given, and not behind the first request.
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
        """Give the seconds that are left of the deadline, or None without one.

        Raises:
            APITimeoutError: If none is left.
        """
        deadline = self.options.get("deadline")
        if deadline is None:
            return None
        if spent >= deadline:
            raise APITimeoutError(f"the walk was not done within its deadline of {deadline} s")
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
    """Check the arguments of a walk.

    Args:
        pagination: How the operation pages.
        arguments: The operation's arguments by name.
        options: The options of every call.
        checkpoint: Where an earlier walk is to go on, or None.
        since: The checkpoint of a finished walk, whose end is the beginning of this one, or None.
        overlap: How long before that beginning late entries are looked for.
        concurrency: How many slices of time are read at once.
        on_undecodable: `raise` or `keep`.
        widens: Whether entries at the very bounds count, whatever the service makes of them.

    Raises:
        InvalidArgumentError: If one of them cannot be used.
    """
    if on_undecodable not in {"raise", "keep"}:
        raise InvalidArgumentError("on_undecodable: 'raise' or 'keep' is needed")
    if not is_count(concurrency):
        raise InvalidArgumentError("concurrency: a whole number from 1 is needed")
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
    reach = _reach(overlap, window.per_second if window else 1000)
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
            overlap=reach or 0,
        ),
        size=size,
        filter=filter_,
        concurrency=concurrency,
        keeps_undecodable=on_undecodable == "keep",
    )
    if checkpoint is not None and since is not None:
        raise InvalidArgumentError("checkpoint and since cannot be given together")
    if checkpoint is not None:
        state = _resumed(read_checkpoint(checkpoint, walk), start, end, reach)
        arguments = {**arguments, **state.order}
    elif since is not None:
        state = _following(plan, read_checkpoint(since, walk), start, reach or 0)
    else:
        state = plan.state
        if widens and window is not None:
            state = _widened(state, window.bounds)
    return msgspec.structs.replace(plan, state=state, arguments=arguments)


def _widened(state: WalkState, bounds: str) -> WalkState:
    """Count entries at the very bounds in, whatever the service does, unless it does it anyway.

    Else one would be missed that lies just where an earlier walk ended.
    """
    lower = None if bounds in {"inclusive", "half-open"} else state.start
    upper = None if bounds == "inclusive" else state.end
    return msgspec.structs.replace(state, lower=lower, upper=upper)


def _reach(overlap: object, per_second: int) -> int | None:
    if overlap is None:
        return None
    if not isinstance(overlap, dt.timedelta) or overlap < dt.timedelta():
        raise InvalidArgumentError("overlap: a timedelta that is not negative is needed")
    return math.ceil(overlap.total_seconds() * per_second)


def _resumed(state: WalkState, start: int | None, end: int | None, reach: int | None) -> WalkState:
    """Go on with a walk; what is given again must be the same."""
    if start is not None and start != state.start:
        raise InvalidArgumentError("start: the walk of this checkpoint has another one")
    if end is not None and (end != state.end or state.pinned_by != "end"):
        raise InvalidArgumentError("end: the walk of this checkpoint has another one")
    if reach is not None and reach != state.overlap:
        raise InvalidArgumentError("overlap: the walk of this checkpoint has another one")
    return state


def _following(plan: WalkPlan[Any], before: WalkState, start: int | None, reach: int) -> WalkState:
    """Begin where a finished walk ended."""
    if start is not None:
        raise InvalidArgumentError("start: it follows from since; give one of the two")
    if not before.done:
        message = "since: that walk is not finished; finish it first, with checkpoint=..."
        raise InvalidArgumentError(message)
    if before.numbered:
        raise InvalidArgumentError(
            "since: that walk went by page numbers, so it has no end in time"
        )
    if reach > before.overlap:
        message = "overlap: the earlier walk must have been given the same overlap, or a longer one"
        raise InvalidArgumentError(message)
    end = plan.end(before)
    begin = None if end is None else end - reach
    if plan.state.end is not None and begin is not None and plan.state.end <= begin:
        raise InvalidArgumentError("end: it must lie behind the end of the walk in since")
    late = {id_: at for id_, at in before.late.items() if begin is None or at >= begin}
    if begin is not None:  # What has no time of its own may come again as well.
        late |= dict.fromkeys(before.timeless, begin)
    upper = plan.state.end
    return msgspec.structs.replace(
        plan.state, start=begin, lower=begin, upper=upper, since=end, late=late
    )
