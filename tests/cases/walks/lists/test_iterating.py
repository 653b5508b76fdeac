"""Iterating over `list()` returns every entry once and in order, or raises."""

from __future__ import annotations

from typing import Any

import anyio
import httpx
import pytest

from losant_audit_log import (
    AuditLog,
    IncompleteWalkError,
    InternalServerError,
    Page,
    ResponseDecodeError,
)
from tests.support.callers import Way
from tests.support.drifting_log import Bounds, Habits, Total
from tests.support.examples import ORG
from tests.support.reading import Reader


def test_list_returns_the_newest_entry_first_by_default(any_reader: Reader) -> None:
    any_reader.log.fill(30)
    assert any_reader.list(per_page=7).complete.ids == any_reader.log.ids()


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_list_returns_entries_in_either_direction(any_reader: Reader, direction: str) -> None:
    any_reader.log.fill(30)
    reading = any_reader.list(sort_direction=direction, per_page=7).complete
    assert reading.ids == any_reader.log.ids(ascending=direction == "asc")


def test_list_sends_its_first_request_before_returning(reader: Reader) -> None:
    reader.log.fill(3)
    page: Page[AuditLog] = reader.client().audit_logs.list(ORG)
    assert type(page) is Page
    assert len(reader.log.queries) == 1
    assert [each.id for each in page] == reader.log.ids()
    assert len(reader.log.queries) == 2  # A short page does not prove that no entry follows.


def test_list_sends_its_parameters_unchanged(reader: Reader) -> None:
    reader.client().audit_logs.list(ORG, start=5, end=7, page=2, per_page=3)
    assert reader.log.queries == [{"start": "5", "end": "7", "page": "2", "perPage": "3"}]


@pytest.mark.parametrize("way", [Way.ASYNCIO, Way.TRIO])
def test_asynchronous_list_can_be_awaited(reader: Reader, way: Way) -> None:
    log = reader.log
    log.fill(5)
    client = Reader(log, way).client()

    async def read() -> tuple[Any, list[str], list[int]]:
        listed = client.audit_logs.list(ORG, per_page=2)
        assert log.queries == []
        page = await listed
        ids = [each.id async for each in page]
        return page, ids, [len(each) async for each in page.pages()]

    page, ids, lengths = anyio.run(read, backend=str(way))
    assert type(page).__name__ == "AsyncPage"
    assert [each.id for each in page.items] == log.ids()[:2]
    assert ids == log.ids()
    assert lengths == [2, 2, 1]


def test_iterating_twice_returns_every_entry_twice(reader: Reader) -> None:
    reader.log.fill(7)
    page = reader.client().audit_logs.list(ORG, per_page=2)
    assert [each.id for each in page] == [each.id for each in page] == reader.log.ids()


def test_list_excludes_entries_that_arrive_during_iteration(any_reader: Reader) -> None:
    log = any_reader.log
    log.habits = Habits(inserts=True)
    log.step = 50
    log.fill(40)
    expected = log.ids()
    assert any_reader.list(per_page=5).complete.ids == expected
    assert len(log.entries) > 40


def test_ascending_list_ends_near_its_begin_time(reader: Reader) -> None:
    log = reader.log
    log.habits = Habits(inserts=True, bounds=Bounds.UPPER)
    log.step = 5000
    log.fill(40)
    expected = log.ids(ascending=True)
    given = reader.list(per_page=5, sort_direction="asc").complete.ids
    assert given[:40] == expected
    assert len(given) < 50


@pytest.mark.parametrize("dated", [0, 1])
@pytest.mark.parametrize("skew", [-3_600_000, 0, 3_600_000])
def test_ascending_list_reaches_the_newest_entry(reader: Reader, dated: float, skew: int) -> None:
    log = reader.log
    log.habits = Habits(dated=dated)
    log.skew = skew
    log.fill(20)
    log.add()
    log.add()
    assert reader.list(per_page=5, sort_direction="asc").complete.ids == log.ids(ascending=True)


def test_ascending_list_that_fails_before_its_end_is_known_can_be_repeated(reader: Reader) -> None:
    log = reader.log
    log.fill(9)
    log.hooks[2] = _html
    reading = reader.list(per_page=2, sort_direction="asc")
    assert reading.entries == []
    reading.raised_error(ResponseDecodeError)
    assert reader.go_on(reading).complete.ids == log.ids(ascending=True)


def test_list_and_walk_of_an_empty_log_return_nothing(any_reader: Reader) -> None:
    assert any_reader.list().complete.ids == []
    assert any_reader.walk().complete.ids == []
    assert len(any_reader.log.queries) == 2


