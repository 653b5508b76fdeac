"""Exports of one log, or of several concurrently."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import msgspec

from ..core.errors import InvalidArgumentError
from ..core.service import ServiceError
from .errors import ArchiveError, exit_code_of
from .exporting import ExportOptions, ExportResult, Progress, remove_blank, run_export
from .files import lock, make_folder, removing_empty
from .header import NAME, folder_name
from .service import Listing, LogService, Rate
from .state import is_blank
from .times import now, to_bounds, to_datetime

_DAY = dt.timedelta(days=1)
_PATIENCE = 3.0  # seconds for runs to save their state after an interruption


class Outcome(msgspec.Struct, frozen=True):
    """The outcome of one of several exports.

    Attributes:
        path: The directory of the archive.
        result: The result, or None.
        error: The error, or None.
    """

    path: Path
    result: ExportResult | None
    error: Exception | None

    @property
    def exit_code(self) -> int:
        """The exit code of the export."""
        if self.error is not None:
            return exit_code_of(self.error)
        return self.result.exit_code if self.result else 0


def export(
    listing: Listing | Callable[..., Any],
    *arguments: str | os.PathLike[str],
    path: str | os.PathLike[str] | None = None,
    start: dt.datetime | None = None,
    end: dt.datetime | None = None,
    settle: dt.timedelta = _DAY,
    overlap: dt.timedelta = _DAY,
    margin: dt.timedelta | None = None,
    retention: dt.timedelta | None = None,
    codec: str = "gzip",
    per_page: int | None = None,
    max_time: dt.timedelta | None = None,
    stop: Event | None = None,
    rate: Rate | None = None,
    warn: Callable[[str], None] = lambda _: None,
    progress: Callable[[Progress], None] | None = None,
) -> ExportResult:
    """Create or update the archive of a log.

    Entries are saved even if the run fails; the next run continues after them. A first run that
    ends before it archives an entry or a day leaves no file.

    Args:
        listing: The resource of a client, or one of its walk methods.
        *arguments: The path arguments of the list, followed by the directory unless `path` is
            passed.
        path: The directory of the archive.
        start: The start of a new archive. Default: the oldest available entry.
        end: The time to stop at. Default: now.
        settle: The time from the end of a day to its seal.
        overlap: The time span of the previous run that is read again, to find late entries.
        margin: The exit code is 8 if unread entries expire within this time. Default: 7 days, or
            half of the retention period if that is shorter.
        retention: The retention period of the service. Default: the documented one.
        codec: The compression of a new archive: `gzip` or `zstd`.
        per_page: The number of entries per page.
        max_time: The maximum duration of the run; the next run continues.
        stop: An event that ends the run as if `max_time` were exceeded.
        rate: A limit of requests, which several exports can share.
        warn: A function that is called with each warning.
        progress: A function that is called after each entry.

    Returns:
        The result of the run.

    Raises:
        ArchiveError: If the archive is damaged, locked or of another log.
        ServiceError: If a request fails, or entries may be missing.
    """
    if path is None and not arguments:
        raise InvalidArgumentError("path: missing; pass the directory of the archive")
    *names, folder = arguments if path is None else (*arguments, path)
    service = LogService(
        listing,
        tuple(map(str, names)),
        per_page=per_page,
        retention=retention,
        rate=rate,
        stop=stop,
        max_time=None if max_time is None else _duration("max_time", max_time) / 1000,
    )
    to_bounds(start, to_datetime(now()) if end is None else end)
    first, last = to_bounds(start, end)
    options = ExportOptions(
        start=first and first // service.unit * service.unit,  # as its parameter is sent
        end=last,
        settle=_duration("settle", settle),
        overlap=_duration("overlap", overlap),
        margin=None if margin is None else _duration("margin", margin),
        codec=codec,
        warn=warn,
        progress=progress,
    )
    with removing_empty(Path(folder)):
        return run_export(service, Path(folder), options)


def export_many(
    listing: Listing | Callable[..., Any],
    logs: Iterable[Sequence[str]],
    path: str | os.PathLike[str],
    *,
    jobs: int = 4,
    rate: float | None = None,
    max_time: dt.timedelta | None = None,
    stop: Event | None = None,
    **options: Any,
) -> list[Outcome]:
    """Create or update the archives of several logs; a failure of one does not stop the others.

    Args:
        listing: The resource of a client, or one of its walk methods.
        logs: The path arguments of each log.
        path: The directory of the archive; for several logs, a directory with a subdirectory for
            each archive.
        jobs: The number of logs that are read concurrently.
        rate: The maximum number of requests per second, for all logs.
        max_time: The maximum duration of all runs together; the next runs continue.
        stop: An event that ends all runs as if `max_time` were exceeded.
        **options: The options of `export`.

    Returns:
        The outcome of each export.

    Raises:
        ArchiveError: If the directory is a single archive, and there are several logs.
        InvalidArgumentError: If an option is invalid.
    """
    names, folder = [tuple(each) for each in logs], Path(path)
    for number, each in enumerate(names):
        if each in names[:number]:
            raise InvalidArgumentError(f"logs: {', '.join(each)} occurs twice; pass it once")
    is_one = (folder / NAME).exists() and not is_blank(folder)
    if is_one and len(names) > 1:
        raise ArchiveError(f"{folder}: is a single archive; use another directory")
    is_many = len(names) > 1 or (not is_one and any(folder.glob(f"*/{NAME}")))
    for name, value in (("jobs", jobs), ("rate", rate)):
        if value is not None and not value > 0:
            raise InvalidArgumentError(f"{name}: expected a positive number, got {value}")
    limit, stop = None if rate is None else Rate(rate), stop or Event()
    seconds = None if max_time is None else _duration("max_time", max_time) / 1000
    began = time.monotonic()

    def run(arguments: tuple[str, ...]) -> Outcome:
        target = folder / folder_name([*arguments]) if is_many else folder
        shared: dict[str, Any] = {"path": target, "rate": limit, "stop": stop}
        if seconds is not None:
            left = max(0.0, began + seconds - time.monotonic())
            shared["max_time"] = dt.timedelta(seconds=left)
        try:
            result = export(listing, *arguments, **shared, **options)
        except (ServiceError, OSError) as error:
            return Outcome(target, None, error)
        return Outcome(target, result, None)

    with removing_empty(folder):
        if is_many:  # Before the runs, the first of which to end might remove it again.
            _make_parent(folder)
        return _side_by_side([partial(run, each) for each in names], jobs, stop)


def _make_parent(folder: Path) -> None:
    """Make the directory of several archives, which is no archive itself."""
    with suppress(OSError):
        make_folder(folder)
        if (folder / NAME).exists():  # Of a run that was killed before it archived anything.
            with lock(folder):
                remove_blank(folder)


def _side_by_side(runs: list[Callable[[], Outcome]], jobs: int, stop: Event) -> list[Outcome]:
    """Return the outcomes of runs, a limited number of which are concurrent.

    If the caller is interrupted, the runs save their state. A run that waits for the service longer
    than three seconds is abandoned in its thread, and its archive is recovered as after a crash.
    """
    futures = [Future[Outcome]() for _ in runs]
    waiting, left = iter(zip(futures, runs, strict=True)), Event()

    def work() -> None:
        for future, run in waiting:
            if left.is_set():
                return
            try:
                future.set_result(run())
            except BaseException as error:
                future.set_exception(error)

    threads = [Thread(target=work, daemon=True) for _ in range(min(jobs, len(runs)))]
    try:
        for thread in threads:
            thread.start()
        return [future.result() for future in futures]
    except BaseException:
        left.set()
        stop.set()
        end = time.monotonic() + _PATIENCE
        for thread in threads:
            if thread.ident is not None:
                thread.join(max(0.0, end - time.monotonic()))
        raise


def _duration(name: str, duration: dt.timedelta) -> int:
    if duration < dt.timedelta():
        raise InvalidArgumentError(f"{name}: expected a non-negative duration, got {duration!r}")
    return duration // dt.timedelta(milliseconds=1)
