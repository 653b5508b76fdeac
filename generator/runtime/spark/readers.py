"""Readers of batches and of streams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..core.errors import InvalidArgumentError
from .arrow import RecordBatch
from .interface import (
    DataSourceReader,
    DataSourceStreamReader,
    InputPartition,
    ReadAllAvailable,
    ReadMaxFiles,
    SupportsTriggerAvailableNow,
)
from .offsets import batch_end, fingerprint, iso, offset, until
from .pace import Share, shares
from .reading import ReadPlan
from .slices import Run, divide


class Partition(InputPartition):
    """The part of one task: time spans of logs, and a share of the rate limit."""

    def __init__(self, runs: tuple[Run, ...], share: Share | None) -> None:
        """Store the part."""
        self.runs, self.share = runs, share


def _partitions(plan: ReadPlan, begin: int, end: int) -> list[Partition]:
    """Divide a time span of all logs among tasks."""
    options = plan.options
    parts = divide(options.logs, begin, end, options.slice, options.parallelism)
    each_share = shares(options.rate, len(parts))
    return [Partition(*each) for each in zip(parts, each_share, strict=True)]


class BatchReader(DataSourceReader):
    """Reader of a time span."""

    def __init__(self, plan: ReadPlan) -> None:
        """Store the plan."""
        self._plan = plan

    def partitions(self) -> list[Partition]:
        """Return the parts of the tasks; an empty one if there is nothing to read."""
        return _partitions(self._plan, *self._plan.span()) or [Partition((), None)]

    def read(self, partition: Partition) -> Iterator[RecordBatch]:
        """Iterate over the rows of a part."""
        return self._plan.batches(partition.runs, partition.share)


class StreamReader(DataSourceStreamReader, SupportsTriggerAvailableNow):
    """Reader of a stream, which advances by whole slices that are older than the lag.

    Entries of that age do not change any more, so the same offsets give the same rows, which makes
    a replay after a crash exact.
    """

    def __init__(self, plan: ReadPlan) -> None:
        """Store the plan."""
        self._plan = plan
        self._logs = fingerprint(plan.options.resource, plan.options.logs)
        self._target: int | None = None

    def initialOffset(self) -> dict[str, Any]:
        """Return the offset at which a new stream starts."""
        return offset(self._plan.start(), self._logs)

    def latestOffset(
        self, start: Mapping[str, Any] | None = None, limit: object = None
    ) -> dict[str, Any]:
        """Return the end of the next batch.

        Args:
            start: The start of the batch; None before Spark 4.2.
            limit: The limit of the batch: none, or the one of this reader.
        """
        options = self._plan.options
        end = self._plan.available() if self._target is None else self._target
        begin = options.start if start is None else self._until(start)
        if begin is None:
            return offset(end, self._logs)
        if start is not None and not isinstance(limit, ReadAllAvailable):
            end = min(end, batch_end(begin, options.max_per_trigger, options.slice))
        return offset(max(begin, end), self._logs)

    def getDefaultReadLimit(self) -> object:
        """Return a limit, so that batches have one; its unit is not used."""
        return ReadMaxFiles(1)

    def reportLatestOffset(self) -> dict[str, Any]:
        """Return the offset until which entries can be read, for the status of the stream."""
        return offset(self._plan.available(), self._logs)

    def prepareForTriggerAvailableNow(self) -> None:
        """Keep the offset at which a stream of all available entries ends."""
        self._target = self._plan.available()

    def partitions(self, start: Mapping[str, Any], end: Mapping[str, Any]) -> list[Partition]:
        """Return the parts of the tasks of a batch."""
        begin, last = self._until(start), self._until(end)
        if begin > last:  # Spark 4.2 and later ask for no such batch.
            raise InvalidArgumentError(
                f"lag: the stream was read until {iso(begin)}, which is no longer older than the "
                "lag; set lag and slice as before, and delete the newest file in the folder "
                "offsets of the checkpoint"
            )
        if begin == last:
            return []
        return _partitions(self._plan, self._plan.with_overlap(begin), last)

    def read(self, partition: Partition) -> Iterator[RecordBatch]:
        """Iterate over the rows of a part."""
        return self._plan.batches(partition.runs, partition.share)

    def commit(self, end: Mapping[str, Any]) -> None:
        """Do nothing: the service keeps no state of its readers."""

    def stop(self) -> None:
        """Do nothing: the driver has no connections."""

    def _until(self, given: Mapping[str, Any]) -> int:
        return until(given, self._logs, self._plan.log.ids)
