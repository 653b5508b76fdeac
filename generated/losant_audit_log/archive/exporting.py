# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Export runs, which create or update an archive.

A run is one module because its steps share the position in the log.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from .._runtime.core.errors import IncompleteWalkError
from .._runtime.core.service import ServiceError
from .._runtime.walks.steps import Batch
from .codecs import check_codec
from .errors import ArchiveDamagedError, ArchiveIncompleteError, exit_code_of
from .files import LOCK, lock, make_folder, remove_file, write_file
from .header import FORMAT, NAME, Header, Item, origin_of
from .lines import Line
from .program import COMMAND
from .seals import Count
from .service import LogService, ReceivedEntry, received_entries
from .state import State, is_blank, read_state
from .storage import read_header
from .times import DAY, day_of, now, to_datetime, to_milliseconds, to_text
from .writer import Writer

_EDGE = 2 * DAY  # services may delete entries this long before the retention period ends
_WARNING = 30 * DAY
_MARGIN = 7 * DAY  # or half of the retention period, if that is shorter
_KEPT = "the service keeps entries since {since}; {lost} may be lost"
_EXPIRY = "unread entries expire in {days} days"


class ExportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The options of a run, as durations in milliseconds; see `export`."""

    start: int | None = None
    end: int | None = None
    settle: int = DAY
    overlap: int = DAY
    margin: int | None = None
    codec: str = "gzip"
    warn: Callable[[str], None] = lambda _: None
    progress: Callable[[Progress], None] | None = None


class Progress(msgspec.Struct, frozen=True):
    """The progress of a run.

    Attributes:
        origin: The name of the archive.
        entries: The number of added entries.
        until: The timestamp of the last entry that was read.
        sealed_until: The end of the last sealed day, or None.
    """

    origin: str
    entries: int
    until: dt.datetime
    sealed_until: dt.datetime | None


class ExportResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a run.

    Attributes:
        origin: The name of the archive.
        added: The number of added entries.
        late: The number of added entries of days that were already sealed.
        undecodable: The number of added entries that do not match the document, including those of
            earlier runs that were interrupted.
        size: The number of leaves of the tree.
        root: The root of the tree, as base64.
        until: The end of the last sealed day, or None.
        exit_code: 0, or 5 with undecodable entries, 8 if unread entries expire soon, 9 if
            `max_time` is exceeded.
    """

    origin: str
    added: int
    late: int
    undecodable: int
    size: int
    root: str
    until: dt.datetime | None
    exit_code: int

    @property
    def head(self) -> str:
        """One line with origin, added entries, size and root, to be stored elsewhere."""
        return f"{self.origin} {self.added} {self.size} {self.root}"


def run_export(service: LogService, folder: Path, options: ExportOptions) -> ExportResult:
    """Create or update the archive in a directory.

    A first run that ends before it archives an entry or a day leaves no file.

    Raises:
        ArchiveError: If the archive cannot be written.
        ServiceError: If a request fails; the received entries are saved.
    """
    check_codec(options.codec)
    make_folder(folder)
    with lock(folder):
        header, digest = _header(service, folder, options)
        writer = Writer(folder, header, digest, read_state(folder) or State())
        code = 0
        try:
            code = _Run(service, writer, options).read()
        except BaseException as error:
            code = exit_code_of(error)
            raise
        finally:
            if writer.added or writer.state.read_until is not None or not is_blank(folder):
                writer.close(code)
            else:
                remove_blank(folder)
    checkpoint = writer.checkpoint
    return ExportResult(
        origin=header.origin,
        added=writer.added,
        late=writer.late,
        undecodable=writer.undecodable,
        size=checkpoint.size,
        root=checkpoint.root,
        until=None if writer.until is None else to_datetime(writer.until),
        exit_code=code,
    )


def remove_blank(folder: Path) -> None:
    """Remove the files of a run that archived nothing, while it is locked."""
    with suppress(OSError):  # Windows removes no open file.
        remove_file(folder / NAME)
        remove_file(folder / LOCK)


def _header(service: LogService, folder: Path, options: ExportOptions) -> tuple[Header, str]:
    """Return the header of the archive, which is written by the first run."""
    window, pagination = service.window, service.pagination
    origin = origin_of(COMMAND, service.operation, [*service.arguments.values()])
    if is_blank(folder):
        header = Header(
            format=FORMAT,
            origin=origin,
            operation=service.operation,
            arguments=service.arguments,
            item=Item(pagination.item_id, pagination.item_time),
            window={
                "from": service.wire_names[window.start],
                "to": service.wire_names[window.end],
                "retention": window.retention,
            },
            codec=options.codec,
            base_url=service.base_url,
            created=to_text(now()),
        )
        write_file(folder / NAME, header.to_bytes())
    header, digest = read_header(folder)
    if header.origin != origin:
        message = f"{folder}: an archive of {header.origin}, not of {origin}; use another directory"
        raise ArchiveDamagedError(message)
    check_codec(header.codec)
    if header.base_url != service.base_url:
        options.warn(
            f"{folder}: the base URL was {header.base_url}, and now is {service.base_url}; "
            "each seal records its own"
        )
    return header, digest


