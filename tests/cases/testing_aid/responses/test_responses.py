"""Without entries, the mock transport responds with the document's examples."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import Any

import httpx
import pytest

from losant_audit_log import AuditLog, InstanceAuditLog
from losant_audit_log.testing import MockTransport, mock_transport
from tests.support.examples import (
    AUDIT_LOG,
    AUDIT_LOGS,
    ENTRY,
    GET_PATH,
    INSTANCE,
    INSTANCE_AUDIT_LOG,
    INSTANCE_ENTRY,
    LIST_PATH,
    ORG,
)
from tests.support.mocked import Use
from tests.support.paths import PACKAGE

OTHER = "0123456789abcdefABCDEF01"


def test_mock_get_returns_the_example_entry(use: Use) -> None:
    transport = mock_transport()
    entry: AuditLog = use(transport, lambda client: client.audit_logs.get(ORG, ENTRY))
    assert entry.to_dict() == {**AUDIT_LOG, "id": ENTRY, "auditLogId": ENTRY}
    other: InstanceAuditLog = use(
        transport, lambda client: client.instance_audit_logs.get(INSTANCE, INSTANCE_ENTRY)
    )
    assert other.to_dict() == INSTANCE_AUDIT_LOG


def test_mock_get_returns_an_entry_with_the_requested_ids(use: Use) -> None:
    entry: AuditLog = use(mock_transport(), lambda client: client.audit_logs.get(OTHER, OTHER))
    assert (entry.id, entry.audit_log_id, entry.org_id) == (OTHER, OTHER, OTHER)


def test_mock_list_returns_the_example_page(use: Use) -> None:
    raw = use(
        mock_transport(), lambda client: client.audit_logs.with_raw_response.list(ORG, per_page=1)
    )
    assert raw.parse().items[0].to_dict() == AUDIT_LOG
    assert httpx.Response(200, content=raw.content).json() == {**AUDIT_LOGS, "totalCount": 1}


def test_mock_page_reflects_the_requested_parameters(use: Use) -> None:
    def call(client: Any) -> Any:
        return client.audit_logs.with_raw_response.list(
            OTHER, sort_direction="asc", sort_field="actorName", page=3
        )

    page = httpx.Response(200, content=use(mock_transport(), call).content).json()
    assert page == {
        "items": [],
        "count": 0,
        "totalCount": 1,
        "perPage": 100,
        "page": 3,
        "sortField": "actorName",
        "sortDirection": "asc",
        "orgId": OTHER,
    }


def test_mock_transport_records_requests(use: Use) -> None:
    transport = mock_transport()
    use(transport, lambda client: client.audit_logs.get(ORG, ENTRY))
    use(transport, lambda client: client.audit_logs.list(ORG, per_page=2))
    assert [each.url.path for each in transport.requests] == [GET_PATH, LIST_PATH]
    assert transport.requests[0].headers["authorization"] == "Bearer t0ken"
    assert repr(transport).startswith("MockTransport(")


def test_mock_response_has_a_date_header(use: Use) -> None:
    now = dt.datetime(2024, 2, 29, 12, tzinfo=dt.timezone(dt.timedelta(hours=2)))

    def date(transport: MockTransport) -> str:
        raw = use(transport, lambda client: client.audit_logs.with_raw_response.get(ORG, ENTRY))
        return str(raw.headers["date"])

    assert date(mock_transport(now=now)) == "Thu, 29 Feb 2024 10:00:00 GMT"
    assert date(mock_transport()).endswith(" GMT")


def test_mock_transport_works_with_plain_httpx() -> None:
    with httpx.Client(transport=mock_transport(), base_url="https://api.losant.com") as client:
        found = client.get(LIST_PATH, headers={"Authorization": "bearer x"})
    assert found.status_code == 200
    assert found.headers["content-type"] == "application/json"
    assert found.json()["items"] == [AUDIT_LOG]


def test_mock_transport_accepts_a_base_url_with_a_path(use_sync: Use) -> None:
    url = "https://proxy.example/losant/"
    transport = mock_transport(base_url=url)
    assert use_sync(transport, lambda client: client.audit_logs.get(ORG, ENTRY), base_url=url)
    assert transport.requests[0].url.path == f"/losant{GET_PATH}"


@pytest.mark.parametrize("answer", [AuditLog(id=ENTRY), {"id": ENTRY}], ids=["model", "mapping"])
def test_responses_argument_replaces_the_example(use: Use, answer: Any) -> None:
    transport = mock_transport(answers={"auditLogs.get": answer})
    entry: AuditLog = use(transport, lambda client: client.audit_logs.get(ORG, OTHER))
    assert entry == AuditLog(id=ENTRY)


def test_walks_and_checks_work_with_the_examples(use: Use) -> None:
    transport = mock_transport()
    assert use(transport, lambda client: client.check(ORG)).ok

    def walk(client: Any) -> Any:
        walked = client.audit_logs.walk(ORG)
        if hasattr(walked, "__aiter__"):

            async def collect() -> list[Any]:
                return [each async for each in walked]

            return collect()
        return list(walked)

    assert [each.to_dict() for each in use(transport, walk)] == [AUDIT_LOG]


def test_client_does_not_import_the_testing_modules() -> None:
    program = (
        "import sys, losant_audit_log\n"
        "losant_audit_log.Client(token='t').audit_logs\n"
        "names = [each for each in sys.modules if 'losant' in each]\n"
        "print([each for each in names if 'test' in each or 'mock' in each or 'example' in each])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
