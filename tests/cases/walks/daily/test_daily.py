"""`since` and `overlap`: the daily job, which finds new and late entries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from losant_audit_log import InternalServerError, InvalidArgumentError
from tests.support.drifting_log import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    SECOND,
    Bounds,
    Entry,
    Habits,
    milliseconds,
)
from tests.support.examples import ORG
from tests.support.reading import Reader

OVERLAP = timedelta(minutes=10)


@pytest.mark.parametrize("bounds", list(Bounds))
@pytest.mark.parametrize(("dated", "skew"), [(1, 0), (0, 0), (0, HOUR), (0, -HOUR)])
def test_daily_walks_return_every_entry_once(
    reader: Reader, bounds: Bounds, dated: float, skew: int
) -> None:
    log = reader.log
    log.habits = Habits(bounds=bounds, dated=dated, unstable=True)
    log.skew = skew
    log.fill(30, gaps=[0, SECOND, MINUTE])
    given: list[str] = []
    arguments: dict[str, Any] = {"overlap": OVERLAP, "per_page": 4}
    for day in range(5):
        reading = reader.walk(**arguments).complete
        given += reading.ids
        assert sorted(given) == sorted(log.ids())
        assert reading.source.report.entries == len(reading.ids)
        end = milliseconds(reading.source.report.end)
        assert end is not None
        arguments["since"] = reading.source.checkpoint
        log.add(end - 10 * MINUTE)
        log.add(end - 1)
        if day % 2:
            log.now += DAY
            log.fill(10)


def test_empty_log_without_a_clock_is_followed_from_its_beginning(reader: Reader) -> None:
    """The end of the first walk is unknown, so the next one starts at the beginning."""
    log = reader.log
    log.habits = Habits(dated=0)
    first = reader.walk(overlap=OVERLAP).complete.source
    late = log.add(NOON - DAY)
    assert reader.walk(since=first.checkpoint, overlap=OVERLAP).complete.ids == [late.id]


def test_late_entries_before_the_overlap_are_not_returned(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(3)
    first = any_reader.walk(overlap=OVERLAP).complete.source
    end = milliseconds(first.report.end)
    assert end is not None
    log.add(end - 10 * MINUTE - 1)
    late = log.add(end - 10 * MINUTE)
    log.now += DAY
    new = log.add()
    reading = any_reader.walk(since=first.checkpoint, overlap=OVERLAP).complete
    assert reading.ids == [new.id, late.id]
    assert milliseconds(reading.source.report.start) == end - 10 * MINUTE


@pytest.mark.parametrize(("overlap", "seconds"), [({}, 10), ({"overlap": timedelta()}, 0)])
def test_overlap_is_ten_seconds_by_default(
    any_reader: Reader, overlap: dict[str, Any], seconds: int
) -> None:
    log = any_reader.log
    log.fill(3)
    first = any_reader.walk(**overlap).complete.source
    end = milliseconds(first.report.end)
    assert end is not None
    begin = end - seconds * SECOND
    log.add(begin - 1)
    late = log.add(begin)
    log.now += DAY
    new = log.add()
    reading = any_reader.walk(since=first.checkpoint, **overlap).complete
    assert reading.ids == [new.id, late.id]
    assert milliseconds(reading.source.report.start) == begin


@pytest.mark.parametrize("ahead", [1, MINUTE, DAY])
def test_end_ahead_of_the_clock_of_the_service_is_not_handed_over(
    any_reader: Reader, ahead: int
) -> None:
    log = any_reader.log
    log.fill(3)
    zero = {"overlap": timedelta()}
    first = any_reader.walk(end=NOON + ahead, **zero).complete.source
    assert milliseconds(first.report.end) == NOON // SECOND * SECOND - 1
    between = log.add(NOON)
    log.now += 2 * DAY
    assert any_reader.walk(since=first.checkpoint, **zero).complete.ids == [between.id]


@pytest.mark.parametrize("skew", [0, HOUR, -HOUR])
@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("ahead", [-HOUR, 0, 1, MINUTE, DAY])
def test_end_that_may_lie_ahead_of_an_unknown_clock_is_not_handed_over(
    reader: Reader, ahead: int, order: str, skew: int
) -> None:
    """Without a Date header, only the newest entry has the time of the service."""
    log = reader.log
    log.habits = Habits(dated=0)
    log.skew = skew
    log.fill(3)
    zero = {"overlap": timedelta()}
    first = reader.walk(end=NOON + ahead, order=order, **zero).complete
    missed = [each.id for each in log.entries if each.id not in first.ids]
    log.now += 1
    between = log.add()
    log.now += 2 * DAY
    second = reader.walk(since=first.source.checkpoint, **zero).complete
    assert sorted(second.ids) == sorted([*missed, between.id])
    assert len(first.ids) == (0 if ahead < 0 else 3)


@pytest.mark.parametrize("bounds", list(Bounds))
@pytest.mark.parametrize("concurrency", [1, 3])
def test_ascending_walk_without_a_date_header_ends_at_the_newest_entry(
    reader: Reader, bounds: Bounds, concurrency: int
) -> None:
    """Entries that become visible five seconds late would else be before the overlap."""
    log = reader.log
    log.habits = Habits(dated=0, bounds=bounds)
    log.fill(3)
    log.step = 4 * SECOND
    for number in range(2, 12):
        log.hooks[number] = lambda: arrive(reader)
    options: dict[str, Any] = {"end": NOON + MINUTE, "order": "oldest", "per_page": 2}
    walk = reader.client().audit_logs.walk(ORG, concurrency=concurrency, **options)
    given = [next(iter(walk)).id]
    resumed = reader.walk(checkpoint=walk.checkpoint, **options).complete
    given += resumed.ids
    log.add(NOON + 5 * SECOND)
    log.hooks.clear()
    log.now += DAY
    given += reader.walk(since=resumed.source.checkpoint).complete.ids
    assert sorted(given) == sorted(log.ids())
    message = "end: differs from that of the checkpoint"
    with pytest.raises(InvalidArgumentError, match=message):
        reader.client().audit_logs.walk(ORG, checkpoint=walk.checkpoint, end=NOON)


def arrive(reader: Reader) -> None:
    """Add an entry with the current time."""
    reader.log.add()


@pytest.mark.parametrize("dated", [0, 1])
@pytest.mark.parametrize("ascending", [False, True])
def test_entry_in_the_millisecond_of_the_newest_is_returned_once(
    reader: Reader, dated: float, *, ascending: bool
) -> None:
    """It becomes visible after the walk, which ended with another entry of that millisecond."""
    log = reader.log
    log.habits = Habits(dated=dated)
    log.fill(30)
    log.add(NOON)
    zero = {"overlap": timedelta()}
    if ascending:
        log.hooks[5] = lambda: httpx.Response(503)
        failed = reader.list(sort_direction="asc", per_page=4)
        checkpoint = vars(failed.raised_error(InternalServerError))["checkpoint"]
        first = reader.walk(checkpoint=checkpoint).complete.source
        zero = {}
    else:
        first = reader.walk(**zero).complete.source
    assert len(first.checkpoint) < 1500
    late = log.add(NOON)
    log.now += DAY
    assert reader.walk(since=first.checkpoint, **zero).complete.ids == [late.id]


def test_daily_job_whose_date_header_is_ahead_loses_nothing_with_the_default_overlap(
    reader: Reader,
) -> None:
    """The clock of the header is two seconds ahead of that which stamps entries."""
    log = reader.log
    log.fill(3)
    given: list[str] = []
    begin: dict[str, Any] = {}
    for _ in range(4):
        log.now += 2 * SECOND
        reading = reader.walk(**begin).complete
        given += reading.ids
        begin = {"since": reading.source.checkpoint}
        log.now -= 2 * SECOND
        for _ in range(5):
            log.now += 300
            log.add()
    given += reader.walk(**begin).complete.ids
    assert sorted(given) == sorted(log.ids())


def test_interrupted_daily_walk_resumes(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(9, gaps=[SECOND])
    first = any_reader.walk(overlap=OVERLAP).complete
    log.now += DAY
    log.fill(9, gaps=[SECOND])
    late = log.add(NOON - MINUTE)
    since = first.source.checkpoint
    second = any_reader.walk(4, since=since, overlap=OVERLAP, per_page=3)
    third = any_reader.walk(checkpoint=second.source.checkpoint, per_page=3).complete
    log.now += DAY
    fourth = any_reader.walk(since=third.source.checkpoint, overlap=OVERLAP).complete
    assert fourth.ids == []
    assert late.id in third.ids
    assert sorted(first.ids + second.ids + third.ids) == sorted(log.ids())


def test_shorter_overlap_than_before_is_accepted(reader: Reader) -> None:
    reader.log.fill(9)
    first = reader.walk(overlap=OVERLAP).complete.source
    reading = reader.walk(since=first.checkpoint, overlap=timedelta(seconds=5)).complete
    assert reading.ids == []


def test_daily_walk_may_have_an_end(reader: Reader) -> None:
    log = reader.log
    log.fill(5)
    first = reader.walk(overlap=OVERLAP, end=NOON).complete.source
    log.now += HOUR
    new = log.add(NOON + MINUTE)
    log.add(NOON + 2 * MINUTE)
    reading = reader.walk(since=first.checkpoint, overlap=OVERLAP, end=NOON + MINUTE).complete
    assert reading.ids == [new.id]


def test_days_without_entries_do_not_move_the_end_back(reader: Reader) -> None:
    """The clock is known on the first day only; on the others nothing happens."""
    log = reader.log
    entries = log.fill(3)
    log.now += 3 * MINUTE
    checkpoint = reader.walk(overlap=OVERLAP).complete.source.checkpoint
    log.habits = Habits(dated=0)
    ends: list[Any] = []
    for _ in range(4):
        log.now += DAY
        reading = reader.walk(since=checkpoint, overlap=OVERLAP).complete
        assert reading.ids == []
        checkpoint = reading.source.checkpoint
        ends.append(reading.source.report.end)
    assert len(set(ends)) == 1
    assert milliseconds(ends[0]) == (NOON + 3 * MINUTE) // SECOND * SECOND - 1
    assert len(entries) == 3


# --- refused


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"overlap": timedelta(minutes=11)},
            "overlap: longer than in the earlier walk",
        ),
        ({"start": 5}, "start and since exclude each other"),
        ({"end": NOON - HOUR}, "end: expected a time after the end of the walk in since"),
    ],
)
def test_arguments_that_conflict_with_since_are_rejected(
    reader: Reader, arguments: dict[str, Any], message: str
) -> None:
    reader.log.fill(3)
    since = reader.walk(overlap=OVERLAP).complete.source.checkpoint
    with pytest.raises(InvalidArgumentError, match=message):
        reader.client().audit_logs.walk(ORG, since=since, **arguments)


def test_since_and_checkpoint_together_are_rejected(reader: Reader) -> None:
    reader.log.fill(3)
    done = reader.walk().complete.source.checkpoint
    with pytest.raises(InvalidArgumentError, match="checkpoint and since exclude each other"):
        reader.client().audit_logs.walk(ORG, since=done, checkpoint=done)


@pytest.mark.parametrize("most", [1, 3])
def test_unfinished_walk_as_since_is_rejected(reader: Reader, most: int) -> None:
    reader.log.fill(3)
    reading = reader.walk(most)
    with pytest.raises(InvalidArgumentError, match="finish it first"):
        reader.client().audit_logs.walk(ORG, since=reading.source.checkpoint)


def test_walk_with_other_arguments_as_since_is_rejected(reader: Reader) -> None:
    reader.log.fill(3)
    done = reader.walk().complete.source.checkpoint
    with pytest.raises(InvalidArgumentError, match="from another walk"):
        reader.client().audit_logs.walk("f" * 24, since=done)


def test_end_ahead_of_a_service_without_a_clock_is_the_newest_entry_at_the_beginning(
    any_reader: Reader,
) -> None:
    """Entries that arrive during the walk are left to the next one, with late ones before them."""
    log = any_reader.log
    log.habits = Habits(dated=0)
    entries = log.fill(6)
    log.hooks[3] = lambda: arrived.append(log.add())
    arrived: list[Entry] = []
    end = datetime.fromtimestamp((log.now + MINUTE) / SECOND, UTC)
    first = any_reader.walk(order="oldest", end=end, per_page=2).complete
    assert first.ids == [each.id for each in entries]
    assert milliseconds(first.source.report.end) == entries[-1].time
    late = log.add(entries[-1].time + 500)
    second = any_reader.walk(since=first.source.checkpoint).complete
    assert second.ids == [arrived[0].id, late.id]
