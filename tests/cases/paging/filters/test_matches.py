"""Entries are held against the filter that was sent, where it is known what it means."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from losant_audit_log import AuditLog, IncompleteWalkError, ResponseDecodeError
from losant_audit_log._runtime.paging.page_data import UndecodedEntry
from losant_audit_log._runtime.paging.pagination import Match, Pagination
from losant_audit_log._runtime.walks.filter_check import check_matches
from losant_audit_log.resources.audit_logs import LIST_PAGES

PAGES: Pagination[Any] = msgspec.structs.replace(
    LIST_PAGES,
    matches=(
        Match("actor", "id", "actorId"),
        Match("actor", "type", "actorType"),
        Match("resource", "", "responseStatus"),
    ),
)
ENTRY = AuditLog(actor_id="Ab1", actor_type="User", response_status=404)


@pytest.mark.parametrize(
    "filter_",
    [
        None,
        {},
        {"actor": [{"id": "Ab1"}]},
        {"actor": [{"id": "aB1", "type": "user"}]},
        {"actor": [{"id": "other"}, {"type": "User"}]},
        {"actor": [{"name": "unknown"}]},
        {"resource": [404]},
        {"resource": [200, 404], "actor": [{"id": "Ab1"}]},
        {"unknown": [{"id": "other"}]},
        {"unknown": [], "resource": [404]},
    ],
)
def test_an_entry_that_fits(filter_: Any) -> None:
    check_matches(PAGES, filter_, [ENTRY])


@pytest.mark.parametrize(
    ("filter_", "group"),
    [
        ({"actor": [{"id": "other"}]}, "actor"),
        ({"actor": [{"id": "Ab1", "type": "Device"}]}, "actor"),
        ({"actor": [{"id": "other", "type": "User"}]}, "actor"),
        ({"actor": [{"id": None}]}, "actor"),
        ({"actor": [{"id": "Ab1"}], "resource": [200]}, "resource"),
        ({"unknown": [], "resource": ["404"]}, "resource"),
    ],
)
def test_an_entry_that_does_not(filter_: Any, group: str) -> None:
    why = (
        f"^the service did not apply the filter: it returned an entry that does not match "
        f"'{group}'$"
    )
    with pytest.raises(IncompleteWalkError, match=why):
        check_matches(PAGES, filter_, [ENTRY])


def test_each_entry_is_looked_at() -> None:
    other = AuditLog(actor_id="other")
    with pytest.raises(IncompleteWalkError):
        check_matches(PAGES, {"actor": [{"id": "Ab1"}]}, [ENTRY, other])


def test_of_entries_that_cannot_be_read_nothing_is_known() -> None:
    """Those behind them are looked at all the same."""
    odd, filter_ = UndecodedEntry(b"", ResponseDecodeError("")), {"actor": [{"id": "Ab1"}]}
    check_matches(PAGES, filter_, [odd, ENTRY])
    with pytest.raises(IncompleteWalkError):
        check_matches(PAGES, filter_, [odd, AuditLog(actor_id="other")])


def test_where_no_meaning_is_known_nothing_is_compared() -> None:
    unknown = msgspec.structs.replace(PAGES, matches=())
    check_matches(unknown, {"actor": [{"id": "other"}]}, [ENTRY])
