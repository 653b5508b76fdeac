# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Plans of walks, validated before the first request."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import msgspec

from ..calls.options import CallOptions
from ..core.errors import APITimeoutError, InvalidArgumentError
from ..core.guards import is_count
from ..paging.pagination import Order
from .checkpoint import OVERLAP, WalkState, fingerprint, read_checkpoint

if TYPE_CHECKING:
    from ..paging.page_data import Fetched
    from ..paging.pagination import Pagination
    from .steps import Batch, WalkSteps

T = TypeVar("T")


class Engine(Protocol):
    """The algorithm of a walk: its steps, and the state after each of its entries."""

    @property
    def state(self) -> WalkState:
        """The current state, which counts the entries of every batch but the current one."""
        ...

    def steps(self, first: Fetched[Any] | None = None, /) -> WalkSteps:
        """Return the steps from the current state on.

        Args:
            first: The first page, if it was fetched before.
        """
        ...

    def state_after(self, state: WalkState, batch: Batch, count: int, /) -> WalkState:
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

    def engine(self, state: WalkState | None = None) -> Engine:
        """Return the engine of the walk, starting from a state."""
        state = self.state if state is None else state
        window: Any = self.pagination.window  # a `TimeWindow`, if any
        if window is None or state.numbered:
            from .by_page import NumberedWalk  # here, so that the import of the package is fast

            return NumberedWalk(self.pagination, state, size=self.size)
        engine: Engine = window.engine(self.pagination, state, self.size, self.concurrency)
        return engine

    def concurrent(self, kind: str) -> Any:
        """Return the concurrent fetcher of pages, in `threads` or `tasks`; None if no walk does."""
        window: Any = self.pagination.window
        return window.concurrent(kind) if window and self.concurrency > 1 else None

    def end(self, state: WalkState) -> int | None:
        """Return the end of the span that a walk covers, where the next walk can start."""
        window: Any = self.pagination.window
        return window.end_of(state) if window else None

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
    order: str | None = None,
    widens: bool = True,
) -> WalkPlan[T]:
    """Validate the arguments of a walk, and return its plan.

    Args:
        pagination: The pagination of the operation.
        arguments: The operation's arguments by name.
        options: The options of every call.
        checkpoint: The checkpoint of an earlier walk to resume, or None.
        since: The checkpoint of a finished walk at whose end this one starts, or None.
        overlap: The duration before that end that is read again, to find late entries.
        retention: The retention period of the service; None for the documented one.
        concurrency: The number of time slices that are read concurrently.
        on_undecodable: `raise` or `keep`.
        order: `newest` or `oldest` entries first; None for that of the checkpoint, else `newest`.
        widens: Whether both bounds are inclusive, even if the service excludes them.

    Raises:
        InvalidArgumentError: If an argument is invalid.
    """
    _check_choice("on_undecodable", on_undecodable, "raise", "keep")
    _check_choice("order", order, None, *(("newest", "oldest") if pagination.order else ()))
    if not is_count(concurrency):
        raise InvalidArgumentError(f"concurrency: expected an int from 1, got {concurrency!r}")
    if checkpoint is not None and since is not None:
        raise InvalidArgumentError("checkpoint and since exclude each other; pass one of them")
    wire = _to_wire(pagination, arguments)
    walk = _identity(pagination, wire)
    window: Any = pagination.window  # a `TimeWindow`, if any
    if window is not None:
        if retention is not None:  # The same object otherwise, for which decoders are cached.
            window = window.with_retention(retention)
            pagination = msgspec.structs.replace(pagination, window=window)
        state: WalkState = window.begin(
            walk, wire, checkpoint=checkpoint, since=since, overlap=overlap, widens=widens
        )
    elif since is not None or retention is not None:
        name = "retention" if since is None else "since"
        raise InvalidArgumentError(f"{name}: the list has no time span; omit it")
    elif checkpoint is not None:
        state = read_checkpoint(checkpoint, walk)
    else:
        state = WalkState(walk=walk, numbered=True)
    if pagination.order is not None and widens:
        by_time: Any = pagination.order  # a `TimeOrder`
        state = by_time.choose(state, order, is_resumed=checkpoint is not None)
    return WalkPlan(
        pagination=pagination,
        arguments={**arguments, **state.order},
        options=options,
        state=state,
        size=wire.get(pagination.size) or (pagination.walk_size if widens else None),
        filter=wire.get(pagination.filter),
        concurrency=concurrency,
        keeps_undecodable=on_undecodable == "keep",
    )


def _to_wire(pagination: Pagination[Any], arguments: dict[str, Any]) -> dict[str, Any]:
    """Validate the operation's arguments, and return them in wire form.

    Raises:
        InvalidArgumentError: If one is invalid, or if the time span ends before it starts.
    """
    wire = {
        each.name: each.schema.to_wire(arguments[each.name], each.name)
        for each in pagination.operation.parameters
        if arguments.get(each.name) is not None
    }
    if pagination.span is not None:
        pagination.span.check(arguments)
    return wire


def _identity(pagination: Pagination[Any], wire: dict[str, Any]) -> str:
    """Return the fingerprint of a walk: the operation, and the arguments that no walk changes."""
    order = pagination.order or Order()
    varying = {pagination.size, pagination.page, order.field, order.direction}
    if pagination.window is not None:
        varying |= {pagination.window.start, pagination.window.end}
    constant = {name: value for name, value in wire.items() if name not in varying}
    return fingerprint(pagination.operation.name, constant)


def _check_choice(name: str, value: object, *choices: str | None) -> None:
    """Raise if an argument is not one of its choices."""
    if value not in choices:
        expected = " or ".join(repr(each) for each in choices if each) or "None"
        raise InvalidArgumentError(f"{name}: expected {expected}, got {value!r}")
