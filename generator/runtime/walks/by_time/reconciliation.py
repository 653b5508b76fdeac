"""Reconciliation of a walk: entries yielded against entries promised.

The first response promises a total. Each further page reports the number of entries in its window,
and thus the number of unread entries. If there are more than expected, entries arrived late: they
are promised from then on. If there are fewer, entries are gone: they expired, or they were lost. A
total cannot distinguish these two cases. The order of expiry can, because the oldest entries expire
first:

*In a descending walk*, the entries that may expire are the last ones. The walk requests the oldest
entries once, before it yields the first page, and stores how many there are at which epoch in the
state (`tail`), up to an epoch after which nothing was counted (`known`). Every entry that is
yielded is removed from them. At the end, those that are left and have passed the retention period
expired. All other missing entries were lost. If the start of the retention period approaches
`known` during a long walk, the walk requests the oldest entries again. If it passes `known`
because the walk was interrupted, the entries beyond `known` may have expired, and only the entries
that still exist are promised.

*In an ascending walk*, the entries that may expire are the next ones. They can only have expired
if the last entry that was yielded is older than the retention period.

*Between the first page and the request for the oldest entries*, an entry may expire or be lost,
without a means to distinguish these. If the log reaches back to the start of the retention period,
the entry is considered expired. In a younger log, nothing expires. The log reaches back if it
lacks at most a twelfth of the retention period.

If the service has no retention period, or if the walk starts within it, no entries expire.

*Replicas of a service* may lack the newest entries for a while. If the end of a walk disagrees with
its totals, a resumption reads the walk again: entries within the overlap are known by their ids,
and older ones are counted and not yielded. Entries that expire within days of the walk are not read
again. They were counted, and the service must not report more of them than were read.

The rules are one module because each of them depends on which entries can have expired.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from ...core import epoch
from ...core.errors import IncompleteWalkError
from .retention import subtract_duration
from .span import overlap_start, requested_start, span_start

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Generator

    from ...paging.page_data import Fetched
    from ..checkpoint import WalkState
    from ..steps import Fetch, WalkSteps
    from .timeline import Timeline

_DATED = 10  # seconds by which a Date header may differ from the clock that stamps entries
COARSE = 2 * 86_400
"""Seconds by which expiry may be early: a year may be 365 days, and end at midnight."""
_UNDATED = 86_400  # seconds by which the local clock may be wrong
_NEAR = 3_600  # seconds before the oldest entries expire, when they are requested again
_YOUNG = 12  # the fraction of the retention period that a young log lacks
_SINGLE, _GROUPS = 8, 24  # groups of the oldest entries: those kept apart, and the maximum

Groups: TypeAlias = tuple[tuple[int, int], ...]


class Reconciliation:
    """Compares the entries that a walk yielded with those that the service promised.

    Args:
        timeline: The order of the walk.
    """

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._per_second = timeline.window.per_second
        self._ahead: int | None = None  # how far the service's clock is ahead of the local one
        self._unread: int | None = None  # the exact number of unread entries at the last page

    def note_clock(self, date: int | None) -> int:
        """Store the difference between the service's clock and the local one.

        Args:
            date: The time of the service, or None if the response does not contain it.

        Returns:
            The time of the service, or the local time.
        """
        now = epoch.now(self._per_second)
        if date is not None:
            self._ahead = date - now
        return now if date is None else date

    def check_retention(self, time: int | None, name: str, tolerance: int = _DATED) -> None:
        """Raise if an epoch is before the retention period, because entries are missing there.

        Args:
            time: The epoch, or None for the start of the log.
            name: The name of the epoch, for the error message.
            tolerance: The seconds by which the epoch may be before that period.

        Raises:
            IncompleteWalkError: If it is before the retention period.
        """
        horizon = self._horizon()
        margin = tolerance * self._per_second
        if time is not None and horizon is not None and time < horizon - margin:
            kept = epoch.to_datetime(horizon, self._per_second)
            message = (
                f"{name} is before the retention period of the service, which begins at {kept}; "
                f"pass a later start, or retention=... if the service keeps entries for longer"
            )
            raise IncompleteWalkError(message)

    def must_probe(self, state: WalkState, last: int) -> bool:
        """Return whether the oldest entries must be requested, after a page was read.

        Args:
            state: The state of the walk.
            last: The epoch of the last entry of the page.
        """
        horizon = self._horizon()
        if horizon is None or not self._timeline.descending or state.total is None:
            return False
        known = _counted_from(state)
        if known is None:
            return True
        if state.known is not None and last < known:
            return False  # All unread entries are counted in the tail.
        if state.tail:
            return horizon >= (state.tail[0][0] + known) // 2
        return known <= horizon + (_NEAR + self.clock_error()) * self._per_second

    def probe_result(
        self, state: WalkState, times: list[int], last: int, *, gone: int | None, is_all: bool
    ) -> WalkState:
        """Return the state with the oldest entries counted.

        Args:
            state: The state before the page is yielded.
            times: The epochs of the oldest entries in the window of the page, up to its last one.
            last: The epoch of the last entry of the page.
            gone: The decrease of the total of the window since the page, or None if unknown.
            is_all: Whether the window contains no other entries.
        """
        known = last + 1 if is_all or not times else times[-1]
        oldest, since = times[0] if times else last + 1, state.known
        total, lost = state.total, state.lost
        promised = total or 0  # The total is known, because `must_probe` requires it.
        unread = None if self._unread is None or gone is None else self._unread - gone
        expired = self._expired_in_tail(state.tail, oldest)
        groups = [(state.tail[0][0], expired)] if expired else []
        if since is not None and oldest <= since:  # It is known which entries expired.
            groups += [(time, count) for time, count in state.tail if time >= oldest]
            if unread is not None:
                lost = max(lost, promised - state.seen - unread - expired)
        elif self._is_overtaken(state, oldest) or self._may_expire_unprobed(state, oldest):
            since, groups = None, []
            # If it is unknown now, the next count determines the total.
            total = None if unread is None else min(promised, state.seen + unread)
        groups += _count_by_time([each for each in times if (since or 0) <= each < known])
        return msgspec.structs.replace(
            state, tail=_condense(groups), known=known, total=total, lost=lost
        )

    def count_unread(
        self, state: WalkState, unread: int | None, oldest: int | None, most: int | None = None
    ) -> WalkState:
        """Return the state with the total and the losses updated from a page.

        Args:
            state: The state before the page is yielded.
            unread: The number of unread entries, or None if the response does not report it.
            oldest: The epoch of the oldest entry on the page, or None if it is empty.
            most: The number that `unread` cannot exceed, or None if it is unknown.
        """
        total, self._unread = state.total, None if state.undated else unread
        is_overtaken, lost = self._is_overtaken(state, oldest), state.lost
        is_sure = not self._timeline.descending or _counted_from(state) is not None
        has_expired = is_overtaken and not self._timeline.descending
        most = unread if most is None else most
        if has_expired or (unread is not None and (total is None or state.seen + unread > total)):
            # The next count determines how many entries are left, if this one does not.
            total = None if unread is None else state.seen + unread
        elif total is not None and most is not None and is_sure and not is_overtaken:
            gone = total - state.seen - most
            lost = max(lost, gone - self._expired_count(state, gone, oldest))
        return msgspec.structs.replace(state, total=total, lost=lost)

    def finish(self, state: WalkState) -> WalkSteps:
        """Compare the entries that were seen with those that were promised, at the end.

        Raises:
            IncompleteWalkError: If entries are missing that cannot have expired.
        """
        if state.expected not in {None, state.older}:
            message = f"{state.expected} entries were read before, {state.older} when read again"
            raise IncompleteWalkError(message)
        missing = 0 if state.total is None else state.total - state.seen
        if missing <= 0 and state.lost <= 0:
            return
        message = f"{max(missing, state.lost)} of {state.total} reported entries were not returned"
        if state.lost > 0 or missing > self._expired_count(state, missing, None):
            raise IncompleteWalkError(message)
        if self._timeline.descending and state.position is not None:
            # The oldest entries expire first, so none may exist that is older than the last one.
            fetched: Fetched[Any] = yield self._timeline.fetch_step(
                requested_start(state), state.position - 1, self._timeline.first_page
            )
            older = self._timeline.entry_timestamps(fetched.data, state.position)
            if any(self._timeline.to_epoch(each) < state.position for each in older):
                raise IncompleteWalkError(message)

    def read_again(self, state: WalkState) -> Generator[Fetch, Fetched[Any], WalkState]:
        """Return the state with which to resume a walk whose end disagrees with its totals.

        Entries that expire within days are not read again; they must not be more than were read.
        """
        oldest = max(span_start(state) or 0, min(state.first or 0, state.last or 0))
        since, lower = overlap_start(state), state.lower
        count = state.seen - sum(each >= since for each in state.late.values())
        if state.undated:
            return state
        if self.may_expire(oldest):
            lower = expiry_limit(self._timeline, state)
            if state.older is None or lower >= since or self.may_expire(lower):
                return state
            window = requested_start(state), lower - 1, self._timeline.first_page
            older = (yield self._timeline.fetch_step(*window)).data.total
            if older is None or older > state.older:
                return state
            count -= state.older
        count = count if state.expected is None else state.expected
        begin = msgspec.structs.replace(state, lower=lower, new_from=since, expected=count, older=0)
        return msgspec.structs.replace(
            begin, position=None, ids=(), total=None, tail=(), known=None, lost=0, seen=0
        )

    def may_expire(self, start: int) -> bool:
        """Return whether entries since an epoch may have expired."""
        latest = self._latest_expired()
        return latest is not None and start < latest

    def clock_error(self) -> int:
        """Return the seconds by which the known time may differ from the clock of the entries."""
        return _UNDATED if self._ahead is None else _DATED

    def _expired_count(self, state: WalkState, missing: int, oldest: int | None) -> int:
        """Return the number of missing entries that may have expired.

        In a descending walk, none expired that is not older than an existing entry. After an empty
        page, others with the timestamp of the last entry may have expired together with it.

        Args:
            state: The state of the walk.
            missing: The number of missing entries.
            oldest: The epoch of the oldest entry on the page, or None if it is empty.
        """
        limit = state.position + 1 if oldest is None and state.position is not None else oldest
        if self._is_overtaken(state, limit if self._timeline.descending else state.position):
            return missing
        if not self._timeline.descending:
            return 0
        if state.known is None:  # No entry was unread when the oldest could have been requested.
            return missing * self._may_expire_unprobed(state, oldest or state.position or 0)
        return self._expired_in_tail(state.tail, limit)

    def _expired_in_tail(self, tail: Groups, oldest: int | None) -> int:
        """Return the number of the oldest entries that may have expired.

        Entries that are not older than an existing one did not expire. An entry that is gone
        before it can have expired was lost.
        """
        latest = self._latest_expired()
        if latest is None:
            return 0
        limit = latest if oldest is None else min(latest, oldest)
        return sum(count for time, count in tail if time < limit)

    def _is_overtaken(self, state: WalkState, oldest: int | None) -> bool:
        """Return whether entries may have expired that were never counted.

        No entry expired that is younger than an existing one.
        """
        latest = self._latest_expired()
        if self._timeline.descending:
            edge = _counted_from(state)
            oldest = state.position if oldest is None else oldest
        else:
            edge = state.end if oldest is None else state.position
        if latest is None or edge is None or edge >= latest:
            return False
        return oldest is None or edge < oldest

    def _may_expire_unprobed(self, state: WalkState, oldest: int) -> bool:
        """Return whether entries may have expired before the first probe of an old log."""
        horizon = self._horizon()
        if horizon is None or _counted_from(state) is not None:
            return False
        return (oldest - horizon) * _YOUNG <= self._now() - horizon

    def _latest_expired(self) -> int | None:
        """Return the epoch before which entries may have expired, as far as clocks are right."""
        horizon, tolerance = self._horizon(), COARSE + self.clock_error()
        return None if horizon is None else horizon + tolerance * self._per_second

    def _now(self) -> int:
        return epoch.now(self._per_second) + (self._ahead or 0)

    def _horizon(self) -> int | None:
        """Return the start of the retention period, or None if the service does not state one."""
        return subtract_duration(self._now(), self._timeline.window.retention, self._per_second)


def expiry_limit(timeline: Timeline, state: WalkState) -> int:
    """Return the epoch before which entries may expire within days of the start of a walk."""
    window = timeline.window
    horizon = subtract_duration(state.clock or 0, window.retention, window.per_second)
    return 0 if horizon is None else horizon + 2 * COARSE * window.per_second


def remove_from_tail(
    timeline: Timeline, tail: Groups, known: int | None, timestamps: list[dt.datetime]
) -> Groups:
    """Return the counts of the oldest entries without those that were yielded.

    Args:
        timeline: The order of the walk.
        tail: The counts, in groups.
        known: The epoch up to which they count all entries, or None before the first probe.
        timestamps: The timestamps of the entries that were yielded.
    """
    if not tail or known is None or timeline.to_epoch(timestamps[-1]) >= known:
        return tail
    left = [[time, count] for time, count in tail]
    for time in map(timeline.to_epoch, timestamps):
        if time < known:
            own = next((each for each in reversed(left) if each[0] <= time), left[0])
            own[1] = max(0, own[1] - 1)
    return tuple((time, count) for time, count in left)


def _counted_from(state: WalkState) -> int | None:
    """Return the epoch after which nothing was counted; the start of the span without a count."""
    return span_start(state) if state.known is None else state.known


def _count_by_time(times: list[int]) -> list[tuple[int, int]]:
    """Return the number of entries at each epoch, of epochs in order."""
    return [(time, len(list(same))) for time, same in groupby(times)]


def _condense(groups: list[Any]) -> Groups:
    """Join groups that are far from expiry, until they fit into a checkpoint.

    A group counts the entries from its epoch up to that of the next group.
    """
    while len(groups) > _GROUPS:
        pairs = [groups[n : n + 2] for n in range(_SINGLE, len(groups), 2)]
        joined = [(pair[0][0], sum(count for _, count in pair)) for pair in pairs]
        groups = [*groups[:_SINGLE], *joined]
    return tuple(groups)
