# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The order of a walk: the newest or the oldest entries first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ..core.errors import InvalidArgumentError
from ..paging.pagination import Order

if TYPE_CHECKING:
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
                message = f"order: no parameter gives the {order} entries first; omit it"
                raise InvalidArgumentError(message)
            return state
        direction = self.ascending if ascending else self.descending
        chosen = {self.field: self.by_time, self.direction: direction} if state.numbered else {}
        chosen.pop("", None)
        return msgspec.structs.replace(state, ascending=ascending, order=chosen)
