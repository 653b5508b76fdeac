"""Paging, sorting and filtering of entries in the mock transport."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import httpx
import pytest

from losant_audit_log import (
    AuditLog,
    AuditLogFilter,
    InvalidArgumentError,
    NotFoundError,
    ResponseDecodeError,
    UndecodedEntry,
)
from losant_audit_log.models import AuditLogFilterActor
from losant_audit_log.testing import MockTransport, mock_transport
from tests.support.examples import LIST_PATH, ORG
from tests.support.mocked import Use

FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
OTHER = "f" * 24


def wire(number: int, **members: Any) -> dict[str, Any]:
    """Return an entry in wire form, a second newer than the one before."""
    moment = FIRST + dt.timedelta(seconds=number)
    return {
        "id": f"{number:024x}",
        "creationDate": f"{moment:%Y-%m-%dT%H:%M:%S}.000Z",
        "orgId": ORG,
        "actorName": f"actor {9 - number % 10}",
        **members,
    }


def mock_of(*entries: Any, **options: Any) -> MockTransport:
    return mock_transport({"auditLogs.list": entries}, **options)


def listed_numbers(use: Use, transport: MockTransport, **arguments: Any) -> list[int]:
    page = use(transport, lambda client: client.audit_logs.list(ORG, **arguments))
    return [int(each.id, 16) for each in page.items]


FIVE = [wire(number) for number in (3, 1, 5, 2, 4)]


def test_entries_are_returned_in_pages(use: Use) -> None:
    page = use(mock_of(*FIVE), lambda client: client.audit_logs.list(ORG, per_page=2, page=1))
    assert [int(each.id, 16) for each in page.items] == [3, 2]
    assert (page.total_count, page.page, page.per_page, page.has_next) == (5, 1, 2, True)
    assert listed_numbers(use, mock_of(*FIVE), per_page=2, page=2) == [1]
    assert listed_numbers(use, mock_of(*FIVE), per_page=2, page=3) == []


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ({}, [5, 4, 3, 2, 1]),
        ({"sort_direction": "desc"}, [5, 4, 3, 2, 1]),
        ({"sort_direction": "asc"}, [1, 2, 3, 4, 5]),
        ({"sort_field": "actorName", "sort_direction": "asc"}, [5, 4, 3, 2, 1]),
        ({"sort_field": "actorName"}, [1, 2, 3, 4, 5]),
        ({"start": FIRST + dt.timedelta(seconds=4)}, [5, 4]),
        ({"end": FIRST + dt.timedelta(seconds=2)}, [2, 1]),
        (
            {
                "start": FIRST + dt.timedelta(seconds=2),
                "end": FIRST + dt.timedelta(seconds=3),
                "sort_direction": "asc",
            },
            [2, 3],
        ),
        ({"end": 1}, []),
        ({"end": 10**17}, [5, 4, 3, 2, 1]),
    ],
    ids=str,
)
def test_entries_are_sorted_and_limited_to_a_time_span(
    use: Use, arguments: dict[str, Any], ids: list[int]
) -> None:
    assert listed_numbers(use, mock_of(*FIVE), **arguments) == ids


def entry_of_actor(number: int, type_: str, actor: str, status: int) -> dict[str, Any]:
    return wire(number, actorType=type_, actorId=actor, responseStatus=status)


ACTED = [
    entry_of_actor(1, "User", OTHER, 200),
    entry_of_actor(2, "User", ORG, 200),
    entry_of_actor(3, "ApiToken", OTHER, 404),
    wire(4),
]


@pytest.mark.parametrize(
    ("filter_", "ids"),
    [
        ({"actor": [{"type": "User"}]}, [2, 1]),
        ({"actor": [{"id": OTHER.upper()}]}, [3, 1]),
        ({"actor": [{"type": "User", "id": OTHER}]}, [1]),
        ({"actor": [{"type": "User", "id": OTHER}, {"type": "ApiToken"}]}, [3, 1]),
        ({"responseCode": [404, 500]}, [3]),
        ({"responseCode": [404], "actor": [{"type": "User"}]}, []),
        ({"actor": [{"name": "whoever"}]}, [4, 3, 2, 1]),
        (AuditLogFilter(actor=[AuditLogFilterActor(type="User")]), [2, 1]),
    ],
    ids=str,
)
def test_entries_are_filtered_by_conditions_of_known_meaning(
    use: Use, filter_: Any, ids: list[int]
) -> None:
    assert listed_numbers(use, mock_of(*ACTED), audit_log_filter=filter_) == ids


def test_entry_is_found_by_its_id(use: Use) -> None:
    transport = mock_of(*FIVE)
    entry: AuditLog = use(transport, lambda client: client.audit_logs.get(ORG, f"{3:024x}"))
    assert entry.to_dict() == wire(3)
    with pytest.raises(NotFoundError) as caught:
        use(transport, lambda client: client.audit_logs.get(ORG, f"{6:024x}"))
    assert caught.value.type == "NotFound"
    assert f"{6:024x} was not found" in str(caught.value)


def test_models_mappings_and_bytes_are_accepted_as_entries(use: Use) -> None:
    raw = json.dumps(wire(3, further=[1]), indent=1).encode()
    model = AuditLog(id=f"{1:024x}", creation_date=FIRST, org_id=ORG)
    transport = mock_of(model, wire(2, requestBody=[1]), raw)
    page = use(transport, lambda client: client.audit_logs.list(ORG))
    assert [int(each.id, 16) for each in page.items] == [3, 2, 1]
    assert page.items[0].raw == raw
    assert page.items[0].extra == {"further": [1]}
    assert page.items[2] == model


def test_entries_belong_to_their_organization(use: Use) -> None:
    transport = mock_of(wire(1), wire(2, orgId=OTHER))
    assert listed_numbers(use, transport) == [1]
    with pytest.raises(NotFoundError):
        use(transport, lambda client: client.audit_logs.get(ORG, f"{2:024x}"))
    with pytest.raises(NotFoundError):
        use(transport, lambda client: client.audit_logs.list("a" * 24))
    assert use(transport, lambda client: client.audit_logs.get(OTHER, f"{2:024x}")).org_id == OTHER


def test_empty_list_of_entries_is_an_empty_log(use: Use) -> None:
    page = use(mock_of(), lambda client: client.audit_logs.list(OTHER))
    assert (page.items, page.total_count, page.has_next) == ([], 0, False)


def collect_entries(walk: Any) -> Any:
    if hasattr(walk, "__aiter__"):

        async def collect() -> list[Any]:
            return [each async for each in walk]

        return collect()
    return list(walk)


@pytest.mark.parametrize("concurrency", [1, 4])
def test_walk_over_the_mock_returns_every_entry(use: Use, concurrency: int) -> None:
    log = [wire(number // 3, id=f"{number:024x}") for number in range(100)]
    transport = mock_of(*log, now=FIRST + dt.timedelta(days=1))

    def call(client: Any) -> Any:
        return collect_entries(client.audit_logs.walk(ORG, per_page=7, concurrency=concurrency))

    assert sorted(int(each.id, 16) for each in use(transport, call)) == list(range(100))
    assert len(transport.requests) > 100 // 7


def test_undecodable_entries_may_be_passed_as_bytes(use: Use) -> None:
    odd = json.dumps(wire(2, responseStatus="two hundred")).encode()
    transport = mock_of(wire(1), odd, wire(3), now=FIRST + dt.timedelta(days=1))
    with pytest.raises(ResponseDecodeError):
        use(transport, lambda client: client.audit_logs.list(ORG))
    kept = use(
        transport,
        lambda client: collect_entries(client.audit_logs.walk(ORG, on_undecodable="keep")),
    )
    assert [type(each) for each in kept] == [AuditLog, UndecodedEntry, AuditLog]
    assert kept[1].raw == odd


def test_entries_that_cannot_be_sorted_keep_their_order() -> None:
    odd = json.dumps(wire(2, actorName=[])).encode()
    with httpx.Client(transport=mock_of(wire(1), odd, wire(3))) as http:
        url = f"https://api.losant.com{LIST_PATH}?sortField=actorName"
        items = http.get(url, headers={"Authorization": "Bearer x"}).json()["items"]
    assert [int(each["id"], 16) for each in items] == [1, 2, 3]


def test_entry_that_is_no_json_makes_its_page_undecodable(use_sync: Use) -> None:
    with pytest.raises(ResponseDecodeError):
        use_sync(mock_of(wire(1), b"{"), lambda client: client.audit_logs.list(ORG))


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (
            {"creation_date": "2026-01-01T00:00:00Z", "id": ORG},
            "use the JSON name 'creationDate' instead of 'creation_date'",
        ),
        ({"id": 1}, r"entries\['auditLogs\.list'\]\[0\]: .*at /id"),
        ({"what": 1}, "none of the fields"),
        ({}, "none of the fields"),
        ({"id": object()}, "cannot be serialized as JSON"),
        ("text", "expected a model or a mapping, got str"),
        (None, "expected a model or a mapping, got NoneType"),
    ],
    ids=["python name", "wrong type", "unknown", "nothing", "no JSON", "text", "None"],
)
def test_invalid_entry_is_rejected(entry: Any, reason: str) -> None:
    with pytest.raises(InvalidArgumentError, match=reason):
        mock_of(entry)


@pytest.mark.parametrize("name", ["auditLogs", "audit_logs", "auditLogs.get"])
def test_entries_of_an_operation_that_is_no_list_are_rejected(name: str) -> None:
    with pytest.raises(
        InvalidArgumentError, match=r"expected one of: auditLogs\.list, instanceAuditLogs"
    ):
        mock_transport({name: []})
    with pytest.raises(
        InvalidArgumentError, match=r"expected one of: auditLogs\.get, instanceAuditLogs"
    ):
        mock_transport(answers={f"{name}s": {}})


def test_entries_are_added_and_removed_while_a_walk_runs(use: Use) -> None:
    transport = mock_of(*FIVE)
    assert listed_numbers(use, transport) == [5, 4, 3, 2, 1]
    transport.add(wire(7), AuditLog.from_json(json.dumps(wire(6))))
    assert listed_numbers(use, transport) == [7, 6, 5, 4, 3, 2, 1]
    transport.remove(f"{1:024x}")
    transport.remove(wire(7))
    assert listed_numbers(use, transport) == [6, 5, 4, 3, 2]
    found = use(transport, lambda client: client.audit_logs.get(ORG, f"{6:024x}"))
    assert found.actor_name == "actor 3"


def test_added_entries_replace_the_example_of_the_document(use: Use) -> None:
    transport = mock_transport()
    transport.add(wire(7), operation="auditLogs.list")
    assert listed_numbers(use, transport) == [7]


def test_change_of_an_unclear_list_is_rejected() -> None:
    with pytest.raises(InvalidArgumentError) as raised:
        mock_transport().add(wire(7))
    assert str(raised.value) == (
        "operation: unknown operation ''; expected one of: auditLogs.list, instanceAuditLogs.list"
    )
    with pytest.raises(InvalidArgumentError, match="operation: unknown operation 'x'"):
        mock_transport().add(wire(7), operation="x")


def test_invalid_change_of_entries_is_rejected() -> None:
    transport = mock_of(*FIVE)
    with pytest.raises(InvalidArgumentError, match=r"^entries\[1\]: "):
        transport.add(wire(7), wire(8, actorName=5))
    with pytest.raises(InvalidArgumentError, match="has no entry with the id"):
        transport.remove("missing")
