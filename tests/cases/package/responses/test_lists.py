"""One page of entries, from a real HTTP server."""

from __future__ import annotations

from typing import Any

import pytest

from losant_audit_log import AsyncPage, AuditLog, InstanceAuditLog, Page
from tests.support.callers import Caller, Way
from tests.support.examples import (
    AUDIT_LOG,
    AUDIT_LOGS,
    INSTANCE,
    INSTANCE_AUDIT_LOGS,
    INSTANCE_LIST_PATH,
    LIST_PATH,
    ORG,
)
from tests.support.server import Server, json_answer


def test_page_has_its_entries_and_its_position(server: Server, call: Caller) -> None:
    server.on(LIST_PATH, json_answer(AUDIT_LOGS))
    page: Any = call(lambda client: client.audit_logs.list(ORG))
    kind: type[Any] = Page if call.way is Way.SYNC else AsyncPage
    assert isinstance(page, kind)
    assert (page.total_count, page.page, page.per_page, page.has_next) == (4, 0, 1, True)
    [entry] = page.items
    assert type(entry) is AuditLog
    assert entry.to_dict() == AUDIT_LOG


def test_every_entry_of_a_page_keeps_its_own_bytes(server: Server, call: Caller) -> None:
    entries = [AUDIT_LOG | {"id": f"{number:024x}", "new": number} for number in range(3)]
    server.on(LIST_PATH, json_answer(AUDIT_LOGS | {"items": entries}))
    page: Any = call(lambda client: client.audit_logs.list(ORG))
    assert [entry.to_dict() for entry in page.items] == entries
    assert [entry.extra for entry in page.items] == [{"new": 0}, {"new": 1}, {"new": 2}]


def test_page_of_an_instance_has_instance_entries(server: Server, call: Caller) -> None:
    server.on(INSTANCE_LIST_PATH, json_answer(INSTANCE_AUDIT_LOGS))
    page: Any = call(lambda client: client.instance_audit_logs.list(INSTANCE))
    assert [type(entry) for entry in page.items] == [InstanceAuditLog]


@pytest.mark.parametrize("total", [0, 4])
def test_empty_page_is_no_error(server: Server, call: Caller, total: int) -> None:
    empty: dict[str, Any] = {"items": [], "count": 0, "totalCount": total, "perPage": 9, "page": 7}
    server.on(LIST_PATH, json_answer(empty))
    page: Any = call(lambda client: client.audit_logs.list(ORG, page=7))
    assert page.items == []
    assert not page.has_next
