"""Iterating over `list()` gives every entry, once and in order, or raises."""

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


def test_newest_first_unless_told_otherwise(any_reader: Reader) -> None:
    any_reader.log.fill(30)
    assert any_reader.list(per_page=7).complete.ids == any_reader.log.ids()


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_in_either_direction(any_reader: Reader, direction: str) -> None:
    any_reader.log.fill(30)
    reading = any_reader.list(sort_direction=direction, per_page=7).complete
    assert reading.ids == any_reader.log.ids(ascending=direction == "asc")


def test_the_first_request_is_sent_before_it_returns(reader: Reader) -> None:
    reader.log.fill(3)
    page: Page[AuditLog] = reader.client().audit_logs.list(ORG)
    assert type(page) is Page
    assert len(reader.log.queries) == 1
    assert [each.id for each in page] == reader.log.ids()
    assert len(reader.log.queries) == 1


def test_the_parameters_go_out_as_they_were_given(reader: Reader) -> None:
    reader.client().audit_logs.list(ORG, start=5, end=7, page=2, per_page=3)
    assert reader.log.queries == [{"start": "5", "end": "7", "page": "2", "perPage": "3"}]


@pytest.mark.parametrize("way", [Way.ASYNCIO, Way.TRIO])
def test_an_asynchronous_list_can_be_awaited(reader: Reader, way: Way) -> None:
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


def test_iterating_twice_gives_everything_twice(reader: Reader) -> None:
    reader.log.fill(7)
    page = reader.client().audit_logs.list(ORG, per_page=2)
    assert [each.id for each in page] == [each.id for each in page] == reader.log.ids()


def test_entries_that_arrive_meanwhile_are_not_part_of_it(any_reader: Reader) -> None:
    log = any_reader.log
    log.habits = Habits(inserts=True)
    log.step = 50
    log.fill(40)
    expected = log.ids()
    assert any_reader.list(per_page=5).complete.ids == expected
    assert len(log.entries) > 40


def test_an_ascending_list_ends_at_what_was_there(reader: Reader) -> None:
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
def test_an_ascending_list_reaches_the_newest(reader: Reader, dated: float, skew: int) -> None:
    log = reader.log
    log.habits = Habits(dated=dated)
    log.skew = skew
    log.fill(20)
    log.add()
    log.add()
    assert reader.list(per_page=5, sort_direction="asc").complete.ids == log.ids(ascending=True)


def test_an_ascending_list_that_fails_before_its_end_is_known(reader: Reader) -> None:
    log = reader.log
    log.fill(9)
    log.hooks[2] = _html
    reading = reader.list(per_page=2, sort_direction="asc")
    assert reading.entries == []
    reading.raised(ResponseDecodeError)
    assert reader.go_on(reading).complete.ids == log.ids(ascending=True)


def test_an_empty_log(any_reader: Reader) -> None:
    assert any_reader.list().complete.ids == []
    assert any_reader.walk().complete.ids == []
    assert len(any_reader.log.queries) == 2


