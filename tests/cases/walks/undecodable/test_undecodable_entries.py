"""Undecodable entries raise by default, and never block a walk permanently."""

from __future__ import annotations

import itertools
import json
import pickle
from datetime import timedelta
from traceback import TracebackException
from typing import Any

import pytest

from losant_audit_log import (
    EntryDecodeError,
    IncompleteWalkError,
    ResponseDecodeError,
    UndecodedEntry,
)
from tests.support.drifting_log import NOON, SECOND, Bounds, DriftingLog, Entry, Habits
from tests.support.reading import Reader

ODDITIES: dict[str, dict[str, Any]] = {
    "a wrong type": {"actorName": 17},
    "no id": {"actorName": 17, "id": None},
    "an odd id": {"id": 5},
    "no time": {"actorName": 17, "creationDate": None},
    "an odd time": {"creationDate": "yesterday"},
    "a time without a zone": {"creationDate": "2026-03-05T11:59:55.000"},
    "neither": {"id": None, "creationDate": [], "actorName": {}},
}


def with_an_odd_one(log: DriftingLog, oddity: dict[str, Any], place: int = 7) -> Entry:
    """Fill a log, and put an undecodable entry at a position counted from the newest."""
    odd: Entry | None = None
    for age in reversed(range(15)):
        fields = oddity if age == place else {}
        entry = log.add(NOON - age * SECOND, **fields)
        odd = entry if age == place else odd
    assert odd is not None
    return odd


def id_of(log: DriftingLog, entry: Any) -> str:
    """Return the id of an entry, decodable or not."""
    if not isinstance(entry, UndecodedEntry):
        return str(entry.id)
    wire = json.loads(entry.raw)
    return next(each.id for each in log.entries if each.wire == wire)


def test_undecodable_entry_raises_with_pointer_and_report(any_reader: Reader) -> None:
    log = any_reader.log
    odd = with_an_odd_one(log, ODDITIES["a wrong type"])
    reading = any_reader.walk(per_page=5)
    error = reading.raised_error(EntryDecodeError)
    assert isinstance(error, ResponseDecodeError)
    assert isinstance(error, IncompleteWalkError)
    assert error.pointer == "/items/3/actorName"
    assert json.loads(error.content) == odd.wire
    assert "Expected `str | null`, got `int`" in str(error)
    assert error.report.entries == 7
    assert reading.ids == log.ids()[:7]


def test_undecodable_entry_error_has_checkpoints_before_and_after_the_entry(
    any_reader: Reader,
) -> None:
    log = any_reader.log
    with_an_odd_one(log, ODDITIES["a wrong type"])
    reading = any_reader.walk(per_page=5)
    error = reading.raised_error(EntryDecodeError)
    assert error.checkpoint == reading.source.checkpoint
    again = any_reader.walk(per_page=4, checkpoint=error.checkpoint)
    assert again.entries == []
    again.raised_error(EntryDecodeError)
    rest = any_reader.walk(per_page=4, checkpoint=error.checkpoint_after).complete
    assert rest.ids == log.ids()[8:]


def test_undecodable_entry_that_was_skipped_counts_as_kept(any_reader: Reader) -> None:
    """The error returned the entry to the program."""
    with_an_odd_one(any_reader.log, ODDITIES["a wrong type"])
    error = any_reader.walk(per_page=5).raised_error(EntryDecodeError)
    assert (error.report.entries, error.report.undecodable) == (7, 0)
    rest = any_reader.walk(per_page=5, checkpoint=error.checkpoint_after).complete
    report = rest.source.report
    kept = any_reader.walk(per_page=5, on_undecodable="keep").complete.source.report
    assert (report.entries, report.distinct, report.undecodable) == (15, 15, 1)
    assert (kept.entries, kept.distinct, kept.undecodable) == (15, 15, 1)
    assert (report.first, report.last) == (kept.first, kept.last)


def test_undecodable_entry_raises_again_on_repeated_iteration(any_reader: Reader) -> None:
    with_an_odd_one(any_reader.log, ODDITIES["a wrong type"])
    reading = any_reader.walk(per_page=5)
    any_reader.go_on(reading).raised_error(EntryDecodeError)
    assert len(reading.ids) == 7


def test_undecodable_entry_raises_in_a_list(any_reader: Reader) -> None:
    with_an_odd_one(any_reader.log, ODDITIES["a wrong type"])
    calls: list[dict[str, Any]] = [{}, {"page": 0}, {"sort_direction": "asc"}]
    for arguments in calls:
        any_reader.list(per_page=5, **arguments).raised_error(EntryDecodeError)


