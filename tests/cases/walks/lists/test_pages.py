"""Attributes of `Page`, and navigation to the next page."""

from __future__ import annotations

from typing import Any

import pytest

from losant_audit_log import AuditLog, EntryDecodeError, Page, ResponseDecodeError
from tests.support.drifting_log import Echo, Habits, Total
from tests.support.examples import ORG
from tests.support.reading import Reader


def first_page(reader: Reader, **arguments: Any) -> Page[AuditLog]:
    page: Page[AuditLog] = reader.client().audit_logs.list(ORG, **arguments)
    return page


def test_page_has_items_counts_and_a_repr(reader: Reader) -> None:
    reader.log.fill(5)
    page = first_page(reader, per_page=2, page=1)
    assert [each.id for each in page.items] == reader.log.ids()[2:4]
    assert (page.total_count, page.page, page.per_page, len(page)) == (5, 1, 2, 2)
    assert page.has_next
    assert repr(page) == "Page(page=1, 2 of 5 entries)"


def test_missing_page_members_are_none(reader: Reader) -> None:
    reader.log.fill(1)
    reader.log.edits[1] = lambda body: [body.pop(key) for key in ("page", "perPage", "totalCount")]
    page = first_page(reader)
    assert (page.total_count, page.page, page.per_page) == (None, None, None)


def test_next_page_returns_the_next_page_or_none(reader: Reader) -> None:
    reader.log.fill(5)
    page = first_page(reader, per_page=2)
    second = page.next_page()
    assert second is not None
    assert [each.id for each in second.items] == reader.log.ids()[2:4]
    third = second.next_page()
    assert third is not None
    assert not third.has_next
    assert third.next_page() is None
    assert len(reader.log.queries) == 3


def test_pages_iterates_over_all_pages(reader: Reader) -> None:
    reader.log.fill(5)
    page = first_page(reader, per_page=2)
    assert [len(each) for each in page.pages()] == [2, 2, 1]


def test_next_page_uses_the_page_size_of_the_service(reader: Reader) -> None:
    reader.log.fill(8)
    reader.log.habits = Habits(cap=3)
    pages = list(first_page(reader, per_page=100, start=1).pages())
    assert [each.id for page in pages for each in page.items] == reader.log.ids()
    assert reader.log.queries[1] == {"start": "1", "page": "1", "perPage": "3"}


@pytest.mark.parametrize(("count", "more"), [(0, False), (3, False), (4, True), (5, True)])
def test_full_page_without_a_total_has_a_next_page(
    reader: Reader, count: int, *, more: bool
) -> None:
    reader.log.fill(count)
    reader.log.habits = Habits(total=Total.MISSING)
    assert first_page(reader, per_page=4).has_next is more


def test_page_without_a_size_counts_its_entries(reader: Reader) -> None:
    reader.log.fill(5)
    reader.log.habits = Habits(echo=Echo.MISSING)
    pages = list(first_page(reader, per_page=2).pages())
    assert [each.id for page in pages for each in page.items] == reader.log.ids()


def test_undecodable_entry_fails_the_page(any_reader: Reader) -> None:
    any_reader.log.fill(2)
    any_reader.log.add(actorName=17)
    error = any_reader.list().raised_error(ResponseDecodeError)
    assert not isinstance(error, EntryDecodeError)
    assert error.pointer == "/items/0/actorName"
    assert error.status_code == 200


def test_raw_list_is_parsed_as_a_page(reader: Reader) -> None:
    reader.log.fill(5)
    raw = reader.client().audit_logs.with_raw_response.list(ORG, per_page=2)
    page: Page[AuditLog] = raw.parse()
    assert type(page) is Page
    assert [each.id for each in page] == reader.log.ids()


def test_items_of_a_page_keep_their_bytes(reader: Reader) -> None:
    reader.log.add(extraField={"a": [1, 2.50]})
    (entry,) = first_page(reader).items
    assert entry.extra == {"_type": "auditLog", "extraField": {"a": [1, 2.5]}}
    assert b'"extraField": {"a": [1, 2.5]}' in entry.raw
