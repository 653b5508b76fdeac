"""Walks whose end disagrees with their totals: a resumption reads them again.

Replicas of a service may lack the newest entries for a while.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import msgspec
import pytest

from losant_audit_log import IncompleteWalkError
from losant_audit_log._runtime.walks.checkpoint import read_checkpoint, write_checkpoint
from tests.support.drifting_log import HOUR, SECOND, YEAR, DriftingLog, Entry
from tests.support.reading import Reader

SECONDS = timedelta(seconds=3)
"""The overlap of the walks; the newest three of the entries are within it."""


def fill(log: DriftingLog) -> list[Entry]:
    """Fill the log, with an entry each second up to a second ago."""
    entries = [log.add(log.now - n * SECOND) for n in range(12, 0, -1)]
    log.now += SECOND // 10
    return entries


def without(*entries: Entry) -> Callable[[dict[str, Any]], None]:
    """Return an edit that removes entries from a page and from its total."""
    ids = {each.id for each in entries}

    def edit(body: dict[str, Any]) -> None:
        body["items"] = [each for each in body["items"] if each["id"] not in ids]
        body["totalCount"] -= len(ids)

    return edit


@pytest.mark.parametrize("lost", [9, 10])
def test_resumption_returns_the_entries_within_the_overlap_that_a_replica_lacked(
    any_reader: Reader, lost: int
) -> None:
    log = any_reader.log
    entries = fill(log)
    log.edits[4] = without(entries[lost])
    first = any_reader.walk(order="oldest", per_page=5, overlap=SECONDS)
    error = first.raised_error(IncompleteWalkError)
    assert str(error) == "1 of 12 reported entries were not returned"
    assert first.ids == [each.id for each in entries if each is not entries[lost]]
    rest = any_reader.walk(checkpoint=error.checkpoint, per_page=5).complete
    assert rest.ids == [entries[lost].id]
    assert rest.source.report.entries == 12
    log.now += 5 * SECOND
    assert any_reader.walk(since=rest.source.checkpoint, overlap=SECONDS).complete.ids == []


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("concurrency", [1, 3])
@pytest.mark.parametrize("overlap", [0, 3])
def test_resumption_ends_where_a_total_was_too_low_for_a_while(
    any_reader: Reader, order: str, concurrency: int, overlap: int
) -> None:
    log = any_reader.log
    entries = fill(log)
    log.edits[3] = lambda body: body.update(totalCount=body["totalCount"] - 1)
    first = any_reader.walk(
        order=order, per_page=5, overlap=timedelta(seconds=overlap), concurrency=concurrency
    )
    error = first.raised_error(IncompleteWalkError)
    rest = any_reader.walk(checkpoint=error.checkpoint, per_page=5, concurrency=concurrency)
    found = sorted([*first.ids, *rest.complete.ids])
    assert found == sorted(each.id for each in entries)


def test_resumption_can_be_interrupted(any_reader: Reader) -> None:
    log = any_reader.log
    entries = fill(log)
    log.edits[4] = without(entries[9], entries[10])
    first = any_reader.walk(order="oldest", per_page=5, overlap=SECONDS)
    checkpoint = first.raised_error(IncompleteWalkError).checkpoint
    rest = any_reader.walk(1, checkpoint=checkpoint, per_page=5)
    assert rest.ids == [entries[9].id]
    last = any_reader.walk(checkpoint=rest.source.checkpoint, per_page=5).complete
    assert last.ids == [entries[10].id]


def test_resumption_raises_again_while_a_replica_lacks_entries(any_reader: Reader) -> None:
    log = any_reader.log
    entries = fill(log)
    log.edits[4] = log.edits[8] = without(entries[10])
    first = any_reader.walk(order="oldest", per_page=5, overlap=SECONDS)
    checkpoint = first.raised_error(IncompleteWalkError).checkpoint
    second = any_reader.walk(checkpoint=checkpoint, per_page=5)
    checkpoint = second.raised_error(IncompleteWalkError).checkpoint
    assert second.ids == []
    assert any_reader.walk(checkpoint=checkpoint, per_page=5).complete.ids == [entries[10].id]


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_entry_that_was_lost_before_the_overlap_makes_each_resumption_raise(
    any_reader: Reader, order: str
) -> None:
    """It cannot be returned: the ids of the entries there are not stored."""
    log = any_reader.log
    entries = fill(log)
    log.edits[3] = without(entries[5])
    first = any_reader.walk(order=order, per_page=5, overlap=SECONDS)
    assert entries[5].id not in first.ids
    error = first.raised_error(IncompleteWalkError)
    for _ in range(2):
        rest = any_reader.walk(checkpoint=error.checkpoint, per_page=5)
        error = rest.raised_error(IncompleteWalkError)
        assert str(error) == "8 entries were read before, 9 when read again"
        assert rest.ids == []


def test_known_entry_that_a_replica_lacks_hides_no_entry_that_was_lost_before_the_overlap(
    any_reader: Reader,
) -> None:
    log = any_reader.log
    entries = fill(log)
    log.edits[3] = without(entries[5])
    first = any_reader.walk(order="oldest", per_page=5, overlap=SECONDS)
    error = first.raised_error(IncompleteWalkError)
    log.edits.update(dict.fromkeys(range(len(log.queries) + 1, 100), without(entries[-1])))
    rest = any_reader.walk(checkpoint=error.checkpoint, per_page=5)
    assert str(rest.raised_error(IncompleteWalkError)) == (
        "8 entries were read before, 9 when read again"
    )


def fill_whole(log: DriftingLog) -> tuple[list[Entry], list[Entry]]:
    """Fill the log with recent entries, and old ones, half of which expire within an hour."""
    times = [-YEAR + HOUR // 2, -YEAR + 12 * HOUR]
    return [log.add(log.now + time + n * SECOND) for time in times for n in range(3)], fill(log)


def lack(log: DriftingLog, entry: Entry, *hidden: Entry) -> None:
    """Make the second response with an entry lack it, and each one the entries that are hidden.

    The total counts the hidden entries.
    """
    numbers, ids = count(1), {each.id for each in hidden}

    def edit(body: dict[str, Any]) -> None:
        if any(each["id"] == entry.id for each in body["items"]) and next(numbers) == 2:
            without(entry)(body)
        body["items"] = [each for each in body["items"] if each["id"] not in ids]

    log.edits.update(dict.fromkeys(range(1, 100), edit))


@pytest.mark.parametrize("age", [None, YEAR])
def test_resumption_returns_recent_entries_of_a_log_whose_oldest_expire_meanwhile(
    any_reader: Reader, age: int | None
) -> None:
    log = any_reader.log
    old, recent = fill_whole(log)
    lack(log, recent[-2])
    span = {} if age is None else {"start": log.now - age}
    first = any_reader.walk(order="oldest", per_page=4, overlap=SECONDS, **span)
    error = first.raised_error(IncompleteWalkError)
    log.now += HOUR
    rest = any_reader.walk(checkpoint=error.checkpoint, per_page=4, **span).complete
    assert rest.ids == [recent[-2].id]
    assert sorted([*first.ids, *rest.ids]) == sorted(each.id for each in (*old, *recent))


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("concurrency", [1, 3])
@pytest.mark.parametrize("number", [3, 7, 8])
def test_second_resumption_ends_where_a_total_of_a_whole_log_was_too_low_for_a_while(
    any_reader: Reader, order: str, concurrency: int, number: int
) -> None:
    log = any_reader.log
    old, recent = fill_whole(log)
    log.edits[number] = lambda body: body.update(totalCount=body["totalCount"] - 1)
    reading = any_reader.walk(order=order, per_page=4, overlap=SECONDS, concurrency=concurrency)
    ids = [*reading.ids]
    log.now += HOUR // 4
    for _ in range(2):
        if reading.error is not None:
            error = reading.raised_error(IncompleteWalkError)
            reading = any_reader.walk(
                checkpoint=error.checkpoint, per_page=4, concurrency=concurrency
            )
            ids += reading.ids
    assert reading.error is None
    assert sorted(ids) == sorted(each.id for each in (*old, *recent))


@pytest.mark.parametrize("lost", range(6))
def test_entry_that_was_lost_among_those_that_expire_soon_makes_each_resumption_raise(
    any_reader: Reader, lost: int
) -> None:
    log = any_reader.log
    old, recent = fill_whole(log)
    lack(log, recent[-2], old[lost])
    first = any_reader.walk(order="oldest", per_page=4, overlap=SECONDS)
    error = first.raised_error(IncompleteWalkError)
    assert old[lost].id not in first.ids
    log.edits.clear()
    for _ in range(2):
        rest = any_reader.walk(checkpoint=error.checkpoint, per_page=4)
        error = rest.raised_error(IncompleteWalkError)
        assert rest.ids == []


def test_walk_whose_recent_entries_may_have_expired_is_not_read_again(any_reader: Reader) -> None:
    """An entry that expires would make up for one that was lost."""
    log = any_reader.log
    _, recent = fill_whole(log)
    lack(log, recent[-2])
    first = any_reader.walk(order="oldest", per_page=4, overlap=SECONDS)
    error = first.raised_error(IncompleteWalkError)
    log.now += 9 * 24 * HOUR
    rest = any_reader.walk(checkpoint=error.checkpoint, per_page=4)
    assert "before the retention period" in str(rest.raised_error(IncompleteWalkError))
    assert rest.ids == []


def test_walk_is_not_read_again_if_all_of_its_entries_expire_within_days(
    any_reader: Reader,
) -> None:
    log = any_reader.log
    log.add(log.now - 2 * 24 * HOUR)
    recent = fill(log)
    lack(log, recent[-2])
    kept = timedelta(days=3)
    first = any_reader.walk(order="oldest", per_page=4, overlap=SECONDS, retention=kept)
    error = first.raised_error(IncompleteWalkError)
    rest = any_reader.walk(checkpoint=error.checkpoint, per_page=4, retention=kept)
    assert str(rest.raised_error(IncompleteWalkError)) == str(error)
    assert rest.ids == []


def test_walk_of_an_earlier_version_with_entries_that_expire_is_not_read_again(
    any_reader: Reader,
) -> None:
    """Its checkpoint lacks the number of these entries."""
    log = any_reader.log
    _, recent = fill_whole(log)
    lack(log, recent[-2])
    first = any_reader.walk(5, order="oldest", per_page=4, overlap=SECONDS)
    text = first.source.checkpoint
    state = read_checkpoint(text, json.loads(text)["walk"])
    earlier = write_checkpoint(msgspec.structs.replace(state, older=None))
    error = any_reader.walk(checkpoint=earlier, per_page=4).raised_error(IncompleteWalkError)
    rest = any_reader.walk(checkpoint=error.checkpoint, per_page=4)
    assert str(rest.raised_error(IncompleteWalkError)) == str(error)
    assert rest.ids == []
