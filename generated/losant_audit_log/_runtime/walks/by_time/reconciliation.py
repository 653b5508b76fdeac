# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The account of a walk: what was given against what was promised, less what expired unread.

The first answer promises a total. Each further page says how many entries its window holds, and
with that how many are still to be read: more than the account says are late entries, which are
promised from then on; fewer are entries that are gone. One that is gone has expired, or it was
lost, and a total cannot tell these apart. What can is the order of expiry, oldest first:

*Newest first*, the entries that may expire are the last ones of the walk. So the oldest of them
are asked for once, before the first page is handed out, and how many there are at which time goes
into the state (`tail`), up to a time behind which nothing was looked at (`known`). Every entry that
is given is taken from them. In the end, what is left of those that have passed the retention has
expired; whatever else is missing was lost. If the walk takes so long that the retention nears
`known`, the oldest are asked for again. If the retention overtakes it all the same, while nobody
read, the entries behind it may have gone, and only what is still there is promised.

*Oldest first*, what may expire is what comes next: only if the retention has passed the last entry
given can the ones behind it be gone.

*Between the first page and the look at the oldest*, an entry may expire or be lost, and nobody can
tell which. A log that reaches back to where the retention begins is taken to have lost it to time;
in a younger log nothing expires. "Reaches back" means that nothing is missing there for longer than
a twelfth of the retention.

A service without a retention loses nothing to it, nor does one whose `start` is younger.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from ...core import epoch
from ...core.errors import IncompleteWalkError

if TYPE_CHECKING:
    import datetime as dt

    from ...paging.page_data import Fetched
    from ..checkpoint import WalkState
    from ..steps import WalkSteps
    from .timeline import Timeline

_DATED = 2  # seconds by which a Date header and what it comes with may differ
_UNDATED = 86_400  # seconds by which the local clock may be wrong
_NEAR = 3_600  # seconds before the retention reaches the oldest entries, when they are asked for
_YOUNG = 12  # the part of the retention that a young log lacks
_SINGLE, _GROUPS = 8, 24  # groups of the oldest entries: those kept apart, and all

Groups: TypeAlias = tuple[tuple[int, int], ...]


