"""The order of a walk: the newest or the oldest entries first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ..core.errors import InvalidArgumentError
from ..paging.pagination import Order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .checkpoint import WalkState


class TimeOrder(Order, frozen=True, kw_only=True):
    """The order by time of a list, which a walk may choose."""

    def choose(self, state: WalkState, order: str | None, *, is_resumed: bool) -> WalkState:
        """Return the state of a walk in the order that the caller wants.

        Args:
            state: The state to start from.
            order: `newest` or `oldest` entries first; None for that of the checkpoint or `newest`.
            is_resumed: Whether the state is that of a checkpoint, whose order stays.

        Raises:
            InvalidArgumentError: If the checkpoint has another order, or the list cannot be sorted
                in this one.
        """
        ascending = order == "oldest"
        if is_resumed:
            is_by_time = state.order.get(self.field) in {None, self.by_time}
            if order is not None and not (is_by_time and state.ascending == ascending):
                raise InvalidArgumentError("order: differs from that of the checkpoint; omit it")
            return state
        if not self.direction:
            if order is not None and ascending == self.descends:
                message = f"order: no parameter returns the {order} entries first; omit it"
                raise InvalidArgumentError(message)
            return state
        direction = self.ascending if ascending else self.descending
        chosen = {self.field: self.by_time, self.direction: direction} if state.numbered else {}
        chosen.pop("", None)
        return msgspec.structs.replace(state, ascending=ascending, order=chosen)

    def of_list(self, state: WalkState, arguments: Mapping[str, Any]) -> WalkState:
        """Return the state of a walk that begins with a list, in the order of the list.

        Args:
            state: The state to start from.
            arguments: The arguments of the list by name.
        """
        chosen = {each: arguments.get(each) for each in (self.field, self.direction)}
        direction = chosen[self.direction]
        is_by_time = chosen[self.field] in {None, self.by_time}
        return msgspec.structs.replace(
            state,
            ascending=not (self.descends if direction is None else direction == self.descending),
            numbered=state.numbered or not is_by_time,
            order={name: value for name, value in chosen.items() if value is not None},
        )
