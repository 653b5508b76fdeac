"""Retention: missing entries raise if they cannot have expired."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest

from losant_audit_log import EntryDecodeError, IncompleteWalkError, InternalServerError
from losant_audit_log.resources import audit_logs
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
    Total,
)
from tests.support.reading import Reader


def year(log: DriftingLog) -> list[Entry]:
    """Fill a log with a year that ends in a minute, and some entries of today."""
    log.habits = Habits(expires=True)
    old = [log.add(NOON - YEAR + MINUTE + n * 10 * SECOND) for n in range(10)]
    return [*old, *log.fill(20)]


@pytest.mark.parametrize("dated", [0, 1])
def test_start_before_the_retention_raises(any_reader: Reader, dated: float) -> None:
    year(any_reader.log)
    any_reader.log.habits = Habits(expires=True, dated=dated)
    early = 2 * DAY + MINUTE + (0 if dated else DAY)
    reading = any_reader.walk(start=NOON - YEAR - early)
    error = reading.raised_error(IncompleteWalkError)
    assert "start is before the retention period" in str(error)
    assert error.report.entries == 0
    assert reading.ids == []


def test_start_at_the_begin_of_the_retention_is_accepted(any_reader: Reader) -> None:
    year(any_reader.log)
    assert len(any_reader.walk(start=NOON - YEAR).complete.ids) == 30


def test_retention_is_measured_by_the_clock_of_the_service(reader: Reader) -> None:
    year(reader.log)
    reader.log.skew = HOUR
    assert len(reader.walk(start=NOON - YEAR + MINUTE).complete.ids) == 30
    reader.log.skew = -HOUR
    reader.walk(start=NOON - YEAR - 2 * DAY - MINUTE).raised_error(IncompleteWalkError)


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_start_of_a_list_before_the_retention_raises(any_reader: Reader, direction: str) -> None:
    year(any_reader.log)
    reading = any_reader.list(start=NOON - YEAR - 3 * DAY, sort_direction=direction)
    reading.raised_error(IncompleteWalkError)


def test_since_a_walk_that_ended_before_the_retention_raises(any_reader: Reader) -> None:
    log = any_reader.log
    year(log)
    since = any_reader.walk().complete.source.checkpoint
    log.now += YEAR + DAY
    log.add()
    reading = any_reader.walk(since=since)
    assert "before the retention period" in str(reading.raised_error(IncompleteWalkError))


def test_since_a_walk_with_an_overlap_before_the_retention_is_accepted(any_reader: Reader) -> None:
    log = any_reader.log
    year(log)
    overlap = timedelta(days=2)
    since = any_reader.walk(overlap=overlap).complete.source.checkpoint
    log.now += YEAR - DAY
    new = log.add()
    assert any_reader.walk(since=since, overlap=overlap).complete.ids == [new.id]


def test_descending_walk_resumes_behind_expired_entries(any_reader: Reader) -> None:
    log = any_reader.log
    year(log)
    first = any_reader.walk(25, per_page=5)
    log.now += HOUR
    rest = any_reader.walk(checkpoint=first.source.checkpoint, per_page=5)
    assert rest.ids == []


def test_ascending_walk_does_not_resume_behind_expired_entries(any_reader: Reader) -> None:
    log = any_reader.log
    year(log)
    log.hooks[4] = lambda: httpx.Response(503)
    reading = any_reader.list(sort_direction="asc", per_page=5)
    checkpoint = vars(reading.raised_error(InternalServerError))["checkpoint"]
    assert reading.ids == log.ids(ascending=True)[:9]
    rest = any_reader.walk(checkpoint=checkpoint, per_page=5).complete
    assert reading.ids + rest.ids == log.ids(ascending=True)
    log.now += HOUR
    error = any_reader.walk(checkpoint=checkpoint).raised_error(IncompleteWalkError)
    assert "the position where the walk resumes is before" in str(error)


def test_entries_that_expire_during_a_walk_are_explained(any_reader: Reader) -> None:
    log = any_reader.log
    year(log)
    expected = log.ids()
    log.hooks[4] = lambda: setattr(log, "now", NOON + MINUTE + 35 * SECOND)
    reading = any_reader.walk(per_page=5).complete
    assert reading.ids == expected[:26]
    assert reading.source.report.entries == 26


@pytest.mark.parametrize("which", [1, 12, 17, 25])
def test_missing_entries_that_cannot_have_expired_raise(any_reader: Reader, which: int) -> None:
    log = any_reader.log
    gone = year(log)[-1 - which]
    for number in range(1, 20):
        log.edits[number] = lambda body: body.update(
            items=[each for each in body["items"] if each["id"] != gone.id]
        )
    log.hooks[3] = lambda: setattr(log, "now", NOON + MINUTE + 5 * SECOND)
    reading = any_reader.walk(per_page=4)
    error = reading.raised_error(IncompleteWalkError)
    assert "reported entries were not returned" in str(error)
    assert error.report == reading.source.report
    assert error.checkpoint == reading.source.checkpoint
    assert len(reading.ids) == error.report.entries < 30


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the retention in the document."""
    window = audit_logs.LIST_PAGES.window
    assert window is not None
    window = msgspec.structs.replace(window, retention="")
    pages = msgspec.structs.replace(audit_logs.LIST_PAGES, window=window)
    monkeypatch.setattr(audit_logs, "LIST_PAGES", pages)


