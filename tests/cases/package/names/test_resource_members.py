"""The public members of resources: operations, walks and raw responses."""

from __future__ import annotations

from typing import Any

import pytest

from losant_audit_log import AsyncClient, Client
from tests.support.callers import TOKEN

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets/page: {get: {operationId: pets.page, responses: {'204': {description: Done.}}}}
  /pets/fetch: {get: {operationId: pets.fetch, responses: {'204': {description: Done.}}}}
  /pets/old:
    get: {operationId: pets.plan, deprecated: true, responses: {'204': {description: Done.}}}
"""


def public(resource: Any) -> set[str]:
    """Return the public names that a resource shows."""
    return {name for name in dir(resource) if not name.startswith("_")}


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_resource_shows_operations_walks_and_raw_responses_only(kind: Any) -> None:
    client = kind(token=TOKEN)
    shown = public(client.audit_logs)
    assert shown >= {"get", "list", "with_raw_response"}
    assert {each for each in shown if not each.startswith(("walk", "follow"))} == {
        *("get", "list", "with_raw_response"),
    }
    assert public(client.audit_logs.with_raw_response) == {"get", "list"}


@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_operation_can_have_any_name_that_the_run_time_once_used(pets: Any, kind: str) -> None:
    client = getattr(pets, kind)(http_client=None)
    assert public(client.pets) == {"page", "fetch", "plan", "with_raw_response"}
    assert public(client.pets.with_raw_response) == {"page", "fetch", "plan"}
