"""Comparison of entries with conditions of the filter."""

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
        Match("response", "status", "responseStatus"),
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
        {"response": [{"status": 404}]},
        {"resource": [200, 404], "actor": [{"id": "Ab1"}]},
        {"unknown": [{"id": "other"}]},
        {"unknown": [], "resource": [404]},
    ],
)
def test_entry_that_matches_the_filter_is_accepted(filter_: Any) -> None:
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
        ({"response": [{"status": 200}]}, "response"),
    ],
)
def test_entry_that_does_not_match_the_filter_raises(filter_: Any, group: str) -> None:
    why = (
        f"^the service did not apply the filter: it returned an entry that does not match "
        f"'{group}'$"
    )
    with pytest.raises(IncompleteWalkError, match=why):
        check_matches(PAGES, filter_, [ENTRY])


def test_every_entry_is_compared_with_the_filter() -> None:
    other = AuditLog(actor_id="other")
    with pytest.raises(IncompleteWalkError):
        check_matches(PAGES, {"actor": [{"id": "Ab1"}]}, [ENTRY, other])


def test_undecodable_entries_are_not_compared_with_the_filter() -> None:
    """Entries behind an undecodable one are compared."""
    odd, filter_ = UndecodedEntry(b"", ResponseDecodeError("")), {"actor": [{"id": "Ab1"}]}
    check_matches(PAGES, filter_, [odd, ENTRY])
    with pytest.raises(IncompleteWalkError):
        check_matches(PAGES, filter_, [odd, AuditLog(actor_id="other")])


def test_conditions_of_unknown_meaning_are_not_compared() -> None:
    unknown = msgspec.structs.replace(PAGES, matches=())
    check_matches(unknown, {"actor": [{"id": "other"}]}, [ENTRY])
