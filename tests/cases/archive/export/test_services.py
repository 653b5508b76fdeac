"""Exports of lists that lack a retention period or a page size."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from losant_audit_log import Client, InvalidArgumentError, Walk
from losant_audit_log._runtime.walks.by_time.window import TimeWindow
from losant_audit_log.archive import (
    ArchiveDamagedError,
    ExportResult,
    Progress,
    export,
    unsealed,
    writer,
)
from tests.support.archives import Archiving, days_ago, moment
from tests.support.drifting_log import DAY, HOUR, DriftingLog, client_options
from tests.support.examples import ORG


def export_changed(
    archiving: Archiving, change: Callable[[Any], dict[str, Any]], **options: Any
) -> ExportResult:
    """Export a list whose pagination differs from that of the document."""
    with Client(**client_options(archiving.log, asynchronous=False)) as client:

        def walk(*arguments: str, **bounds: Any) -> Walk[Any]:
            planned = client.audit_logs.walk(*arguments, **bounds)
            pagination = planned.plan.pagination
            pagination = msgspec.structs.replace(pagination, **change(pagination))
            plan = msgspec.structs.replace(planned.plan, pagination=pagination)
            return Walk(plan, planned.fetcher)

        return export(walk, ORG, archiving.path, warn=archiving.warnings.append, **options)


def without_retention(pagination: Any) -> dict[str, TimeWindow]:
    """Return the time span without its retention period."""
    return {"window": msgspec.structs.replace(pagination.window, retention="")}


@pytest.mark.parametrize("count", [0, 20])
def test_list_without_a_retention_period_is_archived_since_its_oldest_entry(
    archiving: Archiving, log: DriftingLog, count: int
) -> None:
    log.fill(count, gaps=[5 * HOUR])
    export_changed(archiving, without_retention)
    log.now += DAY
    log.fill(3)
    export_changed(archiving, without_retention)
    assert archiving.ids == log.ids(ascending=True)
    assert archiving.archive.status().margin is None


def test_list_without_a_time_span_is_rejected(archiving: Archiving) -> None:
    with pytest.raises(InvalidArgumentError, match="cannot be archived without a time span"):
        export_changed(archiving, lambda _: {"item_time": ""})


def test_list_without_a_page_size_takes_none(archiving: Archiving, log: DriftingLog) -> None:
    log.fill(6, gaps=[20 * HOUR])
    with pytest.raises(InvalidArgumentError, match="per_page: not supported by this list; omit"):
        export_changed(archiving, lambda _: {"size": ""}, per_page=10)


@pytest.mark.parametrize("actor", [None, 5])
def test_entries_before_the_start_of_an_archive_are_not_archived(
    archiving: Archiving, log: DriftingLog, actor: object
) -> None:
    """The service keeps entries longer than documented, so it is asked for all of them."""
    log.add(log.now - 6 * DAY, actorName=actor)
    log.fill(10, gaps=[9 * HOUR])
    archiving.export(start=days_ago(log, 5), retention=timedelta(days=2))
    assert archiving.ids == log.ids(ascending=True)[1:]


def test_entries_one_millisecond_outside_of_the_bounds_are_not_archived(
    archiving: Archiving, log: DriftingLog
) -> None:
    start, end = log.now - 5 * DAY, log.now - 2 * DAY
    entries = [log.add(time) for time in (start - 1, start, end - 1, end)]
    archiving.export(start=moment(start), end=moment(end))
    assert archiving.ids == [each.id for each in entries[1:3]]


def test_entries_are_written_before_they_take_much_memory(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsealed, "_SAVED_AFTER", 0)
    monkeypatch.setattr(unsealed, "_DROPPED_AFTER", 0)
    log.fill(10, gaps=[3 * HOUR])
    log.add(actorName=5)
    sizes: list[int] = []

    def note_size(_: Progress) -> None:
        sizes.append((archiving.path / "open.jsonl.gz").stat().st_size)

    archiving.export(start=days_ago(log, 9), settle=timedelta(days=30), progress=note_size)
    assert sizes == sorted({*sizes})
    assert archiving.ids == log.ids(ascending=True)


def test_entries_are_recognized_after_their_ids_left_memory(
    archiving: Archiving, log: DriftingLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_IDS_IN_MEMORY", 1)
    log.fill(20, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    log.now += 3 * DAY
    log.fill(3)
    assert archiving.export(overlap=timedelta(days=9)).added == 3
    assert archiving.ids == log.ids(ascending=True)


def test_unsealed_entries_are_sealed_once_whatever_stands_between_them(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(20, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    opened = archiving.path / "open.jsonl.gz"
    lines = gzip.decompress(opened.read_bytes()).splitlines(keepends=True)
    forged = json.dumps({"id": "f" * 24}).encode() + b"\n"
    opened.write_bytes(gzip.compress(b"".join([lines[0], forged, *lines])))
    log.now += 3 * DAY
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)


def test_open_file_that_another_program_truncates_meanwhile_is_damage(
    archiving: Archiving, log: DriftingLog
) -> None:
    log.fill(20, gaps=[5 * HOUR])
    archiving.export(start=days_ago(log, 9))
    log.now += 3 * DAY

    def truncate() -> None:
        (archiving.path / "open.jsonl.gz").write_bytes(b"")

    log.hooks[len(log.queries) + 1] = truncate
    with pytest.raises(ArchiveDamagedError, match="changed by another program"):
        archiving.export()
    archiving.export()
    assert archiving.ids == log.ids(ascending=True)
