"""Our client against a Prism mock server, which validates every request."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from losant_audit_log import (
    APIStatusError,
    AuthenticationError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)
from tests.support.callers import Caller, Way
from tests.support.examples import (
    AUDIT_LOG,
    AUDIT_LOGS,
    ENTRY,
    ERROR,
    INSTANCE,
    INSTANCE_AUDIT_LOG,
    INSTANCE_AUDIT_LOGS,
    INSTANCE_ENTRY,
    ORG,
)
from tests.support.prism import mocking

pytestmark = pytest.mark.long

FILTER = {"actor": [{"type": "User", "id": ORG}], "primaryTarget": [{"name": "a & b"}]}


@pytest.fixture(scope="module")
def prism(tmp_path_factory: pytest.TempPathFactory) -> Generator[str, None, None]:
    """The URL of a mock server for the document."""
    with mocking(tmp_path_factory.mktemp("home")) as url:
        yield url


@pytest.fixture(params=list(Way))
def ask(request: pytest.FixtureRequest, prism: str) -> Caller:
    """Calls the mock server, once in each mode."""
    return Caller(Way(request.param), prism)


def test_get_returns_the_example_entry(ask: Caller) -> None:
    assert ask(lambda client: client.audit_logs.get(ORG, ENTRY)).to_dict() == AUDIT_LOG


def test_list_returns_the_example_page(ask: Caller) -> None:
    page: Any = ask(lambda client: client.audit_logs.list(ORG))
    assert [entry.to_dict() for entry in page.items] == AUDIT_LOGS["items"]
    assert (page.total_count, page.page, page.per_page) == (4, 0, 1)


def test_get_of_an_instance_returns_the_example_entry(ask: Caller) -> None:
    entry = ask(lambda client: client.instance_audit_logs.get(INSTANCE, INSTANCE_ENTRY))
    assert entry.to_dict() == INSTANCE_AUDIT_LOG


def test_list_of_an_instance_returns_the_example_page(ask: Caller) -> None:
    page: Any = ask(lambda client: client.instance_audit_logs.list(INSTANCE))
    assert [entry.to_dict() for entry in page.items] == INSTANCE_AUDIT_LOGS["items"]


def test_requests_with_every_parameter_are_valid(ask: Caller) -> None:
    every: dict[str, Any] = {
        "sort_field": "actorName",
        "sort_direction": "asc",
        "page": 3,
        "per_page": 1000,
        "start": 1465790400000,
        "end": 1465790400001,
        "losantdomain": "example.com",
    }
    page: Any = ask(lambda client: client.audit_logs.list(ORG, audit_log_filter=FILTER, **every))
    assert len(page.items) == 1
    wanted = {"actor": [{"type": "ApiToken"}]}
    ask(lambda client: client.instance_audit_logs.list(ORG, audit_log_filter=wanted, **every))


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, AuthenticationError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (429, RateLimitError),
        (500, InternalServerError),
    ],
)
def test_documented_errors_raise_their_classes(
    ask: Caller, status: int, kind: type[APIStatusError]
) -> None:
    prefer = {"Prefer": f"code={status}"}
    with pytest.raises(kind) as caught:
        ask(lambda client: client.audit_logs.get(ORG, ENTRY, extra_headers=prefer))
    assert caught.value.status_code == status
    assert caught.value.message
    if status == 404:
        assert caught.value.body.to_dict() == ERROR


def test_generated_responses_are_decoded(ask: Caller) -> None:
    prefer = {"Prefer": "dynamic=true"}
    for _ in range(5):
        raw = ask(
            lambda client: client.audit_logs.with_raw_response.get(ORG, ENTRY, extra_headers=prefer)
        )
        assert raw.status_code == 200
        assert raw.parse().raw == raw.content