@pytest.mark.usefixtures("keeping")
@pytest.mark.parametrize("concurrency", [1, 2])
def test_service_without_a_retention_loses_nothing_to_expiry(
    any_reader: Reader, concurrency: int
) -> None:
    log = any_reader.log
    entries = [log.add(NOON - 2 * YEAR + n * DAY) for n in range(40)]
    arguments: dict[str, Any] = {"per_page": 4, "concurrency": concurrency}
    assert any_reader.walk(start=NOON - 3 * YEAR, **arguments).complete.ids == log.ids()
    assert any_reader.walk(**arguments).complete.ids == log.ids()
    log.hooks[len(log.queries) + 2] = lambda: log.remove(entries[9])
    error = any_reader.walk(**arguments).raised_error(IncompleteWalkError)
    assert "reported entries were not returned" in str(error)


def test_log_that_expired_completely_before_the_first_entry_is_complete(reader: Reader) -> None:
    log = reader.log
    log.fill(3)
    log.add(NOON - SECOND, actorName=17)
    error = reader.walk().raised_error(EntryDecodeError)
    log.now += YEAR + DAY
    log.habits = Habits(expires=True, total=Total.MISSING)
    assert reader.walk(checkpoint=error.checkpoint).complete.ids == []


def test_log_that_was_emptied_before_the_retention_is_incomplete(reader: Reader) -> None:
    log = reader.log
    log.fill(20)
    log.add(NOON - SECOND, actorName=17)
    error = reader.walk(per_page=5).raised_error(EntryDecodeError)
    for entry in log.alive:
        log.remove(entry)
    log.habits = Habits(total=Total.MISSING)
    missed = reader.walk(checkpoint=error.checkpoint).raised_error(IncompleteWalkError)
    assert str(missed) == "21 of 21 reported entries were not returned"


def test_probe_of_the_oldest_entries_finds_entries_left_out_of_a_page(reader: Reader) -> None:
    log = reader.log
    oldest = log.fill(20)[0]
    log.edits[1] = lambda body: body.update(items=[*body["items"][:4], oldest.wire])
    log.hooks[2] = lambda: log.remove(oldest)
    error = reader.walk(per_page=5).raised_error(IncompleteWalkError)
    assert str(error) == "the service omitted entries from a page"


