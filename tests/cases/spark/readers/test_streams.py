"""Streams, which can be replayed."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest

from losant_audit_log import InvalidArgumentError
from tests.support.many_logs import DAY, ManyLogs, iso, org, today
from tests.support.spark_stand_in import spark_stand_in

Options = dict[str, str]
Create = Callable[[Options], Any]
Rows = Callable[..., dict[str, list[Any]]]


def everything() -> Any:
    """Return Spark's limit that permits everything."""
    return sys.modules["pyspark.sql.streaming.datasource"].ReadAllAvailable()


def test_stream_has_each_entry_once(
    stream: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    reader = stream({**options, "maxPerTrigger": "3d"})
    found: list[str] = []
    start, batches = reader.initialOffset(), 0
    while (end := reader.latestOffset(start, reader.getDefaultReadLimit())) != start:
        found += rows(reader, reader.partitions(start, end))["id"]
        reader.commit(end)
        start, batches = end, batches + 1
    reader.stop()
    assert sorted(found) == logs.ids
    assert batches == 4


def test_replay_of_offsets_gives_the_same_rows(
    stream: Create, rows: Rows, options: Options
) -> None:
    reader = stream(options)
    start = reader.initialOffset()
    end = json.loads(json.dumps(reader.latestOffset(start, everything())))
    first = rows(reader, reader.partitions(start, end))
    again = stream(options)
    assert rows(again, again.partitions(start, end)) == first


def test_offset_is_a_whole_slice_that_is_older_than_the_lag(
    stream: Create, options: Options
) -> None:
    del options["end"]
    reader = stream(options)
    latest = reader.latestOffset(reader.initialOffset(), everything())
    assert latest["until"] == today() - DAY
    assert reader.reportLatestOffset() == latest
    assert reader.latestOffset(latest, everything()) == latest
    reader = stream({**options, "lag": "0s", "slice": "7d"})
    assert reader.latestOffset(None, None)["until"] == today() // (7 * DAY) * 7 * DAY
    del options["start"]
    assert stream(options).latestOffset(None, None) == latest


def test_batch_is_limited_unless_spark_requests_all_available_entries(
    stream: Create, logs: ManyLogs, options: Options
) -> None:
    reader = stream({**options, "maxPerTrigger": "2d"})
    start = reader.initialOffset()
    limited = reader.latestOffset(start, reader.getDefaultReadLimit())
    assert limited["until"] == logs.begin + 2 * DAY
    assert reader.latestOffset(start, everything())["until"] == logs.begin + 10 * DAY


def test_stream_of_available_entries_ends_where_it_was_prepared(
    stream: Create, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    del options["end"]
    reader = stream(options)
    reader.prepareForTriggerAvailableNow()
    target = reader.reportLatestOffset()
    later = (today() + 5 * DAY) * 1_000_000
    monkeypatch.setattr("losant_audit_log._runtime.core.epoch.time.time_ns", lambda: later)
    assert reader.latestOffset(reader.initialOffset(), everything()) == target
    assert reader.reportLatestOffset()["until"] > target["until"]


def test_overlap_repeats_entries_before_the_batch(
    stream: Create, rows: Rows, logs: ManyLogs, options: Options
) -> None:
    reader = stream({**options, "overlap": "1d"})
    start = reader.initialOffset() | {"until": logs.begin + 5 * DAY}
    end = start | {"until": logs.begin + 6 * DAY}
    assert len(rows(reader, reader.partitions(start, end))["id"]) == 30
    assert reader.partitions(end, end) == []


def test_checkpoint_of_other_logs_is_rejected(
    stream: Create, logs: ManyLogs, options: Options
) -> None:
    start = stream(options).initialOffset()
    other = stream({**options, "orgs": org(1)})
    since = iso(logs.begin)[:10]
    message = f"orgs: the checkpoint belongs to other logs, which were read until {since}"
    with pytest.raises(InvalidArgumentError, match=message):
        other.latestOffset(start, everything())
    with pytest.raises(InvalidArgumentError, match=message):
        other.partitions(start, start | {"until": logs.begin + DAY})


def test_checkpoint_of_another_list_is_rejected(stream: Create, options: Options) -> None:
    start = stream(options).initialOffset()
    ids = options.pop("orgs")
    other = stream({**options, "resource": "instance_audit_logs", "instances": ids})
    with pytest.raises(InvalidArgumentError, match="instances: the checkpoint belongs to other"):
        other.latestOffset(start, everything())


def test_limited_batch_ends_with_a_whole_slice(
    stream: Create, logs: ManyLogs, options: Options
) -> None:
    start = iso(logs.begin + DAY // 4)
    reader = stream({**options, "start": start, "maxPerTrigger": "2d"})
    limit, ends = reader.getDefaultReadLimit(), [reader.initialOffset()]
    for _ in range(3):
        ends.append(reader.latestOffset(ends[-1], limit))
    days = [(each["until"] - logs.begin) / DAY for each in ends]
    assert days == [0.25, 2, 4, 6]
    weeks = stream({**options, "slice": "7d"})
    week = weeks.latestOffset(weeks.initialOffset(), limit)["until"]
    assert week % (7 * DAY) == 0
    assert 0 < week - logs.begin <= 7 * DAY


def test_order_of_logs_does_not_matter_for_a_checkpoint(stream: Create, options: Options) -> None:
    start = stream(options).initialOffset()
    turned = ",".join(reversed(options["orgs"].split(",")))
    assert stream({**options, "orgs": turned}).initialOffset() == start


@contextmanager
def old_stream(options: Options) -> Generator[Any, None, None]:
    """Create the reader of a stream of a Spark before 4.2."""
    with spark_stand_in("losant_audit_log", is_old=True):
        source = importlib.import_module("losant_audit_log.spark").LosantAuditLog(options)
        plan = importlib.import_module("losant_audit_log._spark.reading").plan_read
        readers = importlib.import_module("losant_audit_log._spark.readers")
        yield readers.StreamReader(plan(source.service, options))


def test_old_spark_has_streams_without_limits(logs: ManyLogs, options: Options) -> None:
    with old_stream(options) as reader:
        assert reader.latestOffset()["until"] == logs.begin + 10 * DAY


def test_old_spark_reads_nothing_before_a_start_in_the_future(options: Options) -> None:
    del options["end"]
    with old_stream({**options, "start": iso(today() + 3 * DAY)}) as reader:
        latest = reader.latestOffset()  # Spark asks for it first.
        assert reader.initialOffset() == latest
        assert reader.partitions(latest, latest) == []


def test_old_spark_reads_nothing_twice_if_the_lag_increases(options: Options) -> None:
    del options["end"]
    with old_stream(options) as reader:
        start = reader.latestOffset()
    with (
        old_stream({**options, "lag": "5d"}) as reader,
        pytest.raises(ValueError, match=r"lag: the stream was read until .*; set lag and slice as"),
    ):
        reader.partitions(start, reader.latestOffset())