def test_an_error_in_the_middle_carries_the_checkpoint(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(9)
    log.hooks[4] = _html
    reading = any_reader.list(per_page=4)
    error = reading.raised(ResponseDecodeError)
    checkpoint = vars(error)["checkpoint"]
    assert len(reading.ids) == 7
    assert reading.ids + any_reader.walk(checkpoint=checkpoint).complete.ids == log.ids()


# --- other orders, other pages: by number


@pytest.mark.parametrize("field", ["responseStatus", "actorName"])
def test_other_fields_go_by_page_numbers(any_reader: Reader, field: str) -> None:
    log = any_reader.log
    for number in range(11):
        log.add(responseStatus=200 + number * 7 % 11, actorName=f"{number * 3 % 11:02}")
    reading = any_reader.list(sort_field=field, sort_direction="asc", per_page=4).complete
    wire = {each.id: each.wire[field] for each in log.entries}
    assert [wire[id_] for id_ in reading.ids] == sorted(wire.values())
    assert [each.get("page") for each in log.queries] == [None, "1", "2"]
    assert all(each["sortField"] == field for each in log.queries)


def test_a_later_page_goes_on_by_numbers(any_reader: Reader) -> None:
    log = any_reader.log
    log.fill(11)
    assert any_reader.list(page=1, per_page=4).complete.ids == log.ids()[4:]
    assert [each["page"] for each in log.queries] == ["1", "2"]


def test_by_numbers_an_entry_that_shifts_is_given_once(reader: Reader) -> None:
    log = reader.log
    _rank(reader, 10)

    def arrive() -> None:
        log.add(responseStatus=900)

    log.hooks[2] = arrive
    reading = reader.list(sort_field="responseStatus", per_page=4).complete
    assert len(set(reading.ids)) == len(reading.ids) == 10


def test_by_numbers_an_entry_that_slips_away_is_missed_and_told(any_reader: Reader) -> None:
    log = any_reader.log
    _rank(any_reader, 10)
    log.hooks[2] = lambda: log.remove(log.entries[-1])
    reading = any_reader.list(sort_field="responseStatus", per_page=4)
    error = reading.raised(IncompleteWalkError)
    assert "1 of 10 reported entries were not returned" in str(error)
    assert error.report.entries == 9
    assert error.checkpoint


def test_by_numbers_a_service_that_repeats_a_page_is_found_out(reader: Reader) -> None:
    _rank(reader, 10)
    reader.log.habits = Habits(ignores=frozenset({"page"}))
    error = reader.list(sort_field="responseStatus", per_page=4).raised(IncompleteWalkError)
    assert "page 1 was requested, but the service returned page 0" in str(error)
    for number in range(2, 40):
        reader.log.edits[len(reader.log.queries) + number] = lambda body: body.pop("page")
    error = reader.list(sort_field="responseStatus", per_page=4).raised(IncompleteWalkError)
    assert "returns the same page repeatedly" in str(error)


def test_by_numbers_an_empty_page_before_the_end_is_found_out(reader: Reader) -> None:
    _rank(reader, 10)
    reader.log.edits[2] = lambda body: body.update(items=[])
    error = reader.list(sort_field="responseStatus", per_page=4).raised(IncompleteWalkError)
    assert "reports 10 entries but returns an empty page" in str(error)


def test_by_numbers_pages_that_change_their_size_cannot_be_counted(reader: Reader) -> None:
    _rank(reader, 10)
    reader.log.edits[2] = lambda body: body.update(perPage=5)
    error = reader.list(sort_field="responseStatus", per_page=4).raised(IncompleteWalkError)
    assert "changed from 4 to 5" in str(error)


def test_by_numbers_a_smaller_page_than_asked_for_is_followed(reader: Reader) -> None:
    _rank(reader, 10)
    reader.log.habits = Habits(cap=3)
    assert len(reader.list(sort_field="responseStatus", per_page=100).complete.ids) == 10


def test_by_numbers_without_a_total(reader: Reader) -> None:
    _rank(reader, 10)
    reader.log.habits = Habits(total=Total.MISSING)
    assert len(reader.list(sort_field="responseStatus", per_page=5).complete.ids) == 10


def test_a_page_that_fails_to_arrive_fails_the_call(any_reader: Reader) -> None:
    any_reader.log.habits = Habits(faults=1)
    assert any_reader.list().error is not None


def test_a_list_whose_answer_is_an_error_raises_it(any_reader: Reader) -> None:
    any_reader.log.hooks[1] = lambda: httpx.Response(503)
    any_reader.list().raised(InternalServerError)


def _rank(reader: Reader, count: int) -> None:
    for number in range(count):
        reader.log.add(responseStatus=200 + number)


def _html() -> Any:
    return httpx.Response(200, content=b"<html>")
