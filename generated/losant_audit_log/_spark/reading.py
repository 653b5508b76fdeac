# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Plan of a read, and the rows of its tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from .._runtime.core import epoch
from .._runtime.core.errors import (
    EntryDecodeError,
    InvalidArgumentError,
    MissingTokenError,
)
from .._runtime.paging.page_data import entry_timestamps
from .._runtime.walks.by_time.retention import subtract_duration
from .arrow import RecordBatch, record_batch
from .columns import Column, columns, entry_classes
from .logs import Client, Log, LogReader, Service
from .offsets import available
from .options import Options, read_options
from .pace import Share
from .rows import Rows
from .slices import Run
from .times import DAY
from .tokens import token_source

_ROWS = 1000
_BYTES = 8 * 1024 * 1024


class ReadPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of a read, made by the driver and sent to tasks.

    Attributes:
        service: The service.
        options: The options.
        columns: The columns of the rows.
        retention: The retention period of the service as an ISO 8601 duration; empty if unknown.
    """

    service: Service
    options: Options
    columns: tuple[Column, ...]
    retention: str

    @property
    def log(self) -> Log:
        """The list that is read."""
        return self.service.logs[self.options.resource]

    def span(self) -> tuple[int, int]:
        """Return the start and the end of a batch in milliseconds."""
        options, now = self.options, epoch.now(1000)
        end = min(options.end, now) if options.end is not None else self.available()
        return self.with_overlap(self.start()), end

    def start(self) -> int:
        """Return the start in milliseconds: an option, or the day of that of retention."""
        if self.options.start is not None:
            return self.options.start
        oldest = self._oldest()
        if oldest is None:
            message = "start: missing, and the service documents no retention period; set it"
            raise InvalidArgumentError(message)
        return oldest

    def with_overlap(self, begin: int) -> int:
        """Return a start that is earlier by the overlap, but not before the retention period."""
        early, oldest = begin - self.options.overlap, self._oldest()
        return early if oldest is None else min(begin, max(early, oldest))

    def _oldest(self) -> int | None:
        """Return the day at which the retention period starts, if that is known."""
        found = subtract_duration(epoch.now(1000), self.retention, 1000)
        return None if found is None else found // DAY * DAY

    def available(self) -> int:
        """Return the time in milliseconds until which entries can be read."""
        options = self.options
        return available(epoch.now(1000), options.lag, options.slice, options.end)

    def batches(self, runs: Iterable[Run], share: Share | None) -> Iterator[RecordBatch]:
        """Iterate over the rows of a task.

        Args:
            runs: The time spans of logs that the task reads.
            share: The share of the task in the rate limit.

        Raises:
            ServiceError: If a request fails, or entries may be missing.
        """
        options = self.options
        source = None if options.token_from is None else token_source(options.token_from)
        rows = Rows(self.columns, self.log.arguments)
        with self.service.open_client(source, options.base_url) as client:
            reader = LogReader(
                client,
                self.log,
                per_page=options.per_page,
                retention=options.retention,
                keeps_undecodable=options.keeps_undecodable,
                share=share,
            )
            for run in runs:
                for entry in self._entries(reader, run):
                    rows.add(entry, run.arguments)
                    if rows.count >= _ROWS or rows.size >= _BYTES:
                        yield record_batch(self.columns, rows.take())
        if rows.count:
            yield record_batch(self.columns, rows.take())

    def _entries(self, reader: LogReader, run: Run) -> Iterator[Any]:
        """Iterate over the entries of a log in a time span whose end is excluded."""
        begin, end = (epoch.to_datetime(each, 1000) for each in (run.begin, run.end))
        pagination = reader.pagination(run.arguments)
        time = begin  # of the entry before, for those without one
        try:
            for entry in reader.entries(run):
                [time] = entry_timestamps(pagination, [entry]) or [time]
                if begin <= time < end:
                    yield entry
        except MissingTokenError:
            variable = self.service.variable
            if not variable:
                raise
            message = (
                f"no token: set the environment variable {variable} on the executors "
                f"(spark.executorEnv.{variable}), or the option tokenFrom to module:function"
            )
            raise MissingTokenError(message) from None
        except Exception as error:
            log = "/".join(run.arguments) or self.options.resource
            if isinstance(error, EntryDecodeError):
                error.add_note("To keep such entries, set raw to true and onUndecodable to keep.")
            error.add_note(
                f"This happened in {log!r} from {begin.isoformat()} to {end.isoformat()}."
            )
            raise


def plan_read(service: Service, given: Mapping[str, str]) -> ReadPlan:
    """Validate options on the driver, without sending requests.

    Raises:
        InvalidArgumentError: If an option is invalid.
    """
    takes_token = bool(service.variable)
    options = read_options(given, service.logs, takes_token=takes_token)
    log = service.logs[options.resource]
    with _open_validating_client(service, options) as client:
        reader = LogReader(client, log, per_page=options.per_page, retention=options.retention)
        pagination: Any = None
        for each in options.logs:
            try:
                pagination = reader.pagination(each)
            except InvalidArgumentError as error:
                message = f"{log.ids}: {'/'.join(each)!r} is neither a file nor valid: {error}"
                raise InvalidArgumentError(message) from None
        found = columns(entry_classes(pagination), log.arguments, has_raw=options.has_raw)
        plan = ReadPlan(
            service=service, options=options, columns=found, retention=pagination.window.retention
        )
        begin = plan.with_overlap(plan.start())
        reader.walk(Run(options.logs[0], begin, max(begin, epoch.now(1000))))
    return plan


def _open_validating_client(service: Service, options: Options) -> Client:
    """Return a client that sends nothing, so that it needs no token."""
    try:
        return service.open_client(str, options.base_url)
    except InvalidArgumentError as error:
        raise InvalidArgumentError(f"baseUrl: {error}") from None
