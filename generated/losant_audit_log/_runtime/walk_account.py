# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The final account of a walk: what was seen against what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import moments
from .errors import IncompleteWalkError

if TYPE_CHECKING:
    import datetime as dt

    from .timeline import Timeline
    from .walk_state import WalkState
    from .walk_steps import Fetched, WalkSteps

_DAY = 86_400  # seconds


class Account:
    """Keeps what is needed to tell an entry that expired from one that was missed.

    Args:
        timeline: The order of the walk.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._clock: int | None = None
        self._tail: list[int] = []

    def tell(self, date: int | None) -> int:
        """Take the service's clock, or the local one if there is none, and give it."""
        per_second = self._timeline.window.per_second
        self._clock = date if date is not None else moments.now(per_second)
        return self._clock

    def check_retention(self, time: int | None, what: str) -> None:
        """Refuse to begin where the service keeps nothing any more.

        Raises:
            IncompleteWalkError: If that is so: entries are missing for certain.
        """
        horizon = self._horizon()
        if time is not None and horizon is not None and time < horizon:
            kept = moments.moment(horizon, self._timeline.window.per_second)
            message = f"{what} is older than what the service keeps, which begins at {kept}"
            raise IncompleteWalkError(message)

    def see(self, when: list[dt.datetime]) -> None:
        """Remember the times of entries that may expire while we read."""
        horizon, units = self._horizon(), self._timeline.units
        if horizon is not None and when:
            soon = horizon + _DAY * self._timeline.window.per_second
            if min(units(when[0]), units(when[-1])) < soon:
                self._tail += [at for at in map(units, when) if at < soon]

    def settle(self, state: WalkState) -> WalkSteps:
        """Hold what was seen against what the first answer promised.

        Fewer entries than promised are right only if the others have expired. Then the part that
        cannot have expired holds as many as were seen of it, which one more request tells.

        Raises:
            IncompleteWalkError: If entries are missing for no such reason.
        """
        missing = 0 if state.total is None else state.total - state.seen
        if missing <= 0:
            return
        message = f"{missing} of {state.total} entries that the service promised were not given"
        horizon = self._horizon()
        if horizon is None:
            raise IncompleteWalkError(message)
        # A Date header is up to a second old, and more expires while the request is under way.
        safe = horizon + 2 * self._timeline.window.per_second
        if state.start is not None and state.start >= safe:
            raise IncompleteWalkError(message)
        while safe in self._tail or safe - 1 in self._tail:
            safe += 2
        end = state.end
        if self._timeline.descending and state.pinned_by != "end" and state.first is not None:
            end = state.first + 1
        first_page = self._timeline.pagination.first
        fetched: Fetched[Any] = yield self._timeline.fetch(safe, end, first_page)
        if fetched.data.total != state.seen - sum(at < safe for at in self._tail):
            raise IncompleteWalkError(message)

    def _horizon(self) -> int | None:
        """Give the time from which on the service keeps entries, if it says so."""
        window = self._timeline.window
        clock = self._clock if self._clock is not None else moments.now(window.per_second)
        return moments.horizon(clock, window.retention, window.per_second)
