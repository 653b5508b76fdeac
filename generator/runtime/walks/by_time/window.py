"""Time spans of lists, with the walks that read them."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

import msgspec

from ...core.errors import InvalidArgumentError, ResponseDecodeError
from ...paging.pagination import Window
from ..checkpoint import OVERLAP, WalkState, read_checkpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...paging.pagination import Pagination
    from .prefetch import Gathering, Prefetching
    from .slices import SlicedWalk
    from .walk import WindowWalk


_UNKNOWN_SIZE = 100  # of pages whose size the service decides


class TimeWindow(Window, frozen=True, kw_only=True):
    """A time span that a walk reads page by page, or in concurrent slices."""

    def engine(
        self, pagination: Pagination[Any], state: WalkState, size: int | None, concurrency: int
    ) -> WindowWalk[Any] | SlicedWalk[Any]:
        """Return the engine of a walk through the span.

        Args:
            pagination: The pagination of the operation.
            state: The state to start from.
            size: The page size to request, or None for the service's default.
            concurrency: The number of slices that are read concurrently.
        """
        # Loaded by the first walk, so that the import of the package stays fast.
        from .reading import WindowReader
        from .timeline import Timeline

        timeline = Timeline(pagination, self, not state.ascending, size)
        reader: WindowReader[Any] = WindowReader(timeline, state)
        if concurrency > 1:
            from .slices import SlicedWalk

            return SlicedWalk(reader, concurrency)
        from .walk import WindowWalk

        return WindowWalk(reader)

    def with_retention(self, retention: object) -> TimeWindow:
        """Return the window with the retention period of the caller.

        Raises:
            InvalidArgumentError: If it is not a positive timedelta.
        """
        if not isinstance(retention, dt.timedelta) or retention <= dt.timedelta():
            message = f"retention: expected a positive duration, got {retention}"
            raise InvalidArgumentError(message)
        duration = f"P{retention.days}DT{retention.seconds}S"
        return msgspec.structs.replace(self, retention=duration)

    def begin(
        self,
        walk: str,
        wire: Mapping[str, Any],
        *,
        checkpoint: object,
        since: object,
        overlap: object,
        widens: bool,
    ) -> WalkState:
        """Return the state to start from.

        Args:
            walk: The fingerprint of the walk.
            wire: The operation's arguments in wire form.
            checkpoint: The checkpoint of an earlier walk to resume, or None.
            since: The checkpoint of a finished walk at whose end this one starts, or None.
            overlap: The duration before that end that is read again.
            widens: Whether both bounds are inclusive, even if the service excludes them.

        Raises:
            InvalidArgumentError: If an argument is invalid or does not fit a checkpoint.
        """
        units = self.units(overlap)
        start, end = wire.get(self.start), wire.get(self.end)
        by = "" if end is None else "end"
        state = WalkState(walk=walk, start=start, end=end, pinned_by=by, overlap=units, older=0)
        if checkpoint is not None:
            before = read_checkpoint(checkpoint, walk)
            _check_same(before, start, end, None if overlap is OVERLAP else units)
            return before
        if since is not None:
            return self._follow(state, since, is_default=overlap is OVERLAP)
        if not widens:
            return state
        # Both bounds are included, unless the service includes them anyway. Otherwise the walk
        # would miss an entry exactly where an earlier walk ended.
        lower = None if self.bounds in {"inclusive", "half-open"} else start
        upper = None if self.bounds == "inclusive" else end
        return msgspec.structs.replace(state, lower=lower, upper=upper)

    def end_of(self, state: WalkState) -> int | None:
        """Return the end of the span that a walk covers, where the next walk can start.

        It is never after the first response by the service's own clock, because entries may still
        be written there. Without that clock it is the timestamp of the newest entry, which the next
        walk reads again.
        """
        end = state.end
        if end is not None and state.clock is not None:
            end = min(end, state.clock)
        if state.pinned_by == "end" and not state.is_ahead:
            return end
        if state.pinned_by != "server":
            known = [each for each in (state.first, state.last) if each is not None]
            end = max([*known, *state.late.values()], default=None)
            if end is not None and state.clock is None:
                end += 1  # A checkpoint of version 1 lacks the ids there.
        found = [each for each in (end, state.since) if each is not None]
        return max(found, default=state.start)

    def smaller_size(
        self, pagination: Pagination[Any], state: WalkState, size: int | None, error: Exception
    ) -> int | None:
        """Return the page size to continue with after a page was too large, or None.

        A list that began with another page than the first one cannot continue with smaller pages.

        Args:
            pagination: The pagination of the operation.
            state: The state of the walk.
            size: The page size that was requested, or None for the service's default.
            error: The failure.
        """
        is_too_large = isinstance(error, ResponseDecodeError) and error.is_too_large
        smaller = (size or _UNKNOWN_SIZE) // 4 or 1
        can_shrink = pagination.size and smaller != size and state.page is None
        return smaller if is_too_large and can_shrink else None

    def units(self, overlap: object) -> int:
        """Return an overlap in units of the window.

        Raises:
            InvalidArgumentError: If it is not a non-negative timedelta.
        """
        if not isinstance(overlap, dt.timedelta) or overlap < dt.timedelta():
            message = f"overlap: expected a non-negative timedelta, got {overlap!r}"
            raise InvalidArgumentError(message)
        return math.ceil(overlap.total_seconds() * self.per_second)

    def check_overlap(self, units: int, before: WalkState) -> None:
        """Raise if an overlap is longer than that for which an earlier walk stored its ids.

        Raises:
            InvalidArgumentError: If it is.
        """
        if units > before.overlap:
            message = "overlap: longer than in the earlier walk; pass the same or a shorter one"
            raise InvalidArgumentError(message)

    def after(self, before: WalkState, state: WalkState) -> WalkState:
        """Return the state of a walk that starts where a finished one ended.

        It reads the overlap before that end again, but nothing before the start of the finished
        walk.

        Args:
            before: The state of the finished walk.
            state: The state of the walk, without a start.
        """
        end = self.end_of(before)
        if end is None:
            return msgspec.structs.replace(state, upper=state.end, late=before.late)
        begin = max(end - min(state.overlap, before.overlap), before.start or 0)
        known = {id_: at for id_, at in before.late.items() if at >= begin}
        late = dict.fromkeys(before.undated, end) | known  # They may be repeated as well.
        return msgspec.structs.replace(
            state, start=begin, lower=begin, upper=state.end, since=end, late=late
        )

    def _follow(self, state: WalkState, since: object, *, is_default: bool) -> WalkState:
        """Return the state of a walk that starts where a finished one ended.

        Args:
            state: The state of the walk with the caller's arguments.
            since: The checkpoint of the finished walk.
            is_default: Whether the overlap is the default one, which the finished walk may lack.

        Raises:
            InvalidArgumentError: If the start, the overlap or the end does not fit.
        """
        before = read_checkpoint(since, state.walk)
        if state.start is not None:
            raise InvalidArgumentError("start and since exclude each other; pass one of them")
        if not before.done:
            message = "since: the walk is not finished; finish it first, with checkpoint=..."
            raise InvalidArgumentError(message)
        if before.numbered:
            raise InvalidArgumentError("since: the walk counted pages, not time; omit it")
        if not is_default:
            self.check_overlap(state.overlap, before)
        found = self.after(before, state)
        if state.end is not None and found.start is not None and state.end <= found.start:
            raise InvalidArgumentError("end: expected a time after the end of the walk in since")
        return found

    def concurrent(self, kind: str) -> Prefetching | Gathering:
        """Return the concurrent fetcher of pages, in `threads` or `tasks`."""
        from .prefetch import Gathering, Prefetching

        return Prefetching() if kind == "threads" else Gathering()


def _check_same(state: WalkState, start: int | None, end: int | None, units: int | None) -> None:
    """Raise if an argument that is passed again differs from that of a checkpoint."""
    if start is not None and start != state.start:
        raise InvalidArgumentError("start: differs from that of the checkpoint; omit it")
    is_same = end == state.end or (state.is_ahead and end is not None and end > (state.end or 0))
    if end is not None and not (is_same and state.pinned_by == "end"):
        raise InvalidArgumentError("end: differs from that of the checkpoint; omit it")
    if units is not None and units != state.overlap:
        raise InvalidArgumentError("overlap: differs from that of the checkpoint; omit it")