class Account:
    """Tells an entry that expired from one that was lost.

    Args:
        timeline: The order of the walk.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._per_second = timeline.window.per_second
        self._ahead: int | None = None  # by how much the service's clock is ahead of ours
        self._unread: int | None = None  # how many entries there were still, as the last page said

    def tell(self, date: int | None) -> int:
        """Take the service's clock, or the local one if there is none, and give it."""
        now = epoch.now(self._per_second)
        if date is not None:
            self._ahead = date - now
        return now if date is None else date

    def check_retention(self, time: int | None, what: str) -> None:
        """Refuse to begin where the service keeps nothing any more.

        Raises:
            IncompleteWalkError: If that is so: entries are missing for certain.
        """
        horizon = self._horizon()
        if time is not None and horizon is not None and time < horizon:
            kept = epoch.moment(horizon, self._per_second)
            message = f"{what} is older than what the service keeps, which begins at {kept}"
            raise IncompleteWalkError(message)

    def must_look(self, state: WalkState, last: int) -> bool:
        """Whether the oldest entries must be asked for, now that a page ends at a time."""
        horizon = self._horizon()
        if horizon is None or not self._timeline.descending or state.total is None:
            return False
        known = state.start if state.known is None else state.known
        if known is None:
            return True
        if state.known is not None and last < known:
            return False  # All that is to be read is known.
        if state.tail:
            return horizon >= (state.tail[0][0] + known) // 2
        return known <= horizon + (_NEAR + self._slack()) * self._per_second

    def looked(
        self, state: WalkState, times: list[int], last: int, *, gone: int | None, is_all: bool
    ) -> WalkState:
        """Take note of the oldest entries.

        Args:
            state: The state before a page is handed out.
            times: The times of the oldest entries in its window, up to its last one.
            last: The last time on the page.
            gone: By how many there are fewer in the window than the page said, if it is known.
            is_all: Whether there are no others in the window.
        """
        known = last + 1 if is_all or not times else times[-1]
        oldest, since = times[0] if times else last, state.known
        total, lost = state.total, state.lost
        promised = total or 0  # It is known, else nobody had looked.
        unread = None if self._unread is None or gone is None else self._unread - gone
        passed = self._passed(state.tail, oldest)
        groups = [(state.tail[0][0], passed)] if passed else []
        if since is not None and oldest <= since:  # So it is known what has expired.
            groups += [(time, count) for time, count in state.tail if time >= oldest]
            if unread is not None:
                lost = max(lost, promised - state.seen - unread - passed)
        elif self._is_overtaken(state, oldest) or self._is_first_look(state, oldest):
            since, groups = None, []
            # If it is not known now, what is there when it is counted next.
            total = None if unread is None else min(promised, state.seen + unread)
        groups += _grouped([each for each in times if (since or 0) <= each < known])
        return msgspec.structs.replace(
            state, tail=_condensed(groups), known=known, total=total, lost=lost
        )

    def counted(self, state: WalkState, unread: int | None, alive: int | None) -> WalkState:
        """Take note of how many entries are still to be read, as an answer says.

        Args:
            state: The state before the answer's page is handed out.
            unread: How many entries there are that were not seen before; None if it does not say.
            alive: The time of the oldest entry on the page; None if it is empty.
        """
        total, self._unread = state.total, unread
        is_overtaken, lost = self._is_overtaken(state, alive), state.lost
        edge = state.start if state.known is None else state.known
        has_expired = is_overtaken and not self._timeline.descending
        if unread is None:  # What is there still is promised when it is counted next.
            total = None if has_expired else total
        elif total is None or state.seen + unread > total or has_expired:
            total = state.seen + unread
        elif not is_overtaken and (edge is not None or not self._timeline.descending):
            gone = total - state.seen - unread
            alive = state.position if alive is None else alive
            lost = max(lost, gone - self._expired(state, gone, alive))
        return msgspec.structs.replace(state, total=total, lost=lost)

    def taken(self, tail: Groups, known: int | None, when: list[dt.datetime]) -> Groups:
        """Take entries that are handed out from the oldest ones, by their times."""
        if not tail or known is None or self._timeline.units(when[-1]) >= known:
            return tail
        left = [[time, count] for time, count in tail]
        for time in map(self._timeline.units, when):
            if time < known:
                own = next((each for each in reversed(left) if each[0] <= time), left[0])
                own[1] = max(0, own[1] - 1)
        return tuple((time, count) for time, count in left)

    def settle(self, state: WalkState) -> WalkSteps:
        """Hold what was seen against what was promised, at the end.

        Raises:
            IncompleteWalkError: If entries are missing that cannot have expired.
        """
        missing = 0 if state.total is None else state.total - state.seen
        if missing <= 0 and state.lost <= 0:
            return
        count = f"{max(missing, state.lost)} of {state.total}"
        message = f"{count} entries that the service promised were not given"
        if state.lost > 0 or missing > self._expired(state, missing, state.position):
            raise IncompleteWalkError(message)
        if self._timeline.descending and state.first is not None:
            # What is there still was given.
            fetched: Fetched[Any] = yield self._timeline.fetch(
                state.asked_start, state.first, self._timeline.pagination.first
            )
            if (fetched.data.total or 0) > state.seen:
                raise IncompleteWalkError(message)

    def _expired(self, state: WalkState, missing: int, alive: int | None) -> int:
        """Tell how many of the missing entries may have expired.

        Newest first, none has that is younger than one that is or was there; others of its moment
        may have.
        """
        after = None if alive is None else alive + 1
        if self._is_overtaken(state, after if self._timeline.descending else state.position):
            return missing
        if not self._timeline.descending:
            return 0
        if state.known is None:  # Nothing was unread when it could have been asked for.
            return missing if self._is_first_look(state, alive or 0) else 0
        return self._passed(state.tail, after)

    def _passed(self, tail: Groups, alive: int | None) -> int:
        """Count those of the oldest entries that may have expired: none from one on that is there.

        One that is gone before it can have expired was lost.
        """
        latest = self._latest()
        if latest is None:
            return 0
        limit = latest if alive is None else min(latest, alive)
        return sum(count for time, count in tail if time < limit)

    def _is_overtaken(self, state: WalkState, alive: int | None) -> bool:
        """Whether entries may have expired of which nothing is known.

        Nothing has that is younger than an entry that is there still.
        """
        latest = self._latest()
        if self._timeline.descending:
            edge = state.start if state.known is None else state.known
            alive = state.position if alive is None else alive
        else:
            edge = state.end if alive is None else state.position
        if latest is None or edge is None or edge >= latest:
            return False
        return alive is None or edge < alive

    def _is_first_look(self, state: WalkState, oldest: int) -> bool:
        """Whether entries may have expired before the first look at a log that is old enough."""
        horizon = self._horizon()
        if horizon is None or state.known is not None or state.start is not None:
            return False
        return (oldest - horizon) * _YOUNG <= self._now() - horizon

    def _latest(self) -> int | None:
        """Give the time before which entries may have expired, as clocks are."""
        horizon = self._horizon()
        return None if horizon is None else horizon + self._slack() * self._per_second

    def _slack(self) -> int:
        return _UNDATED if self._ahead is None else _DATED

    def _now(self) -> int:
        return epoch.now(self._per_second) + (self._ahead or 0)

    def _horizon(self) -> int | None:
        """Give the time from which on the service keeps entries, if it says so."""
        return epoch.horizon(self._now(), self._timeline.window.retention, self._per_second)


def _grouped(times: list[int]) -> list[tuple[int, int]]:
    """Count entries by their times, which are in order."""
    return [(time, len(list(same))) for time, same in groupby(times)]


def _condensed(groups: list[Any]) -> Groups:
    """Join groups that are far from expiring, until they fit into a checkpoint.

    A group counts the entries from its time on, up to that of the next one.
    """
    while len(groups) > _GROUPS:
        far = groups[_SINGLE:]
        joined = [
            (far[n][0], sum(count for _, count in far[n : n + 2])) for n in range(0, len(far), 2)
        ]
        groups = [*groups[:_SINGLE], *joined]
    return tuple(groups)
