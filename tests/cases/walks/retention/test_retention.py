"""What the service does not keep any more: a gap that is certain raises, what expired does not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from losant_audit_log import IncompleteWalkError
from losant_audit_log._runtime.walks import Walk
from tests.support.drifting_log import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    SECOND,
    YEAR,
    DriftingLog,
    Entry,
    Habits,
)
from tests.support.examples import ORG
from tests.support.reading import Reader


def year(log: DriftingLog) -> list[Entry]:
    """Fill a log with a year that ends a minute from now, and some entries of today."""
    log.habits = Habits(expires=True)
    old = [log.add(NOON - YEAR + MINUTE + n * 10 * SECOND) for n in range(10)]
    return [*old, *log.fill(20)]


@pytest.mark.parametrize("dated", [0, 1])
def test_a_start_that_is_too_old(any_reader: Reader, dated: float) -> None:
    year(any_reader.log)
    any_reader.log.habits = Habits(expires=True, dated=dated)
    reading = any_reader.walk(start=NOON - YEAR - SECOND)
    error = reading.raised(IncompleteWalkError)
    assert "start is older than what the service keeps" in str(error)
    assert error.report.entries == 0
    assert reading.ids == []


def test_a_start_that_is_just_kept(any_reader: Reader) -> None:
    year(any_reader.log)
    assert len(any_reader.walk(start=NOON - YEAR).complete.ids) == 30


def test_it_is_the_clock_of_the_service_that_counts(reader: Reader) -> None:
    year(reader.log)
    reader.log.skew = HOUR
    assert len(reader.walk(start=NOON - YEAR + MINUTE).complete.ids) == 30
    reader.log.skew = -HOUR
    reader.walk(start=NOON - YEAR - MINUTE).raised(IncompleteWalkError)


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_a_start_of_a_list_that_is_too_old(any_reader: Reader, direction: str) -> None:
    year(any_reader.log)
    reading = any_reader.list(start=NOON - YEAR - HOUR, sort_direction=direction)
    reading.raised(IncompleteWalkError)


def test_since_a_walk_whose_end_is_too_old(any_reader: Reader) -> None:
    log = any_reader.log
    year(log)
    since = any_reader.walk().complete.source.checkpoint
    log.now += YEAR + DAY
    log.add()
    reading = any_reader.walk(since=since)
    assert "older than what the service keeps" in str(reading.raised(IncompleteWalkError))


def test_since_a_walk_of_which_only_the_overlap_is_too_old(any_reader: Reader) -> None:
    log = any_reader.log
    year(log)
    overlap = timedelta(days=2)
    since = any_reader.walk(overlap=overlap).complete.source.checkpoint
    log.now += YEAR - DAY
    new = log.add()
    assert any_reader.walk(since=since, overlap=overlap).complete.ids == [new.id]


def test_a_descending_walk_may_go_on_behind_what_expired(any_reader: Reader) -> None:
    log = any_reader.log
    year(log)
    first = any_reader.walk(25, per_page=5)
    log.now += HOUR
    rest = any_reader.walk(checkpoint=first.source.checkpoint, per_page=5)
    assert rest.ids == []


def test_an_ascending_walk_may_not(reader: Reader) -> None:
    """No method gives such a walk a checkpoint; the rule holds where one does."""
    log = reader.log
    year(log)
    page = reader.client().audit_logs.list(ORG, sort_direction="asc", per_page=5)
    walk: Any = Walk(page._place.plan(), page._resource)
    assert [entry.id for _, entry in zip(range(7), walk, strict=False)] == log.ids(ascending=True)[
        :7
    ]
    plan = msgspec.structs.replace(page._place.plan(), state=walk._state())
    rest = [entry.id for entry in Walk(plan, page._resource)]
    assert rest == log.ids(ascending=True)[7:]
    log.now += HOUR
    with pytest.raises(IncompleteWalkError, match="the place where the walk goes on is older"):
        list(Walk(plan, page._resource))


def test_what_expires_while_it_is_read_is_explained(any_reader: Reader) -> None:
    log = any_reader.log
    year(log)
    expected = log.ids()
    log.hooks[4] = lambda: setattr(log, "now", NOON + MINUTE + 35 * SECOND)
    reading = any_reader.walk(per_page=5).complete
    assert reading.ids == expected[:26]
    assert reading.source.report.entries == 26


@pytest.mark.parametrize("which", [1, 12, 17, 25])
def test_a_hole_is_not(any_reader: Reader, which: int) -> None:
    log = any_reader.log
    gone = year(log)[-1 - which]
    for number in range(1, 20):
        log.edits[number] = lambda body: body.update(
            items=[each for each in body["items"] if each["id"] != gone.id]
        )
    log.hooks[3] = lambda: setattr(log, "now", NOON + MINUTE + 5 * SECOND)
    reading = any_reader.walk(per_page=4)
    error = reading.raised(IncompleteWalkError)
    assert "that the service promised were not given" in str(error)
    assert error.report == reading.source.report
    assert error.checkpoint == reading.source.checkpoint
    assert len(reading.ids) == error.report.entries < 30


def test_a_hole_where_nothing_can_have_expired(any_reader: Reader) -> None:
    log = any_reader.log
    entries = log.fill(20)
    log.hooks[2] = lambda: log.remove(entries[3])
    reading = any_reader.walk(per_page=5, start=entries[0].time)
    message = "1 of 20 entries that the service promised were not given"
    assert str(reading.raised(IncompleteWalkError)) == message
    assert len(reading.ids) == 19