def test_lost_entry_after_a_start_within_the_retention_raises(any_reader: Reader) -> None:
    log = any_reader.log
    entries = log.fill(20)
    log.hooks[2] = lambda: log.remove(entries[3])
    reading = any_reader.walk(per_page=5, start=entries[0].time)
    message = "1 of 20 reported entries were not returned"
    assert str(reading.raised_error(IncompleteWalkError)) == message
    assert len(reading.ids) == 19


@pytest.mark.parametrize("number", range(2, 6))
@pytest.mark.parametrize("direction", ["walk", "asc", "desc"])
def test_lost_entry_of_a_young_log_raises_without_a_start(
    any_reader: Reader, number: int, direction: str
) -> None:
    log = any_reader.log
    entries = log.fill(20)
    lost = entries[16] if direction == "asc" else entries[3]
    log.hooks[number] = lambda: log.remove(lost)
    if direction == "walk":
        reading = any_reader.walk(per_page=5)
    else:
        reading = any_reader.list(per_page=5, sort_direction=direction)
    message = "1 of 20 reported entries were not returned"
    assert str(reading.raised_error(IncompleteWalkError)) == message
    assert len(reading.ids) == 19


@pytest.mark.parametrize("which", [3, 9, 12])
def test_lost_entry_raises_while_others_expire(any_reader: Reader, which: int) -> None:
    """The first entries expire in 60 s; those that are lost would expire later."""
    log = any_reader.log
    entries = year(log)

    def pass_time() -> None:
        log.now += MINUTE + 15 * SECOND
        log.remove(entries[which])

    log.hooks[4] = pass_time
    error = any_reader.walk(per_page=5).raised_error(IncompleteWalkError)
    assert "of 30 reported entries were not returned" in str(error)


def test_entries_that_expire_between_two_runs_are_explained(any_reader: Reader) -> None:
    log = any_reader.log
    year(log)
    expected = log.ids()
    first = any_reader.walk(12, per_page=4)
    log.now += MINUTE + 35 * SECOND
    rest = any_reader.walk(checkpoint=first.source.checkpoint, per_page=4).complete
    assert first.ids + rest.ids == expected[:26]


def test_late_entry_does_not_compensate_for_a_lost_one(any_reader: Reader) -> None:
    log = any_reader.log
    entries = log.fill(30)
    log.hooks[3] = lambda: log.remove(entries[9])
    log.hooks[5] = lambda: setattr(log, "late", log.add(entries[2].time))
    error = any_reader.walk(per_page=5).raised_error(IncompleteWalkError)
    assert "1 of 30 reported entries were not returned" in str(error)


def test_probe_is_sent_only_where_the_oldest_entries_may_expire(reader: Reader) -> None:
    log = reader.log
    entries = log.fill(20)
    reader.walk(per_page=5, start=entries[0].time)
    assert {each["sortDirection"] for each in log.queries} == {"desc"}
    log.queries.clear()
    reader.walk()
    assert [each["sortDirection"] for each in log.queries] == ["desc", "desc"]
    log.queries.clear()
    reader.walk(per_page=50)
    assert [each["sortDirection"] for each in log.queries] == ["desc", "desc"]
    log.queries.clear()
    reader.walk(per_page=5)
    assert [each["sortDirection"] for each in log.queries].count("asc") == 1


