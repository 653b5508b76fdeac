"""Streams, which can be replayed."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
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


def test_batch_is_limited_unless_spark_wants_everything(
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


def test_order_of_logs_does_not_matter_for_a_checkpoint(stream: Create, options: Options) -> None:
    start = stream(options).initialOffset()
    turned = ",".join(reversed(options["orgs"].split(",")))
    assert stream({**options, "orgs": turned}).initialOffset() == start


def test_old_spark_has_streams_without_limits(logs: ManyLogs, options: Options) -> None:
    with spark_stand_in("losant_audit_log", is_old=True):
        source = importlib.import_module("losant_audit_log.spark").LosantAuditLog(options)
        plan = importlib.import_module("losant_audit_log._spark.reading").plan_read
        readers = importlib.import_module("losant_audit_log._spark.readers")
        reader = readers.StreamReader(plan(source.service, options))
        assert reader.latestOffset()["until"] == logs.begin + 10 * DAY