def test_undecodable_entry_raises_in_a_walk_by_page_numbers(any_reader: Reader) -> None:
    for number in range(9):
        fields: dict[str, Any] = {"actorName": 17} if number == 4 else {}
        any_reader.log.add(responseStatus=200 + number, **fields)
    reading = any_reader.list(per_page=3, sort_field="responseStatus")
    error = reading.raised_error(EntryDecodeError)
    assert error.pointer == "/items/1/actorName"
    assert (len(reading.ids), error.report.entries) == (4, 4)


@pytest.mark.parametrize("name", ODDITIES)
@pytest.mark.parametrize("place", [0, 7, 14])
def test_undecodable_entry_is_kept_at_its_position(
    any_reader: Reader, name: str, place: int
) -> None:
    log = any_reader.log
    odd = with_an_odd_one(log, ODDITIES[name], place)
    reading = any_reader.walk(per_page=5, on_undecodable="keep").complete
    assert [id_of(log, each) for each in reading.entries] == log.ids()
    kept = reading.entries[place]
    assert isinstance(kept, UndecodedEntry)
    assert json.loads(kept.raw) == odd.wire
    assert isinstance(kept.error, ResponseDecodeError)
    report = reading.source.report
    assert (report.entries, report.undecodable) == (15, 1)


PAGES = list(itertools.product([1, 3, 8, 100], [0, 7, 14]))


@pytest.mark.parametrize("name", ODDITIES)
@pytest.mark.parametrize("bounds", list(Bounds))
@pytest.mark.parametrize("pages", [PAGES[1::5], pytest.param(PAGES, marks=pytest.mark.slow)])
def test_undecodable_entry_is_returned_once_for_any_page_size(
    reader: Reader, name: str, bounds: Bounds, pages: list[tuple[int, int]]
) -> None:
    for size, place in pages:
        log = DriftingLog(0, Habits(bounds=bounds))
        with_an_odd_one(log, ODDITIES[name], place)
        reading = Reader(log).walk(per_page=size, on_undecodable="keep").complete
        assert [id_of(log, each) for each in reading.entries] == log.ids()
        ascending = Reader(log).list(per_page=size, sort_direction="asc")
        assert isinstance(ascending.error, ResponseDecodeError)
        assert len(ascending.entries) in {0, 14 - place}
    assert reader.log.queries == []


@pytest.mark.parametrize("name", ODDITIES)
@pytest.mark.parametrize("size", [1, 2, 5])
def test_undecodable_entry_is_skipped_by_checkpoint_after(
    reader: Reader, name: str, size: int
) -> None:
    log = reader.log
    with_an_odd_one(log, ODDITIES[name])
    error = reader.walk(per_page=size).raised_error(EntryDecodeError)
    rest = reader.walk(per_page=size, checkpoint=error.checkpoint_after).complete
    assert rest.ids == log.ids()[8:]


@pytest.mark.parametrize("name", ODDITIES)
@pytest.mark.parametrize("keep", [False, True])
def test_undecodable_entry_is_not_returned_again_by_the_next_daily_walk(
    reader: Reader, name: str, *, keep: bool
) -> None:
    log = reader.log
    with_an_odd_one(log, ODDITIES[name], 0)
    overlap = timedelta(minutes=1)
    if keep:
        first = reader.walk(overlap=overlap, on_undecodable="keep").complete.source
    else:
        error = reader.walk(overlap=overlap).raised_error(EntryDecodeError)
        first = reader.walk(checkpoint=error.checkpoint_after).complete.source
    log.now += 5 * SECOND
    new = log.add()
    second = reader.walk(since=first.checkpoint, overlap=overlap).complete
    assert second.ids == [new.id]
    assert second.source.report.undecodable == 0


def test_entries_without_any_timestamp_make_the_walk_incomplete(any_reader: Reader) -> None:
    for _ in range(50):
        any_reader.log.add(NOON - SECOND, creationDate=None)
    error = any_reader.walk(on_undecodable="keep").raised_error(IncompleteWalkError)
    assert "no entry has a timestamp" in str(error)


def test_undecodable_entry_errors_pickle(any_reader: Reader) -> None:
    with_an_odd_one(any_reader.log, ODDITIES["neither"])
    error = any_reader.walk(per_page=5).raised_error(EntryDecodeError)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is EntryDecodeError
    assert vars(copy) == vars(error)
    assert (str(copy), repr(copy)) == (str(error), repr(error))
    kept = any_reader.walk(on_undecodable="keep").complete.entries[7]
    assert str(pickle.loads(pickle.dumps(kept)).error) == str(kept.error)


def test_undecodable_entry_is_not_shown_by_local_variables_of_a_traceback(reader: Reader) -> None:
    reader.log.add(actorName=7, requestBody={"password": "hunter2"})
    error = reader.walk().raised_error(EntryDecodeError)
    shown = "".join(TracebackException.from_exception(error, capture_locals=True).format())
    assert "UndecodedEntry(" in shown
    assert "hunter2" not in shown