def test_service_that_cannot_sort_ascending_is_walked_without_a_probe(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(20)
    log.habits = Habits(ignores=frozenset({"sortDirection"}))
    assert any_reader.walk(per_page=5).complete.ids == log.ids()


def test_empty_response_instead_of_the_rest_is_not_taken_as_expiry(
    any_reader: Reader,
) -> None:
    """The oldest entry may expire at any time, so all behind the first might have expired."""
    log = any_reader.log
    log.habits = Habits(expires=True)
    log.add(NOON - YEAR + SECOND)
    log.fill(20)
    log.edits = dict.fromkeys([3, 4], lambda body: body.update(items=[], totalCount=0))
    error = any_reader.walk(per_page=1).raised_error(IncompleteWalkError)
    assert str(error) == "20 of 21 reported entries were not returned"


# --- what the user knows


@pytest.mark.parametrize("direction", ["walk", "list"])
def test_start_a_year_ago_is_accepted_although_requests_take_time(
    any_reader: Reader, direction: str
) -> None:
    log = any_reader.log
    year(log)
    log.step = 500
    start = log.now - YEAR - DAY
    if direction == "walk":
        reading = any_reader.walk(start=start, per_page=7)
    else:
        reading = any_reader.list(start=start, per_page=7)
    assert len(reading.complete.ids) == 30


@pytest.mark.parametrize("days", [365, 366])
def test_expiry_after_a_count_of_days_is_tolerated(any_reader: Reader, days: int) -> None:
    """A service may count days where the document says a year: 2024 had 366."""
    log = any_reader.log
    log.now = NOON - 2 * YEAR + 100 * DAY
    log.habits = Habits(expires=True)
    old = [log.add(log.now - days * DAY + n * SECOND) for n in range(10)]
    log.fill(20)
    log.hooks[2] = lambda: log.remove(old[0])
    log.hooks[3] = lambda: log.remove(old[1])
    log.hooks[4] = lambda: log.remove(old[2])
    reading = any_reader.walk(per_page=5).complete
    assert len(reading.ids) >= 20


def test_late_entry_beside_an_expired_one_does_not_make_the_walk_incomplete(
    any_reader: Reader,
) -> None:
    """An entry that becomes visible late is stamped before the walk, and one expires meanwhile."""
    log = any_reader.log
    log.habits = Habits(expires=True)
    log.add(NOON - YEAR + SECOND)
    log.fill(20)

    def arrive() -> None:
        log.add(NOON - 15 * SECOND)

    log.hooks[3] = arrive
    log.hooks[4] = lambda: setattr(log, "now", NOON + 2 * SECOND)
    reading = any_reader.walk(per_page=5).complete
    assert set(log.ids()) <= set(reading.ids)


def test_retention_of_the_caller_replaces_that_of_the_document(any_reader: Reader) -> None:
    log = any_reader.log
    entries = [log.add(NOON - 3 * YEAR + n * DAY) for n in range(10)]
    start = entries[0].time
    any_reader.walk(start=start).raised_error(IncompleteWalkError)
    reading = any_reader.walk(start=start, retention=timedelta(days=4 * 366)).complete
    assert reading.ids == log.ids()
    error = any_reader.walk(start=start, retention=timedelta(days=30)).raised_error(
        IncompleteWalkError
    )
    assert "retention=..." in str(error)


def test_retention_that_is_longer_than_the_calendar_never_ends(reader: Reader) -> None:
    entries = reader.log.fill(10)
    reading = reader.walk(start=entries[0].time, retention=timedelta.max, per_page=3).complete
    assert reading.ids == reader.log.ids()


def test_slice_that_was_reported_and_then_empty_raises_although_others_expired(
    reader: Reader,
) -> None:
    log = reader.log
    log.habits = Habits(expires=True)
    for _ in range(2):
        log.add(NOON - YEAR + SECOND)
    log.add(NOON - YEAR + HOUR)
    log.fill(100)
    times = [log.add(NOON - SECOND).time for _ in range(4)]
    newest = str(times[0] + 1)

    def empty(body: dict[str, Any]) -> None:
        """Report nothing for a part of the newest slice, and let the oldest entries expire."""
        parts = [each for each in log.queries if "start" in each and each.get("end") == newest]
        if len(parts) > 1 and log.queries[-1] is parts[-1]:
            body.update(items=[], totalCount=0)
            log.now += 2 * SECOND

    log.edits.update(dict.fromkeys(range(1, 400), empty))
    walk = reader.walk(per_page=2, concurrency=2)
    error = walk.raised_error(IncompleteWalkError)
    assert "reported entries were not returned" in str(error)
    assert "not returned" in str(reader.go_on(walk).raised_error(IncompleteWalkError))