def test_error_during_iteration_has_a_checkpoint(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(9)
    log.hooks[4] = _html
    reading = any_reader.list(per_page=4)
    error = reading.raised_error(ResponseDecodeError)
    checkpoint = vars(error)["checkpoint"]
    assert len(reading.ids) == 7
    assert reading.ids + any_reader.walk(checkpoint=checkpoint).complete.ids == log.ids()


# --- other orders, other pages: by number


@pytest.mark.parametrize("field", ["responseStatus", "actorName"])
def test_list_sorted_by_another_field_uses_page_numbers(any_reader: Reader, field: str) -> None:
    log = any_reader.log
    for number in range(11):
        log.add(responseStatus=200 + number * 7 % 11, actorName=f"{number * 3 % 11:02}")
    reading = any_reader.list(sort_field=field, sort_direction="asc", per_page=4).complete
    wire = {each.id: each.wire[field] for each in log.entries}
    assert [wire[id_] for id_ in reading.ids] == sorted(wire.values())
    # A page of three entries lies across the ends of the first two, which connects each page to
    # the one before.
    requests = [(each.get("page"), each["perPage"]) for each in log.queries]
    assert requests == [(None, "4"), ("1", "4"), ("1", "3"), ("2", "4"), ("2", "3")]
    assert all(each["sortField"] == field for each in log.queries)


def test_list_from_a_later_page_uses_page_numbers(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(11)
    assert any_reader.list(page=1, per_page=4).complete.ids == log.ids()[4:]
    requests = [(each["page"], each["perPage"]) for each in log.queries]
    assert requests == [("1", "4"), ("2", "4"), ("2", "3")]


def test_numbered_list_returns_a_shifted_entry_once(reader: Reader) -> None:
    log = reader.log
    _rank(reader, 10)

    def arrive() -> None:
        log.add(responseStatus=900)

    log.hooks[2] = arrive
    reading = reader.list(sort_field="responseStatus", per_page=4).complete
    assert len(set(reading.ids)) == len(reading.ids) == 10


@pytest.mark.parametrize("number", [2, 3, 4])
def test_numbered_list_returns_an_entry_that_moves_to_an_earlier_page(
    any_reader: Reader, number: int
) -> None:
    log = any_reader.log
    _rank(any_reader, 10)
    expected = [each.id for each in reversed(log.entries)]
    log.hooks[number] = lambda: log.remove(log.entries[-1])
    reading = any_reader.list(sort_field="responseStatus", per_page=4).complete
    assert sorted(reading.ids) == sorted(expected)


def test_numbered_list_with_a_hidden_entry_is_incomplete(any_reader: Reader) -> None:
    log = any_reader.log
    _rank(any_reader, 10)
    for number in range(1, 20):
        log.edits[number] = lambda body: body.update(totalCount=11)
    reading = any_reader.list(sort_field="responseStatus", per_page=4)
    error = reading.raised_error(IncompleteWalkError)
    assert "1 of 11 reported entries were not returned" in str(error)
    assert error.report.entries == 10
    assert error.checkpoint


def test_numbered_list_with_a_repeated_page_is_incomplete(reader: Reader) -> None:
    _rank(reader, 10)
    reader.log.habits = Habits(ignores=frozenset({"page"}))
    error = reader.list(sort_field="responseStatus", per_page=4).raised_error(IncompleteWalkError)
    assert "page 1 was requested, but the service returned page 0" in str(error)
    for number in range(2, 40):
        reader.log.edits[len(reader.log.queries) + number] = lambda body: body.pop("page")
    error = reader.list(sort_field="responseStatus", per_page=4).raised_error(IncompleteWalkError)
    assert "returns the same page repeatedly" in str(error)


def test_numbered_list_with_an_early_empty_page_is_incomplete(reader: Reader) -> None:
    _rank(reader, 10)
    reader.log.edits[2] = lambda body: body.update(items=[])
    error = reader.list(sort_field="responseStatus", per_page=4).raised_error(IncompleteWalkError)
    assert "reports 10 entries but returns an empty page" in str(error)


def test_numbered_list_with_changing_page_sizes_is_incomplete(reader: Reader) -> None:
    _rank(reader, 10)
    reader.log.edits[2] = lambda body: body.update(perPage=5)
    error = reader.list(sort_field="responseStatus", per_page=4).raised_error(IncompleteWalkError)
    assert "changed from 4 to 5" in str(error)


def test_numbered_list_follows_smaller_pages_than_requested(reader: Reader) -> None:
    _rank(reader, 10)
    reader.log.habits = Habits(cap=3)
    assert len(reader.list(sort_field="responseStatus", per_page=100).complete.ids) == 10


def test_numbered_list_works_without_a_total(reader: Reader) -> None:
    _rank(reader, 10)
    reader.log.habits = Habits(total=Total.MISSING)
    assert len(reader.list(sort_field="responseStatus", per_page=5).complete.ids) == 10


def test_failed_first_page_fails_the_list_call(any_reader: Reader) -> None:
    any_reader.log.habits = Habits(faults=1)
    assert any_reader.list().error is not None


def test_list_with_an_error_status_raises_the_status_error(any_reader: Reader) -> None:
    any_reader.log.hooks[1] = lambda: httpx.Response(503)
    any_reader.list().raised_error(InternalServerError)


def _rank(reader: Reader, count: int) -> None:
    for number in range(count):
        reader.log.add(responseStatus=200 + number)


def _html() -> Any:
    return httpx.Response(200, content=b"<html>")