class _Run:
    """One run: reads entries, seals each settled day meanwhile, and late entries at the end."""

    def __init__(self, service: LogService, writer: Writer, options: ExportOptions) -> None:
        self._service, self._writer, self._options = service, writer, options
        self._state = writer.state
        self._blocked: ArchiveIncompleteError | None = None
        self._empty_until = self._page_time = 0
        self._empty_count: Count | None = None

    def read(self) -> int:
        """Read all entries since the last run, and return the exit code."""
        try:
            is_whole = self._read()
        except ServiceError:
            if not self._service.is_over:
                raise
            is_whole = False
        return self._finish(is_whole=is_whole)

    def _read(self) -> bool:
        """Read all entries since the last run, and return whether all were read."""
        state, writer, options = self._state, self._writer, self._options
        start = self._begin()
        if options.end is not None and start is not None and options.end <= start:
            return True
        if start is not None:
            writer.look_back(start)
        walk = self._service.batches(start, options.end)
        self._consume(walk, start or 1)
        today = self._service.now
        limit = today if options.end is None else min(today, options.end)
        if walk.report.end is not None and walk.report.pinned_by != "local":
            reached = to_milliseconds(walk.report.end)
            # The walk ended with the last unit before the end.
            is_end = options.end is not None and reached >= options.end - self._service.unit
            limit = options.end if options.end is not None and is_end else reached
        self._set_first(None)
        state.read_until = max(limit, min(state.read_until or limit, today))
        state.began = state.position = None
        self._seal_until(limit)
        return not self._service.is_over

    def _begin(self) -> int | None:
        """Return the position of an interrupted run, or the overlap with a finished one."""
        state, writer, options = self._state, self._writer, self._options
        last = writer.until if state.read_until is None else state.read_until
        today = self._service.now  # The clock may have been ahead.
        covered = last if last is None else min(last, state.looked_back_at or last, today)
        start = options.start if covered is None else covered - options.overlap
        if last is not None and writer.first is not None:
            start = max(start or 0, writer.first)
        unread = state.position
        if unread is not None and (last is None or (state.began or 0) <= (start or 0)):
            start = unread
        else:
            state.began, state.position = start, None
            state.looked_back_at = today
        oldest = self._service.retained_from(today)
        if oldest is not None:
            since = state.position or (start if last is None else last)
            self._warn_about_retention(since, oldest, is_first=last is None)
            if start is not None and start < oldest:
                return None
        if writer.first is None:
            state.first = writer.first = start
        return start

    def _warn_about_retention(self, since: int | None, oldest: int, *, is_first: bool) -> None:
        """Warn about entries that the service has deleted, or deletes soon."""
        folder, warn = self._writer.folder, self._options.warn
        if since is not None and since < oldest:
            days = -((since - oldest) // DAY)
            lost = f"entries of the {days} days since {to_text(since)}"
            warn(f"{folder}: {_KEPT.format(since=to_text(oldest), lost=lost)}")
        elif since is not None and not is_first and since - oldest < _WARNING:
            warn(f"{folder}: {_EXPIRY.format(days=(since - oldest) // DAY)}")

    def _set_first(self, oldest: int | None) -> None:
        """Set the start of the archive: the retention limit, or an older entry."""
        state, writer = self._state, self._writer
        if writer.first is None:
            retained = self._service.retained_from(self._service.now)
            known = [each for each in (retained, oldest) if each is not None]
            if known:
                first = max(min(known), self._options.start or 0)
                writer.first = first // self._service.unit * self._service.unit
                if self._options.start is None:
                    kept = _KEPT.format(since=to_text(writer.first), lost="older ones")
                    self._options.warn(f"{writer.folder}: {kept}")
        state.first = writer.first

    def _consume(self, batches: Iterable[Batch], near: int) -> None:
        """Add the entries of a walk, and seal settled days.

        Args:
            batches: The batches of the walk.
            near: The time of the start of the walk in milliseconds.
        """
        for batch in batches:
            self._page_time = self._service.now
            lines = self._service.plain_lines(batch)
            for found in () if lines else received_entries(batch):
                near = self._add(found, near)
            del batch  # Free its memory before the next page is read.
            if lines:
                near = self._add_lines(lines, near)
            del lines

    def _add(self, found: ReceivedEntry, near: int) -> int:
        """Add an entry, and return its time, or that of the previous entry without one."""
        line = self._writer.read(found)
        at = near if line is None else line.milliseconds
        if line is not None and at < self._bound:
            return near
        near = self._advance(at, near)
        self._writer.add(found, line, at)
        self._report(near)
        return near

    def _add_lines(self, lines: list[Line], near: int) -> int:
        """Add sorted entries, a day at a time, and return the time of the last one."""
        times, begin = [line.time for line in lines], 0
        if lines[0].milliseconds < self._bound:
            begin = bisect_left(times, to_datetime(self._bound))
        while begin < len(lines):
            at = lines[begin].milliseconds
            near = self._advance(at, near)
            end = bisect_left(times, to_datetime(day_of(at) + DAY), begin)
            if self._options.progress is not None:  # It is called after each entry.
                end = begin + 1
            self._writer.add_lines(lines[begin:end])
            near = self._advance(lines[end - 1].milliseconds, near)
            self._report(near)
            begin = end
        return near

    @property
    def _bound(self) -> int:
        """The time since which entries are archived."""
        return (self._options.start or 0) if self._writer.first is None else self._writer.first

    def _advance(self, at: int, near: int) -> int:
        """Advance to the time of an entry, seal settled days before it, and return the later."""
        if at <= near:
            return near
        # A position in the future would skip the entries until then.
        self._state.position = min(at, self._page_time)
        if self._writer.first is None:
            self._set_first(at)
        if at >= self._writer.next_window()[1]:
            self._seal_until(at)
        return at

    def _report(self, near: int) -> None:
        writer, show = self._writer, self._options.progress
        if show is not None:
            until = None if writer.until is None else to_datetime(writer.until)
            show(Progress(writer.header.origin, writer.added, to_datetime(near), until))

    def _seal_until(self, limit: int) -> None:
        """Seal the settled days before a time."""
        writer, options = self._writer, self._options
        if writer.first is None:
            return
        limit = limit if options.end is None else min(limit, options.end)
        while self._blocked is None and not self._service.is_over:
            window = writer.next_window()
            end = min(limit, self._service.now - options.settle)
            if window[1] > end:
                return
            oldest = self._service.retained_from(self._service.now)
            is_gone = oldest is not None and window[1] <= oldest
            remarks: dict[str, object] = {"beyond_retention": True} if is_gone else {}
            with suppress(ArchiveIncompleteError):
                count = self._count_empty(window, end) or self._count(window, oldest)
                writer.seal_day(window, count, remarks)

    def _count_empty(self, window: tuple[int, int], end: int) -> Count | None:
        """Return the service's count of a day without entries, from one request for adjacent ones.

        Args:
            window: The day.
            end: The end of the days that can be sealed.

        Returns:
            The count; None if the day must be counted by itself.
        """
        begin, service = window[0], self._service
        if begin >= self._empty_until:
            self._empty_count, self._empty_until = None, self._writer.empty_until(begin, end)
            if self._empty_until > window[1] and self._total((begin, self._empty_until)) == 0:
                self._empty_count = Count(0, to_text(now()), service.base_url)
        return None if self._writer.count_held(window) else self._empty_count

    def _count(self, window: tuple[int, int], oldest: int | None) -> Count | None:
        """Return the service's count of a day, which is read again if the count differs.

        Args:
            window: The day.
            oldest: The time of the oldest available entries, or None.

        Raises:
            ArchiveIncompleteError: If the count still differs.
        """
        writer, service = self._writer, self._service
        total = self._total(window)
        is_gone = oldest is not None and window[1] <= oldest
        held = writer.count_held(window)
        if total is not None and total != held and not (is_gone and total < held):
            writer.forget_undated(window)
            near = window[0]
            with suppress(IncompleteWalkError):  # The count tells how many entries are missing.
                for found in service.walk(*window):
                    line = writer.read(found)
                    near = near if line is None else line.milliseconds
                    writer.add(found, line, near)
            again = self._total(window)
            total = total if again is None else again
        if total is None:
            return None
        held = writer.count_held(window)
        is_at_edge = oldest is not None and window[0] < oldest + _EDGE
        if total != held and not (is_at_edge and total < held):
            self._blocked = ArchiveIncompleteError(
                f"{writer.folder}: the service counts {total} entries from {to_text(window[0])} "
                f"to {to_text(window[1])}, but returned {held}; the day is not sealed, run again"
            )
            raise self._blocked
        return Count(total, to_text(now()), service.base_url)

    def _total(self, window: tuple[int, int]) -> int | None:
        writer, service = self._writer, self._service
        service.learn_bounds(writer.times())
        return service.total(*window, writer.count_held(window))

    def _finish(self, *, is_whole: bool) -> int:
        """Seal late entries, and return the exit code."""
        self._writer.seal_rest()
        if self._blocked is not None:
            raise self._blocked
        if count := self._writer.undecodable:
            text = f"archived entries that do not match the document: {count}"
            self._options.warn(f"{self._writer.folder}: {text}")
            return 5
        oldest = self._service.retained_from(self._service.now)
        read = self._state.position or self._state.read_until
        if oldest is not None and read is not None:
            default = min(_MARGIN, (self._service.now - oldest) // 2)
            if read - oldest < (default if self._options.margin is None else self._options.margin):
                text = _EXPIRY.format(days=(read - oldest) // DAY)
                self._options.warn(f"{self._writer.folder}: {text}")
                return 8
        return 0 if is_whole else 9
